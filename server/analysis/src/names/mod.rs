//! What does this name mean here?
//!
//! Flow-insensitive and one file at a time, as Python's own scoping is. [`bind`] walks the tree once and collects scopes
//! and bindings; this module answers questions about them; [`resolve`] follows imports to qualified names.
//!
//! Invariants: every node has a scope, the one that it is evaluated in (decorators, defaults, annotations, bases and a
//! comprehension's first iterable belong to the enclosing one); bindings of one name in one scope are in source order;
//! `global` and `nonlocal` have been applied. Star imports bind nothing.

mod bind;
mod resolve;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::grammar::{Field, Kind};
use crate::tree::{Node, Tree};

/// An identifier's spelling, numbered within the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(u32);

impl Word {
    /// The words of a file are numbered from 0 on.
    pub(crate) fn number(self) -> usize {
        self.0 as usize
    }
}

/// A scope's number within the file; the module's is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ScopeId(u32);

/// What opens a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// The file.
    Module,
    /// A class body.
    Class,
    /// A `def`.
    Function,
    /// An `async def`.
    AsyncFunction,
    /// A `lambda`.
    Lambda,
    /// A comprehension or generator expression.
    Comprehension,
    /// The scope around a definition with type parameters (PEP 695).
    TypeParameters,
}

/// A scope of the file.
#[derive(Debug)]
pub(crate) struct Scope {
    /// What opens it.
    pub(crate) kind: ScopeKind,
    /// The node that opens it: the module, definition, lambda or comprehension.
    pub(crate) node: Node,
    /// The scope around it; the module's own for the module.
    parent: ScopeId,
}

/// How a name comes to be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BindingKind {
    /// `import` in any form, with the qualified name that it stands for.
    Import(String),
    /// `x = …`, alone or in an unpacking.
    Assignment,
    /// `x += …`
    Augmented,
    /// `x: T` without a value.
    Annotation,
    /// `x := …`
    Walrus,
    /// `def x` or `async def x`
    Function,
    /// `class x`
    Class,
    /// A parameter of a function or lambda.
    Parameter,
    /// `for x in …` as a statement.
    For,
    /// The target of a comprehension.
    Comprehension,
    /// `with … as x`
    With,
    /// `except … as x`
    Except,
    /// A capture in a `case`.
    Match,
    /// `del x`
    Del,
    /// `type x = …` or a type parameter.
    Type,
}

/// One binding of a name.
#[derive(Debug)]
pub(crate) struct Binding {
    scope: ScopeId,
    word: Word,
    /// How.
    pub(crate) kind: BindingKind,
    /// The identifier that is bound.
    pub(crate) node: Node,
    /// The statement, definition, parameter or clause that binds it.
    pub(crate) by: Node,
}

/// Scopes and bindings of a file.
#[derive(Debug)]
pub(crate) struct Names {
    scopes: Vec<Scope>,
    /// By node.
    scope_of: Vec<ScopeId>,
    /// By node; meaningless for what is no identifier.
    words: Vec<Word>,
    /// Spelling to number.
    spellings: FxHashMap<Box<str>, Word>,
    /// Sorted by scope, word and position.
    bindings: Vec<Binding>,
    /// Where the bindings of a name in a scope lie.
    ranges: FxHashMap<(ScopeId, Word), (u32, u32)>,
    /// Names that a scope declares `global`.
    globals: FxHashSet<(ScopeId, Word)>,
    /// By node: whether it is an identifier, attribute or pattern that is assigned, deleted or declared here rather than read.
    stored: Vec<bool>,
    /// Words that some import of the file binds.
    imported: FxHashSet<Word>,
    /// The modules that the file imports, as written; relative ones begin with a dot.
    modules: Vec<String>,
}

impl Names {
    /// Collect scopes and bindings in one walk.
    pub(crate) fn new(text: &str, tree: &Tree) -> Self {
        bind::collect(text, tree)
    }

    /// The scope that a node is evaluated in.
    pub(crate) fn scope_of(&self, node: Node) -> ScopeId {
        self.scope_of[node.0 as usize]
    }

