//! Classes and functions as definitions: bases, bodies, methods, own scopes.

use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::names::{BindingKind, ScopeId};
use crate::tree::{Node, Tree};

/// Inheritance within one file is followed this far; a cycle of names ends too.
const MOST_ANCESTORS: usize = 64;

/// The bases of a class statement, keyword arguments and splats left out.
pub(crate) fn bases(tree: &Tree, class: Node) -> impl Iterator<Item = Node> {
    arguments(tree, class).filter(|argument| {
        !matches!(tree.kind(*argument), Kind::KeywordArgument | Kind::DictionarySplat | Kind::ListSplat)
    })
}

/// Everything between the parentheses of a class statement.
pub(crate) fn arguments(tree: &Tree, class: Node) -> impl Iterator<Item = Node> {
    tree.child(class, Field::Superclasses).into_iter().flat_map(|list| tree.named_children(list))
}

/// Whether a class has no decorators, no keywords, and no bases but perhaps the builtin `object`: what its instances are is
/// then all in its body.
pub(crate) fn is_plain(file: &File<'_>, class: Node) -> bool {
    let tree = file.tree;
    !is_decorated(tree, class)
        && arguments(tree, class).all(|base| {
            let base = tree.unparenthesized(base);
            tree.kind(base) == Kind::Identifier && is_builtin(file, base, "builtins.object")
        })
}

fn is_builtin(file: &File<'_>, identifier: Node, name: &str) -> bool {
    file.names.resolves(file.text, file.tree, identifier, &[name])
}

/// Whether a definition has decorators.
pub(crate) fn is_decorated(tree: &Tree, definition: Node) -> bool {
    tree.parent(definition).is_some_and(|parent| tree.kind(parent) == Kind::DecoratedDefinition)
}

/// The expressions of a definition's decorators, topmost first.
pub(crate) fn decorators(tree: &Tree, definition: Node) -> impl Iterator<Item = Node> {
    let around = tree.parent(definition).filter(|parent| tree.kind(*parent) == Kind::DecoratedDefinition);
    around
        .into_iter()
        .flat_map(|decorated| tree.named_children(decorated))
        .filter(|child| tree.kind(*child) == Kind::Decorator)
        .filter_map(|decorator| tree.named_children(decorator).next())
}

/// The decorator of a definition that refers to one of the names, or calls it; the topmost of several.
pub(crate) fn decorator_by(file: &File<'_>, definition: Node, names: &[impl AsRef<str>]) -> Option<Node> {
    let tree = file.tree;
    decorators(tree, definition).map(|decorator| tree.unparenthesized(decorator)).find(|decorator| {
        let called = if tree.kind(*decorator) == Kind::Call { tree.child(*decorator, Field::Function) } else { None };
        let reference = tree.unparenthesized(called.unwrap_or(*decorator));
        file.names.resolves(file.text, tree, reference, names)
    })
}

/// The class that a name stands for, if one class statement of this file is all that binds it.
pub(crate) fn class_of_this_file(file: &File<'_>, name: Node) -> Option<Node> {
    definition_of_this_file(file, name, &BindingKind::Class)
}

/// The function that a name stands for, if one `def` of this file is all that binds it.
pub(crate) fn function_of_this_file(file: &File<'_>, name: Node) -> Option<Node> {
    definition_of_this_file(file, name, &BindingKind::Function)
}

fn definition_of_this_file(file: &File<'_>, name: Node, kind: &BindingKind) -> Option<Node> {
    let name = file.tree.unparenthesized(name);
    if file.tree.kind(name) != Kind::Identifier {
        return None;
    }
    file.names.sole_binding(name).filter(|binding| binding.kind == *kind).map(|binding| binding.by)
}

/// The classes of this file that a class inherits from, nearest first, the class itself left out.
pub(crate) fn ancestors_of_this_file(file: &File<'_>, class: Node) -> Vec<Node> {
    let mut found = Vec::new();
    let mut pending = vec![class];
    while let Some(class) = pending.pop() {
        for base in bases(file.tree, class).filter_map(|base| class_of_this_file(file, base)) {
            if found.len() < MOST_ANCESTORS && !found.contains(&base) {
                found.push(base);
                pending.push(base);
            }
        }
    }
    found
}

/// Whether a class has one of the qualified names among its bases, or inherits from a class of this file that has.
pub(crate) fn subclasses(file: &File<'_>, class: Node, names: &[impl AsRef<str>]) -> bool {
    let tree = file.tree;
    let has_base = |class: Node| {
        bases(tree, class).any(|base| {
            // `Generic[T]` and the like: what is subscribed is the base.
            let base = tree.unparenthesized(base);
            let named = if tree.kind(base) == Kind::Subscript { tree.child(base, Field::Value) } else { None };
            file.names.resolves(file.text, tree, named.unwrap_or(base), names)
        })
    };
    has_base(class) || ancestors_of_this_file(file, class).into_iter().any(has_base)
}

