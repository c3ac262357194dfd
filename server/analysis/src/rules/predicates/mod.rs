//! Conditions that a rule names: `(#resolves? @node "functools.partial")`.
//!
//! A predicate is a row of [`table`]: its name, what it takes, and a function that answers. Each can be negated:
//! `#not-…?`. A predicate about a capture that took no part in the match holds, negated or not; one about a capture of
//! several nodes must hold for each. They are documented, each with a tested example, in `topics/README.md`.

mod naming;
mod shape;
mod standard;
mod surroundings;
mod table;

use regex::Regex;

use super::compile::known_kind;
use super::matcher::{Captured, Context};
use super::pattern::CaptureId;
use super::syntax::{Place, RawArgument, RawPredicate, SyntaxError};
use crate::file::File;
use crate::grammar::Symbol;
use crate::tree::Node;
use crate::values::{Sort, Value, sort_words, sorts_named};
use table::{PREDICATES, Predicate, Takes};

/// A predicate with its arguments, as a rule names it.
#[derive(Debug)]
pub(crate) struct Call {
    predicate: &'static Predicate,
    negated: bool,
    subject: Option<CaptureId>,
    arguments: Vec<Argument>,
}

/// A checked argument.
#[derive(Debug)]
enum Argument {
    Capture(CaptureId),
    Text(Box<str>),
    Pattern(Regex),
    Number(usize),
    Kinds(Vec<Symbol>),
    /// A kind at which a search outwards stops.
    Stop(Vec<Symbol>),
    Sorts(&'static [Sort]),
    Value(Value),
    /// The full name of a private rule.
    Definition(Box<str>),
}

/// What follows for a file from a predicate that holds.
pub(super) enum Hint<'a> {
    /// The text of the subject is one of these.
    Texts(Vec<&'a str>),
    /// The subject refers to one of these qualified names.
    Names(&'a [Box<str>]),
    /// Something in the file refers to one of these qualified names.
    Mentions(&'a [Box<str>]),
    /// Some node of the file matches one of these private rules.
    Matches(Vec<&'a str>),
}

/// What a predicate is asked: about which node, in which match and file.
struct Question<'a> {
    context: &'a Context<'a>,
    file: &'a File<'a>,
    captured: &'a Captured,
    node: Node,
    arguments: &'a [Argument],
}

/// Whether all conditions hold for a match.
pub(super) fn hold(context: &Context<'_>, calls: &[Call], captured: &Captured) -> bool {
    calls.iter().filter(|call| !context.raw || call.predicate.is_standard()).all(|call| call.holds(context, captured))
}

impl Call {
    fn holds(&self, context: &Context<'_>, captured: &Captured) -> bool {
        let ask = |node: Node| {
            let question = Question { context, file: &context.file, captured, node, arguments: &self.arguments };
            (self.predicate.holds)(&question) != self.negated
        };
        match self.subject {
            None => ask(Node(0)),
            Some(subject) => captured.iter().filter(|(capture, _)| *capture == subject).all(|(_, node)| ask(*node)),
        }
    }

    /// What follows if the predicate holds, with its subject; `None` if nothing that is quickly looked up.
    pub(super) fn hint(&self) -> Option<(CaptureId, Hint<'_>)> {
        let subject = self.subject.filter(|_| !self.negated)?;
        let hint = match (self.predicate.name, self.arguments.as_slice()) {
            ("eq?", [Argument::Text(text)]) => Hint::Texts(vec![text]),
            ("any-of?", texts) => Hint::Texts(texts.iter().filter_map(Argument::text).collect()),
            ("resolves?", [Argument::Value(Value::Names(names))]) => Hint::Names(names),
            ("decorated-by?" | "made-by?" | "subclasses?", [Argument::Value(Value::Names(names))]) => {
                Hint::Mentions(names)
            }
            (_, definitions @ [Argument::Definition(_), ..]) => {
                Hint::Matches(definitions.iter().filter_map(Argument::definition).collect())
            }
            _ => return None,
        };
        Some((subject, hint))
    }

    /// Whether a finding at this capture is the last identifier of its dotted name.
    pub(crate) fn points_at_last_name(&self, capture: CaptureId) -> bool {
        matches!(self.hint(), Some((subject, Hint::Names(_))) if subject == capture)
    }

    /// The part of a capture's text that is the finding: the first group of the pattern, or all that it matches.
    pub(crate) fn narrowing(&self, capture: CaptureId) -> Option<&Regex> {
        match self.arguments.first() {
            Some(Argument::Pattern(pattern)) if self.predicate.name == "narrow!" && self.subject == Some(capture) => {
                Some(pattern)
            }
            _ => None,
        }
    }
}

impl Argument {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn definition(&self) -> Option<&str> {
        match self {
            Self::Definition(name) => Some(name),
            _ => None,
        }
    }
}

impl<'a> Question<'a> {
    fn text_of(&self, node: Node) -> &'a str {
        let span = self.file.tree.span(node);
        &self.file.text[span.start as usize..span.end as usize]
    }

    fn text(&self) -> &'a str {
        self.text_of(self.node)
    }

    fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.arguments.iter().filter_map(Argument::text)
    }

