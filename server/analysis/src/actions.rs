//! What can be done at a place in a file.

use pygloss_catalog::ConceptIndex;

use crate::hover::findings_at;
use crate::{Finding, Glossary, Span};

/// The concepts whose pages can be shown for a selection: the most specific of each day, best first. An empty selection is a cursor.
pub fn topics_at(glossary: &Glossary, findings: &[Finding], selection: Span) -> Vec<ConceptIndex> {
    first_of_each(concepts_at(glossary, findings, selection), |concept| glossary.catalog.concept(concept).day)
}

/// The concepts that are in a selection, each once, best first. An empty selection is a cursor.
pub fn concepts_at(glossary: &Glossary, findings: &[Finding], selection: Span) -> Vec<ConceptIndex> {
    let mut ranked: Vec<ConceptIndex> =
        findings_at(glossary, findings, selection.start).into_iter().map(|finding| finding.concept).collect();
    let touched = findings.iter().filter(|finding| finding.span.touches(selection) && selection.start < selection.end);
    ranked.extend(touched.map(|finding| finding.concept));
    first_of_each(ranked, |concept| concept)
}

fn first_of_each<K: PartialEq>(mut concepts: Vec<ConceptIndex>, key: impl Fn(ConceptIndex) -> K) -> Vec<ConceptIndex> {
    let mut seen = Vec::new();
    concepts.retain(|concept| {
        let key = key(*concept);
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    concepts
}
