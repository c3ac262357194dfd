//! Day 32: functions that return functions of theirs, and classes whose instances take a function's place.

use super::{Finder, Report, Reporter};
use crate::classes::{
    class_of_this_file, decorators, is_decorated, keyword_only_parameters, positional_parameters, splat_parameter,
};
use crate::grammar::{Field, Kind};
use crate::names::{BindingKind, ScopeKind};
use crate::rules::Context;
use crate::tree::Node;

pub(super) const FINDER: Finder = Finder {
    concepts: &[
        ("callable-class-decorator", &[]),
        ("closure-decorator", &[]),
        ("decorator-factory", &[]),
        ("decorator-optional-arguments", &[]),
        ("decorator-without-wraps", &["function", "wrapper", "args", "kwargs"]),
    ],
    find,
};

fn find(context: &Context<'_>, report: Reporter<'_>) {
    let returned = Returned::all(context);
    for pair in returned.iter().filter(|pair| pair.by_name) {
        if returned.iter().any(|deeper| deeper.from == pair.function && takes_a_function(context, pair.function)) {
            report_name(context, "decorator-factory", pair.from, report);
        }
        if let Some(wrapped) = positional_parameters(context.tree, pair.from).first() {
            let calls = calls_of(context, *wrapped, pair.function);
            if !calls.is_empty() {
                report_name(context, "closure-decorator", pair.from, report);
            }
            without_wraps(context, pair, *wrapped, &calls, report);
        }
    }
    optional_arguments(context, report);
    callable_classes(context, report);
}

fn report_name(context: &Context<'_>, concept: &'static str, definition: Node, report: Reporter<'_>) {
    if let Some(at) = context.tree.child(definition, Field::Name) {
        report(Report { concept, at, roles: &[] });
    }
}

/// A function that another one defines in its own body and returns.
struct Returned {
    from: Node,
    function: Node,
    /// By its bare name, as opposed to the result of a call that gets it.
    by_name: bool,
}

impl Returned {
    /// All of a file, each once and by name if it is ever.
    fn all(context: &Context<'_>) -> Vec<Self> {
        let tree = context.tree;
        let mut found: Vec<Self> = Vec::new();
        for statement in tree.nodes().filter(|node| tree.kind(*node) == Kind::ReturnStatement) {
            let Some(from) = function_around(context, statement) else {
                continue;
            };
            let Some(value) = tree.named_children(statement).next().map(|value| tree.unparenthesized(value)) else {
                continue;
            };
            let names = if tree.kind(value) == Kind::Call { names_given(context, value) } else { vec![value] };
            for function in names.into_iter().flat_map(|name| functions_of_scope(context, name)) {
                let by_name = tree.kind(value) == Kind::Identifier;
                match found.iter_mut().find(|known| known.from == from && known.function == function) {
                    Some(known) => known.by_name |= by_name,
                    None => found.push(Self { from, function, by_name }),
                }
            }
        }
        found
    }
}

/// The function in whose own body a statement stands.
fn function_around(context: &Context<'_>, statement: Node) -> Option<Node> {
    let scope = context.names.scope(context.names.scope_of(statement));
    matches!(scope.kind, ScopeKind::Function | ScopeKind::AsyncFunction).then_some(scope.node)
}

/// The functions that the scope in which a name is read binds to it.
fn functions_of_scope(context: &Context<'_>, name: Node) -> Vec<Node> {
    if context.tree.kind(name) != Kind::Identifier {
        return Vec::new();
    }
    let bindings = context.names.bindings_in(context.names.scope_of(name), context.names.word(name));
    bindings.iter().filter(|binding| binding.kind == BindingKind::Function).map(|binding| binding.by).collect()
}