/// Whether a reference stands for one of the qualified names, or for a class of this file that inherits from one of them.
pub(crate) fn is_or_subclasses(file: &File<'_>, reference: Node, names: &[impl AsRef<str>]) -> bool {
    let reference = file.tree.unparenthesized(reference);
    file.names.resolves(file.text, file.tree, reference, names)
        || class_of_this_file(file, reference).is_some_and(|class| subclasses(file, class, names))
}

/// The value of a keyword argument of a class statement.
pub(crate) fn keyword(file: &File<'_>, class: Node, name: &str) -> Option<Node> {
    let tree = file.tree;
    arguments(tree, class)
        .filter(|argument| tree.kind(*argument) == Kind::KeywordArgument)
        .find(|argument| tree.child(*argument, Field::Name).is_some_and(|is| tree.span(is).of(file.text) == name))
        .and_then(|argument| tree.child(argument, Field::Value))
}

/// The statements directly in a class's or function's body, decorators taken off.
pub(crate) fn statements(tree: &Tree, definition: Node) -> impl Iterator<Item = Node> {
    let body = tree.child(definition, Field::Body);
    body.into_iter().flat_map(|body| tree.named_children(body)).map(|statement| match tree.kind(statement) {
        Kind::DecoratedDefinition => tree.child(statement, Field::Definition).unwrap_or(statement),
        _ => statement,
    })
}

/// The assignments directly in a class's or function's body.
pub(crate) fn assignments(tree: &Tree, definition: Node) -> impl Iterator<Item = Node> {
    statements(tree, definition)
        .filter(|statement| tree.kind(*statement) == Kind::ExpressionStatement)
        .filter_map(|statement| tree.named_children(statement).next())
        .filter(|inside| tree.kind(*inside) == Kind::Assignment)
}

/// The class in whose body a function stands directly.
pub(crate) fn class_of_method(tree: &Tree, function: Node) -> Option<Node> {
    if tree.kind(function) != Kind::FunctionDefinition {
        return None;
    }
    let parent = tree.parent(function)?;
    let block = if tree.kind(parent) == Kind::DecoratedDefinition { tree.parent(parent)? } else { parent };
    tree.parent(block).filter(|class| tree.kind(*class) == Kind::ClassDefinition && tree.kind(block) == Kind::Block)
}

/// The names of a function's positional parameters, in order; splats and keyword-only ones left out.
pub(crate) fn positional_parameters(tree: &Tree, function: Node) -> Vec<Node> {
    let parameters = tree.child(function, Field::Parameters);
    let mut names = Vec::new();
    for parameter in parameters.into_iter().flat_map(|list| tree.named_children(list)) {
        let name = match tree.kind(parameter) {
            Kind::Identifier => Some(parameter),
            Kind::DefaultParameter | Kind::TypedDefaultParameter => tree.child(parameter, Field::Name),
            Kind::TypedParameter => tree.named_children(parameter).next(),
            // `/` goes on, `*` and what follows it doesn't.
            Kind::ListSplatPattern | Kind::DictionarySplatPattern => None,
            _ if tree.span(parameter).end - tree.span(parameter).start == 1 && is_star(tree, parameter) => None,
            _ => continue,
        };
        match name.filter(|name| tree.kind(*name) == Kind::Identifier) {
            Some(name) => names.push(name),
            None => break,
        }
    }
    names
}

/// The names of a function's keyword-only parameters, in order.
pub(crate) fn keyword_only_parameters(tree: &Tree, function: Node) -> Vec<Node> {
    let parameters = tree.child(function, Field::Parameters);
    let all = parameters.into_iter().flat_map(|list| tree.named_children(list));
    let behind = all.skip_while(|parameter| !is_star(tree, splat(tree, *parameter))).skip(1);
    let names = behind.filter_map(|parameter| match tree.kind(parameter) {
        Kind::Identifier => Some(parameter),
        Kind::DefaultParameter | Kind::TypedDefaultParameter => tree.child(parameter, Field::Name),
        Kind::TypedParameter => tree.named_children(parameter).next(),
        _ => None,
    });
    names.filter(|name| tree.kind(*name) == Kind::Identifier).collect()
}

/// The name of a function's `*args` or `**kwargs`, by the kind of its pattern.
pub(crate) fn splat_parameter(tree: &Tree, function: Node, kind: Kind) -> Option<Node> {
    let parameters = tree.child(function, Field::Parameters)?;
    let mut splats = tree.named_children(parameters).map(|parameter| splat(tree, parameter));
    let pattern = splats.find(|pattern| tree.kind(*pattern) == kind)?;
    tree.named_children(pattern).next()
}

