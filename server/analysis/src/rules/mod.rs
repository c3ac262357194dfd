//! The rule language: tree-sitter query syntax with predicates of our own.
//!
//! [`syntax`] reads a `detect.scm` into items with places; [`compile`] checks them against the grammar and the catalogue
//! and makes [`pattern`]s; [`matcher`] matches a pattern at a node; [`predicates`] are the conditions that a rule can
//! name. [`RuleSet`] holds what was compiled, indexed by the kind of a rule's first node.
//!
//! Invariants: a rule that compiled can't fail at a match; matching is pure; a rule with a problem is left out whole.

mod compile;
mod matcher;
mod needs;
mod pattern;
mod predicates;
mod syntax;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use pygloss_catalog::{Catalog, Problem};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::grammar::language;
use crate::names::Names;

pub(crate) use matcher::{Captured, Context, match_at};
pub(crate) use pattern::{CaptureUse, Rule};

/// A rule's number within its set.
pub(crate) type RuleId = u32;

/// All rules of a catalogue, compiled and indexed.
#[derive(Default)]
pub(crate) struct RuleSet {
    rules: Vec<Rule>,
    /// Rules by the grammar symbol of their first node.
    by_symbol: Vec<Vec<RuleId>>,
    /// Rules whose first node is a reference to one of some qualified names, by name.
    by_name: FxHashMap<Box<str>, Vec<RuleId>>,
    /// The builtins among those names.
    builtins: FxHashSet<Box<str>>,
    /// The same for everything below a name.
    by_prefix: Vec<(Box<str>, RuleId)>,
    /// Private rules by name, for predicates that name them.
    definitions: FxHashMap<Box<str>, Vec<RuleId>>,
}

impl RuleSet {
    /// Compile the rules of all topics. A malformed rule is reported and left out.
    pub(crate) fn compile(catalog: &Catalog) -> (Self, Vec<Problem>) {
        let mut set = Self { by_symbol: vec![Vec::new(); language().node_kind_count()], ..Self::default() };
        let mut problems = Vec::new();
        for topic in catalog.topics() {
            if let Some(source) = &topic.rules {
                let (rules, found) = compile::compile(source, catalog);
                problems.extend(found);
                for rule in rules {
                    set.add(rule);
                }
            }
        }
        (set, problems)
    }

    fn add(&mut self, rule: Rule) {
        let id = self.rules.len() as RuleId;
        if let Some(name) = &rule.definition {
            self.definitions.entry(name.clone()).or_default().push(id);
        } else if let Some(names) = rule.root_names() {
            for name in names.iter().cloned() {
                self.builtins.extend(name.strip_prefix("builtins.").map(Into::into));
                match name.strip_suffix(".*") {
                    Some(prefix) => self.by_prefix.push((prefix.into(), id)),
                    None => self.by_name.entry(name).or_default().push(id),
                }
            }
        } else {
            for symbol in rule.root_symbols.clone() {
                self.by_symbol[usize::from(symbol)].push(id);
            }
        }
        self.rules.push(rule);
    }

    /// All rules, in the order of days and files.
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// For each rule, whether a file with these names can match it.
    pub(crate) fn possible_in(&self, names: &Names) -> Vec<bool> {
        self.rules.iter().map(|rule| rule.needs.are_met(names)).collect()
    }

    /// A rule by number.
    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id as usize]
    }

    /// Rules whose first node may have this symbol, those by name left out.
    pub(crate) fn for_symbol(&self, symbol: u16) -> &[RuleId] {
        self.by_symbol.get(usize::from(symbol)).map_or(&[], Vec::as_slice)
    }

    /// Whether any rule begins with a reference to the builtin of this name.
    pub(crate) fn knows_builtin(&self, name: &str) -> bool {
        self.builtins.contains(name)
    }

    /// Rules that begin with a reference to a qualified name.
    pub(crate) fn for_name<'a>(&'a self, name: &'a str) -> impl Iterator<Item = RuleId> + 'a {
        let exact = self.by_name.get(name).into_iter().flatten().copied();
        let below = self
            .by_prefix
            .iter()
            .filter(|(prefix, _)| name.strip_prefix(&**prefix).is_some_and(|rest| rest.starts_with('.')));
        exact.chain(below.map(|(_, id)| *id))
    }

    /// The rules of a private name.
    pub(crate) fn definition(&self, name: &str) -> &[RuleId] {
        self.definitions.get(name).map_or(&[], Vec::as_slice)
    }
}
