//! A quick look at a node's children before a rule is tried in earnest.
//!
//! Many rules begin with a node that is common and ask for a child that is rare: a comparison with `is`. The kinds of all
//! children fit into one number, made once a node; whether it holds what a rule asks for takes an instruction or two.

use super::pattern::{Item, Kinds, NodeTest, Test};
use crate::grammar::{Kind, Symbol};
use crate::tree::{Node, Tree};

/// Kinds of nodes, a bit each. Several share a bit: what it says is "perhaps".
type Bits = u64;

/// Of each set of kinds, one must be among the children.
#[derive(Debug)]
pub(super) struct Glance(Vec<Bits>);

impl Glance {
    /// What the first node of a rule asks of its children.
    pub(super) fn of(items: &[Item]) -> Self {
        match items.first().map(|item| &item.test) {
            Some(Test::Node(NodeTest { children, .. })) => Self(children.iter().flat_map(of_item).collect()),
            _ => Self(Vec::new()),
        }
    }

    /// Whether a rule may match at a node with such children.
    pub(super) fn may_match(&self, children: Bits) -> bool {
        self.0.iter().all(|bits| bits & children != 0)
    }
}

/// The kinds of a node's children. What is inside parentheses may be anything.
pub(super) fn children_of(tree: &Tree, node: Node) -> Bits {
    let bits = |child: Node| match tree.kind(child) {
        Kind::ParenthesizedExpression => Bits::MAX,
        _ => bit(tree.symbol(child)),
    };
    tree.children(node).map(bits).fold(0, |all, bits| all | bits)
}

fn bit(symbol: Symbol) -> Bits {
    1 << (u32::from(symbol) % Bits::BITS)
}

fn of_item(item: &Item) -> Vec<Bits> {
    if item.optional { Vec::new() } else { of_test(&item.test) }
}

fn of_test(test: &Test) -> Vec<Bits> {
    match test {
        Test::Node(NodeTest { kinds: Kinds::These(symbols), .. }) => {
            vec![symbols.iter().fold(0, |all, symbol| all | bit(*symbol))]
        }
        Test::Node(_) => Vec::new(),
        Test::Sequence(items) => items.iter().flat_map(of_item).collect(),
        // Of each alternative the set that says most.
        Test::Any(tests) => {
            let rarest = |test: &Test| of_test(test).into_iter().min_by_key(|bits| bits.count_ones());
            let any: Option<Vec<Bits>> = tests.iter().map(rarest).collect();
            any.map(|any| any.into_iter().fold(0, |all, bits| all | bits)).into_iter().collect()
        }
    }
}
