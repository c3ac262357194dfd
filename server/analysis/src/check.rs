//! Hold the rules against the pages: the checks that need detection.

use pygloss_catalog::{Assertion, Concept, ConceptIndex, Expected, Fence, Kind, Problem, Topic, strip_carets};
use rustc_hash::FxHashSet;

use crate::file::File;
use crate::hover::placeholders;
use crate::names::Names;
use crate::rules::{Context, match_at};
use crate::tree::Tree;
use crate::{Encoding, Finding, Glossary, byte_to_position, find};

/// Carets hold, every detectable section has a rule or finder and both a positive and a negative example, every rule matches
/// in at least one example of its own page.
pub fn check_rules(glossary: &Glossary) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut matched = FxHashSet::default();
    for topic in glossary.catalog.topics().iter().filter(|topic| topic.is_written()) {
        for index in &topic.concepts {
            check_concept(glossary, topic, *index, &mut matched, &mut problems);
        }
        check_practice(glossary, topic, &mut problems);
    }
    problems.extend(unmatched_rules(glossary, &matched));
    problems.sort();
    problems
}

fn check_concept(
    glossary: &Glossary,
    topic: &Topic,
    index: ConceptIndex,
    matched: &mut FxHashSet<u32>,
    problems: &mut Vec<Problem>,
) {
    let concept = glossary.catalog.concept(index);
    let mut error = |line: u32, message: String| problems.push(Problem::error(&topic.path, line, 0, message));
    let mut asserted = (false, false);
    for fence in &concept.section.fences {
        let checked = check_fence(glossary, concept, fence, &mut error);
        asserted = (asserted.0 || checked.0, asserted.1 || checked.1);
        note_matches(glossary, &strip_carets(&fence.text).0, matched);
    }
    let line = concept.section.line;
    for name in concept.section.longhands.iter().flat_map(|longhand| placeholders(&longhand.template)) {
        if !glossary.has_role(index, name) {
            let message = format!("no rule captures `@{}.{name}`, so `{{{name}}}` stays as it is", concept.id);
            problems.push(Problem::warning(&topic.path, line, 0, message));
        }
    }
    let mut error = |line: u32, message: String| problems.push(Problem::error(&topic.path, line, 0, message));
    match (concept.kind, glossary.detects(index)) {
        (Kind::Idea, true) => error(line, format!("a rule finds `{}`, so it is no `.idea`", concept.id)),
        (Kind::Idea, false) => {}
        (_, false) => error(line, format!("no rule or finder looks for `{}`; or is it an `.idea`?", concept.id)),
        (_, true) if !asserted.0 => error(line, format!("no caret shows where `{}` is found", concept.id)),
        (_, true) if !asserted.1 => error(line, format!("no caret `!{}` shows a near miss", concept.id)),
        (_, true) => {}
    }
}

/// Compare a fence's carets with what is found; return whether the section's own concept is asserted to be there, and not.
fn check_fence(
    glossary: &Glossary,
    concept: &Concept,
    fence: &Fence,
    error: &mut impl FnMut(u32, String),
) -> (bool, bool) {
    let (text, assertions, malformed) = strip_carets(&fence.text);
    for (line, message) in malformed {
        error(fence.line + line, message);
    }
    let places = Places::new(glossary, &text);
    let mut asserted = (false, false);
    for assertion in &assertions {
        if let Err(message) = places.check(glossary, assertion) {
            error(fence.line + assertion.written_line, message);
        }
        let own = assertion.concept == concept.id;
        asserted = (asserted.0 || own && assertion.present, asserted.1 || own && !assertion.present);
    }
    for place in places.unasserted(&concept.id, &assertions) {
        let line = fence.line + written_line(&fence.text, &text, place.line);
        error(line, format!("`{}` is found at column {} and no caret says so", concept.id, place.column + 1));
    }
    asserted
}

/// Where a finding stands, in characters of the stripped text.
struct Place {
    concept: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

struct Places(Vec<Place>);

impl Places {
    fn new(glossary: &Glossary, text: &str) -> Self {
        let rope = ropey::Rope::from_str(text);
        let place = |finding: &Finding| {
            let start = byte_to_position(&rope, finding.span.start as usize, Encoding::Utf32);
            let end = byte_to_position(&rope, finding.span.end as usize, Encoding::Utf32);
            Place {
                concept: glossary.catalog.concept(finding.concept).id.clone(),
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
            }
        };
        Self(find(text, glossary).iter().map(place).collect())
    }

