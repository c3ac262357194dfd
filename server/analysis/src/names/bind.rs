//! One walk over the tree that opens scopes and records bindings.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Binding, BindingKind, Names, Scope, ScopeId, ScopeKind, Word, is_pattern_kind};
use crate::grammar::{Field, Kind};
use crate::tree::{Node, Tree};

const UNSET: ScopeId = ScopeId(u32::MAX);

/// Scopes and bindings of a file.
pub(super) fn collect(text: &str, tree: &Tree) -> Names {
    let mut binder = Binder::new(text, tree);
    for node in tree.nodes() {
        binder.visit(node);
    }
    binder.finish()
}

struct Binder<'a> {
    text: &'a str,
    tree: &'a Tree,
    names: Names,
    nonlocals: FxHashSet<(ScopeId, Word)>,
}

impl<'a> Binder<'a> {
    fn new(text: &'a str, tree: &'a Tree) -> Self {
        let module = Scope { kind: ScopeKind::Module, node: Node(0), parent: ScopeId(0) };
        let names = Names {
            scopes: vec![module],
            scope_of: vec![UNSET; tree.len() as usize],
            words: vec![Word(u32::MAX); tree.len() as usize],
            spellings: FxHashMap::default(),
            bindings: Vec::new(),
            ranges: FxHashMap::default(),
            globals: FxHashSet::default(),
            stored: vec![false; tree.len() as usize],
            imported: FxHashSet::default(),
            modules: Vec::new(),
        };
        Self { text, tree, names, nonlocals: FxHashSet::default() }
    }

    /// Give the node its scope and do what its kind asks. Parents come first, so an inner scope is set on the children of
    /// the node that opens it before they are visited.
    fn visit(&mut self, node: Node) {
        let scope = match self.names.scope_of[node.0 as usize] {
            UNSET => self.tree.parent(node).map_or(ScopeId(0), |parent| self.names.scope_of(parent)),
            preset => preset,
        };
        self.names.scope_of[node.0 as usize] = scope;
        match self.tree.kind(node) {
            Kind::Identifier => {
                self.intern(node);
            }
            Kind::FunctionDefinition => self.function(node, scope),
            Kind::ClassDefinition => self.class(node, scope),
            Kind::Lambda => self.lambda(node, scope),
            Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => self.comprehension(node, scope),
            Kind::TypeAliasStatement => self.type_alias(node, scope),
            Kind::Assignment => self.assignment(node, scope),
            Kind::AugmentedAssignment => self.field_target(node, Field::Left, scope, &BindingKind::Augmented),
            Kind::ForStatement => self.field_target(node, Field::Left, scope, &BindingKind::For),
            Kind::ForInClause => self.for_in(node),
            Kind::NamedExpression => self.walrus(node, scope),
            Kind::AsPatternTarget => self.as_target(node, scope),
            Kind::DeleteStatement => self.delete(node, scope),
            Kind::DottedName => self.match_capture(node, scope),
            Kind::SplatPattern => self.match_splat(node, scope),
            Kind::GlobalStatement | Kind::NonlocalStatement => self.declaration(node, scope),
            Kind::ImportStatement => self.import(node, scope),
            Kind::ImportFromStatement | Kind::FutureImportStatement => self.import_from(node, scope),
            _ => {}
        }
    }

