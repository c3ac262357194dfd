//! What an expression is, as far as its written form shows.

use std::sync::LazyLock;

use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::names::BindingKind;
use crate::tree::{Node, Tree};

/// The sorts of expressions that rules tell apart, by the words that a rule uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `3`, `-1.5`, `2j`
    Number,
    /// A string without interpolation and prefix `b`, adjacent ones too.
    String,
    /// A string with prefix `f`, or adjacent strings of which one has it.
    FString,
    /// A string with prefix `b`.
    Bytes,
    /// `None`
    None,
    /// `True`
    True,
    /// `False`
    False,
    /// `...`
    Ellipsis,
    /// `[…]`
    List,
    /// `(…)`, or with bare commas.
    Tuple,
    /// `{k: v}`
    Dict,
    /// `{…}`
    Set,
    /// `[… for …]`
    ListComprehension,
    /// `{… for …}`
    SetComprehension,
    /// `{k: v for …}`
    DictComprehension,
    /// `(… for …)`
    Generator,
    /// `lambda …`
    Lambda,
}

/// A word of the rule language and the sorts that it stands for.
const WORDS: &[(&str, &[Sort])] = &[
    ("number", &[Sort::Number]),
    ("string", &[Sort::String]),
    ("f-string", &[Sort::FString]),
    ("bytes", &[Sort::Bytes]),
    ("none", &[Sort::None]),
    ("true", &[Sort::True]),
    ("false", &[Sort::False]),
    ("ellipsis", &[Sort::Ellipsis]),
    ("list", &[Sort::List]),
    ("tuple", &[Sort::Tuple]),
    ("dict", &[Sort::Dict]),
    ("set", &[Sort::Set]),
    ("list-comprehension", &[Sort::ListComprehension]),
    ("set-comprehension", &[Sort::SetComprehension]),
    ("dict-comprehension", &[Sort::DictComprehension]),
    ("generator", &[Sort::Generator]),
    ("lambda", &[Sort::Lambda]),
    (
        "literal",
        &[Sort::Number, Sort::String, Sort::FString, Sort::Bytes, Sort::None, Sort::True, Sort::False, Sort::Ellipsis],
    ),
    ("display", &[Sort::List, Sort::Tuple, Sort::Dict, Sort::Set]),
    ("comprehension", &[Sort::ListComprehension, Sort::SetComprehension, Sort::DictComprehension]),
];

/// The sorts that a word stands for.
pub(crate) fn sorts_named(word: &str) -> Option<&'static [Sort]> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, sorts)| *sorts)
}

/// The words, for error messages.
pub(crate) fn sort_words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(word, _)| *word)
}

/// The sort of an expression, parentheses disregarded; `None` for a name, a call, an operation…
pub(crate) fn sort_of(tree: &Tree, text: &str, node: Node) -> Option<Sort> {
    let node = tree.unparenthesized(node);
    Some(match tree.kind(node) {
        Kind::Integer | Kind::Float => Sort::Number,
        Kind::UnaryOperator if is_signed_number(tree, text, node) => Sort::Number,
        Kind::String | Kind::ConcatenatedString => string_sort(tree, text, node)?,
        Kind::None => Sort::None,
        Kind::True => Sort::True,
        Kind::False => Sort::False,
        Kind::Ellipsis => Sort::Ellipsis,
        Kind::List => Sort::List,
        Kind::Tuple | Kind::ExpressionList => Sort::Tuple,
        Kind::Dictionary => Sort::Dict,
        Kind::Set => Sort::Set,
        Kind::ListComprehension => Sort::ListComprehension,
        Kind::SetComprehension => Sort::SetComprehension,
        Kind::DictionaryComprehension => Sort::DictComprehension,
        Kind::GeneratorExpression => Sort::Generator,
        Kind::Lambda => Sort::Lambda,
        _ => return None,
    })
}

fn is_signed_number(tree: &Tree, text: &str, node: Node) -> bool {
    let sign = tree.child(node, Field::Operator).map(|operator| slice(tree, text, operator));
    let argument = tree.child(node, Field::Argument).map(|argument| tree.unparenthesized(argument));
    matches!(sign, Some("-" | "+"))
        && argument.is_some_and(|argument| matches!(tree.kind(argument), Kind::Integer | Kind::Float))
}

