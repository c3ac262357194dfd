//! What to say about a place in a file.

use pygloss_catalog::{ConceptIndex, Longhand, LonghandKind, plain_text};

use crate::finding::Role;
use crate::{Finding, Glossary, Span};

/// What a hover says: two concepts at most, the rest by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The place that is explained: the first gloss's finding.
    pub span: Span,
    /// The most specific concept first, at most two.
    pub glosses: Vec<Gloss>,
    /// Further concepts at the same place, such as the general one that a gloss is the special case of.
    pub more: Vec<ConceptIndex>,
}

/// A concept in the reader's own code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// The concept.
    pub concept: ConceptIndex,
    /// What the construct stands for, or what to write in its place, with the reader's own names in it.
    pub longhand: Option<Longhand>,
    /// The page of Python's documentation to link to.
    pub docs: Option<String>,
}

/// A hover longer than two glosses isn't read.
const MOST_GLOSSES: usize = 2;

/// What to say about the byte `offset`; `None` where nothing was found. `findings` are those of exactly this `text`.
pub fn hover(glossary: &Glossary, text: &str, findings: &[Finding], offset: u32) -> Option<Hover> {
    let here = findings_at(glossary, findings, offset);
    let span = here.first()?.span;
    let (mut glosses, mut more) = (Vec::new(), Vec::new());
    for finding in &here {
        let is_said = here
            .iter()
            .any(|other| other.span == finding.span && glossary.catalog.is_over(other.concept, finding.concept));
        if is_said || glosses.len() == MOST_GLOSSES {
            more.push(finding.concept);
        } else {
            let docs = glossary.catalog.concept(finding.concept).section.docs.clone();
            glosses.push(Gloss { concept: finding.concept, longhand: longhand(glossary, text, finding), docs });
        }
    }
    Some(Hover { span, glosses, more })
}

/// The findings at an offset, the most specific first: one that is declared to be `over` another, then the smaller span,
/// then what isn't common, then the earlier day.
pub(crate) fn findings_at<'f>(glossary: &Glossary, findings: &'f [Finding], offset: u32) -> Vec<&'f Finding> {
    let mut here: Vec<&Finding> =
        findings.iter().filter(|finding| finding.span.start <= offset && offset < finding.span.end).collect();
    let by_rank = |finding: &&Finding| {
        let concept = glossary.catalog.concept(finding.concept);
        (finding.span.end - finding.span.start, concept.common, concept.day, finding.concept)
    };
    here.sort_by_key(by_rank);
    let ids: Vec<ConceptIndex> = here.iter().map(|finding| finding.concept).collect();
    here.sort_by_key(|finding| depth_under(glossary, finding.concept, &ids));
    here.dedup_by_key(|finding| finding.concept);
    here
}

/// How many of the concepts are, directly or not, over this one.
fn depth_under(glossary: &Glossary, concept: ConceptIndex, here: &[ConceptIndex]) -> usize {
    here.iter().filter(|other| glossary.catalog.is_over(**other, concept)).count()
}

/// The first longhand all of whose placeholders were captured, filled. A placeholder is the name of a role of the concept;
/// other braces stay.
fn longhand(glossary: &Glossary, text: &str, finding: &Finding) -> Option<Longhand> {
    let is_role = |name: &str| glossary.has_role(finding.concept, name);
    glossary.catalog.concept(finding.concept).section.longhands.iter().find_map(|Longhand { template, kind }| {
        Some(Longhand { template: fill(template, text, &finding.roles, is_role)?, kind: *kind })
    })
}

/// The names in braces of a longhand that look like roles.
pub(crate) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.match_indices('{').filter_map(|(open, _)| placeholder(&template[open..]))
}

