//! A rule ready to be matched.

use std::sync::Arc;

use pygloss_catalog::ConceptIndex;

use super::anchor::Anchor;
use super::glance::Glance;
use super::needs::Need;
use super::predicates::Call;
#[cfg(test)]
use super::syntax::Place;
use crate::grammar::{Field, Kind, Symbol, kind_of};
use crate::tree::{Node, Tree};

/// A capture's number within its rule.
pub(crate) type CaptureId = u8;

/// What a capture is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CaptureUse {
    /// `@concept`: the finding.
    Finding(ConceptIndex),
    /// `@concept.role`: text for hover and sugar.
    Role(ConceptIndex, Arc<str>),
    /// `@_private`: for predicates only.
    Private,
}

/// A compiled rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Sibling patterns, the first of which is tried at each node of its kind.
    pub(super) items: Vec<Item>,
    /// Without this in a file the rule can't match.
    pub(super) needs: Need,
    /// Where it is tried.
    pub(super) anchor: Anchor,
    /// What the children of the first node must be.
    pub(super) glance: Glance,
    /// The grammar symbols that the first node may have, sorted.
    pub(super) root_symbols: Vec<Symbol>,
    /// What each capture is for.
    pub(super) captures: Vec<CaptureUse>,
    /// Conditions, all of which must hold.
    pub(super) calls: Vec<Call>,
    /// `_name`, if the rule is a definition that predicates of other rules name.
    pub(crate) definition: Option<Box<str>>,
    /// Where it stands in its file, 1-based.
    pub(crate) line: u32,
    /// The file.
    pub(crate) path: Arc<str>,
    /// The bytes of the rule in its file, and of those predicates in it that tree-sitter doesn't know.
    #[cfg(test)]
    pub(super) place: Place,
    #[cfg(test)]
    pub(super) own_predicates: Vec<Place>,
    #[cfg(test)]
    pub(super) capture_names: Vec<String>,
}

/// A pattern within a rule.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) field: Option<Field>,
    pub(super) anchored: bool,
    pub(super) optional: bool,
    pub(super) test: Test,
}

/// What an item matches.
#[derive(Debug)]
pub(super) enum Test {
    /// One node.
    Node(NodeTest),
    /// The first of several tests that fits, and each that fits.
    Any(Vec<Test>),
    /// Several siblings.
    Sequence(Vec<Item>),
}

/// What a node must be.
#[derive(Debug)]
pub(super) struct NodeTest {
    pub(super) kinds: Kinds,
    pub(super) captures: Vec<CaptureId>,
    pub(super) children: Vec<Item>,
    pub(super) anchored_end: bool,
    pub(super) absent: Vec<Field>,
    /// Whether the pattern names `parenthesized_expression`, so that parentheses aren't seen through.
    pub(super) wants_parentheses: bool,
}

/// The kinds of node that a test takes.
#[derive(Debug)]
pub(super) enum Kinds {
    /// `_`
    Any,
    /// `(_)`
    Named,
    /// These, sorted.
    These(Vec<Symbol>),
}

impl Kinds {
    /// Whether only a plain name is of these kinds.
    pub(super) fn are_plain_names(&self) -> bool {
        matches!(self, Self::These(symbols) if symbols.iter().all(|symbol| kind_of(*symbol) == Kind::Identifier))
    }
}

impl Rule {
    /// Whether the rule's first node may be this one, by its kind.
    pub(crate) fn may_begin_at(&self, tree: &Tree, node: Node) -> bool {
        self.root_symbols.binary_search(&tree.symbol(node)).is_ok()
    }

    /// The concepts that the rule finds.
    pub(crate) fn concepts(&self) -> impl Iterator<Item = ConceptIndex> {
        self.captures.iter().filter_map(|capture| match capture {
            CaptureUse::Finding(concept) => Some(*concept),
            _ => None,
        })
    }

    /// The parts that the rule hands over, by concept.
    pub(crate) fn roles(&self) -> impl Iterator<Item = (ConceptIndex, Arc<str>)> {
        self.captures.iter().filter_map(|capture| match capture {
            CaptureUse::Role(concept, name) => Some((*concept, name.clone())),
            _ => None,
        })
    }

    /// What a capture is for.
    pub(crate) fn capture(&self, id: CaptureId) -> &CaptureUse {
        &self.captures[usize::from(id)]
    }

    /// The conditions that narrow a capture's span or choose a part of it.
    pub(crate) fn calls(&self) -> &[Call] {
        &self.calls
    }
}

/// The symbols that the first of some sibling patterns may have, sorted.
pub(super) fn root_symbols(items: &[Item]) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    if let Some(first) = items.first() {
        collect_symbols(&first.test, &mut symbols);
    }
    symbols.sort_unstable();
    symbols.dedup();
    symbols
}

fn collect_symbols(test: &Test, symbols: &mut Vec<Symbol>) {
    match test {
        Test::Node(NodeTest { kinds: Kinds::These(these), .. }) => symbols.extend(these),
        Test::Node(NodeTest { kinds, .. }) => symbols.extend(all_symbols(matches!(kinds, Kinds::Named))),
        Test::Any(tests) => tests.iter().for_each(|test| collect_symbols(test, symbols)),
        Test::Sequence(items) => items.first().into_iter().for_each(|item| collect_symbols(&item.test, symbols)),
    }
}

fn all_symbols(named: bool) -> impl Iterator<Item = Symbol> {
    let language = crate::grammar::language();
    (0..language.node_kind_count() as Symbol).filter(move |symbol| !named || language.node_kind_is_named(*symbol))
}
