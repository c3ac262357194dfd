//! Day 17: what a class's `__slots__` mean beside its body, its bases and its subclasses.

use super::{Finder, Report, Reporter};
use crate::classes::{
    self, bases, class_of_this_file, decorators, is_decorated, is_plain, positional_parameters, statements,
};
use crate::grammar::{Field, Kind};
use crate::names::{Binding, BindingKind};
use crate::rules::Context;
use crate::tree::Node;
use crate::values::plain_string;

pub(super) const FINDER: Finder = Finder {
    concepts: &[
        ("slots-defeated-by-base", &["base"]),
        ("slots-lost-in-subclass", &["class", "base"]),
        ("slots-class-variable-conflict", &[]),
        ("slots-multiple-bases", &[]),
        ("slots-redefined-in-subclass", &[]),
        ("slots-undeclared-attribute", &[]),
        ("slots-vs-cached-property", &["name", "self"]),
    ],
    find,
};

fn find(context: &Context<'_>, report: Reporter<'_>) {
    if context.names.spelled("__slots__").is_none() {
        return;
    }
    let tree = context.tree;
    for class in tree.nodes().filter(|node| tree.kind(*node) == Kind::ClassDefinition) {
        let Some(name) = tree.child(class, Field::Name) else {
            continue;
        };
        match Slots::of(context, class) {
            Some(slots) => {
                defeated_by_base(context, class, report);
                variable_conflict(context, class, &slots, report);
                redefined(context, class, &slots, report);
                undeclared_attributes(context, class, &slots, report);
                cached_properties(context, class, &slots, report);
            }
            None => lost_in_subclass(context, class, name, report),
        }
        multiple_bases(context, class, name, report);
    }
}

/// The `__slots__` of a class.
struct Slots<'a> {
    /// The literal names, if the value is a string or a display of string literals and nothing else.
    names: Option<Vec<(&'a str, Node)>>,
}

impl<'a> Slots<'a> {
    /// From the assignment directly in the class body; `None` if there is none.
    fn of(context: &Context<'a>, class: Node) -> Option<Self> {
        let tree = context.tree;
        let assignments = statements(tree, class)
            .filter(|statement| tree.kind(*statement) == Kind::ExpressionStatement)
            .filter_map(|statement| tree.named_children(statement).next())
            .filter(|inside| tree.kind(*inside) == Kind::Assignment);
        let mut values = assignments.filter_map(|assignment| {
            let target = tree.child(assignment, Field::Left)?;
            let value = tree.child(assignment, Field::Right)?;
            (tree.kind(target) == Kind::Identifier && tree.span(target).of(context.text) == "__slots__")
                .then_some(value)
        });
        let value = values.next()?;
        // A second assignment makes it unknown which of them counts.
        let names = if values.next().is_some() { None } else { literal_names(context, value) };
        Some(Self { names })
    }

    fn literal(&self) -> &[(&'a str, Node)] {
        self.names.as_deref().unwrap_or_default()
    }

    fn lists(&self, name: &str) -> bool {
        self.literal().iter().any(|(listed, _)| *listed == name)
    }

    /// Whether the names are known and give the instance no `__dict__`.
    fn is_closed(&self) -> bool {
        self.names.is_some() && !self.lists("__dict__")
    }
}

/// The string literals of a string, or of a list, tuple, set or dict display (its keys) that holds nothing else.
fn literal_names<'a>(context: &Context<'a>, value: Node) -> Option<Vec<(&'a str, Node)>> {
    let tree = context.tree;
    let value = tree.unparenthesized(value);
    let read = |node: Node| plain_string(tree, context.text, node).map(|text| (text, tree.unparenthesized(node)));
    match tree.kind(value) {
        Kind::String => Some(vec![read(value)?]),
        Kind::List | Kind::Tuple | Kind::Set | Kind::ExpressionList => tree.named_children(value).map(read).collect(),
        Kind::Dictionary => {
            let keys = tree.named_children(value).map(|pair| tree.child(pair, Field::Key).and_then(read));
            keys.collect()
        }
        _ => None,
    }
}

/// A plain base of this file that binds no `__slots__` brings a `__dict__`.
fn defeated_by_base(context: &Context<'_>, class: Node, report: Reporter<'_>) {
    for base in bases(context.tree, class) {
        let is_open = class_of_this_file(context, base)
            .is_some_and(|base| is_plain(context, base) && !binds(context, base, "__slots__"));
        if is_open {
            let at = context.tree.unparenthesized(base);
            report(Report { concept: "slots-defeated-by-base", at, roles: &[("base", at)] });
        }
    }
}

fn binds(context: &Context<'_>, class: Node, name: &str) -> bool {
    own_bindings(context, class, name).next().is_some()
}

fn own_bindings<'a>(context: &Context<'a>, class: Node, name: &str) -> impl Iterator<Item = &'a Binding> {
    let word = context.names.spelled(name);
    let scope = context.names.scope_opened_by(class);
    scope.zip(word).into_iter().flat_map(|(scope, word)| context.names.bindings_in(scope, word))
}

/// Without `__slots__` of its own, a subclass of a class with slots gives its instances a `__dict__` again.
fn lost_in_subclass(context: &Context<'_>, class: Node, name: Node, report: Reporter<'_>) {
    let tree = context.tree;
    let mut arguments = classes::arguments(tree, class);
    let (Some(argument), None) = (arguments.next(), arguments.next()) else {
        return;
    };
    let Some(base) = class_of_this_file(context, argument) else {
        return;
    };
    let is_closed = Slots::of(context, base).is_some_and(|slots| slots.is_closed() && !slots.literal().is_empty());
    if is_closed && is_plain(context, base) && !is_decorated(tree, class) && !binds(context, class, "__slots__") {
        report(Report {
            concept: "slots-lost-in-subclass",
            at: name,
            roles: &[("class", name), ("base", tree.unparenthesized(argument))],
        });
    }
}

