//! Day 12: what the fields, bases and methods of a class say once `dataclasses.dataclass` reads them.

use super::{Finder, Report, Reporter};
use crate::classes::{
    ancestors_of_this_file, assignments, bases, class_of_this_file, decorator_by, is_in_own_body,
    positional_parameters, statements,
};
use crate::file::File;
use crate::grammar::{Field, Kind};
use crate::names::Word;
use crate::tree::Node;
use crate::values::{Sort, arguments_of, has_double_splat, is_call_of, keyword_value, sort_of};

pub(super) const FINDER: Finder = Finder {
    concepts: &[
        ("dataclass-classvar", &[]),
        ("dataclass-field-order", &["name", "annotation", "value", "earlier", "type", "default"]),
        ("dataclass-inheritance", &[]),
        ("dataclass-mutable-default", &["name", "list", "dict", "set", "annotation", "value"]),
        ("frozen-setattr-bypass", &[]),
    ],
    find,
};

const DATACLASS: &[&str] = &["dataclasses.dataclass"];
const FIELD: &[&str] = &["dataclasses.field"];
const INIT_VAR: &[&str] = &["dataclasses.InitVar"];
const KW_ONLY: &[&str] = &["dataclasses.KW_ONLY"];
const CLASS_VAR: &[&str] = &["typing.ClassVar", "typing_extensions.ClassVar"];

fn find(file: &File<'_>, report: Reporter<'_>) {
    if file.names.spelled("dataclass").is_none() {
        return;
    }
    let tree = file.tree;
    for class in tree.nodes().filter(|node| tree.kind(*node) == Kind::ClassDefinition) {
        let Some(decorator) = decorator_by(file, class, DATACLASS) else {
            continue;
        };
        let entries: Vec<Entry> = entries(file, class).collect();
        inherits(file, class, report);
        class_variables(file, &entries, report);
        field_order(file, class, decorator, &entries, report);
        mutable_defaults(file, &entries, report);
        if is_literally(file, decorator, "frozen", Sort::True) {
            writes_around(file, class, report);
        }
    }
}

/// Whether a decorator is a call with this literal for a keyword.
fn is_literally(file: &File<'_>, decorator: Node, keyword: &str, literal: Sort) -> bool {
    let value = keyword_value(file, decorator, keyword);
    value.is_some_and(|value| sort_of(file.tree, file.text, value) == Some(literal))
}

/// `name: annotation` or `name: annotation = value`, directly in the class body.
struct Entry {
    name: Node,
    annotation: Node,
    value: Option<Node>,
    meaning: Meaning,
}

/// What a dataclass takes an annotated name for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Field,
    InitVar,
    ClassVar,
    KwOnly,
}

fn entries(file: &File<'_>, class: Node) -> impl Iterator<Item = Entry> {
    let tree = file.tree;
    assignments(tree, class).filter_map(|assignment| {
        let name = tree.child(assignment, Field::Left)?;
        let annotation = tree.child(assignment, Field::Type)?;
        let value = tree.child(assignment, Field::Right);
        let meaning = meaning(file, annotation);
        (tree.kind(name) == Kind::Identifier).then_some(Entry { name, annotation, value, meaning })
    })
}

/// By what the annotation mentions: as a reference, or as a word in a string.
fn meaning(file: &File<'_>, annotation: Node) -> Meaning {
    let text = file.tree.span(annotation).of(file.text);
    let mentions = |word: &str, names: &[&str]| {
        let is_letter = |letter: char| letter == '_' || letter.is_alphanumeric();
        text.split(|letter| !is_letter(letter)).any(|part| part == word)
            || references(file, annotation, names).next().is_some()
    };
    match () {
        () if mentions("ClassVar", CLASS_VAR) => Meaning::ClassVar,
        () if mentions("InitVar", INIT_VAR) => Meaning::InitVar,
        () if mentions("KW_ONLY", KW_ONLY) => Meaning::KwOnly,
        () => Meaning::Field,
    }
}

