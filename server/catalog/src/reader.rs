//! A page as its reader sees it: a title, and nothing of what is written for the checks.

use crate::carets::is_caret_line;
use crate::catalog::Topic;
use crate::fence::purpose;
use crate::outline::{Element, Heading, Outline, What};

/// The text, and where its headings went.
pub(crate) struct ReaderPage {
    pub(crate) text: String,
    /// A heading's line in the file, 1-based, and in the text, 0-based.
    headings: Vec<(u32, u32)>,
}

impl ReaderPage {
    /// Where the heading of a line of the file stands in the text.
    pub(crate) fn line_of(&self, file_line: u32) -> Option<u32> {
        self.headings.iter().find(|(written, _)| *written == file_line).map(|(_, shown)| *shown)
    }
}

/// The page of a topic; a title alone if the day isn't written.
pub(crate) fn read(topic: &Topic) -> ReaderPage {
    let outline = Outline::of(&topic.source, topic.source_line);
    let mut text = format!("# Day {} · {}\n\n", topic.day, topic.title);
    let mut headings = Vec::new();
    let mut line = 2;
    let mut copied = topic.source.len() - topic.source.trim_start_matches('\n').len();
    for element in &outline.elements {
        let Some(shown) = replacement(element, &topic.source) else { continue };
        let before = &topic.source[copied..element.span.start];
        text.push_str(before);
        line += line_breaks(before);
        if matches!(element.what, What::Heading(_)) {
            headings.push((outline.line(element.span.start), line));
        }
        text.push_str(&shown);
        line += line_breaks(&shown);
        copied = element.span.end;
    }
    text.push_str(&topic.source[copied..]);
    ReaderPage { text, headings }
}

fn line_breaks(text: &str) -> u32 {
    text.matches('\n').count() as u32
}

/// What stands in the place of an element that a reader sees otherwise than it was written.
fn replacement(element: &Element, source: &str) -> Option<String> {
    let written = &source[element.span.clone()];
    match &element.what {
        What::Heading(heading) => Some(shown_heading(heading, written)),
        What::Fence(fence) if matches!(purpose(&fence.info), Ok(Some(_))) => Some(shown_fence(written)),
        _ => None,
    }
}

fn shown_heading(heading: &Heading, written: &str) -> String {
    if heading.id.is_none() && heading.classes.is_empty() && heading.attributes.is_empty() {
        return written.to_owned();
    }
    let line_end = if written.ends_with('\n') { "\n" } else { "" };
    format!("{} {}{line_end}", "#".repeat(heading.level), heading.name)
}

fn shown_fence(written: &str) -> String {
    let (opening, rest) = written.split_once('\n').unwrap_or((written, ""));
    let word = "python";
    let opening = opening.find(word).map_or(opening, |at| &opening[..at + word.len()]);
    let code = rest.split_inclusive('\n').filter(|line| !is_caret_line(line));
    std::iter::once(opening).chain(std::iter::once("\n")).chain(code).collect()
}
