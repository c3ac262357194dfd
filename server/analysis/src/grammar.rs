//! The grammar's kinds and fields as enums, so that code can `match` on them.
//!
//! tree-sitter numbers the node kinds of a grammar when the grammar is generated. The numbers are read from the
//! grammar at start and mapped here once; a spelling that the grammar doesn't know is caught by a test.

use std::sync::LazyLock;

use tree_sitter::Language;

/// A number that the grammar gives to a node kind. Several numbers may carry one name.
pub(crate) type Symbol = u16;

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| tree_sitter_python::LANGUAGE.into());

/// The Python grammar.
pub(crate) fn language() -> &'static Language {
    &LANGUAGE
}

macro_rules! kinds {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// The named node kinds that the analysis tells apart.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Kind {
            /// Any other kind, and every anonymous one.
            Other,
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        const KIND_NAMES: &[(Kind, &str)] = &[$((Kind::$variant, $name)),*];
    };
}

kinds! {
    AliasedImport = "aliased_import",
    ArgumentList = "argument_list",
    AsPattern = "as_pattern",
    AsPatternTarget = "as_pattern_target",
    AssertStatement = "assert_statement",
    Assignment = "assignment",
    Attribute = "attribute",
    AugmentedAssignment = "augmented_assignment",
    Await = "await",
    BinaryOperator = "binary_operator",
    Block = "block",
    BooleanOperator = "boolean_operator",
    Call = "call",
    CaseClause = "case_clause",
    CasePattern = "case_pattern",
    ClassDefinition = "class_definition",
    ClassPattern = "class_pattern",
    Comment = "comment",
    ComparisonOperator = "comparison_operator",
    ConcatenatedString = "concatenated_string",
    ConditionalExpression = "conditional_expression",
    ConstrainedType = "constrained_type",
    DecoratedDefinition = "decorated_definition",
    Decorator = "decorator",
    DefaultParameter = "default_parameter",
    DeleteStatement = "delete_statement",
    Dictionary = "dictionary",
    DictionaryComprehension = "dictionary_comprehension",
    DictionarySplat = "dictionary_splat",
    DictionarySplatPattern = "dictionary_splat_pattern",
    DictPattern = "dict_pattern",
    DottedName = "dotted_name",
    Ellipsis = "ellipsis",
    ElifClause = "elif_clause",
    ElseClause = "else_clause",
    ExceptClause = "except_clause",
    ExpressionList = "expression_list",
    ExpressionStatement = "expression_statement",
    False = "false",
    Float = "float",
    ForInClause = "for_in_clause",
    ForStatement = "for_statement",
    FunctionDefinition = "function_definition",
    FutureImportStatement = "future_import_statement",
    GeneratorExpression = "generator_expression",
    GenericType = "generic_type",
    GlobalStatement = "global_statement",
    Identifier = "identifier",
    IfClause = "if_clause",
    IfStatement = "if_statement",
    ImportFromStatement = "import_from_statement",
    ImportStatement = "import_statement",
    Integer = "integer",
    Interpolation = "interpolation",
    KeywordArgument = "keyword_argument",
    KeywordPattern = "keyword_pattern",
    Lambda = "lambda",
    LambdaParameters = "lambda_parameters",
    List = "list",
    ListComprehension = "list_comprehension",
    ListPattern = "list_pattern",
    ListSplat = "list_splat",
    ListSplatPattern = "list_splat_pattern",
    MatchStatement = "match_statement",
    Module = "module",
    NamedExpression = "named_expression",
    None = "none",
    NonlocalStatement = "nonlocal_statement",
    NotOperator = "not_operator",
    Pair = "pair",
    Parameters = "parameters",
    ParenthesizedExpression = "parenthesized_expression",
    PatternList = "pattern_list",
    RelativeImport = "relative_import",
    ReturnStatement = "return_statement",
    Set = "set",
    SetComprehension = "set_comprehension",
    SplatPattern = "splat_pattern",
    SplatType = "splat_type",
    String = "string",
    StringContent = "string_content",
    StringStart = "string_start",
    Subscript = "subscript",
    True = "true",
    TryStatement = "try_statement",
    Tuple = "tuple",
    TuplePattern = "tuple_pattern",
    Type = "type",
    TypeAliasStatement = "type_alias_statement",
    TypedDefaultParameter = "typed_default_parameter",
    TypedParameter = "typed_parameter",
    TypeParameter = "type_parameter",
    UnaryOperator = "unary_operator",
    UnionPattern = "union_pattern",
    WhileStatement = "while_statement",
    WithItem = "with_item",
    WithStatement = "with_statement",
    Yield = "yield",
}

macro_rules! fields {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// The role of a node under its parent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Field {
            /// No field.
            None,
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        const FIELD_NAMES: &[(Field, &str)] = &[$((Field::$variant, $name)),*];
    };
}

fields! {
    Alias = "alias",
    Alternative = "alternative",
    Argument = "argument",
    Arguments = "arguments",
    Attribute = "attribute",
    Body = "body",
    Cause = "cause",
    Code = "code",
    Condition = "condition",
    Consequence = "consequence",
    Definition = "definition",
    Expression = "expression",
    FormatSpecifier = "format_specifier",
    Function = "function",
    Guard = "guard",
    Key = "key",
    Left = "left",
    ModuleName = "module_name",
    Name = "name",
    Object = "object",
    Operator = "operator",
    Operators = "operators",
    Parameters = "parameters",
    ReturnType = "return_type",
    Right = "right",
    Subject = "subject",
    Subscript = "subscript",
    Superclasses = "superclasses",
    Type = "type",
    TypeConversion = "type_conversion",
    TypeParameters = "type_parameters",
    Value = "value",
}