    /// The first node of a capture that is an argument; `None` if it took no part in the match.
    fn other(&self) -> Option<Node> {
        let id = self.arguments.iter().find_map(|argument| match argument {
            Argument::Capture(id) => Some(*id),
            _ => None,
        })?;
        self.captured.iter().find(|(capture, _)| *capture == id).map(|(_, node)| *node)
    }

    fn number(&self) -> Option<usize> {
        self.arguments.iter().find_map(|argument| match argument {
            Argument::Number(number) => Some(*number),
            _ => None,
        })
    }

    fn has_kind(&self, node: Node) -> bool {
        let symbol = self.file.tree.symbol(node);
        self.arguments.iter().any(|argument| matches!(argument, Argument::Kinds(kinds) if kinds.contains(&symbol)))
    }

    fn is_stop(&self, node: Node) -> bool {
        let symbol = self.file.tree.symbol(node);
        self.arguments.iter().any(|argument| matches!(argument, Argument::Stop(kinds) if kinds.contains(&symbol)))
    }

    fn names(&self) -> &'a [Box<str>] {
        match self.arguments.first() {
            Some(Argument::Value(Value::Names(names))) => names,
            _ => &[],
        }
    }
}

/// The names of all predicates, in the order of the table.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    PREDICATES.iter().map(|predicate| predicate.name)
}

/// Check a predicate against the table and what the rule captures.
pub(super) fn compile(
    raw: &RawPredicate,
    captures: &[String],
    definition: &dyn Fn(&str) -> Option<Box<str>>,
) -> Result<Call, SyntaxError> {
    let (negated, name) = match raw.name.strip_prefix("not-") {
        Some(positive) if PREDICATES.iter().any(|known| known.name == positive) => (true, positive),
        _ => (false, raw.name.as_str()),
    };
    let Some(predicate) = PREDICATES.iter().find(|known| known.name == name) else {
        return fail(&raw.name_place, format!("unknown predicate `#{}`{}", raw.name, near(name)));
    };
    let reader = Arguments { raw, captures, definition };
    let (subject, rest) = match predicate.takes.split_first() {
        Some((Takes::Subject, rest)) => (Some(reader.capture(0, &raw.name_place)?), rest),
        _ => (None, predicate.takes),
    };
    let arguments = reader.read(rest, usize::from(subject.is_some()), predicate)?;
    Ok(Call { predicate, negated, subject, arguments })
}

fn near(name: &str) -> String {
    let shares = |known: &str| known.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
    let best = PREDICATES.iter().map(|known| known.name).max_by_key(|known| shares(known));
    best.filter(|known| shares(known) >= 3).map_or_else(String::new, |known| format!("; is `#{known}` meant?"))
}

fn fail<T>(place: &Place, message: String) -> Result<T, SyntaxError> {
    Err(SyntaxError { place: place.clone(), message })
}

/// Reads the arguments of one predicate by what it takes.
struct Arguments<'a> {
    raw: &'a RawPredicate,
    captures: &'a [String],
    definition: &'a dyn Fn(&str) -> Option<Box<str>>,
}

