//! What a name stands for.

use super::shape::matches_at;
use super::{Argument, Question};
use crate::classes;
use crate::grammar::Kind;
use crate::names::BindingKind;
use crate::values::{Value, is_bound_to, is_made_by, sole_value};

/// `#resolves?`: a reference that this file's imports and scopes lead to one of the names.
pub(super) fn resolves(question: &Question<'_>) -> bool {
    let file = question.file;
    file.names.resolves(file.text, file.tree, file.tree.unparenthesized(question.node), question.names())
}

/// `#imports?`: the file imports one of the modules, or something from below it.
pub(super) fn imports(question: &Question<'_>) -> bool {
    question.file.names.modules().iter().any(|module| {
        question
            .names()
            .iter()
            .any(|name| module.strip_prefix(&**name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    })
}

/// `#binding?`: the name is bound at this very place, in one of the ways.
pub(super) fn binding(question: &Question<'_>) -> bool {
    if question.file.tree.kind(question.node) != Kind::Identifier {
        return false;
    }
    let Some(binding) = question.file.names.binding_at(question.node) else {
        return false;
    };
    let word = match binding.kind {
        BindingKind::Import(_) => "import",
        BindingKind::Assignment => "assignment",
        BindingKind::Augmented => "augmented",
        BindingKind::Annotation => "annotation",
        BindingKind::Walrus => "walrus",
        BindingKind::Function => "function",
        BindingKind::Class => "class",
        BindingKind::Parameter => "parameter",
        BindingKind::For => "for",
        BindingKind::Comprehension => "comprehension",
        BindingKind::With => "with",
        BindingKind::Except => "except",
        BindingKind::Match => "match",
        BindingKind::Del => "del",
        BindingKind::Type => "type",
    };
    question.texts().any(|text| text == word)
}

/// `#sole-binding?`: the name is bound exactly once in the scope that it refers to.
pub(super) fn sole_binding(question: &Question<'_>) -> bool {
    question.file.tree.kind(question.node) == Kind::Identifier
        && question.file.names.sole_binding(question.node).is_some()
}

/// `#local?`: the name is bound in the very scope that reads it.
pub(super) fn local(question: &Question<'_>) -> bool {
    let Question { file, node, .. } = *question;
    file.tree.kind(node) == Kind::Identifier && file.names.is_local(node)
}

/// `#of-this-file?`: one class or function statement of this file is all that binds the name.
pub(super) fn of_this_file(question: &Question<'_>) -> bool {
    question.texts().any(|word| match word {
        "class" => classes::class_of_this_file(question.file, question.node).is_some(),
        _ => classes::function_of_this_file(question.file, question.node).is_some(),
    })
}

/// `#defined-by?`: the class or function of this file that the name stands for matches one of the private rules.
pub(super) fn defined_by(question: &Question<'_>) -> bool {
    let Question { file, node, .. } = *question;
    let definition = classes::function_of_this_file(file, node).or_else(|| classes::class_of_this_file(file, node));
    definition.is_some_and(|definition| matches_at(question, definition))
}

/// `#parameter?`: the name refers to the function's positional parameter of that number, which nothing rebinds.
pub(super) fn parameter(question: &Question<'_>) -> bool {
    let file = question.file;
    let (Some(function), Some(number)) = (question.other(), question.number()) else {
        return false;
    };
    let parameter = classes::positional_parameters(file.tree, function).get(number - 1).copied();
    file.tree.kind(question.node) == Kind::Identifier
        && file.names.sole_binding(question.node).is_some_and(|binding| Some(binding.node) == parameter)
}

/// `#own-parameter?`: the name is the positional parameter of that number of the function in whose own body it stands.
pub(super) fn own_parameter(question: &Question<'_>) -> bool {
    let (file, node) = (question.file, question.node);
    let function = classes::function_around(file, node);
    let (true, Some(function), Some(number)) = (file.tree.kind(node) == Kind::Identifier, function, question.number())
    else {
        return false;
    };
    let parameter = classes::positional_parameters(file.tree, function).get(number - 1).copied();
    file.names.bindings_of(node).iter().any(|binding| Some(binding.node) == parameter)
}

/// `#self?`: the name is the first parameter of a method that is called on an instance.
pub(super) fn is_self(question: &Question<'_>) -> bool {
    let file = question.file;
    classes::method_of_first_parameter(file, question.node)
        .is_some_and(|(method, class)| classes::is_called_on_instance(file, method, class))
}

/// `#bound-to?`: every binding of the name is a simple assignment of such a value.
pub(super) fn bound_to(question: &Question<'_>) -> bool {
    let values: Vec<&Value> = question
        .arguments
        .iter()
        .filter_map(|argument| match argument {
            Argument::Value(value) => Some(value),
            _ => None,
        })
        .collect();
    is_bound_to(question.file, question.node, &values)
}

/// `#assigned?`: the name is bound once, by a simple assignment of a value that one of the private rules matches.
pub(super) fn assigned(question: &Question<'_>) -> bool {
    sole_value(question.file, question.node).is_some_and(|value| matches_at(question, value))
}

/// `#made-by?`: the receiver's only value is a call of one of the names.
pub(super) fn made_by(question: &Question<'_>) -> bool {
    is_made_by(question.file, question.node, question.names())
}
