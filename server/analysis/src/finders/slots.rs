//! Day 17: what a class's `__slots__` mean beside its body, its bases and its subclasses.

use super::{Finder, Report, Reporter};
use crate::classes::{
    self, assignments, bases, class_of_this_file, decorators, is_decorated, is_plain, positional_parameters, statements,
};
use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::names::{Binding, BindingKind};
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

fn find(file: &File<'_>, report: Reporter<'_>) {
    if file.names.spelled("__slots__").is_none() {
        return;
    }
    let tree = file.tree;
    for class in tree.nodes().filter(|node| tree.kind(*node) == Kind::ClassDefinition) {
        let Some(name) = tree.child(class, Field::Name) else {
            continue;
        };
        match Slots::of(file, class) {
            Some(slots) => {
                defeated_by_base(file, class, report);
                variable_conflict(file, class, &slots, report);
                redefined(file, class, &slots, report);
                undeclared_attributes(file, class, &slots, report);
                cached_properties(file, class, &slots, report);
            }
            None => lost_in_subclass(file, class, name, report),
        }
        multiple_bases(file, class, name, report);
    }
}

/// The `__slots__` of a class.
struct Slots<'a> {
    /// The literal names, if the value is a string or a display of string literals and nothing else.
    names: Option<Vec<(&'a str, Node)>>,
}

impl<'a> Slots<'a> {
    /// From the assignment directly in the class body; `None` if there is none.
    fn of(file: &File<'a>, class: Node) -> Option<Self> {
        let tree = file.tree;
        let mut values = assignments(tree, class).filter_map(|assignment| {
            let target = tree.child(assignment, Field::Left)?;
            let value = tree.child(assignment, Field::Right)?;
            (tree.kind(target) == Kind::Identifier && tree.span(target).of(file.text) == "__slots__").then_some(value)
        });
        let value = values.next()?;
        // A second assignment makes it unknown which of them counts.
        let names = if values.next().is_some() { None } else { literal_names(file, value) };
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
fn literal_names<'a>(file: &File<'a>, value: Node) -> Option<Vec<(&'a str, Node)>> {
    let tree = file.tree;
    let value = tree.unparenthesized(value);
    let read = |node: Node| plain_string(tree, file.text, node).map(|text| (text, tree.unparenthesized(node)));
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
fn defeated_by_base(file: &File<'_>, class: Node, report: Reporter<'_>) {
    for base in bases(file.tree, class) {
        let is_open =
            class_of_this_file(file, base).is_some_and(|base| is_plain(file, base) && !binds(file, base, "__slots__"));
        if is_open {
            let at = file.tree.unparenthesized(base);
            report(Report { concept: "slots-defeated-by-base", at, roles: &[("base", at)] });
        }
    }
}

fn binds(file: &File<'_>, class: Node, name: &str) -> bool {
    own_bindings(file, class, name).next().is_some()
}

fn own_bindings<'a>(file: &File<'a>, class: Node, name: &str) -> impl Iterator<Item = &'a Binding> {
    let word = file.names.spelled(name);
    let scope = file.names.scope_opened_by(class);
    scope.zip(word).into_iter().flat_map(|(scope, word)| file.names.bindings_in(scope, word))
}

/// Without `__slots__` of its own, a subclass of a class with slots gives its instances a `__dict__` again.
fn lost_in_subclass(file: &File<'_>, class: Node, name: Node, report: Reporter<'_>) {
    let tree = file.tree;
    let mut arguments = classes::arguments(tree, class);
    let (Some(argument), None) = (arguments.next(), arguments.next()) else {
        return;
    };
    let Some(base) = class_of_this_file(file, argument) else {
        return;
    };
    let is_closed = Slots::of(file, base).is_some_and(|slots| slots.is_closed() && !slots.literal().is_empty());
    if is_closed && is_plain(file, base) && !is_decorated(tree, class) && !binds(file, class, "__slots__") {
        report(Report {
            concept: "slots-lost-in-subclass",
            at: name,
            roles: &[("class", name), ("base", tree.unparenthesized(argument))],
        });
    }
}

/// A slot and a class-level value want the same place in the class's namespace.
fn variable_conflict(file: &File<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    for (name, at) in slots.literal().iter().filter(|(name, _)| !is_dunder(name)) {
        if own_bindings(file, class, name).any(|binding| is_direct_value(file, class, binding)) {
            report(Report { concept: "slots-class-variable-conflict", at: *at, roles: &[] });
        }
    }
}