/// A slot and a class-level value want the same place in the class's namespace.
fn variable_conflict(context: &Context<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    for (name, at) in slots.literal().iter().filter(|(name, _)| !is_dunder(name)) {
        if own_bindings(context, class, name).any(|binding| is_direct_value(context, class, binding)) {
            report(Report { concept: "slots-class-variable-conflict", at: *at, roles: &[] });
        }
    }
}

/// Whether a binding is an assignment with a value, `def` or `class` that stands directly in the class body.
fn is_direct_value(context: &Context<'_>, class: Node, binding: &Binding) -> bool {
    let tree = context.tree;
    let is_value = matches!(binding.kind, BindingKind::Assignment | BindingKind::Function | BindingKind::Class);
    let mut outwards = tree.ancestors(binding.node).filter(|ancestor| tree.kind(*ancestor) == Kind::Block);
    is_value && outwards.next().and_then(|block| tree.parent(block)).is_some_and(|owner| owner == class)
}

fn is_dunder(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

/// `__name`, which the compiler prefixes with the class's name.
fn is_mangled(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__")
}

/// Two bases that each lay out storage of their own can't be combined.
fn multiple_bases(context: &Context<'_>, class: Node, name: Node, report: Reporter<'_>) {
    let mut layouts: Vec<Node> = bases(context.tree, class)
        .filter_map(|base| class_of_this_file(context, base))
        .filter(|base| is_plain(context, *base))
        .filter(|base| {
            let slots = Slots::of(context, *base);
            slots.is_some_and(|slots| {
                slots.literal().iter().any(|(name, _)| !matches!(*name, "__dict__" | "__weakref__"))
            })
        })
        .collect();
    layouts.sort_unstable();
    layouts.dedup();
    if layouts.len() >= 2 {
        report(Report { concept: "slots-multiple-bases", at: name, roles: &[] });
    }
}

/// A name that a base of this file has as a slot already gets a second place. Private names are mangled apart.
fn redefined(context: &Context<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    let inherited: Vec<Slots<'_>> = bases(context.tree, class)
        .filter_map(|base| class_of_this_file(context, base))
        .filter_map(|base| Slots::of(context, base))
        .collect();
    for (name, at) in slots.literal() {
        let is_special = matches!(*name, "__dict__" | "__weakref__") || is_mangled(name);
        if !is_special && inherited.iter().any(|base| base.lists(name)) {
            report(Report { concept: "slots-redefined-in-subclass", at: *at, roles: &[] });
        }
    }
}

/// An attribute that is neither a slot nor anything of the class has no place in the instance.
fn undeclared_attributes(context: &Context<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    if !slots.is_closed() || !is_plain(context, class) || binds(context, class, "__setattr__") {
        return;
    }
    let tree = context.tree;
    for attribute in tree.subtree(class).filter(|node| tree.kind(*node) == Kind::Attribute) {
        let Some(name) = tree.child(attribute, Field::Attribute) else {
            continue;
        };
        let text = tree.span(name).of(context.text);
        if is_assigned(context, attribute)
            && !slots.lists(text)
            && !is_mangled(text)
            && text != "__class__"
            && !has_value(context, class, text)
            && classes::own_attribute(context, attribute)
                .is_some_and(|(method, owner)| owner == class && gets_an_instance(context, method))
        {
            report(Report { concept: "slots-undeclared-attribute", at: name, roles: &[] });
        }
    }
}

/// A bare annotation binds nothing at run time.
fn has_value(context: &Context<'_>, class: Node, name: &str) -> bool {
    own_bindings(context, class, name).any(|binding| binding.kind != BindingKind::Annotation)
}

/// Whether an attribute is the target, or one of the targets, of an assignment with a value.
fn is_assigned(context: &Context<'_>, attribute: Node) -> bool {
    let tree = context.tree;
    let statement = tree.ancestors(attribute).find(|node| {
        !matches!(tree.kind(*node), Kind::PatternList | Kind::TuplePattern | Kind::ListPattern | Kind::ListSplatPattern)
    });
    context.names.is_stored(attribute)
        && statement.is_some_and(|statement| match tree.kind(statement) {
            Kind::Assignment => tree.child(statement, Field::Right).is_some(),
            kind => kind == Kind::AugmentedAssignment,
        })
}

/// Whether a method's first parameter is an instance: no decorator says otherwise, nor does its name.
fn gets_an_instance(context: &Context<'_>, method: Node) -> bool {
    let name = context.tree.child(method, Field::Name).map_or("", |name| context.tree.span(name).of(context.text));
    !is_decorated(context.tree, method) && !matches!(name, "__new__" | "__init_subclass__" | "__class_getitem__")
}

/// `cached_property` keeps its value in the instance's `__dict__`.
fn cached_properties(context: &Context<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    if !slots.is_closed() || !is_plain(context, class) {
        return;
    }
    let tree = context.tree;
    let cached: [Box<str>; 1] = ["functools.cached_property".into()];
    for method in statements(tree, class).filter(|node| tree.kind(*node) == Kind::FunctionDefinition) {
        let Some(name) = tree.child(method, Field::Name) else {
            continue;
        };
        let mut roles = vec![("name", name)];
        roles.extend(positional_parameters(tree, method).first().map(|first| ("self", *first)));
        for decorator in decorators(tree, method) {
            let decorator = tree.unparenthesized(decorator);
            if context.names.resolves(context.text, tree, decorator, &cached) {
                let at = tree.child(decorator, Field::Attribute).unwrap_or(decorator);
                report(Report { concept: "slots-vs-cached-property", at, roles: &roles });
            }
        }
    }
}