/// Template strings (PEP 750) are of no sort: they are no strings.
fn string_sort(tree: &Tree, text: &str, node: Node) -> Option<Sort> {
    let starts = tree.subtree(node).filter(|part| tree.kind(*part) == Kind::StringStart);
    let own = starts
        .filter(|start| tree.parent(*start).is_some_and(|string| string == node || tree.parent(string) == Some(node)));
    let prefixes: String = own.map(|start| slice(tree, text, start).to_ascii_lowercase()).collect();
    match () {
        () if prefixes.contains('t') => None,
        () if prefixes.contains('f') => Some(Sort::FString),
        () if prefixes.contains('b') => Some(Sort::Bytes),
        () => Some(Sort::String),
    }
}

fn slice<'t>(tree: &Tree, text: &'t str, node: Node) -> &'t str {
    &text[tree.span(node).start as usize..tree.span(node).end as usize]
}

/// The content of a plain string literal without escapes, prefixes other than `r` or `u`, or interpolation.
pub(crate) fn plain_string<'t>(tree: &Tree, text: &'t str, node: Node) -> Option<&'t str> {
    let node = tree.unparenthesized(node);
    if tree.kind(node) != Kind::String || sort_of(tree, text, node) != Some(Sort::String) {
        return None;
    }
    let content = tree.named_children(node).find(|child| tree.kind(*child) == Kind::StringContent);
    Some(content.map_or("", |content| slice(tree, text, content)))
}

/// A value that a name may be bound to: an expression of a sort, or a call of something.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// An expression of one of these sorts.
    Sorts(&'static [Sort]),
    /// A call of a reference to one of these qualified names.
    Names(Vec<Box<str>>),
}

/// Whether an expression is one of the values.
fn is_value(file: &File<'_>, node: Node, values: &[&Value]) -> bool {
    let File { tree, text, .. } = *file;
    let node = tree.unparenthesized(node);
    values.iter().any(|value| match value {
        Value::Sorts(sorts) => sort_of(tree, text, node).is_some_and(|sort| sorts.contains(&sort)),
        Value::Names(names) => is_call_of(file, node, names),
    })
}

/// Whether an expression is a call whose function stands for one of the names.
pub(crate) fn is_call_of(file: &File<'_>, node: Node, names: &[impl AsRef<str>]) -> bool {
    let File { tree, text, .. } = *file;
    let node = tree.unparenthesized(node);
    tree.kind(node) == Kind::Call
        && tree
            .child(node, Field::Function)
            .is_some_and(|function| file.names.resolves(text, tree, tree.unparenthesized(function), names))
}

/// Everything between the parentheses of a call; nothing for what is no call.
pub(crate) fn arguments_of(tree: &Tree, call: Node) -> impl Iterator<Item = Node> {
    let list = tree.child(tree.unparenthesized(call), Field::Arguments);
    list.into_iter().flat_map(|list| tree.named_children(list))
}

/// The value of a call's keyword argument; `None` too for what is no call.
pub(crate) fn keyword_value(file: &File<'_>, call: Node, keyword: &str) -> Option<Node> {
    let File { tree, text, .. } = *file;
    let arguments = arguments_of(tree, call).filter(|argument| tree.kind(*argument) == Kind::KeywordArgument);
    let is_it = |name: Node| slice(tree, text, name) == keyword;
    arguments
        .filter(|argument| tree.child(*argument, Field::Name).is_some_and(is_it))
        .find_map(|argument| tree.child(argument, Field::Value))
}

/// Whether a call takes keyword arguments from a mapping, `**options`.
pub(crate) fn has_double_splat(file: &File<'_>, call: Node) -> bool {
    arguments_of(file.tree, call).any(|argument| file.tree.kind(argument) == Kind::DictionarySplat)
}

