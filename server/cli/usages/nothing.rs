//! What is said where no usage is found, or where none can be: why, and what could help.

use std::collections::BTreeSet;
use std::fmt::Write;

use pygloss_catalog::{Catalog, Kind, LibraryPlace};
use pygloss_library::environment::normalised;
use pygloss_library::{Library, Query, StoreError};

use super::scope::Scope;
use super::text::{named, narrowed};
use crate::cli::figures::count;
use crate::cli::output::Terminal;
use crate::cli::snippet::visible;
use crate::cli::style::{CODE, paint};
use crate::cli::suggest::nearest;
use crate::cli::target::Target;
use crate::cli::wrap::wrap;

/// What was looked for, and where.
pub(super) struct Search<'a> {
    pub(super) library: &'a Library,
    pub(super) scope: &'a Scope,
    pub(super) query: &'a Query,
    pub(super) target: Target<'a>,
    /// How many usages the index knows; all of them in files that are other ones today.
    pub(super) stale: usize,
    /// Whether the index knows all of the scope.
    pub(super) is_whole: bool,
}

/// Nothing was found; say so, and which options hide something.
pub(super) fn found(search: &Search<'_>) -> Result<String, StoreError> {
    let Search { library, scope, query, target, stale, is_whole } = search;
    let catalog = &library.glossary().catalog;
    let mut text = format!("{}: no usages{}.\n", named(*target), narrowed(query, scope, catalog));
    if *stale > 0 {
        let _ = writeln!(
            text,
            "{} stood in files that were changed since: `pygloss index` reads them again.",
            count(*stale, "usage")
        );
        return Ok(text);
    }
    for (option, wider) in wider(query) {
        let total = library.usages(&scope.folders(), &wider)?.total;
        if total > 0 {
            let _ = writeln!(text, "Without `{option}` there {}.", is_or_are(total));
        }
    }
    if let (Some(package), Scope::Libraries(place)) = (&query.package, scope) {
        text.push_str(&unknown(package, &place.packages()));
    }
    if !is_whole {
        text.push_str("The index isn't whole yet: `pygloss index` reads the rest.\n");
    } else if query.package.is_none() && matches!(scope, Scope::Libraries(_)) {
        text.push_str("`--env` looks in another environment, `--workspace` in your own files.\n");
    }
    Ok(text)
}

/// A hint for a package that isn't there; nothing if it is.
fn unknown(name: &str, packages: &BTreeSet<&str>) -> String {
    let wanted = normalised(name);
    if packages.iter().any(|package| normalised(package) == wanted) || wanted == "python" {
        return String::new();
    }
    let near = nearest(packages.iter().copied(), name);
    let meant = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
    format!("No package here is called {}{}\n", visible(name), visible(&meant))
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
    let is_idea = matches!(target, Target::Concept(concept) if concept.kind == Kind::Idea);
    let why = if is_idea { "is an idea, which no code shows by its form" } else { "has no rule that finds it" };
    let mut text = format!("{} {why}: there are no usages to list.\n", named(target));
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
