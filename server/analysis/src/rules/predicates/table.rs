//! The predicates of the rule language, one row each.

use super::{Question, naming, shape, standard, surroundings};

/// A predicate: how it is called and who answers.
pub(crate) struct Predicate {
    /// With its `?`, or `!` for a directive.
    pub(crate) name: &'static str,
    /// What it takes, in order; the last may repeat.
    pub(super) takes: &'static [Takes],
    pub(super) holds: fn(&Question<'_>) -> bool,
}

/// What an argument must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// The capture that the predicate is about; always first.
    Subject,
    /// Another capture.
    Capture,
    /// A capture or a text.
    CaptureOrText,
    /// One or more texts.
    Texts,
    /// One or more of these words.
    Word(&'static [&'static str]),
    /// A regular expression.
    Pattern,
    /// A number from 1 on.
    Number,
    /// One or more qualified names; `pkg.*` stands for everything below `pkg`.
    Names,
    /// One or more node kinds.
    Kinds,
    /// Node kinds, and with `!` in front kinds at which the search stops.
    KindsAndStops,
    /// One or more sorts of values.
    Sorts,
    /// One or more sorts of values, or qualified names that are called.
    Values,
    /// One or more private rules of the same file; the predicate holds only if a node of the file matches one of them.
    Definitions,
}

impl Takes {
    pub(super) fn repeats(&self) -> bool {
        !matches!(self, Self::Subject | Self::Capture | Self::CaptureOrText | Self::Pattern | Self::Number)
    }

    /// How the argument is written, for messages.
    pub(super) fn form(&self) -> &'static str {
        match self {
            Self::Subject | Self::Capture => "@capture",
            Self::CaptureOrText => "@capture|\"text\"",
            Self::Texts | Self::Word(_) => "\"text\"…",
            Self::Pattern => "\"pattern\"",
            Self::Number => "\"number\"",
            Self::Names => "\"qualified.name\"…",
            Self::Kinds => "\"kind\"…",
            Self::KindsAndStops => "\"kind\"… \"!kind\"…",
            Self::Sorts => "\"sort\"…",
            Self::Values => "\"sort|qualified.name\"…",
            Self::Definitions => "\"_rule\"…",
        }
    }
}

impl Predicate {
    /// Whether tree-sitter knows it too.
    pub(super) fn is_standard(&self) -> bool {
        matches!(self.name, "eq?" | "any-of?" | "match?")
    }
}

impl std::fmt::Debug for Predicate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.name)
    }
}

const SCOPES: &[&str] =
    &["module", "class", "function", "async-function", "lambda", "comprehension", "type-parameters"];
const BINDINGS: &[&str] = &[
    "import",
    "assignment",
    "augmented",
    "annotation",
    "walrus",
    "function",
    "class",
    "parameter",
    "for",
    "comprehension",
    "with",
    "except",
    "match",
    "del",
    "type",
];

const fn row(name: &'static str, takes: &'static [Takes], holds: fn(&Question<'_>) -> bool) -> Predicate {
    Predicate { name, takes, holds }
}

/// All predicates. Each has a section in `topics/README.md`, which a test compares.
pub(crate) const PREDICATES: &[Predicate] = &[
    row("eq?", &[Takes::Subject, Takes::CaptureOrText], standard::eq),
    row("any-of?", &[Takes::Subject, Takes::Texts], standard::any_of),
    row("match?", &[Takes::Subject, Takes::Pattern], standard::matches),
    row("narrow!", &[Takes::Subject, Takes::Pattern], standard::matches),
    row("kind?", &[Takes::Subject, Takes::Kinds], shape::kind),
    row("value?", &[Takes::Subject, Takes::Sorts], shape::value),
    row("empty?", &[Takes::Subject], shape::empty),
    row("name?", &[Takes::Subject], shape::name),
    row("parenthesized?", &[Takes::Subject], shape::parenthesized),
    row("matches?", &[Takes::Subject, Takes::Definitions], shape::matches),
    row("has?", &[Takes::Subject, Takes::Definitions], shape::has),
    row("has-own?", &[Takes::Subject, Takes::Definitions], shape::has_own),
    row("set-expression?", &[Takes::Subject], shape::set_expression),
    row("inside?", &[Takes::Subject, Takes::KindsAndStops], surroundings::inside),
    row("scope?", &[Takes::Subject, Takes::Word(SCOPES)], surroundings::scope),
    row("own-scope-of?", &[Takes::Subject, Takes::Capture], surroundings::own_scope_of),
    row("in-function?", &[Takes::Subject, Takes::Definitions], surroundings::in_function),
    row("caught?", &[Takes::Subject, Takes::Names], surroundings::caught),
    row("condition?", &[Takes::Subject], surroundings::condition),
    row("statement?", &[Takes::Subject], surroundings::statement),
    row("method?", &[Takes::Subject], surroundings::method),
    row("decorated?", &[Takes::Subject], surroundings::decorated),
    row("decorated-by?", &[Takes::Subject, Takes::Names], surroundings::decorated_by),
    row("subclasses?", &[Takes::Subject, Takes::Names], surroundings::subclasses),
    row("binds?", &[Takes::Subject, Takes::Texts], surroundings::binds),
    row("resolves?", &[Takes::Subject, Takes::Names], naming::resolves),
    row("imports?", &[Takes::Names], naming::imports),
    row("binding?", &[Takes::Subject, Takes::Word(BINDINGS)], naming::binding),
    row("sole-binding?", &[Takes::Subject], naming::sole_binding),
    row("local?", &[Takes::Subject], naming::local),
    row("of-this-file?", &[Takes::Subject, Takes::Word(&["class", "function"])], naming::of_this_file),
    row("defined-by?", &[Takes::Subject, Takes::Definitions], naming::defined_by),
    row("parameter?", &[Takes::Subject, Takes::Capture, Takes::Number], naming::parameter),
    row("own-parameter?", &[Takes::Subject, Takes::Number], naming::own_parameter),
    row("self?", &[Takes::Subject], naming::is_self),
    row("bound-to?", &[Takes::Subject, Takes::Values], naming::bound_to),
    row("assigned?", &[Takes::Subject, Takes::Definitions], naming::assigned),
    row("made-by?", &[Takes::Subject, Takes::Names], naming::made_by),
];
