//! What was found: a concept, where it stands, and the parts that it hands over.

use std::sync::Arc;

use pygloss_catalog::ConceptIndex;

use crate::grammar::Kind;
use crate::tree::{Node, Tree};

/// A half-open range of bytes in the UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

/// A place where a concept stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub span: Span,
    /// Which concept.
    pub concept: ConceptIndex,
    /// What the rule hands to hover and sugar: the text of other parts of the construct.
    pub roles: Vec<Role>,
    /// Kept from the last version of the file that parsed without an error.
    pub stale: bool,
}

/// A named part of a construct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// `iterable` in the capture `@yield-from.iterable`.
    pub name: Arc<str>,
    /// Where its text stands.
    pub span: Span,
    /// Whether the text needs parentheses as an operand.
    pub loose: bool,
}

impl Span {
    /// Whether two spans have a byte in common, or one is empty and lies in or at the edge of the other.
    pub fn touches(self, other: Self) -> bool {
        if self.start == self.end || other.start == other.end {
            return self.start <= other.end && other.start <= self.end;
        }
        self.start < other.end && other.start < self.end
    }

    /// Whether all of another span lies in this one.
    pub(crate) fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span in a text that `offset` more bytes stand before.
    pub(crate) fn moved(self, offset: u32) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// The text of the span; empty if the text has no such place.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A role's text, with the parentheses that the reader wrote around it.
pub(crate) fn role(tree: &Tree, name: Arc<str>, node: Node) -> Role {
    let outer = tree.with_parentheses(node);
    Role { name, span: tree.span(outer), loose: outer == node && binds_loosely(tree.kind(node)) }
}

/// Kinds whose text can't stand as an operand without parentheses.
fn binds_loosely(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::BinaryOperator
            | Kind::BooleanOperator
            | Kind::ComparisonOperator
            | Kind::ConditionalExpression
            | Kind::Lambda
            | Kind::NamedExpression
            | Kind::NotOperator
            | Kind::UnaryOperator
            | Kind::Await
            | Kind::Yield
    )
}
