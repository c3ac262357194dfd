//! Day 32: functions that return functions of theirs, and classes whose instances take a function's place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Finder, Report, Reporter};
use crate::classes::{
    class_of_this_file, decorators, function_around, is_decorated, keyword_only_parameters, positional_parameters,
    splat_parameter,
};
use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::names::{BindingKind, ScopeKind};
use crate::tree::{Node, Tree};
use crate::values::{arguments_of, is_call_of};

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

fn find(file: &File<'_>, report: Reporter<'_>) {
    let returned = returned_functions(file);
    let makers: FxHashSet<Node> = returned.keys().map(|pair| pair.from).collect();
    let mut wrappers = Vec::new();
    for pair in returned.iter().filter(|(_, by_name)| **by_name).map(|(pair, _)| *pair) {
        if makers.contains(&pair.function) && takes_one_function(file, pair.function) {
            report_name(file, "decorator-factory", pair.from, report);
        }
        let Some(wrapped) = positional_parameters(file.tree, pair.from).first().copied() else {
            continue;
        };
        let calls = calls_of(file, wrapped, pair.function);
        if !calls.is_empty() {
            report_name(file, "closure-decorator", pair.from, report);
        }
        wrappers.extend(Wrapper::of(file, pair, wrapped, &calls));
    }
    without_wraps(file, &wrappers, report);
    optional_arguments(file, report);
    callable_classes(file, report);
}

fn report_name(file: &File<'_>, concept: &'static str, definition: Node, report: Reporter<'_>) {
    if let Some(at) = file.tree.child(definition, Field::Name) {
        report(Report { concept, at, roles: &[] });
    }
}

/// A function that another one defines in its own body and returns.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Returned {
    from: Node,
    function: Node,
}

/// All such pairs of a file, and whether the function is ever returned by its bare name, as opposed to the result of a call
/// that gets it.
fn returned_functions(file: &File<'_>) -> FxHashMap<Returned, bool> {
    let tree = file.tree;
    let mut found = FxHashMap::default();
    for statement in tree.nodes().filter(|node| tree.kind(*node) == Kind::ReturnStatement) {
        let (Some(from), Some(value)) = (function_around(file, statement), returned_value(tree, statement)) else {
            continue;
        };
        let by_name = tree.kind(value) == Kind::Identifier;
        let names = match tree.kind(value) {
            Kind::Call if makes_wrapper(tree, value, from) => names_given(tree, value),
            _ => vec![value],
        };
        for function in names.into_iter().flat_map(|name| functions_of_scope(file, name)) {
            *found.entry(Returned { from, function }).or_insert(false) |= by_name;
        }
    }
    found
}

/// Whether a returned call may make a wrapper of a function that it gets. One that registers a callback doesn't: a method
/// of what another call returned, `run(job).then(inner)`, or where the outer function has no parameter for a function.
fn makes_wrapper(tree: &Tree, call: Node, from: Node) -> bool {
    let object = tree.child(call, Field::Function).and_then(|function| tree.child(function, Field::Object));
    object.is_none_or(|object| tree.kind(tree.unparenthesized(object)) != Kind::Call)
        && !positional_parameters(tree, from).is_empty()
}

fn returned_value(tree: &Tree, statement: Node) -> Option<Node> {
    tree.named_children(statement).next().map(|value| tree.unparenthesized(value))
}

/// The functions that the scope in which a name is read binds to it.
fn functions_of_scope(file: &File<'_>, name: Node) -> Vec<Node> {
    if file.tree.kind(name) != Kind::Identifier {
        return Vec::new();
    }
    let bindings = file.names.bindings_in(file.names.scope_of(name), file.names.word(name));
    bindings.iter().filter(|binding| binding.kind == BindingKind::Function).map(|binding| binding.by).collect()
}

