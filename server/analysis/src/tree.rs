//! A compact syntax tree: one array of nodes in preorder.
//!
//! Invariants: a node's descendants are exactly the nodes from `node + 1` up to its `end`; parents come before their
//! children; spans of siblings don't overlap. Building and walking never recurse, so any depth is survived.

use std::sync::LazyLock;

use tree_sitter::TreeCursor;

use crate::Span;
use crate::grammar::{Field, Kind, Symbol, field_of, has_fields, kind_of, language, module};

/// A node of a [`Tree`]: its place in preorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Node(pub(crate) u32);

/// What the matcher reads. Pure data, made once from tree-sitter's tree.
#[derive(Debug)]
pub(crate) struct Tree(Vec<Row>);

/// What is known of a node.
#[derive(Clone, Copy, Debug)]
struct Row {
    symbol: Symbol,
    kind: Kind,
    field: Field,
    flags: u8,
    parent: u32,
    end: u32,
    span: Span,
}

const NAMED: u8 = 1;
const EXTRA: u8 = 2;
const ERROR: u8 = 4;
const MISSING: u8 = 8;
/// Children may have a role.
const FIELDS: u8 = 16;

/// What a node's kind says of it: whether it is named, may stand anywhere, or is an error.
fn flags_of(symbol: Symbol) -> u8 {
    static FLAGS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let language = language();
        let flags = |symbol: Symbol| {
            let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
            let name = language.node_kind_for_id(symbol).unwrap_or_default();
            flag(language.node_kind_is_named(symbol), NAMED)
                | flag(matches!(name, "comment" | "line_continuation"), EXTRA)
                | flag(has_fields(name), FIELDS)
        };
        (0..language.node_kind_count() as Symbol).map(flags).collect()
    });
    // An error's number lies beyond all of the grammar's.
    FLAGS.get(usize::from(symbol)).copied().unwrap_or(NAMED | EXTRA | ERROR | FIELDS)
}

impl Tree {
    /// Flatten tree-sitter's tree. The cursor's steps are what costs: none is tried in vain.
    pub(crate) fn new(tree: &tree_sitter::Tree) -> Self {
        let mut flat = Self(Vec::with_capacity(tree.root_node().descendant_count()));
        let mut cursor = tree.walk();
        // The nodes around the cursor's, and how many of their children are still to come.
        let mut open: Vec<(u32, u32)> = Vec::new();
        loop {
            let index = flat.len();
            let children = flat.push(&cursor, open.last().map(|(parent, _)| *parent));
            if children > 0 && cursor.goto_first_child() {
                open.push((index, children - 1));
                continue;
            }
            loop {
                let Some((parent, left)) = open.last_mut() else { return flat };
                if *left > 0 && cursor.goto_next_sibling() {
                    *left -= 1;
                    break;
                }
                flat.0[*parent as usize].end = flat.len();
                open.pop();
                cursor.goto_parent();
            }
        }
    }

