//! The heading of a concept: `## One string is one slot {#slots-single-string .pitfall since=3.8}`.

use crate::catalog::Kind;
use crate::fence::Version;
use crate::outline::Heading;

/// What a concept's heading says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConceptHeading {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) common: bool,
    pub(crate) since: Option<Version>,
    pub(crate) also: Vec<u16>,
    /// Ids, not resolved yet.
    pub(crate) over: Vec<String>,
}

/// Read the heading of a concept. What it has no meaning for is left out and complained of; without a proper id it is no
/// concept.
pub(crate) fn concept_heading(heading: &Heading) -> (Option<ConceptHeading>, Vec<String>) {
    let id = heading.id.clone().unwrap_or_default();
    if !is_id(&id) {
        return (
            None,
            vec![format!("`{id}` is no id: an id is lower-case letters, digits and `-`, and a letter comes first")],
        );
    }
    let name = heading.name.clone();
    let mut concept =
        ConceptHeading { id, name, kind: Kind::Construct, common: false, since: None, also: vec![], over: vec![] };
    let mut messages = Vec::new();
    if concept.name.is_empty() {
        messages.push("the heading has no text".to_owned());
    }
    messages.extend(heading.classes.iter().filter_map(|class| concept.add_class(class).err()));
    let keys = || heading.attributes.iter().map(|(key, _)| key);
    for (at, (key, value)) in heading.attributes.iter().enumerate() {
        let added = if keys().take(at).any(|earlier| earlier == key) {
            Err(format!("`{key}` stands twice: list its values with commas"))
        } else {
            concept.add_attribute(key, value.as_deref().unwrap_or_default())
        };
        messages.extend(added.err());
    }
    (Some(concept), messages)
}

/// Complain of attributes where they mean nothing.
pub(crate) fn plain_heading(heading: &Heading) -> Option<String> {
    let attributes = heading.attributes.iter().map(|(key, _)| key);
    let word = heading.classes.iter().chain(attributes).next()?;
    Some(format!(
        "`{word}` belongs to a concept: only a `##` heading with an `{{#id}}` is one; braces of text go in backticks"
    ))
}

/// Whether a text is fit for a stable name: a concept's id, a day's slug.
pub(crate) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

impl ConceptHeading {
    fn add_class(&mut self, class: &str) -> Result<(), String> {
        let kind = match class {
            "common" => {
                self.common = true;
                return Ok(());
            }
            "pitfall" => Kind::Pitfall,
            "idea" => Kind::Idea,
            _ => return Err(format!("unknown class `.{class}`: expected `.pitfall`, `.idea` or `.common`")),
        };
        if self.kind != Kind::Construct && self.kind != kind {
            return Err("a concept is a pitfall or an idea, not both".to_owned());
        }
        self.kind = kind;
        Ok(())
    }

    fn add_attribute(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "since" => {
                let version = Version::parse(value)
                    .ok_or_else(|| format!("`since={value}` names no version: write `since=3.8`"))?;
                self.since = Some(version);
            }
            "also" => {
                let days: Result<_, _> = value.split(',').map(str::parse).collect();
                self.also = days.map_err(|_| format!("`also={value}` lists no days: write `also=14,44`"))?;
            }
            "over" => {
                if !value.split(',').all(is_id) {
                    return Err(format!("`over={value}` lists no concepts: write `over=one-id,another-id`"));
                }
                self.over = value.split(',').map(str::to_owned).collect();
            }
            _ => {
                return Err(format!(
                    "unknown key `{key}`: expected `since=`, `also=` or `over=`, or a class such as `.pitfall`"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::{Outline, What};

    fn read(source: &str) -> (Option<ConceptHeading>, Vec<String>) {
        match &Outline::of(source, 1).elements[0].what {
            What::Heading(heading) => concept_heading(heading),
            _ => panic!("{source} is no heading"),
        }
    }

    #[test]
    fn classes_and_keys_are_read() {
        let (concept, messages) = read("## `a` b {#an-id2 .pitfall .common since=3.8 also=14,44 over=x,y-z}");
        assert_eq!(messages, [""; 0]);
        let expected = ConceptHeading {
            id: "an-id2".to_owned(),
            name: "`a` b".to_owned(),
            kind: Kind::Pitfall,
            common: true,
            since: Some(Version { major: 3, minor: 8 }),
            also: vec![14, 44],
            over: vec!["x".to_owned(), "y-z".to_owned()],
        };
        assert_eq!(concept, Some(expected));
    }

    #[test]
    fn a_wrong_attribute_is_left_out_and_named() {
        let cases = [
            ("## a {#id .pitfal}", "unknown class `.pitfal`"),
            ("## a {#id .pitfall .idea}", "not both"),
            ("## a {#id pitfall}", "unknown key `pitfall`"),
            ("## a {#id sinse=3.8}", "unknown key `sinse`"),
            ("## a {#id since=3}", "names no version"),
            ("## a {#id since}", "names no version"),
            ("## a {#id also=x}", "lists no days"),
            ("## a {#id also=1,70000}", "lists no days"),
            ("## a {#id over=}", "lists no concepts"),
            ("## a {#id also=1 also=2}", "stands twice"),
            ("## {#id}", "no text"),
        ];
        for (source, message) in cases {
            let (concept, messages) = read(source);
            assert!(
                concept.is_some() && messages.len() == 1 && messages[0].contains(message),
                "{source}: {messages:?}"
            );
        }
    }

    #[test]
    fn without_a_proper_id_there_is_no_concept() {
        for source in ["## a {#Id}", "## a {#2a}", "## a {#a_b}", "## a {#-a}", "## a {#é}"] {
            let (concept, messages) = read(source);
            assert!(concept.is_none() && messages.len() == 1, "{source}");
        }
    }
}