/// The names among the arguments of a call, and of the calls among its arguments.
fn names_given(tree: &Tree, call: Node) -> Vec<Node> {
    let mut names = Vec::new();
    let mut calls = vec![call];
    while let Some(call) = calls.pop() {
        for argument in arguments_of(tree, call) {
            let keyword =
                if tree.kind(argument) == Kind::KeywordArgument { tree.child(argument, Field::Value) } else { None };
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

/// Whether a function can be called with one positional argument and no more, as a decorator is.
fn takes_one_function(file: &File<'_>, function: Node) -> bool {
    let tree = file.tree;
    let positional = positional_parameters(tree, function);
    let is_required = |name: &&Node| tree.parent(**name).and_then(|parent| tree.child(parent, Field::Value)).is_none();
    let takes_any = splat_parameter(tree, function, Kind::ListSplatPattern).is_some();
    (takes_any || !positional.is_empty()) && positional.iter().filter(is_required).count() <= 1
}

/// The calls of a parameter in the body of a function, at any depth.
fn calls_of(file: &File<'_>, parameter: Node, function: Node) -> Vec<Node> {
    let tree = file.tree;
    let body = tree.child(function, Field::Body);
    let calls = body.into_iter().flat_map(|body| tree.subtree(body)).filter(|node| tree.kind(*node) == Kind::Call);
    calls
        .filter(|call| tree.child(*call, Field::Function).is_some_and(|name| refers_to(file, name, parameter)))
        .collect()
}

/// Whether an expression is the name of a parameter, as seen from where it stands.
fn refers_to(file: &File<'_>, name: Node, parameter: Node) -> bool {
    let name = file.tree.unparenthesized(name);
    file.tree.kind(name) == Kind::Identifier
        && file.names.bindings_of(name).iter().any(|binding| binding.node == parameter)
}

/// A returned function that takes `*args, **kwargs` and passes both on, and has no decorator.
struct Wrapper {
    from: Node,
    function: Node,
    wrapped: Node,
    name: Node,
    args: Node,
    kwargs: Node,
}

impl Wrapper {
    fn of(file: &File<'_>, pair: Returned, wrapped: Node, calls: &[Node]) -> Option<Self> {
        let Returned { from, function } = pair;
        let tree = file.tree;
        let args = splat_parameter(tree, function, Kind::ListSplatPattern)?;
        let kwargs = splat_parameter(tree, function, Kind::DictionarySplatPattern)?;
        let name = tree.child(function, Field::Name)?;
        let passes_on = calls.iter().any(|call| passes_on(file, *call, args, kwargs));
        (passes_on && !is_decorated(tree, function)).then_some(Self { from, function, wrapped, name, args, kwargs })
    }

    /// Whether some call gets both the wrapper and what it wraps, perhaps to copy from one to the other.
    fn meets_wrapped(&self, file: &File<'_>) -> bool {
        let tree = file.tree;
        tree.subtree(self.from).filter(|node| tree.kind(*node) == Kind::Call).any(|call| {
            arguments_of(tree, call).any(|argument| refers_to(file, argument, self.wrapped))
                && arguments_of(tree, call).any(|argument| refers_to(file, argument, self.name))
        })
    }
}

/// Whether the last two arguments of a call are `*args, **kwargs`.
fn passes_on(file: &File<'_>, call: Node, args: Node, kwargs: Node) -> bool {
    let tree = file.tree;
    let given: Vec<Node> = arguments_of(tree, call).collect();
    let is = |argument: Node, kind: Kind, parameter: Node| {
        tree.kind(argument) == kind
            && tree.named_children(argument).next().is_some_and(|name| refers_to(file, name, parameter))
    };
    matches!(given.as_slice(), [.., a, k] if is(*a, Kind::ListSplat, args) && is(*k, Kind::DictionarySplat, kwargs))
}

/// Wrappers to which nothing is copied from what they wrap: neither where they are made, nor where their maker is called.
fn without_wraps(file: &File<'_>, wrappers: &[Wrapper], report: Reporter<'_>) {
    if wrappers.is_empty() {
        return;
    }
    let tree = file.tree;
    let copying = copying_functions(file);
    let finished = functions_called_in(file, &copying);
    for wrapper in wrappers {
        let is_finished = copying.contains(&wrapper.from) || finished.contains(&wrapper.from);
        if is_finished || wrapper.meets_wrapped(file) {
            continue;
        }
        let mut roles = vec![("function", wrapper.wrapped), ("wrapper", wrapper.name)];
        let parameters = tree.child(wrapper.function, Field::Parameters);
        let count = parameters.map_or(0, |list| tree.named_children(list).count());
        let scope = file.names.scope_opened_by(wrapper.function).map(|scope| file.names.scope(scope).kind);
        // The longhand is a plain `def` with these two.
        if count == 2 && scope == Some(ScopeKind::Function) {
            roles.extend([("args", wrapper.args), ("kwargs", wrapper.kwargs)]);
        }
        report(Report { concept: "decorator-without-wraps", at: wrapper.name, roles: &roles });
    }
}

/// The functions that use a name, or a string, which says that they copy a function's metadata.
fn copying_functions(file: &File<'_>) -> FxHashSet<Node> {
    let tree = file.tree;
    let copiers = ["functools.wraps", "functools.update_wrapper"];
    let mut found = FxHashSet::default();
    for node in tree.nodes().filter(|node| matches!(tree.kind(*node), Kind::Identifier | Kind::StringContent)) {
        let text = tree.span(node).of(file.text);
        let is_copier = matches!(text, "wraps" | "update_wrapper" | "__wrapped__" | "__name__")
            || (tree.kind(node) == Kind::Identifier && file.names.resolves(file.text, tree, node, &copiers));
        if is_copier {
            let functions = tree.ancestors(node).filter(|around| tree.kind(*around) == Kind::FunctionDefinition);
            // What is around a known function is known too.
            let _ = functions.map(|function| found.insert(function)).take_while(|is_new| *is_new).count();
        }
    }
    found
}

/// The functions of this file that are called in one of some functions.
fn functions_called_in(file: &File<'_>, callers: &FxHashSet<Node>) -> FxHashSet<Node> {
    let tree = file.tree;
    let calls = tree.nodes().filter(|node| tree.kind(*node) == Kind::Call);
    calls
        .filter(|call| tree.enclosing(*call, Kind::FunctionDefinition).is_some_and(|around| callers.contains(&around)))
        .filter_map(|call| tree.child(call, Field::Function))
        .map(|function| tree.unparenthesized(function))
        .filter(|function| tree.kind(*function) == Kind::Identifier)
        .flat_map(|function| file.names.bindings_of(function))
        .filter(|binding| binding.kind == BindingKind::Function)
        .map(|binding| binding.by)
        .collect()
}

/// `def deco(function=None, *, option=…)` that returns early where it got the function, or where it didn't.
fn optional_arguments(file: &File<'_>, report: Reporter<'_>) {
    let tree = file.tree;
    let mut found = FxHashSet::default();
    for test in tree.nodes().filter(|node| tree.kind(*node) == Kind::IfStatement) {
        let Some(function) = function_around(file, test).filter(|function| !found.contains(function)) else {
            continue;
        };
        let Some(first) = positional_parameters(tree, function).first().copied() else {
            continue;
        };
        if is_none(file, tree.parent(first).and_then(|parameter| tree.child(parameter, Field::Value)))
            && !keyword_only_parameters(tree, function).is_empty()
            && tree.child(test, Field::Condition).is_some_and(|condition| compares_with_none(file, condition, first))
            && returns_within(file, test)
            && returns_decorator(file, function, first)
        {
            found.insert(function);
            report_name(file, "decorator-optional-arguments", function, report);
        }
    }
}

/// Whether a function returns something that can decorate: a function of its own, a lambda, a `partial`, the result of a
/// call of itself; or the same thing bare and called with the parameter, `return wrap` and `return wrap(function)`.
fn returns_decorator(file: &File<'_>, function: Node, parameter: Node) -> bool {
    let File { tree, text, names } = *file;
    let scope = names.scope_opened_by(function);
    let values: Vec<Node> = tree
        .subtree(function)
        .filter(|node| tree.kind(*node) == Kind::ReturnStatement && Some(names.scope_of(*node)) == scope)
        .filter_map(|statement| returned_value(tree, statement))
        .collect();
    let callee = |call: Node| tree.child(call, Field::Function).map(|function| tree.unparenthesized(function));
    let spelled = |node: Node| tree.span(node).of(text);
    values.iter().any(|value| match tree.kind(*value) {
        Kind::Lambda => true,
        Kind::Identifier => !functions_of_scope(file, *value).is_empty(),
        Kind::Call => {
            let Some(called) = callee(*value) else {
                return false;
            };
            let gets_it = arguments_of(tree, *value).next().is_some_and(|given| refers_to(file, given, parameter));
            let is_itself = tree.kind(called) == Kind::Identifier
                && !gets_it
                && names.bindings_of(called).iter().any(|binding| binding.by == function);
            let is_twin = |other: &Node| {
                *other != *value
                    && [Some(*other), callee(*other)].into_iter().flatten().any(|it| spelled(it) == spelled(called))
            };
            is_itself
                || is_call_of(file, *value, &["functools.partial"])
                || names_given(tree, *value).into_iter().any(|name| !functions_of_scope(file, name).is_empty())
                || (gets_it && values.iter().any(is_twin))
        }
        _ => false,
    })
}

fn is_none(file: &File<'_>, value: Option<Node>) -> bool {
    value.is_some_and(|value| file.tree.kind(file.tree.unparenthesized(value)) == Kind::None)
}

/// `parameter is None` or `parameter is not None`
fn compares_with_none(file: &File<'_>, condition: Node, parameter: Node) -> bool {
    let tree = file.tree;
    let comparison = tree.unparenthesized(condition);
    let operands: Vec<Node> = tree.named_children(comparison).collect();
    let operator = tree.child(comparison, Field::Operators).map(|operator| tree.span(operator).of(file.text));
    tree.kind(comparison) == Kind::ComparisonOperator
        && operator.is_some_and(|operator| operator.starts_with("is"))
        && matches!(operands.as_slice(), [left, right]
            if refers_to(file, *left, parameter) && is_none(file, Some(*right)))
}

/// Whether the body of an `if` has a `return`, nested functions left out.
fn returns_within(file: &File<'_>, test: Node) -> bool {
    let tree = file.tree;
    let scope = file.names.scope_of(test);
    let body = tree.child(test, Field::Consequence);
    body.into_iter()
        .flat_map(|body| tree.subtree(body))
        .any(|node| tree.kind(node) == Kind::ReturnStatement && file.names.scope_of(node) == scope)
}

/// Classes of this file with a `__call__`, of which a decorator makes an instance: `@C` or `@C(…)`.
fn callable_classes(file: &File<'_>, report: Reporter<'_>) {
    let tree = file.tree;
    let Some(word) = file.names.spelled("__call__") else {
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
        .filter_map(|name| class_of_this_file(file, name))
        .collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        let scope = file.names.scope_opened_by(class);
        let defines = |kind: &BindingKind| matches!(kind, BindingKind::Function | BindingKind::Assignment);
        let bindings = scope.map_or(&[][..], |scope| file.names.bindings_in(scope, word));
        if bindings.iter().any(|binding| defines(&binding.kind)) {
            report_name(file, "callable-class-decorator", class, report);
        }
    }
}