/// The pattern of an annotated `*args: T` or `**kwargs: T`; any other parameter itself.
fn splat(tree: &Tree, parameter: Node) -> Node {
    let annotated =
        if tree.kind(parameter) == Kind::TypedParameter { tree.named_children(parameter).next() } else { None };
    annotated.unwrap_or(parameter)
}

/// A bare `*` is a node of its own, told from `/` by its only token.
fn is_star(tree: &Tree, parameter: Node) -> bool {
    tree.first_child(parameter)
        .is_some_and(|token| crate::grammar::language().node_kind_for_id(tree.symbol(token)) == Some("*"))
}

/// Whether a node stands in the own body of a function: in its scope, and not in its parameters.
pub(crate) fn is_in_own_body(file: &File<'_>, node: Node, function: Node) -> bool {
    let body = file.tree.child(function, Field::Body);
    own_scope(file, function) == Some(file.names.scope_of(node))
        && body.is_some_and(|body| file.tree.is_within(node, body))
}

/// The function in whose own body a node stands.
pub(crate) fn function_around(file: &File<'_>, node: Node) -> Option<Node> {
    let function = file.names.scope(file.names.scope_of(node)).node;
    (file.tree.kind(function) == Kind::FunctionDefinition && is_in_own_body(file, node, function)).then_some(function)
}

fn own_scope(file: &File<'_>, definition: Node) -> Option<ScopeId> {
    file.names.scope_opened_by(definition)
}

/// The method around an attribute of its first parameter, `self.name`, with the class.
pub(crate) fn own_attribute(file: &File<'_>, attribute: Node) -> Option<(Node, Node)> {
    let tree = file.tree;
    if tree.kind(attribute) != Kind::Attribute {
        return None;
    }
    method_of_first_parameter(file, tree.unparenthesized(tree.child(attribute, Field::Object)?))
}

/// The method whose first parameter a name refers to, with the class; nothing rebinds the parameter.
pub(crate) fn method_of_first_parameter(file: &File<'_>, name: Node) -> Option<(Node, Node)> {
    let tree = file.tree;
    if tree.kind(name) != Kind::Identifier {
        return None;
    }
    let binding = file.names.sole_binding(name).filter(|binding| binding.kind == BindingKind::Parameter)?;
    let method = tree.enclosing(binding.node, Kind::FunctionDefinition)?;
    let is_first = positional_parameters(tree, method).first() == Some(&binding.node);
    class_of_method(tree, method).filter(|_| is_first).map(|class| (method, class))
}

/// Whether a method gets an instance first, not a class: neither its name nor a decorator makes it a class or static method,
/// and its class is no metaclass.
pub(crate) fn is_called_on_instance(file: &File<'_>, method: Node, class: Node) -> bool {
    let tree = file.tree;
    let is_builtin = |decorator: Node| {
        let names = ["builtins.classmethod", "builtins.staticmethod"];
        file.names.resolves(file.text, tree, tree.unparenthesized(decorator), &names)
    };
    let metaclasses = ["builtins.type", "abc.ABCMeta", "enum.EnumMeta", "enum.EnumType"];
    let name = tree.child(method, Field::Name).map_or("", |name| tree.span(name).of(file.text));
    !matches!(name, "__new__" | "__init_subclass__" | "__class_getitem__")
        && !decorators(tree, method).any(is_builtin)
        && !subclasses(file, class, &metaclasses)
}

/// The values of every assignment to the `self.name` that an attribute names, anywhere in its class; an assignment in
/// another form (unpacking, `for`, `with`, `del`, augmented) gives `None`.
pub(crate) fn assignments_to_own_attribute(file: &File<'_>, attribute: Node) -> Option<Vec<Node>> {
    let tree = file.tree;
    let (_, class) = own_attribute(file, attribute)?;
    let word = file.names.word(tree.child(attribute, Field::Attribute)?);
    let mut values = Vec::new();
    for node in tree.subtree(class).filter(|node| tree.kind(*node) == Kind::Attribute) {
        let is_same = tree.child(node, Field::Attribute).is_some_and(|name| file.names.word(name) == word);
        if !is_same || !file.names.is_stored(node) || own_attribute(file, node).is_none_or(|(_, c)| c != class) {
            continue;
        }
        let statement = tree.parent(node).filter(|parent| tree.kind(*parent) == Kind::Assignment)?;
        if tree.field(node) != Field::Left {
            return None;
        }
        values.extend(tree.child(statement, Field::Right));
    }
    Some(values)
}
