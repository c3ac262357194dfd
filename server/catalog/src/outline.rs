//! The elements of a page that mean something here, with their places.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::lines::Lines;

/// The elements of a page's source, ordered by where they begin, and the lines that they stand on.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) elements: Vec<Element>,
    lines: Lines,
    first_line: u32,
}

impl Outline {
    /// The outline of a source whose first line is `first_line` of its file.
    pub(crate) fn of(source: &str, first_line: u32) -> Self {
        Self { elements: elements(source), lines: Lines::of(source), first_line }
    }

    /// The line in the file of an offset in the source.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.first_line + self.lines.line(offset) - 1
    }
}

/// An element and where it stands.
#[derive(Debug)]
pub(crate) struct Element {
    /// Bytes of the source.
    pub(crate) span: Range<usize>,
    /// Whether it is within a list, a quote or the like. Links always are.
    pub(crate) nested: bool,
    pub(crate) what: What,
}

/// The kinds of element.
#[derive(Debug)]
pub(crate) enum What {
    Heading(Heading),
    Fence(Fenced),
    /// The target of a link.
    Link(String),
    Paragraph,
    /// A block of another kind, by the name that an author knows it by. Only where it isn't nested.
    Block(&'static str),
}

/// A heading with the block of attributes that may end it.
#[derive(Debug, Default)]
pub(crate) struct Heading {
    pub(crate) level: usize,
    /// The Markdown source without hashes and attributes.
    pub(crate) name: String,
    /// The text that is left when the markup is gone.
    pub(crate) plain: String,
    pub(crate) id: Option<String>,
    pub(crate) classes: Vec<String>,
    pub(crate) attributes: Vec<(String, Option<String>)>,
    /// Where the text ends. Attributes are no event of the parser, so it is the end of the last event.
    end: usize,
}

/// A fenced block.
#[derive(Debug)]
pub(crate) struct Fenced {
    /// What stands behind the opening fence.
    pub(crate) info: String,
    pub(crate) text: String,
    /// Whether a closing fence ends it; else it reaches to the end of what it stands in.
    pub(crate) closed: bool,
}

fn elements(source: &str) -> Vec<Element> {
    let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_TABLES;
    let mut elements: Vec<Element> = Vec::new();
    let mut depth = 0usize;
    // A heading or fence that is being read: no block begins within one, so it needs no stack.
    let mut open = None;
    for (event, span) in Parser::new_ext(source, options).into_offset_iter() {
        if let Some(Element { what, span: block, .. }) = open.and_then(|index: usize| elements.get_mut(index)) {
            extend(what, source, block.start, &event, &span);
        }
        match event {
            Event::Start(tag) => {
                if let Some(what) = what(tag, source, &span, depth > 0) {
                    if matches!(what, What::Heading(_) | What::Fence(_)) {
                        open = Some(elements.len());
                    }
                    elements.push(Element { span, nested: depth > 0, what });
                }
                depth += 1;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if matches!(tag, TagEnd::Heading(_) | TagEnd::CodeBlock) {
                    open = None;
                }
            }
            Event::Rule if depth == 0 => {
                elements.push(Element { span, nested: false, what: What::Block("a rule") });
            }
            _ => {}
        }
    }
    elements
}

fn what(tag: Tag<'_>, source: &str, span: &Range<usize>, nested: bool) -> Option<What> {
    match tag {
        Tag::Heading { level, id, classes, attrs } => Some(What::Heading(Heading {
            level: level as usize,
            id: id.map(Into::into),
            classes: classes.into_iter().map(Into::into).collect(),
            attributes: attrs.into_iter().map(|(key, value)| (key.into(), value.map(Into::into))).collect(),
            ..Heading::default()
        })),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            let closed = nested || is_closed(&source[span.clone()]);
            Some(What::Fence(Fenced { info: info.into(), text: String::new(), closed }))
        }
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => Some(What::Link(format!("mailto:{dest_url}"))),
        Tag::Link { dest_url, .. } => Some(What::Link(dest_url.into())),
        _ if nested => None,
        Tag::Paragraph => Some(What::Paragraph),
        Tag::CodeBlock(CodeBlockKind::Indented) => Some(What::Block("an indented block of code")),
        Tag::BlockQuote(_) => Some(What::Block("a quote")),
        Tag::List(_) => Some(What::Block("a list")),
        Tag::Table(_) => Some(What::Block("a table")),
        Tag::HtmlBlock => Some(What::Block("HTML")),
        _ => None,
    }
}

/// Add an event within a heading or fence to it.
fn extend(what: &mut What, source: &str, start: usize, event: &Event<'_>, span: &Range<usize>) {
    match (what, event) {
        (What::Fence(fence), Event::Text(text)) => fence.text.push_str(text),
        (What::Heading(heading), Event::End(TagEnd::Heading(_))) => {
            let text = source.get(start..heading.end).unwrap_or_default();
            heading.name = name(text, heading.level);
        }
        (What::Heading(heading), event) => {
            heading.end = span.end;
            match event {
                Event::Text(text) | Event::Code(text) => heading.plain.push_str(text),
                Event::SoftBreak | Event::HardBreak => heading.plain.push(' '),
                _ => {}
            }
        }
        _ => {}
    }
}

/// A heading's source without its hashes, on one line. One that is underlined has none.
fn name(source: &str, level: usize) -> String {
    let hashes = source.len() - source.trim_start_matches('#').len();
    let is_underlined = hashes != level || !source[hashes..].starts_with([' ', '\t']);
    joined(if is_underlined { source } else { &source[hashes..] })
}

/// The lines of a paragraph as one.
pub(crate) fn joined(paragraph: &str) -> String {
    paragraph.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a fenced block's last line closes it.
fn is_closed(block: &str) -> bool {
    let mut lines = block.lines();
    let opening = lines.next().unwrap_or_default().trim_start();
    let mark = opening.chars().next().unwrap_or_default();
    let width = opening.chars().take_while(|c| *c == mark).count();
    let closing = lines.next_back().unwrap_or_default().trim();
    closing.chars().count() >= width && closing.chars().all(|c| c == mark)
}

#[cfg(test)]
mod tests;
