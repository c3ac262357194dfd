//! The YAML between `---` lines at the head of a page, and what follows it.

use serde::Deserialize;
use serde_saphyr::{MessageFormatter, Spanned, UserMessageFormatter};

use crate::Problem;

const FENCE: &str = "---";

/// What a page says about itself. Each value knows its line, for the checks that need the whole catalogue.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FrontMatter {
    pub(crate) related: Vec<Spanned<u16>>,
    pub(crate) docs: Vec<Spanned<String>>,
    pub(crate) library: Vec<Place>,
    pub(crate) practice: Practice,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    pub(crate) symbol: Spanned<String>,
    pub(crate) concept: Spanned<String>,
    pub(crate) why: Spanned<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Practice {
    pub(crate) uses: Vec<Spanned<String>>,
}

/// The part of a page behind the front matter.
#[derive(Debug)]
pub(crate) struct Body<'t> {
    pub(crate) text: &'t str,
    /// 1-based, in the file.
    pub(crate) line: u32,
}

/// Read the front matter of a page. If it is broken, nothing of it is kept, and the body is read all the same.
pub(crate) fn read<'t>(path: &str, text: &'t str) -> (FrontMatter, Body<'t>, Option<Problem>) {
    match split(text) {
        Ok((yaml, body)) => match parse(path, yaml) {
            Ok(front_matter) => (front_matter, body, None),
            Err(problem) => (FrontMatter::default(), body, Some(problem)),
        },
        Err((body, message)) => (FrontMatter::default(), body, Some(Problem::error(path, 1, 0, message))),
    }
}

/// The line of a value in the file: the opening `---` comes first.
pub(crate) fn line_of<T>(value: &Spanned<T>) -> u32 {
    file_line(value.referenced.line())
}

fn file_line(yaml_line: u64) -> u32 {
    u32::try_from(yaml_line).map_or(0, |line| line + 1)
}

fn split(text: &str) -> Result<(&str, Body<'_>), (Body<'_>, &'static str)> {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    if opening.trim_end() != FENCE {
        return Err((
            Body { text, line: 1 },
            "the page starts with front matter: a line `---`, YAML, and a line `---`",
        ));
    }
    let start = opening.len();
    let mut end = start;
    for (line, written) in (3..).zip(lines) {
        if written.trim_end() == FENCE {
            return Ok((&text[start..end], Body { text: &text[end + written.len()..], line }));
        }
        end += written.len();
    }
    // Where the body begins is anybody's guess, so there is none.
    let line = text.lines().count() as u32 + 1;
    Err((Body { text: "", line }, "no line `---` closes the front matter that starts here"))
}

fn parse(path: &str, yaml: &str) -> Result<FrontMatter, Problem> {
    serde_saphyr::from_str(yaml).map_err(|error| {
        let (line, column) = error
            .location()
            .map_or((1, 0), |place| (file_line(place.line()), u32::try_from(place.column()).unwrap_or(0)));
        let message = UserMessageFormatter.format_message(error.without_snippet());
        Problem::error(path, line, column, format!("front matter: {}", message.replace(char::is_control, " ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let (_, _, problem) = read("topic.md", text);
        problem.map(|problem| problem.to_string()).unwrap_or_default()
    }

    #[test]
    fn values_know_their_lines() {
        let text = "---\nrelated: [1, 2]\nlibrary:\n  - symbol: a.b\n    concept: c\n    why: d\npractice:\n  uses: [e]\n---\nbody\n";
        let (front, body, problem) = read("topic.md", text);
        assert_eq!(problem, None);
        assert_eq!(front.related.iter().map(|day| (day.value, line_of(day))).collect::<Vec<_>>(), [(1, 2), (2, 2)]);
        assert_eq!((line_of(&front.library[0].concept), line_of(&front.practice.uses[0])), (5, 8));
        assert_eq!((body.text, body.line), ("body\n", 10));
    }

    #[test]
    fn all_of_it_may_be_left_out() {
        for text in ["---\n---\nbody", "---\n# nothing\n---  \nbody", "---\n\n\n---\nbody"] {
            let (front, body, problem) = read("topic.md", text);
            assert!(front.docs.is_empty() && problem.is_none(), "{text}: {problem:?}");
            assert_eq!(body.text, "body");
        }
    }

    #[test]
    fn front_matter_error_names_line_and_column() {
        let cases = [
            ("---\nrelated: [1, x]\n---\n", "topic.md:2:14: error: front matter: "),
            ("---\n\nrelatd: 1\n---\n", "topic.md:3:1: error: front matter: unknown field `relatd`"),
            (
                "---\nlibrary:\n  - symbol: a\n    concept: b\n---\n",
                "topic.md:4:5: error: front matter: missing field `why`",
            ),
            ("---\nrelated: [1\n---\n", "topic.md:2:10: error: "),
            ("---\nrelated: [1]\nrelated: [2]\n---\n", "topic.md:3:1: error: front matter: duplicate"),
            ("---\npractice:\n  solve: []\n---\n", "topic.md:3:3: error: "),
        ];
        for (text, expected) in cases {
            let problem = problem(text);
            assert!(problem.starts_with(expected), "{problem} is not {expected}");
        }
    }

    #[test]
    fn broken_yaml_leaves_the_body() {
        let (front, body, _) = read("topic.md", "---\nrelated: [1]\ndocs: {\n---\nbody");
        assert!(front.related.is_empty());
        assert_eq!((body.text, body.line), ("body", 5));
    }

    #[test]
    fn missing_front_matter_is_an_error_at_line_1() {
        for text in ["", "body\n", "----\nbody", " ---\n---\n", "\u{feff}---\n---\n"] {
            assert!(problem(text).starts_with("topic.md:1: error: the page starts with front matter"), "{text}");
        }
        assert_eq!(read("topic.md", "body\n").1.text, "body\n");
    }

    #[test]
    fn unclosed_front_matter_has_no_body() {
        let text = "---\nrelated: [1]\n\nbody\n";
        assert_eq!(problem(text), "topic.md:1: error: no line `---` closes the front matter that starts here");
        assert_eq!(read("topic.md", text).1.text, "");
    }
}