    fn check(&self, glossary: &Glossary, assertion: &Assertion) -> Result<(), String> {
        let id = &assertion.concept;
        if glossary.catalog.find(id).is_none() {
            return Err(format!("no page has a section `{{#{id}}}`"));
        }
        let of_line: Vec<&Place> = self.0.iter().filter(|p| p.concept == *id && p.line == assertion.line).collect();
        if assertion.present && !of_line.iter().any(|place| place.is(&assertion.expected)) {
            let columns: Vec<String> = of_line.iter().map(|place| place.describe()).collect();
            let found = if columns.is_empty() { "not on this line".to_owned() } else { columns.join(" and ") };
            return Err(format!("expected `{id}` {}; it is found {found}", describe(&assertion.expected)));
        }
        match of_line.iter().find(|place| !assertion.present && place.touches(&assertion.expected)) {
            Some(place) => Err(format!("expected no `{id}` here; it is found {}", place.describe())),
            None => Ok(()),
        }
    }

    fn unasserted<'a>(&'a self, id: &'a str, assertions: &'a [Assertion]) -> impl Iterator<Item = &'a Place> {
        self.0.iter().filter(move |place| {
            place.concept == id
                && !assertions.iter().any(|assertion| {
                    assertion.present
                        && assertion.concept == id
                        && assertion.line == place.line
                        && place.is(&assertion.expected)
                })
        })
    }
}

impl Place {
    fn is(&self, expected: &Expected) -> bool {
        match expected {
            Expected::StartsLine => self.column == 0,
            Expected::Exactly { column, width } => {
                self.line == self.end_line && self.column == *column && self.end_column == column + width
            }
        }
    }

    fn touches(&self, expected: &Expected) -> bool {
        match expected {
            Expected::StartsLine => self.column == 0,
            Expected::Exactly { column, width } => {
                self.column < column + width && (self.line != self.end_line || *column < self.end_column)
            }
        }
    }

    fn describe(&self) -> String {
        if self.line == self.end_line {
            format!("at columns {}-{}", self.column + 1, self.end_column)
        } else {
            format!("from column {} over several lines", self.column + 1)
        }
    }
}

fn describe(expected: &Expected) -> String {
    match expected {
        Expected::StartsLine => "at column 1".to_owned(),
        Expected::Exactly { column, width } => format!("at columns {}-{}", column + 1, column + width),
    }
}

/// The line of the text as written that a line of the stripped text was: carets are whole lines, so lines are only left out.
fn written_line(written: &str, stripped: &str, line: u32) -> u32 {
    let mut wanted = stripped.lines();
    let mut next = wanted.next();
    let mut seen = 0;
    for (number, text) in written.lines().enumerate() {
        if next == Some(text) {
            if seen == line {
                return number as u32;
            }
            seen += 1;
            next = wanted.next();
        }
    }
    line
}

/// Remember which rules match somewhere in a text.
fn note_matches(glossary: &Glossary, text: &str, matched: &mut FxHashSet<u32>) {
    let tree = Tree::new(&crate::parse(text, None));
    let names = Names::new(text, &tree);
    let file = File { text, tree: &tree, names: &names };
    let context = Context { file, rules: &glossary.rules, raw: false };
    for node in tree.nodes() {
        for (id, rule) in (0u32..).zip(glossary.rules.rules()) {
            if !matched.contains(&id) && rule.may_begin_at(&tree, node) {
                match_at(&context, rule, node, &mut |_| {
                    matched.insert(id);
                    false
                });
            }
        }
    }
}

fn unmatched_rules(glossary: &Glossary, matched: &FxHashSet<u32>) -> Vec<Problem> {
    let rules = (0u32..).zip(glossary.rules.rules());
    rules
        .filter(|(id, _)| !matched.contains(id))
        .map(|(_, rule)| Problem::error(&rule.path, rule.line, 0, "the rule matches in no example of the pages"))
        .collect()
}

/// The solution uses what the front matter asks for, and the untouched starter doesn't have it all.
fn check_practice(glossary: &Glossary, topic: &Topic, problems: &mut Vec<Problem>) {
    let missing = |text: &Option<String>| -> Vec<&str> {
        let findings = find(text.as_deref().unwrap_or_default(), glossary);
        let found: FxHashSet<&str> =
            findings.iter().map(|finding| glossary.catalog.concept(finding.concept).id.as_str()).collect();
        topic.practice_uses.iter().map(String::as_str).filter(|id| !found.contains(id)).collect()
    };
    if topic.practice_uses.is_empty() || topic.practice.is_none() || topic.solution.is_none() {
        return;
    }
    for id in missing(&topic.solution) {
        problems.push(Problem::error(&topic.path, 1, 0, format!("the solution doesn't use `{id}`")));
    }
    if missing(&topic.practice).is_empty() {
        problems.push(Problem::error(&topic.path, 1, 0, "the untouched practice has all that a solution must use"));
    }
}
