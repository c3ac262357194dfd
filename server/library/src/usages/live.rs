//! Usages in a text that isn't, or isn't yet, what the index has read: that of an open document.

use std::path::Path;
use std::sync::Arc;

use pygloss_analysis::Glossary;
use pygloss_catalog::ConceptIndex;

use super::excerpt::excerpt;
use super::{Query, Usage, are_together, described, module_of};
use crate::facts::{BlockFacts, Facts, UsageFacts};
use crate::index::workspace_package;
use crate::lines::Lines;
use crate::rank::{FileMeasures, judge, sum};

/// A text and where it is.
pub(crate) struct Open<'a> {
    pub(crate) path: &'a Path,
    /// The folder that its modules are relative to.
    pub(crate) root: &'a Path,
    pub(crate) text: &'a Arc<str>,
}

/// Everything that a query asks for in a text, in the order of the text; its limit means nothing here.
pub(crate) fn usages_in(open: &Open<'_>, glossary: &Glossary, query: &Query) -> Vec<Usage> {
    if !query.takes(&workspace_package(open.root)) {
        return Vec::new();
    }
    let facts = Facts::of(open.text, glossary);
    let lines = Lines::of(open.text);
    let with = query.with.map(|with| usages_of(&facts, with));
    let mut found = Vec::new();
    for concept in &query.concepts {
        let is_wanted = |usage: &&UsageFacts| {
            query.level.is_none_or(|level| level == usage.level)
                && with.is_none_or(|others| others.iter().any(|other| are_together(&facts.blocks, usage, other)))
        };
        for usage in usages_of(&facts, *concept).iter().filter(is_wanted) {
            let block = facts.blocks.get(usage.block as usize);
            found.extend(block.map(|block| shown(*concept, usage, block, open, &lines, glossary)));
        }
    }
    found.sort_by_key(|usage| usage.span);
    found
}

fn usages_of(facts: &Facts, concept: ConceptIndex) -> &[UsageFacts] {
    facts.usages.iter().find(|(it, _)| *it == concept).map_or(&[], |(_, usages)| usages)
}

fn shown(
    concept: ConceptIndex,
    usage: &UsageFacts,
    block: &BlockFacts,
    open: &Open<'_>,
    lines: &Lines<'_>,
    glossary: &Glossary,
) -> Usage {
    let parts = judge(&usage.measures(block, glossary.catalog.concept(concept).common)).to_vec();
    Usage {
        concept,
        path: open.path.to_owned(),
        span: usage.span(),
        line: usage.line,
        column: usage.start - lines.start(usage.line).min(usage.start),
        package: workspace_package(open.root),
        version: None,
        module: module_of(open.path.strip_prefix(open.root).unwrap_or(open.path)),
        block: described(block),
        level: usage.level,
        why: None,
        score: sum(&parts),
        parts,
        file: FileMeasures::default(),
        excerpt: excerpt(lines, block, usage),
        text: Arc::clone(open.text),
    }
}
