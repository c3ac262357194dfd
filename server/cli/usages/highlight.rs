//! The colours of Python's syntax: which bytes of a text are a keyword, a string, a comment.
//!
//! The leaves of the parser's tree tell it, of the whole file, since a part of one may begin within a string.

use std::ops::Range;

use anstyle::Style;
use tree_sitter::{Node, TreeCursor};

use crate::cli::style::{COMMENT, DEFINITION, KEYWORD, LITERAL, STRING};

/// Bytes in one style.
pub(super) type Run = (Range<usize>, Style);

/// What has a style in a part of a text, in order. What is between them has none.
pub(super) fn runs(text: &str, part: &Range<usize>) -> Vec<Run> {
    let tree = pygloss_analysis::parse(text, None);
    let mut cursor = tree.walk();
    let mut runs = Vec::new();
    loop {
        let node = cursor.node();
        let range = node.byte_range();
        let is_shown = range.start < part.end && range.end > part.start;
        let style = if is_shown { style(node) } else { None };
        if let Some(style) = style {
            add(&mut runs, range, style);
        }
        let is_open = is_shown && style.is_none() && cursor.goto_first_child();
        if !is_open && !goto_next(&mut cursor) {
            return runs;
        }
    }
}

/// Add a run, or lengthen the last one by what follows it in the same style.
fn add(runs: &mut Vec<Run>, range: Range<usize>, style: Style) {
    match runs.last_mut() {
        Some((last, same)) if last.end == range.start && *same == style => last.end = range.end,
        _ => runs.push((range, style)),
    }
}

/// Go to the next node that isn't below this one.
fn goto_next(cursor: &mut TreeCursor<'_>) -> bool {
    while !cursor.goto_next_sibling() {
        if !cursor.goto_parent() {
            return false;
        }
    }
    true
}

/// The style of all of a node, if it has one.
fn style(node: Node<'_>) -> Option<Style> {
    match node.kind() {
        "comment" => Some(COMMENT),
        "string_start" | "string_content" | "string_end" => Some(STRING),
        "integer" | "float" | "true" | "false" | "none" | "ellipsis" => Some(LITERAL),
        "identifier" if is_defined(node) => Some(DEFINITION),
        kind if !node.is_named() && kind.starts_with(|c: char| c.is_ascii_alphabetic()) => Some(KEYWORD),
        _ => None,
    }
}

/// Whether a `def` or `class` gives this name.
fn is_defined(node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    matches!(parent.kind(), "function_definition" | "class_definition")
        && parent.child_by_field_name("name").is_some_and(|name| name.id() == node.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styled(text: &str, part: Range<usize>) -> Vec<&str> {
        runs(text, &part).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn keywords_names_of_definitions_and_literals_have_styles() {
        let text = "async def f(x):  # why\n    return x is not None and f\"{x!r} {1}\"\n";
        let expected = ["async", "def", "f", "# why", "return", "is not", "None", "and", "f\"", " ", "1", "\""];
        assert_eq!(styled(text, 0..text.len()), expected);
    }

    #[test]
    fn soft_keywords_are_names_elsewhere() {
        let text = "match = type\nmatch match:\n    case 1: pass\n";
        assert_eq!(styled(text, 0..text.len()), ["match", "case", "1", "pass"]);
    }

    #[test]
    fn a_part_of_a_file_is_read_in_its_place() {
        let text = "\"\"\"if\nif\n\"\"\"\nif x: pass\n";
        assert_eq!(styled(text, 6..8), ["if\nif\n"]);
    }
}