/// The references to one of the names below a node, by their last identifiers.
fn references(file: &File<'_>, node: Node, names: &[&str]) -> impl Iterator<Item = Node> {
    let tree = file.tree;
    let inside = tree.subtree(node).filter(|inside| matches!(tree.kind(*inside), Kind::Identifier | Kind::Attribute));
    inside
        .filter(move |inside| file.names.resolves(file.text, tree, *inside, names))
        .map(|inside| tree.child(inside, Field::Attribute).unwrap_or(inside))
}

/// A base that is a dataclass of this file, perhaps subscripted.
fn inherits(file: &File<'_>, class: Node, report: Reporter<'_>) {
    let tree = file.tree;
    for base in bases(tree, class) {
        let base = tree.unparenthesized(base);
        let is_subscript = tree.kind(base) == Kind::Subscript;
        let subscripted = if is_subscript { tree.child(base, Field::Value) } else { None };
        let at = tree.unparenthesized(subscripted.unwrap_or(base));
        let is_dataclass = class_of_this_file(file, at)
            .is_some_and(|base| base != class && decorator_by(file, base, DATACLASS).is_some());
        if is_dataclass {
            report(Report { concept: "dataclass-inheritance", at, roles: &[] });
        }
    }
}

fn class_variables(file: &File<'_>, entries: &[Entry], report: Reporter<'_>) {
    for entry in entries.iter().filter(|entry| entry.meaning == Meaning::ClassVar) {
        for at in references(file, entry.annotation, CLASS_VAR) {
            report(Report { concept: "dataclass-classvar", at, roles: &[] });
        }
    }
}

/// A parameter without default would follow one with a default in `__init__`.
fn field_order(file: &File<'_>, class: Node, decorator: Node, entries: &[Entry], report: Reporter<'_>) {
    let is_generated = !is_literally(file, decorator, "init", Sort::False);
    let is_keyword_only = keyword_value(file, decorator, "kw_only").is_some();
    if !is_generated || is_keyword_only || has_double_splat(file, decorator) {
        return;
    }
    let mut earlier: Option<&Entry> = None;
    for entry in entries.iter().take_while(|entry| entry.meaning != Meaning::KwOnly) {
        match default(file, entry) {
            Default::Given if earlier.is_none() => earlier = Some(entry),
            Default::Absent if has_own_place(file, class, entry.name) => {
                let Some(earlier) = earlier else {
                    continue;
                };
                let mut roles = vec![("name", entry.name), ("annotation", entry.annotation)];
                roles.extend(entry.value.map(|value| ("value", value)));
                roles.extend([("earlier", earlier.name), ("type", earlier.annotation)]);
                roles.extend(earlier.value.map(|value| ("default", value)));
                report(Report { concept: "dataclass-field-order", at: entry.name, roles: &roles });
            }
            _ => {}
        }
    }
}

/// Whether a positional parameter of `__init__` gets a default from an entry.
enum Default {
    Given,
    Absent,
    /// No such parameter, or it can't be seen.
    Unclear,
}

fn default(file: &File<'_>, entry: &Entry) -> Default {
    if entry.meaning == Meaning::ClassVar {
        return Default::Unclear;
    }
    let Some(value) = entry.value else {
        return Default::Absent;
    };
    if !is_call_of(file, value, FIELD) {
        return Default::Given;
    }
    let has = |keyword: &str| keyword_value(file, value, keyword).is_some();
    match () {
        () if has("init") || has("kw_only") || has_double_splat(file, value) => Default::Unclear,
        () if has("default") || has("default_factory") => Default::Given,
        () => Default::Absent,
    }
}

