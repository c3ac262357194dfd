//! Match one rule at one node.
//!
//! Backtracking over siblings in continuation style: each step binds a node and calls what comes next; the last step
//! checks the predicates and reports the match. Comments are passed over, and redundant parentheses are seen through,
//! unless a pattern names them. Depth is bounded by the rule, never by the file.

use super::pattern::{CaptureId, Item, Kinds, NodeTest, Rule, Test};
use super::{RuleSet, predicates};
use crate::file::File;
use crate::grammar::Kind;
use crate::tree::{Node, Tree};

/// What a rule is matched in.
pub(crate) struct Context<'a> {
    /// The file.
    pub(crate) file: File<'a>,
    /// All rules, for predicates that name a private one.
    pub(crate) rules: &'a RuleSet,
    /// Whether to match as tree-sitter does: no leniency, and only the standard predicates. For the oracle test.
    pub(crate) raw: bool,
}

/// The captures of a match, in the order of binding; one capture may hold several nodes.
pub(crate) type Captured = Vec<(CaptureId, Node)>;

/// Sibling pairs make matches quadratic; no rule needs more steps than this at one node.
const MOST_STEPS: u32 = 1_000_000;

/// Every match of a rule whose first node is `node`. `report` gets the captures; it returns whether it wants more.
pub(crate) fn match_at(context: &Context<'_>, rule: &Rule, node: Node, report: &mut dyn FnMut(&Captured) -> bool) {
    let mut search = Search { context, root: node, captured: Vec::new(), steps: 0 };
    let Some((first, rest)) = rule.items.split_first() else {
        return;
    };
    search.test(&first.test, node, &mut |search, last| {
        search.siblings(rest, context.file.tree.next_sibling(last), false, &mut |search| {
            if predicates::hold(context, &rule.calls, &search.captured) { report(&search.captured) } else { true }
        })
    });
}

struct Search<'a> {
    context: &'a Context<'a>,
    /// The node that the rule is tried at.
    root: Node,
    captured: Captured,
    steps: u32,
}

/// What comes next; returns whether the search goes on.
type Next<'n, 'a> = &'n mut dyn FnMut(&mut Search<'a>) -> bool;
/// The same, given the last node of what was matched: the outer one where parentheses were seen through.
type NextAfter<'n, 'a> = &'n mut dyn FnMut(&mut Search<'a>, Node) -> bool;

impl<'a> Search<'a> {
    /// Match a test at a node.
    fn test(&mut self, test: &Test, node: Node, next: NextAfter<'_, 'a>) -> bool {
        match test {
            Test::Node(test) => self.node(test, node, next),
            Test::Any(tests) => tests.iter().all(|test| self.test(test, node, next)),
            Test::Sequence(items) => {
                let Some((first, rest)) = items.split_first() else {
                    return true;
                };
                self.test(&first.test, node, &mut |search, last| search.sequence(rest, last, next))
            }
        }
    }

    /// The rest of a group behind its first node.
    fn sequence(&mut self, items: &[Item], last: Node, next: NextAfter<'_, 'a>) -> bool {
        let Some((item, rest)) = items.split_first() else {
            return next(self, last);
        };
        self.each_sibling(item, self.context.file.tree.next_sibling(last), &mut |search, found| {
            search.sequence(rest, found, next)
        })
    }

    fn node(&mut self, test: &NodeTest, outer: Node, next: NextAfter<'_, 'a>) -> bool {
        let tree = self.context.file.tree;
        let as_it_is = self.context.raw || test.wants_parentheses;
        if !as_it_is && outer == self.root && tree.kind(outer) == Kind::ParenthesizedExpression {
            // What is inside is tried on its own; to look into each pair here would be quadratic in their depth.
            return true;
        }
        let node = if as_it_is { outer } else { tree.unparenthesized(outer) };
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if !test.kinds.take(self.context, node) || !test.absent.iter().all(|field| tree.child(node, *field).is_none()) {
            return true;
        }
        let before = self.captured.len();
        self.captured.extend(test.captures.iter().map(|capture| (*capture, node)));
        let go_on = if test.children.is_empty() && !test.anchored_end {
            next(self, outer)
        } else {
            self.siblings(&test.children, tree.first_child(node), test.anchored_end, &mut |search| next(search, outer))
        };
        self.captured.truncate(before);
        go_on
    }

    /// Match items in order among siblings from `from` on; with `anchored_end` no named sibling may be left.
    fn siblings(&mut self, items: &[Item], from: Option<Node>, anchored_end: bool, next: Next<'_, 'a>) -> bool {
        let tree = self.context.file.tree;
        let Some((item, rest)) = items.split_first() else {
            let blocked = anchored_end && self.any_named(from);
            return blocked || next(self);
        };
        let mut found_any = false;
        let go_on = self.each_sibling(item, from, &mut |search, last| {
            found_any = true;
            search.siblings(rest, tree.next_sibling(last), anchored_end, next)
        });
        if go_on && item.optional && !found_any {
            return self.siblings(rest, from, anchored_end, next);
        }
        go_on
    }

    /// Try an item at each sibling from `from` on; an anchored item only up to the first named one.
    fn each_sibling(&mut self, item: &Item, from: Option<Node>, next: NextAfter<'_, 'a>) -> bool {
        let tree = self.context.file.tree;
        let mut sibling = from;
        while let Some(node) = sibling {
            sibling = tree.next_sibling(node);
            let is_candidate =
                item.field.is_none_or(|field| tree.field(node) == field) && item.test.may_take(tree, node);
            if is_candidate && !self.test(&item.test, node, next) {
                return false;
            }
            if item.anchored && tree.is_named(node) && !self.passes_over(node) {
                break;
            }
        }
        true
    }

    fn any_named(&self, from: Option<Node>) -> bool {
        let tree = self.context.file.tree;
        std::iter::successors(from, |node| tree.next_sibling(*node))
            .any(|node| tree.is_named(node) && !self.passes_over(node))
    }

    /// Comments and line continuations are no siblings that count.
    fn passes_over(&self, node: Node) -> bool {
        !self.context.raw && self.context.file.tree.is_extra(node)
    }
}

impl Test {
    /// A quick no for most siblings.
    fn may_take(&self, tree: &Tree, node: Node) -> bool {
        match self {
            Self::Node(NodeTest { kinds: Kinds::These(symbols), .. }) => {
                symbols.contains(&tree.symbol(node)) || tree.kind(node) == Kind::ParenthesizedExpression
            }
            Self::Node(NodeTest { kinds: Kinds::Named, .. }) => tree.is_named(node),
            Self::Any(tests) => tests.iter().any(|test| test.may_take(tree, node)),
            Self::Sequence(items) => items.first().is_none_or(|first| first.test.may_take(tree, node)),
            Self::Node(_) => true,
        }
    }
}

impl Kinds {
    fn take(&self, context: &Context<'_>, node: Node) -> bool {
        let tree = context.file.tree;
        match self {
            Self::Any => !tree.is_error(node),
            Self::Named => tree.is_named(node) && !tree.is_error(node) && (context.raw || !tree.is_extra(node)),
            Self::These(symbols) => symbols.contains(&tree.symbol(node)),
        }
    }
}
