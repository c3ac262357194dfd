//! A page: front matter, then one `##` section a concept. What precedes the first of them is the introduction; a `##` heading
//! without an id begins a section that is only read.

use std::ops::Range;

use crate::Problem;
use crate::fence::{Fence, Longhand, Purpose, purpose};
use crate::front_matter::{self, FrontMatter};
use crate::heading::{ConceptHeading, concept_heading, plain_heading};
use crate::outline::{Element, Fenced, Heading, Outline, What, joined};

/// The parts of a section.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading's line in `topic.md`, 1-based. An introduction has none: its first line.
    pub line: u32,
    /// The text before the first fence, in Markdown, one line a paragraph: a concept's hover.
    pub gloss: String,
    /// Other ways to write the construct; the first whose roles are all captured is shown.
    pub longhands: Vec<Longhand>,
    /// The Python fences, in order, longhands left out.
    pub fences: Vec<Fence>,
    /// The first official link after the gloss.
    pub docs: Option<String>,
}

/// A page as it was read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) front_matter: FrontMatter,
    pub(crate) source: String,
    /// The source's first line in the file, 1-based.
    pub(crate) source_line: u32,
    pub(crate) concepts: Vec<(ConceptHeading, Section)>,
    pub(crate) plain: Vec<Section>,
}

/// Read a page. What is broken is left out and reported.
pub(crate) fn parse(path: &str, text: &str) -> (Page, Vec<Problem>) {
    let (front_matter, body, problem) = front_matter::read(path, text);
    let outline = Outline::of(body.text, body.line);
    let mut page =
        Page { front_matter, source: body.text.to_owned(), source_line: body.line, concepts: vec![], plain: vec![] };
    let mut complaints = Vec::new();
    for part in parts(body.text, &outline) {
        let concept = part.concept(&mut complaints);
        let section = part.section(concept.is_some(), &mut complaints);
        match concept {
            Some(concept) => page.concepts.push((concept, section)),
            None => page.plain.push(section),
        }
    }
    let error = |(offset, message)| Problem::error(path, outline.line(offset), 0, message);
    (page, problem.into_iter().chain(complaints.into_iter().map(error)).collect())
}

/// What is wrong, and at which offset of the source.
type Complaint = (usize, String);

/// A heading and what follows it, or the introduction.
struct Part<'p> {
    source: &'p str,
    outline: &'p Outline,
    heading: Option<(&'p Heading, usize)>,
    /// Bytes behind the heading.
    span: Range<usize>,
    elements: &'p [Element],
}

fn parts<'p>(source: &'p str, outline: &'p Outline) -> Vec<Part<'p>> {
    let begins_part = |element: &Element| match &element.what {
        What::Heading(heading) => !element.nested && heading.level <= 2,
        _ => false,
    };
    let elements = outline.elements.iter().enumerate();
    let headings: Vec<usize> = elements.filter(|(_, element)| begins_part(element)).map(|(at, _)| at).collect();
    let begins = std::iter::once(None).chain(headings.iter().copied().map(Some));
    let ends = headings.iter().copied().chain([outline.elements.len()]);
    begins.zip(ends).map(|(heading, end)| part(source, outline, heading, end)).collect()
}

/// The part between two elements, by their indices: a heading, and what begins the next part.
fn part<'p>(source: &'p str, outline: &'p Outline, heading: Option<usize>, end: usize) -> Part<'p> {
    let elements = &outline.elements[heading.map_or(0, |at| at + 1)..end];
    let heading = heading.map(|at| &outline.elements[at]);
    let end = outline.elements.get(end).map_or(source.len(), |next| next.span.start);
    Part {
        source,
        outline,
        heading: heading.and_then(|element| match &element.what {
            What::Heading(heading) => Some((heading, element.span.start)),
            _ => None,
        }),
        span: heading.map_or(0, |element| element.span.end)..end,
        elements,
    }
}

impl Part<'_> {
    /// The concept, if the heading is one's.
    fn concept(&self, complaints: &mut Vec<Complaint>) -> Option<ConceptHeading> {
        let (heading, start) = self.heading?;
        let mut complain = |message| complaints.push((start, message));
        if heading.level == 1 {
            complain("a page has no `#` heading: its title stands in syllabus.toml".to_owned());
        }
        if heading.level == 1 || heading.id.is_none() {
            plain_heading(heading).into_iter().for_each(complain);
            return None;
        }
        let (concept, messages) = concept_heading(heading);
        messages.into_iter().for_each(complain);
        concept
    }

    fn section(&self, is_concept: bool, complaints: &mut Vec<Complaint>) -> Section {
        let is_fence = |element: &&Element| matches!(element.what, What::Fence(_));
        let gloss_end = self.elements.iter().find(is_fence).map_or(self.span.end, |fence| fence.span.start);
        let mut section = Section {
            line: self.outline.line(self.heading.map_or(0, |(_, start)| start)),
            gloss: paragraphs(self.source.get(self.span.start..gloss_end).unwrap_or_default()),
            docs: self.docs(gloss_end),
            ..Section::default()
        };
        for element in self.elements {
            let start = element.span.start;
            let mut complain = |message| complaints.push((start, message));
            match &element.what {
                What::Fence(fence) => {
                    let line = self.outline.line(start) + 1;
                    add_fence(&mut section, fence, element.nested, line, is_concept).unwrap_or_else(&mut complain);
                }
                What::Heading(heading) => inner_heading(heading, element.nested).into_iter().for_each(&mut complain),
                _ => {}
            }
            if is_concept && start < gloss_end {
                not_hoverable(element).into_iter().for_each(complain);
            }
        }
        section
    }

    fn docs(&self, gloss_end: usize) -> Option<String> {
        self.elements.iter().filter(|element| element.span.start >= gloss_end).find_map(|element| match &element.what {
            What::Link(target) if is_web(target) => Some(target.clone()),
            _ => None,
        })
    }
}

fn inner_heading(heading: &Heading, nested: bool) -> Option<String> {
    if nested && heading.level == 2 && heading.id.is_some() {
        return Some("a concept's heading stands outside lists and quotes".to_owned());
    }
    plain_heading(heading)
}

/// Complain of what a hover can't show, for its lines are joined and it has no room.
fn not_hoverable(element: &Element) -> Option<String> {
    let name = match &element.what {
        What::Block(name) => name,
        What::Heading(_) if !element.nested => "a heading",
        What::Link(target) if !is_web(target) => "a link to another page",
        _ => return None,
    };
    Some(format!("{name} can't be hovered: only paragraphs precede the first fence"))
}

/// Whether a link leads to the web.
pub(crate) fn is_web(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

fn add_fence(section: &mut Section, fence: &Fenced, nested: bool, line: u32, is_concept: bool) -> Result<(), String> {
    if !fence.closed {
        return Err("nothing closes the fence that starts here".to_owned());
    }
    let Some(purpose) = purpose(&fence.info)? else { return Ok(()) };
    if nested {
        return Err("a fence of Python stands outside lists and quotes: its columns are those of the page".to_owned());
    }
    match purpose {
        Purpose::Example(run) => section.fences.push(Fence { line, text: fence.text.clone(), run }),
        Purpose::Longhand(kind) if is_concept => {
            section.longhands.push(Longhand { template: fence.text.trim_end().to_owned(), kind });
        }
        Purpose::Longhand(_) => return Err("a longhand belongs into the section of a concept".to_owned()),
    }
    Ok(())
}

/// One line a paragraph, blank lines between.
fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let blocks = lines.split(|line| line.trim().is_empty()).filter(|block| !block.is_empty());
    blocks.map(|block| joined(&block.join("\n"))).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests;