/// The names among the arguments of a call, and of the calls among its arguments.
fn names_given(context: &Context<'_>, call: Node) -> Vec<Node> {
    let tree = context.tree;
    let mut names = Vec::new();
    let mut calls = vec![call];
    while let Some(call) = calls.pop() {
        let list = tree.child(call, Field::Arguments);
        for argument in list.into_iter().flat_map(|list| tree.named_children(list)) {
            let keyword = if tree.kind(argument) == Kind::KeywordArgument { tree.child(argument, Field::Value) } else { None };
            let value = tree.unparenthesized(keyword.unwrap_or(argument));
            match tree.kind(value) {
                Kind::Identifier => names.push(value),
                Kind::Call => calls.push(value),
                _ => {}
            }
        }
    }
    names
}

/// Whether a function can be called with one positional argument, which a decorator is.
fn takes_a_function(context: &Context<'_>, function: Node) -> bool {
    !positional_parameters(context.tree, function).is_empty()
        || splat_parameter(context.tree, function, Kind::ListSplatPattern).is_some()
}

/// The calls of a parameter in the body of a function, at any depth.
fn calls_of(context: &Context<'_>, parameter: Node, function: Node) -> Vec<Node> {
    let tree = context.tree;
    let body = tree.child(function, Field::Body);
    let calls = body.into_iter().flat_map(|body| tree.subtree(body)).filter(|node| tree.kind(*node) == Kind::Call);
    calls.filter(|call| tree.child(*call, Field::Function).is_some_and(|name| refers_to(context, name, parameter))).collect()
}

/// Whether an expression is the name of a parameter, as seen from where it stands.
fn refers_to(context: &Context<'_>, name: Node, parameter: Node) -> bool {
    let name = context.tree.unparenthesized(name);
    context.tree.kind(name) == Kind::Identifier
        && context.names.bindings_of(name).iter().any(|binding| binding.node == parameter)
}

/// A wrapper that passes everything on, and about which nothing is copied from what it wraps.
fn without_wraps(context: &Context<'_>, pair: &Returned, wrapped: Node, calls: &[Node], report: Reporter<'_>) {
    let tree = context.tree;
    let wrapper = pair.function;
    let (Some(args), Some(kwargs), Some(name)) = (
        splat_parameter(tree, wrapper, Kind::ListSplatPattern),
        splat_parameter(tree, wrapper, Kind::DictionarySplatPattern),
        tree.child(wrapper, Field::Name),
    ) else {
        return;
    };
    if is_decorated(tree, wrapper)
        || !calls.iter().any(|call| passes_on(context, *call, args, kwargs))
        || copies_metadata(context, pair.from)
    {
        return;
    }
    let mut roles = vec![("function", wrapped), ("wrapper", name)];
    let parameters = tree.child(wrapper, Field::Parameters).map_or(0, |list| tree.named_children(list).count());
    let scope = context.names.scope_opened_by(wrapper).map(|scope| context.names.scope(scope).kind);
    if parameters == 2 && scope == Some(ScopeKind::Function) {
        roles.extend([("args", args), ("kwargs", kwargs)]);
    }
    report(Report { concept: "decorator-without-wraps", at: name, roles: &roles });
}

/// Whether the last two arguments of a call are `*args, **kwargs`.
fn passes_on(context: &Context<'_>, call: Node, args: Node, kwargs: Node) -> bool {
    let tree = context.tree;
    let given: Vec<Node> =
        tree.child(call, Field::Arguments).into_iter().flat_map(|list| tree.named_children(list)).collect();
    let is = |argument: Node, kind: Kind, parameter: Node| {
        tree.kind(argument) == kind
            && tree.named_children(argument).next().is_some_and(|name| refers_to(context, name, parameter))
    };
    matches!(given.as_slice(), [.., a, k] if is(*a, Kind::ListSplat, args) && is(*k, Kind::DictionarySplat, kwargs))
}

