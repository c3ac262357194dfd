//! From a name or dotted name to the qualified names that this file's imports give it.

use std::fmt;

use super::{Binding, BindingKind, Names};
use crate::grammar::{Field, Kind};
use crate::tree::{Node, Tree};

/// A reference never has more parts than this; longer chains are calls of calls in generated code.
const MOST_PARTS: usize = 8;

/// What a reference stands for: the name that an import binds, and the attributes behind it as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QualifiedName<'a> {
    /// `functools` in `functools.partial`, or `builtins` for a builtin.
    base: &'a str,
    /// `partial` in `functools.partial`.
    rest: [&'a str; MOST_PARTS],
    length: usize,
}

impl QualifiedName<'_> {
    /// Whether this is the name; a name that ends in `.*` stands for everything below it.
    pub(crate) fn is(&self, name: &str) -> bool {
        if let Some(prefix) = name.strip_suffix(".*") {
            return self.to_string().strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
        }
        let Some(mut left) = name.strip_prefix(self.base) else {
            return false;
        };
        for part in &self.rest[..self.length] {
            let Some(behind) = left.strip_prefix('.').and_then(|left| left.strip_prefix(part)) else {
                return false;
            };
            left = behind;
        }
        left.is_empty()
    }
}

impl fmt::Display for QualifiedName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base)?;
        self.rest[..self.length].iter().try_for_each(|part| write!(f, ".{part}"))
    }
}

impl Names {
    /// Whether a reference in load position stands for one of the names.
    pub(crate) fn resolves(&self, text: &str, tree: &Tree, reference: Node, names: &[impl AsRef<str>]) -> bool {
        let meanings = self.meanings(text, tree, reference);
        meanings.iter().any(|meaning| names.iter().any(|name| meaning.is(name.as_ref())))
    }

    /// What a reference in load position may stand for: one name, several if several imports bind it, none if it is bound
    /// in another way or read nowhere.
    pub(crate) fn meanings<'a>(&'a self, text: &'a str, tree: &Tree, reference: Node) -> Vec<QualifiedName<'a>> {
        if !self.is_load(tree, reference) {
            return Vec::new();
        }
        let Some((base, rest, length)) = dotted_parts(text, tree, reference) else {
            return Vec::new();
        };
        // What no import binds has no parts that are known, and is a builtin or nothing.
        if length > 0 && !self.may_be_imported(base) {
            return Vec::new();
        }
        let bindings = self.bindings_of(base);
        if bindings.is_empty() {
            let span = tree.span(base);
            let builtin = &text[span.start as usize..span.end as usize];
            return if length == 0 { vec![builtin_name(builtin)] } else { Vec::new() };
        }
        self.imports_among(tree, bindings).map(|base| QualifiedName { base, rest, length }).collect()
    }

    /// Whether an import binds the spelling anywhere in the file: a quick no for most names.
    pub(crate) fn may_be_imported(&self, identifier: Node) -> bool {
        self.imported.contains(&self.word(identifier))
    }

    /// The imports among bindings of one name, provided that every other binding is an excused alternative to them.
    fn imports_among<'a>(&'a self, tree: &Tree, bindings: &'a [Binding]) -> impl Iterator<Item = &'a str> {
        let is_import = |binding: &&Binding| matches!(binding.kind, BindingKind::Import(_));
        let excused = bindings.iter().filter(|binding| !is_import(binding)).all(|other| {
            self.is_in_handler(tree, other)
                || bindings.iter().filter(is_import).any(|import| in_other_arm(tree, import.node, other.node))
        });
        bindings.iter().filter(move |_| excused).filter_map(|binding| match &binding.kind {
            BindingKind::Import(path) => Some(path.as_str()),
            _ => None,
        })
    }
}

impl Names {
    /// Whether an `except` clause of the binding's own scope holds it.
    fn is_in_handler(&self, tree: &Tree, binding: &Binding) -> bool {
        let scope = self.scope(binding.scope).node;
        tree.ancestors(binding.node)
            .take_while(|ancestor| *ancestor != scope)
            .any(|ancestor| tree.kind(ancestor) == Kind::ExceptClause)
    }
}

fn builtin_name(name: &str) -> QualifiedName<'_> {
    let mut rest = [""; MOST_PARTS];
    rest[0] = name;
    QualifiedName { base: "builtins", rest, length: 1 }
}

/// The leftmost identifier of a name or dotted name, and the identifiers behind it.
fn dotted_parts<'a>(text: &'a str, tree: &Tree, reference: Node) -> Option<(Node, [&'a str; MOST_PARTS], usize)> {
    let slice = |node: Node| &text[tree.span(node).start as usize..tree.span(node).end as usize];
    let mut parts = [""; MOST_PARTS];
    let mut length = 0;
    let mut node = reference;
    if tree.kind(node) == Kind::DottedName {
        let mut names = tree.named_children(node);
        let base = names.next()?;
        for name in names {
            *parts.get_mut(length)? = slice(name);
            length += 1;
        }
        return Some((base, parts, length));
    }
    while tree.kind(node) == Kind::Attribute {
        *parts.get_mut(length)? = slice(tree.child(node, Field::Attribute)?);
        length += 1;
        node = tree.unparenthesized(tree.child(node, Field::Object)?);
    }
    parts[..length].reverse();
    (tree.kind(node) == Kind::Identifier).then_some((node, parts, length))
}

/// Whether two nodes stand in different arms of one `if` statement: `if`, `elif` and `else`.
fn in_other_arm(tree: &Tree, a: Node, b: Node) -> bool {
    tree.ancestors(a).filter(|ancestor| tree.kind(*ancestor) == Kind::IfStatement).any(|statement| {
        let arm = |node: Node| tree.children(statement).find(|child| tree.is_within(node, *child));
        match (arm(a), arm(b)) {
            (Some(arm_of_a), Some(arm_of_b)) => arm_of_a != arm_of_b,
            _ => false,
        }
    })
}