/// Whether a binding is an assignment with a value, `def` or `class` that stands directly in the class body.
fn is_direct_value(file: &File<'_>, class: Node, binding: &Binding) -> bool {
    let tree = file.tree;
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
fn multiple_bases(file: &File<'_>, class: Node, name: Node, report: Reporter<'_>) {
    let mut layouts: Vec<Node> = bases(file.tree, class)
        .filter_map(|base| class_of_this_file(file, base))
        .filter(|base| is_plain(file, *base))
        .filter(|base| {
            let slots = Slots::of(file, *base);
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
fn redefined(file: &File<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    let inherited: Vec<Slots<'_>> = bases(file.tree, class)
        .filter_map(|base| class_of_this_file(file, base))
        .filter_map(|base| Slots::of(file, base))
        .collect();
    for (name, at) in slots.literal() {
        let is_special = matches!(*name, "__dict__" | "__weakref__") || is_mangled(name);
        if !is_special && inherited.iter().any(|base| base.lists(name)) {
            report(Report { concept: "slots-redefined-in-subclass", at: *at, roles: &[] });
        }
    }
}

/// An attribute that is neither a slot nor anything of the class has no place in the instance.
fn undeclared_attributes(file: &File<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    if !slots.is_closed() || !is_plain(file, class) || binds(file, class, "__setattr__") {
        return;
    }
    let tree = file.tree;
    for attribute in tree.subtree(class).filter(|node| tree.kind(*node) == Kind::Attribute) {
        let Some(name) = tree.child(attribute, Field::Attribute) else {
            continue;
        };
        let text = tree.span(name).of(file.text);
        if is_assigned(file, attribute)
            && !slots.lists(text)
            && !is_mangled(text)
            && text != "__class__"
            && !has_value(file, class, text)
            && classes::own_attribute(file, attribute)
                .is_some_and(|(method, owner)| owner == class && gets_an_instance(file, method))
        {
            report(Report { concept: "slots-undeclared-attribute", at: name, roles: &[] });
        }
    }
}

/// A bare annotation binds nothing at run time.
fn has_value(file: &File<'_>, class: Node, name: &str) -> bool {
    own_bindings(file, class, name).any(|binding| binding.kind != BindingKind::Annotation)
}

/// Whether an attribute is the target, or one of the targets, of an assignment with a value.
fn is_assigned(file: &File<'_>, attribute: Node) -> bool {
    let tree = file.tree;
    let statement = tree.ancestors(attribute).find(|node| {
        !matches!(tree.kind(*node), Kind::PatternList | Kind::TuplePattern | Kind::ListPattern | Kind::ListSplatPattern)
    });
    file.names.is_stored(attribute)
        && statement.is_some_and(|statement| match tree.kind(statement) {
            Kind::Assignment => tree.child(statement, Field::Right).is_some(),
            kind => kind == Kind::AugmentedAssignment,
        })
}

/// Whether a method's first parameter is an instance: no decorator says otherwise, nor does its name.
fn gets_an_instance(file: &File<'_>, method: Node) -> bool {
    let name = file.tree.child(method, Field::Name).map_or("", |name| file.tree.span(name).of(file.text));
    !is_decorated(file.tree, method) && !matches!(name, "__new__" | "__init_subclass__" | "__class_getitem__")
}

/// `cached_property` keeps its value in the instance's `__dict__`.
fn cached_properties(file: &File<'_>, class: Node, slots: &Slots<'_>, report: Reporter<'_>) {
    if !slots.is_closed() || !is_plain(file, class) {
        return;
    }
    let tree = file.tree;
    for method in statements(tree, class).filter(|node| tree.kind(*node) == Kind::FunctionDefinition) {
        let Some(name) = tree.child(method, Field::Name) else {
            continue;
        };
        let mut roles = vec![("name", name)];
        roles.extend(positional_parameters(tree, method).first().map(|first| ("self", *first)));
        for decorator in decorators(tree, method) {
            let decorator = tree.unparenthesized(decorator);
            if file.names.resolves(file.text, tree, decorator, &["functools.cached_property"]) {
                let at = tree.child(decorator, Field::Attribute).unwrap_or(decorator);
                report(Report { concept: "slots-vs-cached-property", at, roles: &roles });
            }
        }
    }
}
