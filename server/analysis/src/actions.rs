//! What can be done at a place in a file.

use pygloss_catalog::ConceptIndex;

use crate::{Finding, Glossary, Span};

/// The concepts whose pages can be shown for a selection: the most specific of each day, best first. An empty selection is a cursor.
pub fn topics_at(glossary: &Glossary, findings: &[Finding], selection: Span) -> Vec<ConceptIndex> {
    let _ = (glossary, findings, selection);
    todo!()
}
