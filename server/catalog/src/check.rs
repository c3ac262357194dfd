//! What can be checked of the pages without knowing what a rule means.

use crate::Problem;
use crate::catalog::{Catalog, Concept, Kind, Topic};
use crate::front_matter::line_of;
use crate::links::Targets;
use crate::outline::{Outline, What};
use crate::page::is_web;

/// The longest text that is still read beside the code that it is about.
const MOST_CHARACTERS: usize = 600;

/// Check the written topics: references to days, concepts, files and anchors exist, hover texts are 1-600 characters, no
/// section is empty, `practice.uses` names detectable concepts and both practice files are there.
pub fn check_pages(catalog: &Catalog) -> Vec<Problem> {
    let written = catalog.topics().iter().filter(|topic| topic.is_written());
    let pages: Vec<_> = written.map(|topic| (topic, Outline::of(&topic.source, topic.source_line))).collect();
    let targets = Targets::of(catalog, &pages);
    let mut problems = Vec::new();
    for (topic, outline) in &pages {
        let mut error = |line, message| problems.push(Problem::error(&topic.path, line, 0, message));
        check_front_matter(catalog, topic, &mut error);
        check_practice(catalog, topic, &mut error);
        for index in &topic.concepts {
            check_concept(catalog, catalog.concept(*index), &mut error);
        }
        check_links(&targets, topic, outline, &mut error);
        problems.extend(missing_files(topic));
    }
    problems.sort();
    problems
}

fn check_front_matter(catalog: &Catalog, topic: &Topic, error: &mut impl FnMut(u32, String)) {
    let front_matter = &topic.front_matter;
    for day in &front_matter.related {
        if let Err(message) = other_day(catalog, topic.day, day.value) {
            error(line_of(day), format!("`related`: {message}"));
        }
    }
    for link in front_matter.docs.iter().filter(|link| !is_web(&link.value)) {
        error(line_of(link), format!("`docs`: `{}` is no link to the web", link.value));
    }
    for place in &front_matter.library {
        if !is_dotted_name(&place.symbol.value) {
            let message =
                format!("`library`: `{}` is no name to import, such as `fractions.Fraction`", place.symbol.value);
            error(line_of(&place.symbol), message);
        }
        if catalog.find(&place.concept.value).is_none() {
            error(line_of(&place.concept), format!("`library`: no page explains `{}`", place.concept.value));
        }
        if place.why.value.trim().is_empty() {
            error(line_of(&place.why), "`library`: `why` is empty".to_owned());
        }
    }
}

fn check_practice(catalog: &Catalog, topic: &Topic, error: &mut impl FnMut(u32, String)) {
    for id in &topic.front_matter.practice.uses {
        match catalog.find(&id.value).map(|index| catalog.concept(index).kind) {
            None => error(line_of(id), format!("`practice`: no page explains `{}`", id.value)),
            Some(Kind::Idea) => {
                error(line_of(id), format!("`practice`: `{}` is an idea, which no code shows", id.value));
            }
            Some(Kind::Construct | Kind::Pitfall) => {}
        }
    }
}

fn check_concept(catalog: &Catalog, concept: &Concept, error: &mut impl FnMut(u32, String)) {
    let Concept { id, section, .. } = concept;
    for day in &concept.also {
        if let Err(message) = other_day(catalog, concept.day, *day) {
            error(section.line, format!("`also`: {message}"));
        }
    }
    match section.gloss.chars().count() {
        0 => error(section.line, format!("`{id}` has no text before its first fence: nothing to hover")),
        1..=MOST_CHARACTERS => {}
        count => error(
            section.line,
            format!(
                "the text of `{id}` before its first fence has {count} characters; a hover has {MOST_CHARACTERS} at most"
            ),
        ),
    }
    if concept.kind != Kind::Idea && section.fences.is_empty() {
        error(section.line, format!("`{id}` has no example: a fence of Python; or is it an `.idea`?"));
    }
}

fn check_links(targets: &Targets<'_>, topic: &Topic, outline: &Outline, error: &mut impl FnMut(u32, String)) {
    let own = topic.folder_name();
    for element in &outline.elements {
        if let What::Link(target) = &element.what
            && let Err(message) = targets.check(&own, target)
        {
            error(outline.line(element.span.start), message);
        }
    }
}

fn missing_files(topic: &Topic) -> impl Iterator<Item = Problem> {
    let files = [("practice.py", &topic.practice), ("solution.py", &topic.solution)];
    let missing = files.into_iter().filter(|(_, text)| text.is_none());
    missing.map(|(file, _)| {
        let folder = topic.path.trim_end_matches("topic.md");
        Problem::error(
            &format!("{folder}{file}"),
            0,
            0,
            "the file is missing: each page has a practice and its solution",
        )
    })
}

fn other_day(catalog: &Catalog, own: u16, day: u16) -> Result<(), String> {
    match catalog.day(day) {
        None => Err(format!("the syllabus has no day {day}")),
        Some(_) if day == own => Err(format!("day {day} is this page's own")),
        Some(_) => Ok(()),
    }
}

fn is_dotted_name(symbol: &str) -> bool {
    symbol.split('.').all(|part| {
        part.starts_with(|c: char| c == '_' || c.is_alphabetic())
            && part.chars().all(|c| c == '_' || c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests;
