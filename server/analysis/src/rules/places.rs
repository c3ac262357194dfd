//! Where in a file which rules are tried.
//!
//! [`Places`] is made for each file: the rules that it lets match at all, by the kind of their first node, and for those with
//! an anchor the nodes above it. Both cost what a file holds, not what rules there are.

use std::fmt::Write as _;

use super::index::{Index, Try};
use super::needs::Holdings;
use super::{RuleId, RuleSet, glance};
use crate::file::File;
use crate::grammar::{BySymbol, Field, Kind};
use crate::tree::{Node, Tree};

/// The rules to try at each node of a file.
pub(crate) struct Places<'a> {
    rules: &'a RuleSet,
    tree: &'a Tree,
    /// Rules without an anchor, by the kind of their first node.
    by_symbol: BySymbol<Vec<RuleId>>,
    /// The others, in the order of nodes and rules.
    anchored: Vec<(Node, RuleId)>,
    /// How many of them are done.
    done: usize,
    here: Vec<RuleId>,
}

impl<'a> Places<'a> {
    /// Look through a file for what can match and for anchors.
    pub(super) fn new(rules: &'a RuleSet, file: &File<'a>) -> Self {
        let holdings = Holdings::of(file.tree, file.names);
        let mut known = vec![None; rules.rules().len()];
        let mut is_possible =
            |id: RuleId| *known[id as usize].get_or_insert_with(|| rules.rule(id).needs.is_met(&holdings));
        let by_symbol = rules.index.symbols.map(|ids| ids.iter().copied().filter(|id| is_possible(*id)).collect());
        let mut anchored = roots(file.tree, anchors(&rules.index, file, &mut is_possible));
        anchored.retain(|(root, id)| rules.rule(*id).may_begin_at(file.tree, *root));
        Self { rules, tree: file.tree, by_symbol, anchored, done: 0, here: Vec::new() }
    }

    /// The rules to try at a node, in their order. Nodes are asked for in preorder.
    pub(crate) fn rules_at(&mut self, node: Node) -> &[RuleId] {
        self.here.clear();
        let by_kind = self.by_symbol.of(self.tree.symbol(node));
        if !by_kind.is_empty() {
            let children = glance::children_of(self.tree, node);
            let may_match = |id: &&RuleId| self.rules.rule(**id).glance.may_match(children);
            self.here.extend(by_kind.iter().filter(may_match));
        }
        let left = &self.anchored[self.done..];
        let count = left.iter().take_while(|(root, _)| *root == node).count();
        if count > 0 {
            self.here.extend(left[..count].iter().map(|(_, id)| *id));
            self.here.sort_unstable();
            self.done += count;
        }
        &self.here
    }
}

/// The anchors of a file, and what is to be tried above them.
fn anchors(index: &Index, file: &File<'_>, is_possible: &mut dyn FnMut(RuleId) -> bool) -> Vec<(Node, Try)> {
    let File { text, tree, names } = *file;
    let words = words(index, file, is_possible);
    let has_prefixes = index.prefixes.iter().any(|(_, what)| is_possible(what.rule));
    let mut found = Vec::new();
    let mut name = String::new();
    for node in tree.nodes() {
        let Some(last) = last_identifier(tree, node) else {
            continue;
        };
        let (tries, ends_name) = &words[names.word(last).number()];
        if last == node {
            found.extend(tries.iter().map(|what| (node, *what)));
        }
        // An import may give a single name another spelling than its last part.
        if !(*ends_name || has_prefixes || is_single(tree, node) && names.may_be_imported(last)) {
            continue;
        }
        for meaning in names.meanings(text, tree, node) {
            name.clear();
            // Writing to a string can't fail.
            let _ = write!(name, "{meaning}");
            found.extend(index.of_name(&name).filter(|what| is_possible(what.rule)).map(|what| (node, what)));
        }
    }
    found
}

/// For each word of the file, what is to be tried at identifiers that are spelled so, and whether a name of some rule ends so.
fn words(index: &Index, file: &File<'_>, is_possible: &mut dyn FnMut(RuleId) -> bool) -> Vec<(Vec<Try>, bool)> {
    let spellings = file.names.spellings();
    let mut words = vec![(Vec::new(), false); spellings.len()];
    for (spelling, word) in spellings {
        if let Some(of_word) = index.of_word(spelling) {
            let possible = of_word.tries.iter().copied().filter(|what| is_possible(what.rule));
            words[word.number()] = (possible.collect(), of_word.ends_name);
        }
    }
    words
}

/// The identifier that a name or dotted name ends with.
fn last_identifier(tree: &Tree, node: Node) -> Option<Node> {
    match tree.kind(node) {
        Kind::Identifier => Some(node),
        Kind::Attribute => tree.child(node, Field::Attribute),
        Kind::DottedName => tree.named_children(node).last(),
        _ => None,
    }
}

/// Whether a reference has one part only.
fn is_single(tree: &Tree, node: Node) -> bool {
    match tree.kind(node) {
        Kind::DottedName => tree.named_children(node).nth(1).is_none(),
        kind => kind == Kind::Identifier,
    }
}

/// From anchors up to the nodes at which rules are to be tried, sorted. Level by level, so that what several anchors have in
/// common is climbed once.
fn roots(tree: &Tree, mut anchors: Vec<(Node, Try)>) -> Vec<(Node, RuleId)> {
    let mut roots = Vec::new();
    while !anchors.is_empty() {
        anchors.sort_unstable();
        anchors.dedup();
        let mut above = Vec::new();
        for (node, Try { levels, rule }) in anchors {
            if levels == 0 {
                roots.push((node, rule));
            } else if let Some(parent) = tree.parent(tree.with_parentheses(node)) {
                above.push((parent, Try { levels: levels - 1, rule }));
            }
        }
        anchors = above;
    }
    roots.sort_unstable();
    roots.dedup();
    roots
}