/// Kinds under which no node has a role.
const KINDS_WITHOUT_FIELDS: &[&str] = &[
    "argument_list",
    "assert_statement",
    "conditional_expression",
    "decorator",
    "dictionary",
    "dotted_name",
    "expression_list",
    "expression_statement",
    "global_statement",
    "list",
    "module",
    "parameters",
    "parenthesized_expression",
    "pattern_list",
    "return_statement",
    "set",
    "slice",
    "string",
    "string_content",
    "tuple",
    "tuple_pattern",
    "type",
    "with_clause",
    "yield",
];

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    (0..language().node_kind_count())
        .map(|symbol| named_kind(u16::try_from(symbol).unwrap_or(u16::MAX)).unwrap_or(Kind::Other))
        .collect()
});

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    (0..=language().field_count())
        .map(|id| u16::try_from(id).ok().and_then(|id| language().field_name_for_id(id)))
        .map(|name| name.and_then(field_named).unwrap_or(Field::None))
        .collect()
});

/// The kind that a grammar symbol stands for.
pub(crate) fn kind_of(symbol: Symbol) -> Kind {
    KINDS.get(usize::from(symbol)).copied().unwrap_or(Kind::Other)
}

/// Something for each symbol of the grammar. The number of an error, which lies beyond all others, has the last place.
pub(crate) struct BySymbol<T>(Vec<T>);

impl<T: Clone + Default> Default for BySymbol<T> {
    fn default() -> Self {
        Self(vec![T::default(); language().node_kind_count() + 1])
    }
}

impl<T> BySymbol<T> {
    /// What a symbol has.
    pub(crate) fn of(&self, symbol: Symbol) -> &T {
        &self.0[self.place(symbol)]
    }

    /// The same, to be changed.
    pub(crate) fn of_mut(&mut self, symbol: Symbol) -> &mut T {
        let place = self.place(symbol);
        &mut self.0[place]
    }

    /// The same table of what is made of each.
    pub(crate) fn map<U>(&self, change: impl FnMut(&T) -> U) -> BySymbol<U> {
        BySymbol(self.0.iter().map(change).collect())
    }

    fn place(&self, symbol: Symbol) -> usize {
        usize::from(symbol).min(self.0.len() - 1)
    }
}

/// The grammar's number for the root of a file.
pub(crate) fn module() -> Symbol {
    language().id_for_node_kind("module", true)
}

/// The field that a grammar number stands for.
pub(crate) fn field_of(id: u16) -> Field {
    FIELDS.get(usize::from(id)).copied().unwrap_or(Field::None)
}

/// Whether a node under one of this kind may have a role; where it can't, nobody needs to look.
pub(crate) fn has_fields(kind: &str) -> bool {
    !KINDS_WITHOUT_FIELDS.contains(&kind)
}

/// The field with a name.
pub(crate) fn field_named(name: &str) -> Option<Field> {
    FIELD_NAMES.iter().find(|(_, known)| *known == name).map(|(field, _)| *field)
}

/// The name of a field; empty for [`Field::None`].
pub(crate) fn field_name(field: Field) -> &'static str {
    FIELD_NAMES.iter().find(|(known, _)| *known == field).map_or("", |(_, name)| name)
}

/// All symbols that carry a name. A supertype of the grammar, such as `expression`, stands for its subtypes.
pub(crate) fn symbols_named(name: &str, named: bool) -> Vec<Symbol> {
    let language = language();
    let mut symbols: Vec<Symbol> = (0..language.node_kind_count())
        .filter_map(|symbol| u16::try_from(symbol).ok())
        .filter(|symbol| language.node_kind_for_id(*symbol) == Some(name))
        .filter(|symbol| language.node_kind_is_named(*symbol) == named || language.node_kind_is_supertype(*symbol))
        .collect();
    let supertypes: Vec<Symbol> =
        symbols.iter().copied().filter(|symbol| language.node_kind_is_supertype(*symbol)).collect();
    for supertype in supertypes {
        symbols.retain(|symbol| *symbol != supertype);
        for subtype in language.subtypes_for_supertype(supertype) {
            if let Some(name) = language.node_kind_for_id(*subtype) {
                symbols.extend(symbols_named(name, true));
            }
        }
    }
    symbols.sort_unstable();
    symbols.dedup();
    symbols
}

fn named_kind(symbol: Symbol) -> Option<Kind> {
    let language = language();
    let name = language.node_kind_for_id(symbol).filter(|_| language.node_kind_is_named(symbol))?;
    KIND_NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known_to_the_grammar() {
        for (kind, name) in KIND_NAMES {
            assert!(!symbols_named(name, true).is_empty(), "{kind:?} = {name:?}");
        }
    }

    #[test]
    fn every_field_of_the_grammar_is_listed_and_no_other() {
        let listed = FIELD_NAMES.iter().map(|(_, name)| *name);
        assert!(listed.clone().all(|name| language().field_id_for_name(name).is_some()));
        assert_eq!(listed.count(), language().field_count());
    }

    #[test]
    fn the_grammar_gives_no_field_to_the_kinds_listed_as_without() {
        let described: Vec<&str> = tree_sitter_python::NODE_TYPES.split("\n  {\n    \"type\": ").collect();
        for kind in KINDS_WITHOUT_FIELDS {
            let own = described.iter().find(|entry| entry.starts_with(&format!("\"{kind}\"")));
            assert!(own.is_some_and(|entry| entry.contains("\n    \"fields\": {},\n")), "{kind}");
        }
    }

    #[test]
    fn a_supertype_stands_for_its_subtypes() {
        let expressions = symbols_named("expression", true);
        assert!(expressions.iter().any(|symbol| kind_of(*symbol) == Kind::Lambda));
        assert!(expressions.iter().any(|symbol| kind_of(*symbol) == Kind::Identifier));
    }
}
