//! The tree of a file and what matched in it, for authors of rules.

use crate::{Finding, Glossary};

/// The tree, a node a line with kind, field and text, and under each node the findings whose span it has. Shaped so that a
/// line can be copied into a rule.
pub fn dump(text: &str, tree: &tree_sitter::Tree, findings: &[Finding], glossary: &Glossary) -> String {
    let _ = (text, tree, findings, glossary);
    todo!()
}