/// Whether a name is bound nowhere else in the class, which would be its default (a property, say), nor in a base of this
/// file, whose place in the order it would take.
fn has_own_place(file: &File<'_>, class: Node, name: Node) -> bool {
    let bindings = |class: Node, word: Word| {
        file.names.scope_opened_by(class).map_or(0, |scope| file.names.bindings_in(scope, word).len())
    };
    let word = file.names.word(name);
    bindings(class, word) == 1 && ancestors_of_this_file(file, class).into_iter().all(|base| bindings(base, word) == 0)
}

/// A default that each instance would share; `field(default=…)` is refused as well.
fn mutable_defaults(file: &File<'_>, entries: &[Entry], report: Reporter<'_>) {
    for entry in entries.iter().filter(|entry| entry.meaning == Meaning::Field) {
        let Some(value) = entry.value else {
            continue;
        };
        let is_field = is_call_of(file, value, FIELD);
        let default = if is_field { keyword_value(file, value, "default") } else { Some(value) };
        let Some(Mutable { at, value: default, empty }) = default.and_then(|value| mutable(file, value)) else {
            continue;
        };
        let annotation = (empty.unwrap_or("annotation"), entry.annotation);
        let roles = [("name", entry.name), annotation, ("value", default)];
        // Another option of `field` would be lost in the mend.
        let is_whole = !is_field || arguments_of(file.tree, value).count() == 1;
        let roles = if is_whole { &roles[..] } else { &[] };
        report(Report { concept: "dataclass-mutable-default", at, roles });
    }
}

struct Mutable {
    at: Node,
    value: Node,
    /// The type whose call makes the same empty object.
    empty: Option<&'static str>,
}

fn mutable(file: &File<'_>, value: Node) -> Option<Mutable> {
    let tree = file.tree;
    let value = tree.unparenthesized(value);
    if tree.kind(value) == Kind::Call {
        let made =
            ["list", "dict", "set"].into_iter().find(|name| is_call_of(file, value, &[format!("builtins.{name}")]))?;
        let at = tree.unparenthesized(tree.child(value, Field::Function)?);
        return Some(Mutable { at, value, empty: arguments_of(tree, value).next().is_none().then_some(made) });
    }
    let empty = match sort_of(tree, file.text, value)? {
        Sort::List => Some("list"),
        Sort::Dict => Some("dict"),
        Sort::Set | Sort::ListComprehension | Sort::SetComprehension | Sort::DictComprehension => None,
        _ => return None,
    };
    let empty = empty.filter(|_| tree.named_children(value).next().is_none());
    Some(Mutable { at: tree.first_child(value)?, value, empty })
}

/// `object.__setattr__(self, …)` in a method: the way past the `__setattr__` that `frozen` generates.
fn writes_around(file: &File<'_>, class: Node, report: Reporter<'_>) {
    let tree = file.tree;
    for method in statements(tree, class).filter(|node| tree.kind(*node) == Kind::FunctionDefinition) {
        let Some(own) = positional_parameters(tree, method).first().copied() else {
            continue;
        };
        for call in tree.subtree(method).filter(|node| tree.kind(*node) == Kind::Call) {
            let function = tree.child(call, Field::Function).map(|function| tree.unparenthesized(function));
            let Some(function) = function.filter(|function| tree.kind(*function) == Kind::Attribute) else {
                continue;
            };
            let parts = tree.child(function, Field::Object).zip(tree.child(function, Field::Attribute));
            let first = tree.child(call, Field::Arguments).and_then(|list| tree.named_children(list).next());
            let Some(((receiver, at), first)) = parts.zip(first.map(|first| tree.unparenthesized(first))) else {
                continue;
            };
            if tree.span(at).of(file.text) == "__setattr__"
                && file.names.resolves(file.text, tree, tree.unparenthesized(receiver), &["builtins.object"])
                && tree.kind(first) == Kind::Identifier
                && file.names.sole_binding(first).is_some_and(|binding| binding.node == own)
                && is_in_own_body(file, call, method)
            {
                report(Report { concept: "frozen-setattr-bypass", at, roles: &[] });
            }
        }
    }
}
