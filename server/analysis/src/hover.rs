//! What to say about a place in a file.

use pygloss_catalog::ConceptIndex;

use crate::{Finding, Glossary, Span};

/// What a hover says: two concepts at most, the rest by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The place that is explained: the first gloss's finding.
    pub span: Span,
    /// The most specific concept first, at most two.
    pub glosses: Vec<Gloss>,
    /// Further concepts at the same place.
    pub more: Vec<ConceptIndex>,
}

/// A concept in the reader's own code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// The concept.
    pub concept: ConceptIndex,
    /// What the construct stands for, with the reader's own names in it.
    pub sugar: Option<String>,
}

/// What to say about the byte `offset`; `None` where nothing was found. `findings` are those of exactly this `text`.
pub fn hover(glossary: &Glossary, text: &str, findings: &[Finding], offset: u32) -> Option<Hover> {
    let _ = (glossary, text, findings, offset);
    todo!()
}

impl Hover {
    /// As Markdown: heading, day, gloss, sugar, links; about eight lines.
    pub fn markdown(&self, glossary: &Glossary) -> String {
        let _ = glossary;
        todo!()
    }

    /// The same for a client or terminal that shows plain text.
    pub fn plain_text(&self, glossary: &Glossary) -> String {
        let _ = glossary;
        todo!()
    }
}