fn fill(template: &str, text: &str, roles: &[Role], is_role: impl Fn(&str) -> bool) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from_brace) = rest.split_at(open);
        filled.push_str(before);
        match placeholder(from_brace).filter(|name| is_role(name)) {
            None => {
                filled.push('{');
                rest = &from_brace[1..];
            }
            Some(name) => {
                let role = roles.iter().find(|role| &*role.name == name)?;
                let behind = &from_brace[name.len() + 2..];
                filled.push_str(&role_text(text, role, &filled, behind)?);
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    Some(filled)
}

/// `name` at the start of `{name}…`.
fn placeholder(from_brace: &str) -> Option<&str> {
    let (name, _) = from_brace[1..].split_once('}')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
    is_name.then_some(name)
}

/// A role's text, with parentheses where it would bind too loosely in its new place. Text of several lines is laid out for
/// where it stands, so no longhand is made of it.
fn role_text(text: &str, role: &Role, before: &str, behind: &str) -> Option<String> {
    let own = role.span.of(text);
    if own.contains(['\n', '\r']) {
        return None;
    }
    let opens = before.is_empty()
        || before.ends_with(['(', '[', ',', '\n'])
        || before.ends_with("= ")
        || before.ends_with("return ");
    let closes = behind.is_empty() || behind.starts_with([')', ']', ',', '\n', ':']);
    Some(if role.loose && !(opens && closes) { format!("({own})") } else { own.to_owned() })
}

impl Hover {
    /// Headings and glosses alone.
    #[must_use]
    pub fn brief(self) -> Self {
        let brief = |gloss: Gloss| Gloss { longhand: None, docs: None, ..gloss };
        Self { glosses: self.glosses.into_iter().map(brief).collect(), more: Vec::new(), ..self }
    }

    /// As Markdown: heading, day, gloss, sugar, link; about eight lines for each concept.
    pub fn markdown(&self, glossary: &Glossary) -> String {
        let glosses = self.glosses.iter().map(|gloss| gloss.markdown(glossary));
        let more = self.more_names(glossary).map(|names| format!("Also here: {names}"));
        glosses.chain(more).collect::<Vec<_>>().join("\n\n---\n\n")
    }

    /// The same for a client or terminal that shows plain text.
    pub fn plain_text(&self, glossary: &Glossary) -> String {
        let glosses = self.glosses.iter().map(|gloss| gloss.plain_text(glossary));
        let more = self.more_names(glossary).map(|names| format!("Also here: {}", plain_text(&names)));
        glosses.chain(more).collect::<Vec<_>>().join("\n\n")
    }

    fn more_names(&self, glossary: &Glossary) -> Option<String> {
        let names: Vec<&str> =
            self.more.iter().map(|concept| glossary.catalog.concept(*concept).name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

impl Gloss {
    fn markdown(&self, glossary: &Glossary) -> String {
        let concept = glossary.catalog.concept(self.concept);
        let topic = glossary.catalog.topic(concept.topic);
        let mut parts = vec![format!("**{}** · Day {}, {}", concept.name, topic.day, topic.title)];
        parts.push(concept.section.gloss.clone());
        if let Some(Longhand { template: code, kind }) = &self.longhand {
            let fence = fence_for(code);
            parts.push(format!("{}\n{fence}python\n{code}\n{fence}", label(*kind)));
        }
        if let Some(docs) = &self.docs {
            parts.push(format!("[{}]({docs})", docs_name(docs)));
        }
        parts.join("\n\n")
    }

    fn plain_text(&self, glossary: &Glossary) -> String {
        let concept = glossary.catalog.concept(self.concept);
        let topic = glossary.catalog.topic(concept.topic);
        let mut parts =
            vec![format!("{} · Day {}, {}", plain_text(&concept.name), topic.day, plain_text(&topic.title))];
        parts.push(plain_text(&concept.section.gloss));
        if let Some(Longhand { template: code, kind }) = &self.longhand {
            let indented: Vec<String> = code.lines().map(|line| format!("    {line}")).collect();
            parts.push(format!("{}\n{}", label(*kind), indented.join("\n")));
        }
        parts.extend(self.docs.clone());
        parts.join("\n\n")
    }
}

fn label(kind: LonghandKind) -> &'static str {
    match kind {
        LonghandKind::Sugar => "Stands for:",
        LonghandKind::Mend => "Write instead:",
    }
}

/// Backticks that no backticks of the text can close.
fn fence_for(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

/// How a link to a documentation page is called.
fn docs_name(url: &str) -> String {
    let pep = url.strip_prefix("https://peps.python.org/pep-").and_then(|rest| rest.get(..4));
    pep.map_or_else(|| "Python documentation".to_owned(), |number| format!("PEP {}", number.trim_start_matches('0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fill a template with roles whose texts are these; a text in `( )` marks is loose.
    fn filled(template: &str, roles: &[(&str, &str, bool)]) -> Option<String> {
        let text: String = roles.iter().map(|(_, text, _)| *text).collect();
        let mut start = 0;
        let roles: Vec<Role> = roles
            .iter()
            .map(|(name, text, loose)| {
                let span = Span { start, end: start + text.len() as u32 };
                start = span.end;
                Role { name: (*name).into(), span, loose: *loose }
            })
            .collect();
        fill(template, &text, &roles, |name| ["left", "right", "iterable", "value"].contains(&name))
    }

    #[test]
    fn placeholders_are_filled_with_the_readers_names() {
        let roles = [("iterable", "walk(tree)", false)];
        assert_eq!(filled("for value in {iterable}:\n    ...", &roles).unwrap(), "for value in walk(tree):\n    ...");
    }

    #[test]
    fn a_role_that_was_not_captured_leaves_the_template_out() {
        assert_eq!(filled("{left} is {right}", &[("left", "a", false)]), None);
    }

    #[test]
    fn braces_that_are_no_placeholder_stay() {
        let filled = filled("{1: {}, 'a': {value}, 'b': {total}}", &[("value", "x", false)]);
        assert_eq!(filled.unwrap(), "{1: {}, 'a': x, 'b': {total}}");
    }

    #[test]
    fn loose_text_gets_parentheses_beside_an_operator_only() {
        let roles = [("left", "a or b", true), ("right", "c", false)];
        assert_eq!(filled("{left} is {right}", &roles).unwrap(), "(a or b) is c");
        assert_eq!(filled("id({left}) == id({right})", &roles).unwrap(), "id(a or b) == id(c)");
        assert_eq!(filled("if {left}:\n    ...", &roles).unwrap(), "if (a or b):\n    ...");
    }

    #[test]
    fn text_of_several_lines_makes_no_longhand() {
        assert_eq!(filled("{left} is None", &[("left", "f(\n  x)", false)]), None);
    }
}
