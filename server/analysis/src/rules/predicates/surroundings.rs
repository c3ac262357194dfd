//! What stands around a node, and what a definition is.

use super::Question;
use super::shape::matches_at;
use crate::classes;
use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::names::ScopeKind;
use crate::tree::{Node, Tree};
use crate::values::is_call_of;

/// `#inside?`: going outwards, one of the kinds comes before any of the kinds with `!`.
pub(super) fn inside(question: &Question<'_>) -> bool {
    let mut ancestors = question.file.tree.ancestors(question.node);
    ancestors
        .find(|node| question.has_kind(*node) || question.is_stop(*node))
        .is_some_and(|node| question.has_kind(node))
}

/// `#scope?`: the node is evaluated in a scope of one of the kinds.
pub(super) fn scope(question: &Question<'_>) -> bool {
    let names = question.file.names;
    let word = match names.scope(names.scope_of(question.node)).kind {
        ScopeKind::Module => "module",
        ScopeKind::Class => "class",
        ScopeKind::Function => "function",
        ScopeKind::AsyncFunction => "async-function",
        ScopeKind::Lambda => "lambda",
        ScopeKind::Comprehension => "comprehension",
        ScopeKind::TypeParameters => "type-parameters",
    };
    question.texts().any(|text| text == word)
}

/// `#own-scope-of?`: the node stands in the function's own body, nested functions, classes, lambdas and comprehensions left out.
pub(super) fn own_scope_of(question: &Question<'_>) -> bool {
    question.other().is_none_or(|function| classes::is_in_own_body(question.file, question.node, function))
}

/// `#in-function?`: the function in whose own body the node stands matches one of the private rules.
pub(super) fn in_function(question: &Question<'_>) -> bool {
    classes::function_around(question.file, question.node).is_some_and(|function| matches_at(question, function))
}

/// `#caught?`: one of the exceptions, raised at the node, ends at a handler around it in the same scope.
pub(super) fn caught(question: &Question<'_>) -> bool {
    let File { tree, names, .. } = *question.file;
    let opener = names.scope(names.scope_of(question.node)).node;
    let mut inside = question.node;
    tree.ancestors(question.node).take_while(|around| *around != opener).any(|around| {
        let is_body = tree.field(std::mem::replace(&mut inside, around)) == Field::Body;
        is_body && handles(question, around)
    })
}

/// Whether a `try` has a bare `except` or one that names an exception of the question, or a `with` suppresses one.
fn handles(question: &Question<'_>, statement: Node) -> bool {
    let tree = question.file.tree;
    let is_named = |node: Node| refers(question.file, node, question.names());
    match tree.kind(statement) {
        Kind::TryStatement => {
            let mut clauses = tree.named_children(statement).filter(|child| tree.kind(*child) == Kind::ExceptClause);
            clauses.any(|clause| {
                let mut values =
                    tree.named_children(clause).filter(|child| tree.field(*child) == Field::Value).peekable();
                values.peek().is_none() || values.flat_map(|value| exceptions(tree, value)).any(is_named)
            })
        }
        Kind::WithStatement => {
            let items = tree.named_children(statement).flat_map(|clause| tree.named_children(clause));
            let mut values = items.filter_map(|item| tree.child(item, Field::Value));
            values.any(|value| {
                is_call_of(question.file, value, &["contextlib.suppress"])
                    && tree
                        .child(tree.unparenthesized(value), Field::Arguments)
                        .is_some_and(|arguments| tree.named_children(arguments).any(is_named))
            })
        }
        _ => false,
    }
}

/// The exceptions that the value of an `except` names.
fn exceptions(tree: &Tree, value: Node) -> Vec<Node> {
    let value = tree.unparenthesized(value);
    let named = if tree.kind(value) == Kind::AsPattern { tree.named_children(value).next() } else { Some(value) };
    match named.map(|named| tree.unparenthesized(named)) {
        Some(tuple) if tree.kind(tuple) == Kind::Tuple => tree.named_children(tuple).collect(),
        one => one.into_iter().collect(),
    }
}

fn refers(file: &File<'_>, node: Node, names: &[impl AsRef<str>]) -> bool {
    file.names.resolves(file.text, file.tree, file.tree.unparenthesized(node), names)
}

/// `#condition?`: the node is the whole test of an `if`, `elif`, `while`, `assert`, conditional expression, or `if` clause.
pub(super) fn condition(question: &Question<'_>) -> bool {
    let tree = question.file.tree;
    let node = tree.with_parentheses(question.node);
    let Some(parent) = tree.parent(node) else {
        return false;
    };
    let is_child = |number: usize| tree.named_children(parent).nth(number) == Some(node);
    match tree.kind(parent) {
        Kind::IfStatement | Kind::ElifClause | Kind::WhileStatement => tree.field(node) == Field::Condition,
        Kind::AssertStatement | Kind::IfClause => is_child(0),
        Kind::ConditionalExpression => is_child(1),
        _ => false,
    }
}

/// `#statement?`: the expression is a whole statement, so that its value is dropped.
pub(super) fn statement(question: &Question<'_>) -> bool {
    let tree = question.file.tree;
    let node = tree.with_parentheses(question.node);
    tree.parent(node)
        .is_some_and(|parent| tree.kind(parent) == Kind::ExpressionStatement && tree.named_children(parent).eq([node]))
}

/// `#method?`: the function stands directly in a class body.
pub(super) fn method(question: &Question<'_>) -> bool {
    classes::class_of_method(question.file.tree, question.node).is_some()
}

/// `#decorated?`: the definition has a decorator.
pub(super) fn decorated(question: &Question<'_>) -> bool {
    classes::is_decorated(question.file.tree, question.node)
}

/// `#decorated-by?`: one of the definition's decorators refers to one of the names, or calls it.
pub(super) fn decorated_by(question: &Question<'_>) -> bool {
    classes::decorator_by(question.file, question.node, question.names()).is_some()
}

/// `#subclasses?`: the class has one of the names among its bases, or inherits from a class of this file that has; or the
/// reference stands for one of the names or for such a class.
pub(super) fn subclasses(question: &Question<'_>) -> bool {
    let (file, node) = (question.file, question.node);
    if file.tree.kind(node) == Kind::ClassDefinition {
        classes::subclasses(file, node, question.names())
    } else {
        classes::is_or_subclasses(file, node, question.names())
    }
}

/// `#binds?`: the body of the class or function binds one of the names in its own scope.
pub(super) fn binds(question: &Question<'_>) -> bool {
    let names = question.file.names;
    let Some(scope) = names.scope_opened_by(question.node) else {
        return false;
    };
    question.texts().filter_map(|text| names.spelled(text)).any(|word| !names.bindings_in(scope, word).is_empty())
}