/// Whether all bindings of a name are simple assignments of such values. Augmented assignments are disregarded.
pub(crate) fn is_bound_to(file: &File<'_>, name: Node, values: &[&Value]) -> bool {
    if file.tree.kind(name) != Kind::Identifier {
        return false;
    }
    let mut assigned = file.names.bindings_of(name).iter().filter(|b| b.kind != BindingKind::Augmented).peekable();
    assigned.peek().is_some()
        && assigned.all(|binding| {
            simple_value(file.tree, binding.by, binding.node).is_some_and(|value| is_value(file, value, values))
        })
}

/// The value of a name that a simple assignment alone binds.
pub(crate) fn sole_value(file: &File<'_>, name: Node) -> Option<Node> {
    let name = file.tree.unparenthesized(name);
    if file.tree.kind(name) != Kind::Identifier {
        return None;
    }
    file.names.sole_binding(name).and_then(|binding| simple_value(file.tree, binding.by, binding.node))
}

/// The value of `name = value` or `name: T = value`, where `name` is the whole target.
fn simple_value(tree: &Tree, statement: Node, name: Node) -> Option<Node> {
    let is_simple =
        tree.kind(statement) == Kind::Assignment && tree.child(statement, Field::Left).is_some_and(|left| left == name);
    if is_simple { tree.child(statement, Field::Right) } else { None }
}

/// Whether a receiver was made by a call of one of the names: a name bound once, by a simple assignment or a `with`, or an
/// attribute of `self` that the class never assigns otherwise.
pub(crate) fn is_made_by(file: &File<'_>, receiver: Node, names: &[impl AsRef<str>]) -> bool {
    let tree = file.tree;
    let receiver = tree.unparenthesized(receiver);
    match tree.kind(receiver) {
        Kind::Identifier => file.names.sole_binding(receiver).is_some_and(|binding| {
            let value = match binding.kind {
                BindingKind::With => with_value(tree, binding.by, binding.node),
                _ => simple_value(tree, binding.by, binding.node),
            };
            value.is_some_and(|value| is_call_of(file, value, names))
        }),
        Kind::Attribute => crate::classes::assignments_to_own_attribute(file, receiver)
            .is_some_and(|values| !values.is_empty() && values.iter().all(|value| is_call_of(file, *value, names))),
        _ => false,
    }
}

/// `call` in `with call as name`.
fn with_value(tree: &Tree, item: Node, name: Node) -> Option<Node> {
    let pattern =
        tree.ancestors(name).take_while(|node| *node != item).find(|node| tree.kind(*node) == Kind::AsPattern)?;
    let target = tree.child(pattern, Field::Alias)?;
    let is_whole = tree.named_children(target).next() == Some(name);
    if is_whole { tree.named_children(pattern).next() } else { None }
}

static SET_CALLS: LazyLock<Value> =
    LazyLock::new(|| Value::Names(vec!["builtins.set".into(), "builtins.frozenset".into()]));

/// Operators nest without bound; a set expression that matters doesn't.
const DEEPEST_OPERATION: u32 = 32;

/// Whether an expression is a set: a display, a comprehension, a call of `set` or `frozenset`, a name bound to these only,
/// or `|`, `&`, `-`, `^` with such an operand.
pub(crate) fn is_set_expression(file: &File<'_>, node: Node) -> bool {
    is_set(file, node, DEEPEST_OPERATION)
}

fn is_set(file: &File<'_>, node: Node, depth: u32) -> bool {
    let tree = file.tree;
    let node = tree.unparenthesized(node);
    let values = [&Value::Sorts(&[Sort::Set, Sort::SetComprehension]), &*SET_CALLS];
    if is_value(file, node, &values) || is_bound_to(file, node, &values) {
        return true;
    }
    let operator = tree.child(node, Field::Operator).map(|operator| slice(tree, file.text, operator));
    depth > 0
        && tree.kind(node) == Kind::BinaryOperator
        && matches!(operator, Some("|" | "&" | "-" | "^"))
        && [Field::Left, Field::Right]
            .iter()
            .filter_map(|field| tree.child(node, *field))
            .any(|operand| is_set(file, operand, depth - 1))
}
