//! What a file must hold for a rule to match in it at all.
//!
//! Most rules name something that most files lack: a method's name, a function that is resolved, a `yield`. A file without
//! it is spared the rule altogether, so that the cost of a file hardly grows with the number of rules. Words are
//! identifiers, which [`Names`] has numbered anyway. What a private rule needs, a rule that hangs on it needs too.

use super::pattern::{CaptureId, Item, Kinds, NodeTest, Rule, Test};
use super::predicates::{Call, Hint};
use crate::grammar::{BySymbol, Symbol};
use crate::names::Names;
use crate::tree::Tree;

/// Something that a file holds or doesn't.
#[derive(Clone, Debug)]
pub(super) enum Need {
    /// A node of one of these kinds, sorted.
    Kind(Vec<Symbol>),
    /// An identifier that is spelled so.
    Word(Box<str>),
    /// All of these; of none, nothing is needed.
    All(Vec<Need>),
    /// One of these.
    Any(Vec<Need>),
}

/// What a file holds.
pub(super) struct Holdings<'a> {
    kinds: BySymbol<bool>,
    names: &'a Names,
}

impl Need {
    /// What the pattern of a rule needs, and its predicates where they ask about captures that take part in every match.
    /// `file` are all rules of the file, of which those before `number` know their needs.
    pub(super) fn of(file: &[Rule], number: usize) -> Self {
        let rule = &file[number];
        let mut always = Vec::new();
        rule.items.iter().for_each(|item| collect(item, &mut always));
        let of_call = |call: &Call| {
            let (subject, hint) = call.hint()?;
            let of_subject = always.iter().filter(|(capture, _)| *capture == subject);
            let is_name = of_subject.map(|(_, is_name)| *is_name).reduce(|a, b| a || b)?;
            of_hint(&hint, is_name, &file[..number], file)
        };
        let of_items = rule.items.iter().map(of_item);
        Self::all(of_items.chain(rule.calls.iter().filter_map(of_call)))
    }

    /// Whether a file holds it.
    pub(super) fn is_met(&self, file: &Holdings<'_>) -> bool {
        match self {
            Self::Kind(symbols) => symbols.iter().any(|symbol| *file.kinds.of(*symbol)),
            Self::Word(word) => file.names.spelled(word).is_some(),
            Self::All(needs) => needs.iter().all(|need| need.is_met(file)),
            Self::Any(needs) => needs.iter().any(|need| need.is_met(file)),
        }
    }

    /// Any file will do.
    pub(super) fn nothing() -> Self {
        Self::All(Vec::new())
    }

    fn all(needs: impl Iterator<Item = Self>) -> Self {
        Self::All(needs.filter(|need| !need.is_nothing()).collect())
    }

    fn any(needs: impl Iterator<Item = Self>) -> Self {
        let needs: Vec<Self> = needs.collect();
        if needs.iter().any(Self::is_nothing) { Self::nothing() } else { Self::Any(needs) }
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::All(needs) if needs.is_empty())
    }
}

impl<'a> Holdings<'a> {
    /// Look through a file.
    pub(super) fn of(tree: &Tree, names: &'a Names) -> Self {
        let mut kinds = BySymbol::default();
        tree.nodes().for_each(|node| *kinds.of_mut(tree.symbol(node)) = true);
        Self { kinds, names }
    }
}

fn of_item(item: &Item) -> Need {
    if item.optional { Need::nothing() } else { of_test(&item.test) }
}

fn of_test(test: &Test) -> Need {
    match test {
        Test::Node(NodeTest { kinds, children, .. }) => {
            let own = match kinds {
                Kinds::These(symbols) => Some(Need::Kind(symbols.clone())),
                Kinds::Any | Kinds::Named => None,
            };
            Need::all(own.into_iter().chain(children.iter().map(of_item)))
        }
        Test::Any(tests) => Need::any(tests.iter().map(of_test)),
        Test::Sequence(items) => Need::all(items.iter().map(of_item)),
    }
}

/// What a predicate needs, given whether its subject is a plain name. A rule of the same private name that comes later
/// counts too, but its needs aren't known yet.
fn of_hint(hint: &Hint<'_>, is_name: bool, earlier: &[Rule], all: &[Rule]) -> Option<Need> {
    let words = |words: &mut dyn Iterator<Item = &str>| Need::Any(words.map(|word| Need::Word(word.into())).collect());
    match hint {
        Hint::Texts(texts) if is_name => Some(words(&mut texts.iter().copied())),
        Hint::Texts(_) => None,
        Hint::Names(names) | Hint::Mentions(names) => Some(words(&mut names.iter().map(|name| spelled_part(name)))),
        Hint::Matches(definitions) => {
            let is_meant = |rule: &&Rule| rule.definition.as_deref().is_some_and(|name| definitions.contains(&name));
            let is_known = all[earlier.len()..].iter().all(|rule| !is_meant(&rule));
            is_known.then(|| Need::any(earlier.iter().filter(is_meant).map(|rule| rule.needs.clone())))
        }
    }
}

/// However a name is imported, its last part is spelled; of what lies below a package, the package's first.
fn spelled_part(name: &str) -> &str {
    match name.strip_suffix(".*") {
        Some(package) => package.split('.').next().unwrap_or(package),
        None => name.rsplit('.').next().unwrap_or(name),
    }
}

/// The captures that take part in every match, and whether they are of plain names.
fn collect(item: &Item, always: &mut Vec<(CaptureId, bool)>) {
    if item.optional {
        return;
    }
    match &item.test {
        Test::Node(NodeTest { kinds, captures, children, .. }) => {
            always.extend(captures.iter().map(|capture| (*capture, kinds.are_plain_names())));
            for child in children {
                collect(child, always);
            }
        }
        Test::Sequence(items) => {
            for item in items {
                collect(item, always);
            }
        }
        // One alternative or another: none for sure.
        Test::Any(_) => {}
    }
}