    fn text_of(&self, node: Node) -> &'a str {
        let span = self.tree.span(node);
        &self.text[span.start as usize..span.end as usize]
    }

    fn intern(&mut self, identifier: Node) -> Word {
        let known = self.names.words[identifier.0 as usize];
        if known.0 != u32::MAX {
            return known;
        }
        let text = self.text_of(identifier);
        let next = Word(self.names.spellings.len() as u32);
        let word = self.names.spellings.get(text).copied().unwrap_or(next);
        if word == next {
            self.names.spellings.insert(text.into(), word);
        }
        self.names.words[identifier.0 as usize] = word;
        word
    }

    fn open(&mut self, kind: ScopeKind, node: Node, parent: ScopeId) -> ScopeId {
        self.names.scopes.push(Scope { kind, node, parent });
        ScopeId(self.names.scopes.len() as u32 - 1)
    }

    fn preset(&mut self, node: Option<Node>, scope: ScopeId) {
        if let Some(node) = node {
            self.names.scope_of[node.0 as usize] = scope;
        }
    }

    fn bind(&mut self, identifier: Node, by: Node, scope: ScopeId, kind: BindingKind) {
        let word = self.intern(identifier);
        self.store(identifier);
        if matches!(kind, BindingKind::Import(_)) {
            self.names.imported.insert(word);
        }
        self.names.bindings.push(Binding { scope, word, kind, node: identifier, by });
    }

    fn store(&mut self, node: Node) {
        self.names.stored[node.0 as usize] = true;
    }

    /// Bind every name of a target; attributes and subscripts in it bind nothing, but are no reads either.
    fn target(&mut self, target: Node, by: Node, scope: ScopeId, kind: &BindingKind) {
        let mut pending = vec![target];
        while let Some(node) = pending.pop() {
            match self.tree.kind(node) {
                Kind::Identifier => self.bind(node, by, scope, kind.clone()),
                Kind::Attribute | Kind::Subscript => self.store(node),
                Kind::PatternList
                | Kind::TuplePattern
                | Kind::ListPattern
                | Kind::ListSplatPattern
                | Kind::Tuple
                | Kind::List
                | Kind::ListSplat
                | Kind::ExpressionList
                | Kind::AsPatternTarget
                | Kind::ParenthesizedExpression => pending.extend(self.tree.named_children(node)),
                _ => {}
            }
        }
    }

    fn field_target(&mut self, node: Node, field: Field, scope: ScopeId, kind: &BindingKind) {
        if let Some(target) = self.tree.child(node, field) {
            self.target(target, node, scope, kind);
        }
    }

    fn function(&mut self, node: Node, scope: ScopeId) {
        let around = self.definition(node, scope, &BindingKind::Function);
        let is_async = self.tree.first_child(node).is_some_and(|first| self.text_of(first) == "async");
        let kind = if is_async { ScopeKind::AsyncFunction } else { ScopeKind::Function };
        let inner = self.open(kind, node, around);
        self.preset(self.tree.child(node, Field::ReturnType), around);
        self.preset(self.tree.child(node, Field::Body), inner);
        if let Some(parameters) = self.tree.child(node, Field::Parameters) {
            self.parameters(parameters, scope, around, inner);
        }
    }

    fn class(&mut self, node: Node, scope: ScopeId) {
        let around = self.definition(node, scope, &BindingKind::Class);
        let inner = self.open(ScopeKind::Class, node, around);
        self.preset(self.tree.child(node, Field::Superclasses), around);
        self.preset(self.tree.child(node, Field::Body), inner);
    }

    /// Bind a definition's name; return the scope around it: its type parameters' one, if it has any.
    fn definition(&mut self, node: Node, scope: ScopeId, kind: &BindingKind) -> ScopeId {
        self.field_target(node, Field::Name, scope, kind);
        let Some(parameters) = self.tree.child(node, Field::TypeParameters) else {
            return scope;
        };
        self.type_parameters(parameters, node, scope)
    }

    fn type_parameters(&mut self, parameters: Node, by: Node, scope: ScopeId) -> ScopeId {
        let inner = self.open(ScopeKind::TypeParameters, by, scope);
        self.preset(Some(parameters), inner);
        let tree = self.tree;
        for parameter in tree.named_children(parameters) {
            let declared = if tree.kind(parameter) == Kind::Type { tree.first_child(parameter) } else { None };
            // `T`, `T: bound`, `*Ts` and `**P`; an error node is the grammar's gap for `T = default` (PEP 696).
            let name = tree.subtree(declared.unwrap_or(parameter)).find(|node| tree.kind(*node) == Kind::Identifier);
            if let Some(name) = name {
                self.bind(name, by, inner, BindingKind::Type);
            }
        }
        inner
    }

    fn parameters(&mut self, parameters: Node, defaults: ScopeId, annotations: ScopeId, inner: ScopeId) {
        self.preset(Some(parameters), inner);
        let tree = self.tree;
        for parameter in tree.named_children(parameters) {
            self.preset(tree.child(parameter, Field::Value), defaults);
            self.preset(tree.child(parameter, Field::Type), annotations);
            let mut name = tree.child(parameter, Field::Name).unwrap_or(parameter);
            while matches!(
                tree.kind(name),
                Kind::TypedParameter | Kind::ListSplatPattern | Kind::DictionarySplatPattern
            ) {
                let Some(inside) = tree.named_children(name).next() else {
                    break;
                };
                name = inside;
            }
            // Python 2 unpacks tuples here; their names are bound all the same.
            self.target(name, parameter, inner, &BindingKind::Parameter);
        }
    }

    fn lambda(&mut self, node: Node, scope: ScopeId) {
        let inner = self.open(ScopeKind::Lambda, node, scope);
        self.preset(self.tree.child(node, Field::Body), inner);
        if let Some(parameters) = self.tree.child(node, Field::Parameters) {
            self.parameters(parameters, scope, scope, inner);
        }
    }

    fn comprehension(&mut self, node: Node, scope: ScopeId) {
        let inner = self.open(ScopeKind::Comprehension, node, scope);
        let tree = self.tree;
        for child in tree.children(node) {
            self.preset(Some(child), inner);
        }
        if let Some(first) = tree.children(node).find(|child| tree.kind(*child) == Kind::ForInClause) {
            self.preset(tree.child(first, Field::Right), scope);
        }
    }

    fn for_in(&mut self, node: Node) {
        self.field_target(node, Field::Left, self.names.scope_of(node), &BindingKind::Comprehension);
    }

    fn walrus(&mut self, node: Node, scope: ScopeId) {
        // The grammar takes the format in `f"{n:=4}"` for a walrus, which would need parentheses there.
        let is_format = self.tree.parent(node).is_some_and(|parent| self.tree.kind(parent) == Kind::Interpolation);
        if is_format {
            return;
        }
        self.field_target(node, Field::Name, self.outside_comprehensions(scope), &BindingKind::Walrus);
    }

    fn outside_comprehensions(&self, mut scope: ScopeId) -> ScopeId {
        while self.names.scope(scope).kind == ScopeKind::Comprehension {
            scope = self.names.scope(scope).parent;
        }
        scope
    }

    fn assignment(&mut self, node: Node, scope: ScopeId) {
        let has_value = self.tree.child(node, Field::Right).is_some();
        let kind = if has_value { BindingKind::Assignment } else { BindingKind::Annotation };
        self.field_target(node, Field::Left, scope, &kind);
    }

    fn type_alias(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        let Some(left) = tree.child(node, Field::Left) else {
            return;
        };
        let Some(name) = tree.subtree(left).find(|inside| tree.kind(*inside) == Kind::Identifier) else {
            return;
        };
        self.bind(name, node, scope, BindingKind::Type);
        if let Some(parameters) = tree.subtree(left).find(|inside| tree.kind(*inside) == Kind::TypeParameter) {
            let inner = self.type_parameters(parameters, node, scope);
            self.preset(tree.child(node, Field::Right), inner);
        }
    }

    fn as_target(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        let clause = tree.ancestors(node).find_map(|ancestor| match tree.kind(ancestor) {
            Kind::WithItem => Some((ancestor, BindingKind::With)),
            Kind::ExceptClause => Some((ancestor, BindingKind::Except)),
            Kind::CasePattern | Kind::CaseClause => Some((ancestor, BindingKind::Match)),
            _ => None,
        });
        if let Some((by, kind)) = clause {
            self.target(node, by, scope, &kind);
        }
    }

    fn delete(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        for target in tree.named_children(node) {
            self.target(target, node, scope, &BindingKind::Del);
        }
    }

    /// A single name in a pattern captures; a dotted one, or a class's, is read.
    fn match_capture(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        let parent = tree.parent(node).map_or(Kind::Other, |parent| tree.kind(parent));
        if !is_pattern_kind(parent) || parent == Kind::ClassPattern {
            return;
        }
        let mut parts = tree.named_children(node);
        if let (Some(name), None) = (parts.next(), parts.next())
            && self.text_of(name) != "_"
        {
            self.store(node);
            self.bind(name, node, scope, BindingKind::Match);
        }
    }

    fn match_splat(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        let name = tree.named_children(node).find(|child| tree.kind(*child) == Kind::Identifier);
        if let Some(name) = name
            && self.text_of(name) != "_"
        {
            self.bind(name, node, scope, BindingKind::Match);
        }
    }

    fn declaration(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        for name in tree.named_children(node).filter(|child| tree.kind(*child) == Kind::Identifier) {
            let word = self.intern(name);
            self.store(name);
            if tree.kind(node) == Kind::NonlocalStatement {
                self.nonlocals.insert((scope, word));
            } else if scope != ScopeId(0) {
                self.names.globals.insert((scope, word));
            }
        }
    }

    fn import(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        for item in tree.children(node).filter(|child| tree.field(*child) == Field::Name) {
            let (path, alias) = self.import_item(item);
            self.names.modules.push(path.clone());
            let first = tree.named_children(item).next();
            let (bound, stands_for) = match alias {
                Some(alias) => (Some(alias), path),
                None => (first, path.split('.').next().unwrap_or_default().to_owned()),
            };
            if let Some(name) = bound {
                self.bind(name, node, scope, BindingKind::Import(stands_for));
            }
        }
    }

    fn import_from(&mut self, node: Node, scope: ScopeId) {
        let tree = self.tree;
        let module = match tree.child(node, Field::ModuleName) {
            Some(module) => self.dotted(module),
            None => "__future__".to_owned(),
        };
        self.names.modules.push(module.clone());
        let separator = if module.ends_with('.') { "" } else { "." };
        for item in tree.children(node).filter(|child| tree.field(*child) == Field::Name) {
            let (path, alias) = self.import_item(item);
            let name = alias.or_else(|| tree.named_children(item).next());
            if let Some(name) = name {
                self.bind(name, node, scope, BindingKind::Import(format!("{module}{separator}{path}")));
            }
        }
    }

    /// The dotted path of an imported item, and its alias.
    fn import_item(&self, item: Node) -> (String, Option<Node>) {
        match self.tree.kind(item) {
            Kind::AliasedImport => {
                let path = self.tree.child(item, Field::Name).map(|name| self.dotted(name));
                (path.unwrap_or_default(), self.tree.child(item, Field::Alias))
            }
            _ => (self.dotted(item), None),
        }
    }

    /// A dotted name without the blanks and comments that may stand in it.
    fn dotted(&self, node: Node) -> String {
        self.text_of(node).chars().filter(|c| !c.is_whitespace() && *c != '\\').collect()
    }

    fn finish(mut self) -> Names {
        self.move_declared();
        let bindings = &mut self.names.bindings;
        bindings.sort_by_key(|binding| (binding.scope, binding.word, binding.node));
        let mut start = 0;
        for group in bindings.chunk_by(|a, b| (a.scope, a.word) == (b.scope, b.word)) {
            let end = start + group.len() as u32;
            self.names.ranges.insert((group[0].scope, group[0].word), (start, end));
            start = end;
        }
        self.names
    }

    /// Bindings of a name that its scope declares `global` or `nonlocal` belong to another scope.
    fn move_declared(&mut self) {
        let owned: FxHashSet<(ScopeId, Word)> = self
            .names
            .bindings
            .iter()
            .map(|binding| (binding.scope, binding.word))
            .filter(|key| !self.nonlocals.contains(key))
            .collect();
        for index in 0..self.names.bindings.len() {
            let Binding { scope, word, .. } = self.names.bindings[index];
            if self.names.globals.contains(&(scope, word)) {
                self.names.bindings[index].scope = ScopeId(0);
            } else if self.nonlocals.contains(&(scope, word)) {
                self.names.bindings[index].scope = self.nonlocal_owner(scope, word, &owned);
            }
        }
    }

    fn nonlocal_owner(&self, scope: ScopeId, word: Word, owned: &FxHashSet<(ScopeId, Word)>) -> ScopeId {
        let parents =
            std::iter::successors(Some(scope), |scope| (*scope != ScopeId(0)).then(|| self.names.scope(*scope).parent));
        parents
            .skip(1)
            .filter(|parent| !matches!(self.names.scope(*parent).kind, ScopeKind::Class | ScopeKind::Module))
            .find(|parent| owned.contains(&(*parent, word)))
            .unwrap_or(scope)
    }
}