    /// A scope's description.
    pub(crate) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    /// The scope that a definition, lambda or comprehension opens.
    pub(crate) fn scope_opened_by(&self, node: Node) -> Option<ScopeId> {
        let found = self.scopes.partition_point(|scope| scope.node < node);
        let at_node = |index: &usize| self.scopes[*index].node == node;
        // A definition with type parameters opens two scopes; the second is its body's.
        (found..self.scopes.len()).take_while(at_node).last().map(|index| ScopeId(index as u32))
    }

    /// The word of an identifier.
    pub(crate) fn word(&self, identifier: Node) -> Word {
        self.words[identifier.0 as usize]
    }

    /// The word of a spelling, if the file has it.
    pub(crate) fn spelled(&self, text: &str) -> Option<Word> {
        self.spellings.get(text).copied()
    }

    /// All spellings of the file, each with its word, in no order.
    pub(crate) fn spellings(&self) -> impl ExactSizeIterator<Item = (&str, Word)> {
        self.spellings.iter().map(|(spelling, word)| (&**spelling, *word))
    }

    /// The bindings of a name in exactly one scope, in source order.
    pub(crate) fn bindings_in(&self, scope: ScopeId, word: Word) -> &[Binding] {
        self.ranges.get(&(scope, word)).map_or(&[], |(start, end)| &self.bindings[*start as usize..*end as usize])
    }

    /// The bindings that a name refers to: those of the innermost visible scope that has any. Empty for a builtin or an
    /// unknown name.
    pub(crate) fn bindings_of(&self, identifier: Node) -> &[Binding] {
        self.look_up(self.word(identifier), self.scope_of(identifier))
    }

    fn look_up(&self, word: Word, from: ScopeId) -> &[Binding] {
        let mut scope = from;
        let mut classes_visible = true;
        loop {
            let kind = self.scope(scope).kind;
            if self.globals.contains(&(scope, word)) {
                return self.bindings_in(ScopeId(0), word);
            }
            if kind != ScopeKind::Class || classes_visible {
                let found = self.bindings_in(scope, word);
                if !found.is_empty() || scope == ScopeId(0) {
                    return found;
                }
            }
            // A type-parameter scope sees the class that it stands in; any other inner scope doesn't.
            classes_visible = classes_visible && kind == ScopeKind::TypeParameters;
            scope = self.scope(scope).parent;
        }
    }

    /// The only binding of the name that an identifier refers to; `None` if there are several or none.
    pub(crate) fn sole_binding(&self, identifier: Node) -> Option<&Binding> {
        match self.bindings_of(identifier) {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether the scope that an identifier is evaluated in is the one that binds it.
    pub(crate) fn is_local(&self, identifier: Node) -> bool {
        self.bindings_of(identifier).first().is_some_and(|binding| binding.scope == self.scope_of(identifier))
    }

    /// How an identifier is bound at this very place; `None` where it is read.
    pub(crate) fn binding_at(&self, identifier: Node) -> Option<&Binding> {
        self.is_stored(identifier).then(|| self.bindings_of(identifier))?.iter().find(|b| b.node == identifier)
    }

    /// Whether an identifier, attribute or dotted name is read here.
    pub(crate) fn is_load(&self, tree: &Tree, node: Node) -> bool {
        if self.is_stored(node) {
            return false;
        }
        let Some(parent) = tree.parent(node) else {
            return false;
        };
        match (tree.kind(node), tree.kind(parent)) {
            (Kind::Identifier, Kind::Attribute) => tree.field(node) != Field::Attribute,
            (Kind::Identifier, Kind::KeywordArgument) => tree.field(node) != Field::Name,
            (Kind::Identifier, Kind::KeywordPattern) => tree.first_child(parent) != Some(node),
            (Kind::Identifier, Kind::DottedName) => false,
            (Kind::DottedName, parent) => is_pattern_kind(parent),
            _ => true,
        }
    }

    /// Whether a name, attribute or subscript is assigned, deleted or declared here.
    pub(crate) fn is_stored(&self, node: Node) -> bool {
        self.stored[node.0 as usize]
    }

    /// The modules that the file imports from, or imports.
    pub(crate) fn modules(&self) -> &[String] {
        &self.modules
    }
}

/// Kinds under which a dotted name is part of a `case` pattern.
fn is_pattern_kind(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::CasePattern
            | Kind::ClassPattern
            | Kind::DictPattern
            | Kind::KeywordPattern
            | Kind::ListPattern
            | Kind::SplatPattern
            | Kind::TuplePattern
            | Kind::UnionPattern
    )
}