/// Whether a function uses a name that says that it copies a function's metadata.
fn copies_metadata(context: &Context<'_>, function: Node) -> bool {
    let tree = context.tree;
    let copiers: [Box<str>; 2] = ["functools.wraps".into(), "functools.update_wrapper".into()];
    tree.subtree(function).filter(|node| tree.kind(*node) == Kind::Identifier).any(|name| {
        matches!(tree.span(name).of(context.text), "wraps" | "update_wrapper" | "__wrapped__" | "__name__")
            || context.names.resolves(context.text, tree, name, &copiers)
    })
}

/// `def deco(function=None, *, option=…)` that returns early where it got the function, or where it didn't.
fn optional_arguments(context: &Context<'_>, report: Reporter<'_>) {
    let tree = context.tree;
    let mut last = None;
    for test in tree.nodes().filter(|node| tree.kind(*node) == Kind::IfStatement) {
        let Some(function) = function_around(context, test).filter(|function| last != Some(*function)) else {
            continue;
        };
        let Some(first) = positional_parameters(tree, function).first().copied() else {
            continue;
        };
        if is_none(context, tree.parent(first).and_then(|parameter| tree.child(parameter, Field::Value)))
            && !keyword_only_parameters(tree, function).is_empty()
            && tree.child(test, Field::Condition).is_some_and(|condition| compares_with_none(context, condition, first))
            && returns_within(context, test)
        {
            last = Some(function);
            report_name(context, "decorator-optional-arguments", function, report);
        }
    }
}

fn is_none(context: &Context<'_>, value: Option<Node>) -> bool {
    value.is_some_and(|value| context.tree.kind(context.tree.unparenthesized(value)) == Kind::None)
}

/// `parameter is None` or `parameter is not None`
fn compares_with_none(context: &Context<'_>, condition: Node, parameter: Node) -> bool {
    let tree = context.tree;
    let comparison = tree.unparenthesized(condition);
    let operands: Vec<Node> = tree.named_children(comparison).collect();
    let operator = tree.child(comparison, Field::Operators).map(|operator| tree.span(operator).of(context.text));
    tree.kind(comparison) == Kind::ComparisonOperator
        && operator.is_some_and(|operator| operator.starts_with("is"))
        && matches!(operands.as_slice(), [left, right]
            if refers_to(context, *left, parameter) && is_none(context, Some(*right)))
}

/// Whether the body of an `if` has a `return`, nested functions left out.
fn returns_within(context: &Context<'_>, test: Node) -> bool {
    let tree = context.tree;
    let scope = context.names.scope_of(test);
    let body = tree.child(test, Field::Consequence);
    body.into_iter()
        .flat_map(|body| tree.subtree(body))
        .any(|node| tree.kind(node) == Kind::ReturnStatement && context.names.scope_of(node) == scope)
}

/// Classes of this file with a `__call__`, of which a decorator makes an instance: `@C` or `@C(…)`.
fn callable_classes(context: &Context<'_>, report: Reporter<'_>) {
    let tree = context.tree;
    let Some(word) = context.names.spelled("__call__") else {
        return;
    };
    let decorated = tree.nodes().filter(|node| tree.kind(*node) == Kind::DecoratedDefinition);
    let mut classes: Vec<Node> = decorated
        .filter_map(|decorated| tree.child(decorated, Field::Definition))
        .flat_map(|definition| decorators(tree, definition))
        .map(|decorator| tree.unparenthesized(decorator))
        .map(|decorator| match tree.kind(decorator) {
            Kind::Call => tree.child(decorator, Field::Function).unwrap_or(decorator),
            _ => decorator,
        })
        .filter_map(|name| class_of_this_file(context, name))
        .collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        let scope = context.names.scope_opened_by(class);
        let defines = |kind: &BindingKind| matches!(kind, BindingKind::Function | BindingKind::Assignment);
        let bindings = scope.map_or(&[][..], |scope| context.names.bindings_in(scope, word));
        if bindings.iter().any(|binding| defines(&binding.kind)) {
            report_name(context, "callable-class-decorator", class, report);
        }
    }
}
