//! From a tree to findings.

use std::sync::Arc;

use pygloss_catalog::ConceptIndex;

use crate::Glossary;

/// A half-open range of bytes in the UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

/// A place where a concept stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub span: Span,
    /// Which concept.
    pub concept: ConceptIndex,
    /// What the rule hands to hover and sugar: the text of other parts of the construct.
    pub roles: Vec<Role>,
    /// Kept from the last version of the file that parsed without an error.
    pub stale: bool,
}

/// A named part of a construct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// `iterable` in the capture `@yield-from.iterable`.
    pub name: Arc<str>,
    /// Where its text stands.
    pub span: Span,
}

/// All findings in a tree, by position, then the longer first, then by concept; each once.
pub fn detect(text: &str, tree: &tree_sitter::Tree, glossary: &Glossary) -> Vec<Finding> {
    let _ = (text, tree, glossary);
    todo!()
}

/// Parse a text and return its findings: for those who have a whole file and ask once.
pub fn find(text: &str, glossary: &Glossary) -> Vec<Finding> {
    detect(text, &crate::parse(text, None), glossary)
}
