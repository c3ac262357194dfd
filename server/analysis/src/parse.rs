//! Text to tree-sitter's tree.

use std::borrow::Cow;

use tree_sitter::{Parser, Tree};

use crate::grammar::language;

/// Parse Python text. `old` is the tree of an earlier version on which `Tree::edit` was called for every edit since.
///
/// # Panics
/// If the grammar was built for another version of tree-sitter, which a test would show.
pub fn parse(text: &str, old: Option<&Tree>) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(language()).expect("the grammar fits the linked tree-sitter");
    parser.parse(line_feeds(text).as_bytes(), old).expect("a parse without a time limit gives a tree")
}

/// The grammar doesn't take a lone `\r` for a line's end, as Python does. `\n` has the same length, so offsets stay.
fn line_feeds(text: &str) -> Cow<'_, str> {
    let is_lone = |index: &usize| text.as_bytes().get(index + 1) != Some(&b'\n');
    let lone: Vec<usize> = text.match_indices('\r').map(|(index, _)| index).filter(is_lone).collect();
    if lone.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for index in lone {
        bytes[index] = b'\n';
    }
    Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        let tree = parse("x = 1\ry = 2\r", None);
        assert!(!tree.root_node().has_error());
        assert_eq!(tree.root_node().named_child_count(), 2);
    }

    #[test]
    fn carriage_return_with_line_feed_stays_as_it_is() {
        assert!(matches!(line_feeds("x = 1\r\ny = 2\r\n"), Cow::Borrowed(_)));
    }
}
