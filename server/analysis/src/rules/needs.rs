//! Which words a file must hold for a rule to match at all.
//!
//! Most rules name a word: a method's name, a function that is resolved. A file that spells it nowhere is spared the
//! rule altogether, so that the cost of a file hardly grows with the number of rules. The words are identifiers, which
//! [`Names`] has numbered anyway.

use super::pattern::{CaptureId, Item, Kinds, NodeTest, Test};
use super::predicates::Call;
use crate::grammar::{Kind, kind_of};
use crate::names::Names;

/// Of each group, one word has to be there.
#[derive(Debug, Default)]
pub(crate) struct Needs(Vec<Vec<Box<str>>>);

impl Needs {
    /// What the predicates ask of captures that take part in every match.
    pub(super) fn of(items: &[Item], calls: &[Call]) -> Self {
        let mut always = Vec::new();
        for item in items {
            collect(item, &mut always);
        }
        let groups = calls.iter().filter_map(|call| {
            let (subject, words, any_node) = call.needed_words()?;
            let is_sure = always.iter().any(|(capture, is_name)| *capture == subject && (*is_name || any_node));
            is_sure.then(|| words.into_iter().map(Into::into).collect())
        });
        Self(groups.collect())
    }

    /// Whether a file spells what is needed.
    pub(super) fn are_met(&self, names: &Names) -> bool {
        self.0.iter().all(|group| group.iter().any(|word| names.spelled(word).is_some()))
    }
}

/// The captures that take part in every match, and whether they are of plain names.
fn collect(item: &Item, always: &mut Vec<(CaptureId, bool)>) {
    if item.optional {
        return;
    }
    match &item.test {
        Test::Node(NodeTest { kinds, captures, children, .. }) => {
            let is_name =
                matches!(kinds, Kinds::These(symbols) if symbols.iter().all(|s| kind_of(*s) == Kind::Identifier));
            always.extend(captures.iter().map(|capture| (*capture, is_name)));
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
