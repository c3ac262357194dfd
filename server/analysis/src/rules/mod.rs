//! The rule language: tree-sitter query syntax with predicates of our own.
//!
//! [`syntax`] reads a `detect.scm` into items with places; [`compile`] checks them against the grammar and the catalogue
//! and makes [`pattern`]s; [`matcher`] matches a pattern at a node; [`predicates`] are the conditions that a rule can
//! name. [`RuleSet`] holds what was compiled; its [`Places`] are the nodes of a file at which a rule is tried: what decides is
//! [`needs`] (what a file must hold), [`anchor`] (the part of a rule that is searched for) and [`glance`] (at a node's
//! children).
//!
//! Invariants: a rule that compiled can't fail at a match; matching is pure; a rule with a problem is left out whole.

mod anchor;
mod compile;
mod glance;
mod index;
mod matcher;
mod needs;
mod pattern;
mod places;
mod predicates;
mod syntax;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod shortcuts;
#[cfg(test)]
mod tests;

use pygloss_catalog::{Catalog, Problem};
use rustc_hash::FxHashMap;

use crate::file::File;
use index::Index;

pub(crate) use matcher::{Captured, Context, match_at};
pub(crate) use pattern::{CaptureUse, Rule};
pub(crate) use places::Places;

/// A rule's number within its set.
pub(crate) type RuleId = u32;

/// All rules of a catalogue, compiled and indexed.
#[derive(Default)]
pub(crate) struct RuleSet {
    rules: Vec<Rule>,
    index: Index,
    /// Private rules by name, for predicates that name them.
    definitions: FxHashMap<Box<str>, Vec<RuleId>>,
}

impl RuleSet {
    /// Compile the rules of all topics. A malformed rule is reported and left out.
    pub(crate) fn compile(catalog: &Catalog) -> (Self, Vec<Problem>) {
        let mut set = Self::default();
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
        } else {
            self.index.add(id, &rule);
        }
        self.rules.push(rule);
    }

    /// All rules, in the order of days and files.
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Where in a file rules need to be tried.
    pub(crate) fn places<'a>(&'a self, file: &File<'a>) -> Places<'a> {
        Places::new(self, file)
    }

    /// A rule by number.
    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id as usize]
    }

    /// The rules of a private name.
    pub(crate) fn definition(&self, name: &str) -> &[RuleId] {
        self.definitions.get(name).map_or(&[], Vec::as_slice)
    }
}
