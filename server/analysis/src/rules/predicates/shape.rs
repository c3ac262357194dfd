//! What a node itself is and holds.

use super::{Argument, Question};
use crate::classes;
use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::rules::match_at;
use crate::tree::{Node, Tree};
use crate::values::{is_set_expression, sort_of};

/// `#kind?`: the node is of one of the kinds.
pub(super) fn kind(question: &Question<'_>) -> bool {
    question.has_kind(question.node)
}

/// `#value?`: the expression is written as one of the sorts.
pub(super) fn value(question: &Question<'_>) -> bool {
    let sort = sort_of(question.file.tree, question.file.text, question.node);
    sort.is_some_and(|sort| {
        question.arguments.iter().any(|argument| matches!(argument, Argument::Sorts(sorts) if sorts.contains(&sort)))
    })
}

/// `#empty?`: a display, argument list or string without anything in it.
pub(super) fn empty(question: &Question<'_>) -> bool {
    let tree = question.file.tree;
    let fills = |child: Node| !matches!(tree.kind(child), Kind::StringStart | Kind::Other);
    !tree.named_children(tree.unparenthesized(question.node)).any(fills)
}

/// `#name?`: a plain or dotted name.
pub(super) fn name(question: &Question<'_>) -> bool {
    is_dotted(question.file.tree, question.node)
}

fn is_dotted(tree: &Tree, mut node: Node) -> bool {
    while tree.kind(node) == Kind::Attribute {
        let Some(object) = tree.child(node, Field::Object) else {
            return false;
        };
        node = object;
    }
    matches!(tree.kind(node), Kind::Identifier | Kind::DottedName)
}

/// `#parenthesized?`: the expression has redundant parentheses around it.
pub(super) fn parenthesized(question: &Question<'_>) -> bool {
    question.file.tree.with_parentheses(question.node) != question.node
}

/// `#set-expression?`: the expression is a set as far as this file shows.
pub(super) fn set_expression(question: &Question<'_>) -> bool {
    is_set_expression(question.file, question.node)
}

/// `#matches?`: one of the private rules matches at the node.
pub(super) fn matches(question: &Question<'_>) -> bool {
    matches_at(question, question.node)
}

/// `#has?`: one of the private rules matches somewhere below the node.
pub(super) fn has(question: &Question<'_>) -> bool {
    question.file.tree.subtree(question.node).skip(1).any(|node| matches_at(question, node))
}

/// `#has-own?`: one of the private rules matches in the function's own body, or below another node in that node's scope.
pub(super) fn has_own(question: &Question<'_>) -> bool {
    let File { tree, names, .. } = *question.file;
    let whole = question.node;
    let is_own = |node: Node| match names.scope_opened_by(whole) {
        Some(_) => classes::is_in_own_body(question.file, node, whole),
        None => names.scope_of(node) == names.scope_of(whole),
    };
    tree.subtree(whole).skip(1).any(|node| is_own(node) && matches_at(question, node))
}

/// Whether one of the private rules that a predicate names matches at a node.
pub(super) fn matches_at(question: &Question<'_>, node: Node) -> bool {
    let rules = question.context.rules;
    let named = question.arguments.iter().filter_map(Argument::definition);
    named.flat_map(|name| rules.definition(name)).any(|id| {
        let mut found = false;
        match_at(question.context, rules.rule(*id), node, &mut |_| {
            found = true;
            false
        });
        found
    })
}