    /// The trees of texts that stand one behind the other, each at its offset, as one module. What is broken in one of
    /// them stays in it.
    pub(crate) fn joined<'t>(parts: impl IntoIterator<Item = (u32, &'t tree_sitter::Tree)>) -> Self {
        let symbol = module();
        let (kind, flags, span) = (kind_of(symbol), flags_of(symbol), Span { start: 0, end: 0 });
        let mut joined = Self(vec![Row { symbol, kind, field: Field::None, flags, parent: 0, end: 1, span }]);
        for (offset, part) in parts {
            joined.append(offset, &Self::new(part));
        }
        joined.0[0].end = joined.len();
        joined
    }

    /// Put the children of another root behind those of ours. A root that is an error comes as a whole.
    fn append(&mut self, offset: u32, part: &Self) {
        let base = self.len();
        let first = u32::from(!part.is_error(Node(0)));
        self.0.extend(part.nodes().skip(first as usize).map(|node| {
            let row = part.row(node);
            let parent = part.parent(node).filter(|parent| parent.0 >= first);
            Row {
                parent: parent.map_or(0, |parent| parent.0 - first + base),
                end: row.end - first + base,
                span: row.span.moved(offset),
                ..*row
            }
        }));
        self.0[0].span.end = self.0[0].span.end.max(part.0[0].span.end + offset);
    }

    /// Put the cursor's node behind the others; how many children it has.
    fn push(&mut self, cursor: &TreeCursor<'_>, parent: Option<u32>) -> u32 {
        let node = cursor.node();
        let index = self.len();
        let (symbol, start, end) = (node.kind_id(), node.start_byte() as u32, node.end_byte() as u32);
        // Asked of tree-sitter only where the answer isn't known from the kind: this is the hottest place there is.
        let missing = if start == end && node.is_missing() { MISSING } else { 0 };
        let may_have_role = parent.is_some_and(|parent| self.0[parent as usize].flags & FIELDS != 0);
        let field = if may_have_role { cursor.field_id() } else { None };
        self.0.push(Row {
            symbol,
            kind: kind_of(symbol),
            field: field.map_or(Field::None, |id| field_of(id.get())),
            flags: flags_of(symbol) | missing,
            parent: parent.unwrap_or(0),
            end: index + 1,
            span: Span { start, end },
        });
        node.child_count()
    }

    fn row(&self, node: Node) -> &Row {
        &self.0[node.0 as usize]
    }

    /// How many nodes there are; never zero.
    pub(crate) fn len(&self) -> u32 {
        self.0.len() as u32
    }

    /// All nodes in preorder.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = Node> + use<> {
        (0..self.len()).map(Node)
    }

    /// The grammar's number for the node's kind.
    pub(crate) fn symbol(&self, node: Node) -> Symbol {
        self.row(node).symbol
    }

    /// The node's kind; [`Kind::Other`] for an anonymous node.
    pub(crate) fn kind(&self, node: Node) -> Kind {
        self.row(node).kind
    }

    /// The node's role under its parent.
    pub(crate) fn field(&self, node: Node) -> Field {
        self.row(node).field
    }

    /// Where the node stands.
    pub(crate) fn span(&self, node: Node) -> Span {
        self.row(node).span
    }

    /// Whether the grammar names the node, as opposed to keywords and punctuation.
    pub(crate) fn is_named(&self, node: Node) -> bool {
        self.row(node).flags & NAMED != 0
    }

    /// Whether the node may stand anywhere: comments and line continuations.
    pub(crate) fn is_extra(&self, node: Node) -> bool {
        self.row(node).flags & EXTRA != 0
    }

    /// Whether the parser could make nothing of the node's text.
    pub(crate) fn is_error(&self, node: Node) -> bool {
        self.row(node).flags & ERROR != 0
    }

    /// Whether the parser made the node up.
    pub(crate) fn is_missing(&self, node: Node) -> bool {
        self.row(node).flags & MISSING != 0
    }

    /// The parent; `None` for the root.
    pub(crate) fn parent(&self, node: Node) -> Option<Node> {
        (node.0 != 0).then(|| Node(self.row(node).parent))
    }

    /// From the parent up to the root.
    pub(crate) fn ancestors(&self, node: Node) -> impl Iterator<Item = Node> {
        std::iter::successors(self.parent(node), |node| self.parent(*node))
    }

    /// The node behind the last descendant.
    pub(crate) fn end(&self, node: Node) -> u32 {
        self.row(node).end
    }

    /// The node and all below it, in preorder.
    pub(crate) fn subtree(&self, node: Node) -> impl Iterator<Item = Node> + use<> {
        (node.0..self.end(node)).map(Node)
    }

    /// Whether `node` is `ancestor` or stands below it.
    pub(crate) fn is_within(&self, node: Node, ancestor: Node) -> bool {
        node >= ancestor && node.0 < self.end(ancestor)
    }

    /// The first child.
    pub(crate) fn first_child(&self, node: Node) -> Option<Node> {
        (node.0 + 1 < self.end(node)).then_some(Node(node.0 + 1))
    }

    /// The next child of the same parent.
    pub(crate) fn next_sibling(&self, node: Node) -> Option<Node> {
        let parent = self.parent(node)?;
        (self.end(node) < self.end(parent)).then_some(Node(self.end(node)))
    }

    /// The children, anonymous ones and comments among them.
    pub(crate) fn children(&self, node: Node) -> impl Iterator<Item = Node> {
        std::iter::successors(self.first_child(node), |child| self.next_sibling(*child))
    }

    /// The named children without comments.
    pub(crate) fn named_children(&self, node: Node) -> impl Iterator<Item = Node> {
        self.children(node).filter(|child| self.is_named(*child) && !self.is_extra(*child))
    }

    /// The first child in a role.
    pub(crate) fn child(&self, node: Node, field: Field) -> Option<Node> {
        self.children(node).find(|child| self.field(*child) == field)
    }

    /// The nearest ancestor of a kind.
    pub(crate) fn enclosing(&self, node: Node, kind: Kind) -> Option<Node> {
        self.ancestors(node).find(|ancestor| self.kind(*ancestor) == kind)
    }

    /// The expression inside redundant parentheses, the node itself if it has none.
    pub(crate) fn unparenthesized(&self, mut node: Node) -> Node {
        while self.kind(node) == Kind::ParenthesizedExpression {
            let Some(inner) = self.named_children(node).next() else {
                break;
            };
            node = inner;
        }
        node
    }

    /// The node with the redundant parentheses around it, the node itself if it has none.
    pub(crate) fn with_parentheses(&self, mut node: Node) -> Node {
        while let Some(parent) = self.parent(node) {
            if self.kind(parent) != Kind::ParenthesizedExpression {
                break;
            }
            node = parent;
        }
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Tree {
        Tree::new(&crate::parse(text, None))
    }

    #[test]
    fn descendants_follow_their_node_and_children_know_their_parent() {
        let tree = tree("def area(r):\n    return 3 * (r) ** 2\n");
        for node in tree.nodes() {
            assert!(tree.end(node) > node.0 && tree.end(node) <= tree.len());
            for child in tree.children(node) {
                assert_eq!(tree.parent(child), Some(node));
                assert!(tree.is_within(child, node) && !tree.is_within(node, child));
            }
        }
    }

    #[test]
    fn joined_trees_are_the_tree_of_the_joined_text() {
        let parts = ["import a\n", "def f(x):\n    return (x)\n", "", "# end\nf(1)\n"];
        let trees = parts.map(|part| crate::parse(part, None));
        let starts = [0, 1, 2, 3].map(|count| parts[..count].concat().len() as u32);
        let joined = Tree::joined(starts.into_iter().zip(&trees));
        assert_eq!(format!("{joined:?}"), format!("{:?}", tree(&parts.concat())));
    }

    #[test]
    fn an_error_stays_in_its_part_of_a_joined_tree() {
        let trees = ["x = (\n", "]", "y = 1\n"].map(|part| crate::parse(part, None));
        let joined = Tree::joined([0, 6, 7].into_iter().zip(&trees));
        let is_whole = |node: &Node| joined.span(*node).start >= 7;
        let kinds: Vec<_> = joined.nodes().filter(is_whole).map(|node| joined.kind(node)).collect();
        assert_eq!(kinds[1..], [Kind::Assignment, Kind::Identifier, Kind::Other, Kind::Integer]);
        assert_eq!(joined.parent(joined.nodes().find(is_whole).unwrap()), Some(Node(0)));
        for node in joined.nodes() {
            assert!(joined.children(node).all(|child| joined.parent(child) == Some(node)));
        }
    }

    #[test]
    fn what_is_told_from_the_kind_is_what_tree_sitter_says() {
        let mut seen = [0; 3];
        for text in ["x = [  # why\n    1, \\\n    2,\n]\nf(a b\n", "for x in :\n    pass\n"] {
            let parsed = crate::parse(text, None);
            let flat = Tree::new(&parsed);
            let mut pending = vec![parsed.root_node()];
            for ours in flat.nodes() {
                let theirs = pending.pop().unwrap();
                let said = [theirs.is_extra(), theirs.is_error(), theirs.is_missing()];
                assert_eq!([flat.is_extra(ours), flat.is_error(ours), flat.is_missing(ours)], said, "{theirs}");
                assert_eq!(flat.is_named(ours), theirs.is_named(), "{theirs}");
                seen.iter_mut().zip(said).for_each(|(count, said)| *count += u32::from(said));
                pending.extend((0..theirs.child_count()).rev().filter_map(|index| theirs.child(index)));
            }
        }
        assert!(seen.iter().all(|count| *count > 0), "extras, errors and missing nodes: {seen:?}");
    }

    #[test]
    fn parentheses_are_seen_through_both_ways() {
        let tree = tree("((x))\n");
        let name = tree.nodes().find(|node| tree.kind(*node) == Kind::Identifier).unwrap();
        let outer = tree.with_parentheses(name);
        assert_eq!(tree.span(outer), Span { start: 0, end: 5 });
        assert_eq!(tree.unparenthesized(outer), name);
    }

    #[test]
    fn a_hundred_thousand_brackets_are_survived() {
        let text = "[".repeat(100_000);
        assert!(tree(&text).len() > 100_000);
    }
}
