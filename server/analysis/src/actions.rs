//! What can be done at a place in a file.

use pygloss_catalog::ConceptIndex;

use crate::hover::findings_at;
use crate::{Finding, Glossary, Span};

/// The concepts whose pages can be shown for a selection: the most specific of each day, best first. An empty selection is a cursor.
pub fn topics_at(glossary: &Glossary, findings: &[Finding], selection: Span) -> Vec<ConceptIndex> {
    let mut ranked: Vec<ConceptIndex> =
        findings_at(glossary, findings, selection.start).into_iter().map(|finding| finding.concept).collect();
    let touched = findings.iter().filter(|finding| finding.span.touches(selection) && selection.start < selection.end);
    ranked.extend(touched.map(|finding| finding.concept));
    let mut days = Vec::new();
    ranked.retain(|concept| {
        let day = glossary.catalog.concept(*concept).day;
        let is_new = !days.contains(&day);
        days.push(day);
        is_new
    });
    ranked
}