impl Arguments<'_> {
    fn read(&self, takes: &[Takes], from: usize, predicate: &Predicate) -> Result<Vec<Argument>, SyntaxError> {
        let given = self.raw.arguments.len() - from.min(self.raw.arguments.len());
        let repeats = takes.last().is_some_and(Takes::repeats);
        if given < takes.len() || (given > takes.len() && !repeats) {
            let form: String = predicate.takes.iter().map(|takes| format!(" {}", takes.form())).collect();
            return fail(&self.raw.place, format!("expected (#{}{form})", predicate.name));
        }
        if takes == [Takes::Names] {
            let names = (from..from + given).map(|index| self.text(index).map(|(text, _)| text.into()));
            return Ok(vec![Argument::Value(Value::Names(names.collect::<Result<_, _>>()?))]);
        }
        let take = |index: usize| takes[index.min(takes.len() - 1)];
        (0..given).map(|index| self.argument(take(index), from + index)).collect()
    }

    fn argument(&self, takes: Takes, index: usize) -> Result<Argument, SyntaxError> {
        let place = &self.raw.arguments[index].1;
        if matches!(takes, Takes::Subject | Takes::Capture)
            || (takes == Takes::CaptureOrText && matches!(self.raw.arguments[index].0, RawArgument::Capture(_)))
        {
            return self.capture(index, place).map(Argument::Capture);
        }
        let (text, place) = self.text(index)?;
        let wrong = |expected: String| fail(place, format!("expected {expected}, found \"{text}\""));
        Ok(match takes {
            Takes::Subject | Takes::Capture | Takes::CaptureOrText | Takes::Texts | Takes::Names => {
                Argument::Text(text.into())
            }
            Takes::Word(words) if words.contains(&text) => Argument::Text(text.into()),
            Takes::Word(words) => return wrong(format!("one of {}", words.join(", "))),
            Takes::Pattern => match Regex::new(text) {
                Ok(pattern) => Argument::Pattern(pattern),
                Err(error) => return fail(place, format!("expected a regular expression: {error}")),
            },
            Takes::Number => match text.parse::<usize>() {
                Ok(number) if number > 0 => Argument::Number(number),
                _ => return wrong("a number from 1 on".to_owned()),
            },
            Takes::Kinds => Argument::Kinds(known_kind(text, place)?),
            Takes::KindsAndStops => match text.strip_prefix('!') {
                Some(stop) => Argument::Stop(known_kind(stop, place)?),
                None => Argument::Kinds(known_kind(text, place)?),
            },
            Takes::Sorts => match sorts_named(text) {
                Some(sorts) => Argument::Sorts(sorts),
                None => return wrong(format!("one of {}", sort_words().collect::<Vec<_>>().join(", "))),
            },
            Takes::Values => match sorts_named(text) {
                Some(sorts) => Argument::Value(Value::Sorts(sorts)),
                None if text.contains('.') => Argument::Value(Value::Names(vec![text.into()])),
                None => return wrong("a sort of value, or a qualified name that is called".to_owned()),
            },
            Takes::Definitions => match (self.definition)(text) {
                Some(name) => Argument::Definition(name),
                None => return wrong("the name of a private rule further up in this file".to_owned()),
            },
        })
    }

    fn capture(&self, index: usize, otherwise: &Place) -> Result<CaptureId, SyntaxError> {
        let Some((argument, place)) = self.raw.arguments.get(index) else {
            return fail(otherwise, format!("expected `@capture` behind `#{}`", self.raw.name));
        };
        let RawArgument::Capture(name) = argument else {
            return fail(place, "expected `@capture`".to_owned());
        };
        let id = self.captures.iter().position(|known| known == name).and_then(|id| CaptureId::try_from(id).ok());
        id.map_or_else(|| fail(place, format!("the rule captures no `@{name}`")), Ok)
    }

    fn text(&self, index: usize) -> Result<(&str, &Place), SyntaxError> {
        match &self.raw.arguments[index] {
            (RawArgument::Text(text), place) => Ok((text, place)),
            (RawArgument::Capture(_), place) => fail(place, "expected a text in quotes, not a capture".to_owned()),
        }
    }
}
