//! What is said where no usage is found, or where none can be: why, and what could help.

use std::fmt::Write;

use pygloss_catalog::{Catalog, LibraryPlace};
use pygloss_library::{Library, Query, StoreError};

use super::scope::Scope;
use super::text::{named, narrowed};
use crate::cli::figures::count;
use crate::cli::output::Terminal;
use crate::cli::snippet::visible;
use crate::cli::style::{CODE, paint};
use crate::cli::target::Target;
use crate::cli::wrap::wrap;

/// What was looked for, and where.
pub(super) struct Search<'a> {
    pub(super) library: &'a Library,
    pub(super) scope: &'a Scope,
    pub(super) query: &'a Query,
    pub(super) target: Target<'a>,
    /// Whether the index knows all of the scope.
    pub(super) is_whole: bool,
}

/// Nothing was found; say so, and which options hide something.
pub(super) fn found(search: &Search<'_>) -> Result<String, StoreError> {
    let Search { library, scope, query, target, is_whole } = search;
    let catalog = &library.glossary().catalog;
    let mut text = format!("{}: no usages{}.\n", named(*target), narrowed(query, scope, catalog));
    for (option, wider) in wider(query) {
        let total = library.usages(&scope.folders(), &wider)?.total;
        if total > 0 {
            let _ = writeln!(text, "Without `{option}` there {}.", is_or_are(total));
        }
    }
    if !is_whole {
        text.push_str("The index isn't whole yet: `pygloss index` reads the rest.\n");
    }
    Ok(text)
}

fn is_or_are(total: usize) -> String {
    format!("{} {}", if total == 1 { "is" } else { "are" }, count(total, "usage"))
}

/// The query without each of its options.
fn wider(query: &Query) -> Vec<(&'static str, Query)> {
    let open = |change: fn(&mut Query)| {
        let mut query = Query { limit: 0, ..query.clone() };
        change(&mut query);
        query
    };
    let options = [
        (query.level.is_some(), "--level", open(|query| query.level = None)),
        (query.with.is_some(), "--with", open(|query| query.with = None)),
        (query.package.is_some(), "--package", open(|query| query.package = None)),
    ];
    options.into_iter().filter(|(is_set, ..)| *is_set).map(|(_, option, query)| (option, query)).collect()
}

/// Nothing in source code shows what was named: the places that its page names.
pub(super) fn undetected(target: Target<'_>, catalog: &Catalog, terminal: &Terminal) -> String {
    let (topic, id) = match target {
        Target::Day(topic) => (topic, None),
        Target::Concept(concept) => (catalog.topic(concept.topic), Some(&concept.id)),
    };
    let mut text = format!("{} is an idea that no code shows by its form; it isn't looked for.\n", named(target));
    let places: Vec<_> = topic.library.iter().filter(|place| id.is_none_or(|id| place.concept == *id)).collect();
    if places.is_empty() {
        let _ = writeln!(text, "`pygloss topic {}` explains it.", id.unwrap_or(&topic.slug));
    } else {
        text.push_str("Its page names these places:\n");
        text.extend(places.into_iter().map(|place| listed(place, terminal)));
    }
    text
}

fn listed(place: &LibraryPlace, terminal: &Terminal) -> String {
    let why = wrap(&visible(&place.why), terminal.text_width(), "    ", "    ");
    format!("  {}\n{why}", paint(CODE, visible(&place.symbol)))
}
