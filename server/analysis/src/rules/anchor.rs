//! Where a rule is tried.
//!
//! To try each rule at every node of its kind would make the cost of a file grow with the number of rules: there are many
//! calls in a file, and many rules that begin with one. But most rules hold a part that is rarer than their first node: an
//! identifier that must be spelled so, or a reference to something particular. Such a rule is anchored there, and tried only
//! at nodes that stand a fixed number of levels above.

use super::pattern::{CaptureId, Item, NodeTest, Test};
use super::predicates::{Call, Hint};

/// The part of a rule that brings it to be tried.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The first node, by its kind.
    Root,
    /// An identifier that is spelled in one of these ways, so many levels below the first node.
    Word(Vec<Box<str>>, Levels),
    /// A reference to one of these qualified names, so many levels below the first node.
    Name(Vec<Box<str>>, Levels),
}

/// Distances from a node up to the first node of a rule; several where the alternatives of a pattern differ. Redundant
/// parentheses are no level.
pub(super) type Levels = Vec<u8>;

impl Anchor {
    /// The best anchor of a rule: a reference if it has one, else a word.
    pub(super) fn of(items: &[Item], calls: &[Call]) -> Self {
        let Some(first) = items.first() else {
            return Self::Root;
        };
        let anchor = |call: &Call| {
            let (capture, hint) = call.hint()?;
            let at = bindings(&first.test, capture, 0)?;
            let levels = at.iter().map(|binding| binding.level).collect();
            match hint {
                Hint::Names(names) => Some(Self::Name(names.to_vec(), levels)),
                Hint::Texts(texts) if at.iter().all(|binding| binding.is_plain_name) => {
                    Some(Self::Word(texts.into_iter().map(Into::into).collect(), levels))
                }
                _ => None,
            }
        };
        let anchors: Vec<Self> = calls.iter().filter_map(anchor).collect();
        let is_name = |anchor: &Self| matches!(anchor, Self::Name(..));
        let best = anchors.iter().position(is_name).unwrap_or(0);
        anchors.into_iter().nth(best).unwrap_or(Self::Root)
    }
}

/// A place in a pattern that binds a capture.
struct Binding {
    level: u8,
    is_plain_name: bool,
}

/// The places that bind a capture, of which each match has one; `None` if a match can do without, or if the levels can't be
/// counted because the pattern names parentheses.
fn bindings(test: &Test, capture: CaptureId, level: u8) -> Option<Vec<Binding>> {
    match test {
        Test::Node(NodeTest { wants_parentheses: true, .. }) => None,
        Test::Node(NodeTest { kinds, captures, .. }) if captures.contains(&capture) => {
            Some(vec![Binding { level, is_plain_name: kinds.are_plain_names() }])
        }
        Test::Node(NodeTest { children, .. }) => {
            let below = level.checked_add(1)?;
            children.iter().filter(|item| !item.optional).find_map(|item| bindings(&item.test, capture, below))
        }
        Test::Any(tests) => {
            let all: Option<Vec<_>> = tests.iter().map(|test| bindings(test, capture, level)).collect();
            all.map(|all| all.into_iter().flatten().collect())
        }
        // The siblings of the first node are not below it.
        Test::Sequence(items) if level == 0 => items.first().and_then(|item| bindings(&item.test, capture, level)),
        Test::Sequence(items) => {
            items.iter().filter(|item| !item.optional).find_map(|item| bindings(&item.test, capture, level))
        }
    }
}
