//! All rules by what they are anchored at; [`Places`](super::places::Places) looks up in it what a file holds.

use rustc_hash::FxHashMap;

use super::RuleId;
use super::anchor::Anchor;
use super::pattern::Rule;
use crate::grammar::BySymbol;

/// Rules by what they are anchored at.
#[derive(Default)]
pub(super) struct Index {
    /// By the kind of their first node.
    pub(super) symbols: BySymbol<Vec<RuleId>>,
    /// By an identifier's spelling.
    words: FxHashMap<Box<str>, OfWord>,
    /// By a qualified name.
    names: FxHashMap<Box<str>, Vec<Try>>,
    /// By a qualified name that what is referred to lies below.
    pub(super) prefixes: Vec<(Box<str>, Try)>,
}

/// What an identifier's spelling brings about.
#[derive(Default)]
pub(super) struct OfWord {
    /// What is anchored at it.
    pub(super) tries: Vec<Try>,
    /// Whether a qualified name of some rule ends so.
    pub(super) ends_name: bool,
}

/// A rule to be tried so many levels above a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Try {
    pub(super) levels: u8,
    pub(super) rule: RuleId,
}

impl Index {
    /// Add a rule that is no private one.
    pub(super) fn add(&mut self, rule: RuleId, Rule { anchor, root_symbols, .. }: &Rule) {
        match anchor {
            Anchor::Root => root_symbols.iter().for_each(|symbol| self.symbols.of_mut(*symbol).push(rule)),
            Anchor::Word(words, levels) => {
                for word in words {
                    let tries = levels.iter().map(|levels| Try { levels: *levels, rule });
                    self.words.entry(word.clone()).or_default().tries.extend(tries);
                }
            }
            Anchor::Name(names, levels) => {
                for name in names {
                    for levels in levels {
                        self.add_name(name, Try { levels: *levels, rule });
                    }
                }
            }
        }
    }

    fn add_name(&mut self, name: &str, what: Try) {
        if let Some(prefix) = name.strip_suffix(".*") {
            self.prefixes.push((prefix.into(), what));
            return;
        }
        let last = name.rsplit('.').next().unwrap_or(name);
        self.words.entry(last.into()).or_default().ends_name = true;
        self.names.entry(name.into()).or_default().push(what);
    }

    /// What a spelling brings about.
    pub(super) fn of_word(&self, word: &str) -> Option<&OfWord> {
        self.words.get(word)
    }

    /// What is anchored at a reference to a qualified name.
    pub(super) fn of_name(&self, name: &str) -> impl Iterator<Item = Try> {
        let exact = self.names.get(name).into_iter().flatten();
        let is_below = |prefix: &str| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
        let below = self.prefixes.iter().filter(move |(prefix, _)| is_below(prefix)).map(|(_, what)| what);
        exact.chain(below).copied()
    }
}
