//! The tree of a file and what matched in it, for authors of rules.

use std::fmt::Write as _;

use crate::grammar::{Field, field_name, language};
use crate::tree::{Node, Tree};
use crate::{Finding, Glossary};

/// Longer texts of leaves are cut here.
const MOST_TEXT: usize = 40;

/// The tree, a node a line with kind, field and text, and under each node the findings whose span it has. Shaped so that a
/// line can be copied into a rule.
pub fn dump(text: &str, tree: &tree_sitter::Tree, findings: &[Finding], glossary: &Glossary) -> String {
    let tree = Tree::new(tree);
    let mut open: Vec<u32> = Vec::new();
    let mut output = String::new();
    let mut told = vec![false; findings.len()];
    for node in tree.nodes() {
        while open.last().is_some_and(|end| *end <= node.0) {
            open.pop();
        }
        let indent = "  ".repeat(open.len().min(60));
        let _ = writeln!(output, "{indent}{}", describe(&tree, text, node));
        for (finding, told) in findings.iter().zip(&mut told) {
            if finding.span == tree.span(node) && !std::mem::replace(told, true) {
                let concept = glossary.catalog.concept(finding.concept);
                let roles: String =
                    finding.roles.iter().map(|r| format!(" {}={:?}", r.name, r.span.of(text))).collect();
                let _ = writeln!(output, "{indent}  ^ {}{roles}", concept.id);
            }
        }
        open.push(tree.end(node));
    }
    for (finding, _) in findings.iter().zip(told).filter(|(_, told)| !told) {
        let concept = glossary.catalog.concept(finding.concept);
        let _ = writeln!(output, "^ {} {:?}", concept.id, finding.span.of(text));
    }
    output
}

fn describe(tree: &Tree, text: &str, node: Node) -> String {
    let kind = language().node_kind_for_id(tree.symbol(node)).unwrap_or("ERROR");
    let field = match tree.field(node) {
        Field::None => String::new(),
        field => format!("{}: ", field_name(field)),
    };
    let missing = if tree.is_missing(node) { " MISSING" } else { "" };
    if !tree.is_named(node) {
        return format!("{field}{kind:?}{missing}");
    }
    if tree.first_child(node).is_some() {
        return format!("{field}({kind}){missing}");
    }
    let own: String = tree.span(node).of(text).chars().take(MOST_TEXT).collect();
    format!("{field}({kind}) {own:?}{missing}")
}
