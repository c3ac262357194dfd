//! The few concepts that a rule can't express, one file a topic.
//!
//! A finder gets the same file as a rule and reports findings of the concepts that it lists, by id. A concept whose page
//! isn't loaded is passed over, so a finder works with any set of topics.

mod dataclasses;
mod decorators;
mod metaclasses;
mod slots;

use pygloss_catalog::{Catalog, ConceptIndex};

use crate::file::File;
use crate::finding::{Finding, role};
use crate::tree::Node;

/// A function that looks for some concepts in a whole file.
struct Finder {
    /// The ids that it may report, with the roles that it hands over.
    concepts: &'static [(&'static str, &'static [&'static str])],
    find: fn(&File<'_>, Reporter<'_>),
}

/// Takes what a finder finds.
type Reporter<'r> = &'r mut dyn FnMut(Report<'_>);

/// What a finder found.
struct Report<'a> {
    concept: &'a str,
    at: Node,
    roles: &'a [(&'a str, Node)],
}

const FINDERS: &[Finder] = &[dataclasses::FINDER, decorators::FINDER, metaclasses::FINDER, slots::FINDER];

/// The ids of all concepts that some finder looks for.
pub(crate) fn all_concepts() -> impl Iterator<Item = &'static str> {
    FINDERS.iter().flat_map(|finder| finder.concepts.iter().map(|(id, _)| *id))
}

/// The roles that finders hand over, by the concept's id.
pub(crate) fn all_roles() -> impl Iterator<Item = (&'static str, &'static str)> {
    let concepts = FINDERS.iter().flat_map(|finder| finder.concepts);
    concepts.flat_map(|(id, roles)| roles.iter().map(move |role| (*id, *role)))
}

/// Run all finders over a file.
pub(crate) fn run(file: &File<'_>, catalog: &Catalog, findings: &mut Vec<Finding>) {
    for finder in FINDERS {
        (finder.find)(file, &mut |report| {
            if let Some(concept) = catalog.find(report.concept) {
                findings.push(finding(file, concept, &report));
            }
        });
    }
}

fn finding(file: &File<'_>, concept: ConceptIndex, report: &Report<'_>) -> Finding {
    let roles = report.roles.iter().map(|(name, node)| role(file.tree, (*name).into(), *node));
    Finding { span: file.tree.span(report.at), concept, roles: roles.collect(), stale: false }
}
