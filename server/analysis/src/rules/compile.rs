//! From a rule file's items to patterns, checked against the grammar and the catalogue.

use std::sync::Arc;

use pygloss_catalog::{Catalog, Problem, RuleText};

use super::anchor::Anchor;
use super::glance::Glance;
use super::needs::Need;
use super::pattern::{CaptureId, CaptureUse, Item, Kinds, NodeTest, Rule, Test, root_symbols};
use super::predicates;
use super::syntax::{Place, RawItem, RawRule, RawTest, SyntaxError, read};
use crate::grammar::{field_named, symbols_named};

/// Compile a rule file. A rule with a problem is left out.
pub(super) fn compile(source: &RuleText, catalog: &Catalog) -> (Vec<Rule>, Vec<Problem>) {
    let (raw_rules, syntax_error) = read(&source.text);
    let path: Arc<str> = source.path.as_str().into();
    let mut rules: Vec<Rule> = Vec::new();
    let mut errors: Vec<SyntaxError> = syntax_error.into_iter().collect();
    for raw in &raw_rules {
        let mut compiler = Compiler { catalog, captures: Vec::new(), uses: Vec::new() };
        match compiler.rule(raw, &source.text, &path, &rules) {
            Ok(rule) => rules.push(rule),
            Err(error) => errors.push(error),
        }
    }
    for number in 0..rules.len() {
        rules[number].needs = Need::of(&rules, number);
    }
    let problems = errors.into_iter().map(|error| problem(source, &error)).collect();
    (rules, problems)
}

/// `_name` if the rule's whole pattern is captured so and it marks no concept: other rules can name it.
fn definition_name(raw: &RawRule) -> Option<&str> {
    let [item] = raw.items.as_slice() else { return None };
    let (name, _) = item.captures.first()?;
    let private = |item: &RawItem| item.captures.iter().all(|(name, _)| name.starts_with('_'));
    (name.starts_with('_') && all_items(item, &private)).then_some(name)
}

fn all_items(item: &RawItem, holds: &dyn Fn(&RawItem) -> bool) -> bool {
    let inside = match &item.test {
        RawTest::Node { children, .. } => children.as_slice(),
        RawTest::Alternation(items) | RawTest::Group(items) => items.as_slice(),
        RawTest::Token(_) => &[],
    };
    holds(item) && inside.iter().all(|item| all_items(item, holds))
}

fn problem(source: &RuleText, error: &SyntaxError) -> Problem {
    let (line, column) = line_and_column(&source.text, error.place.start);
    Problem::error(&source.path, line, column, error.message.clone())
}

/// 1-based line and column, in characters, of a byte offset.
fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count() as u32 + 1;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[line_start..].chars().count() as u32 + 1)
}

type Compiled<T> = Result<T, SyntaxError>;

fn fail<T>(place: &Place, message: String) -> Compiled<T> {
    Err(SyntaxError { place: place.clone(), message })
}

struct Compiler<'a> {
    catalog: &'a Catalog,
    captures: Vec<String>,
    uses: Vec<CaptureUse>,
}

impl Compiler<'_> {
    /// `earlier` are the rules further up: a predicate can name only those, so definitions can't be circular.
    fn rule(&mut self, raw: &RawRule, text: &str, path: &Arc<str>, earlier: &[Rule]) -> Compiled<Rule> {
        let full_name = |name: &str| -> Box<str> { format!("{path}#{name}").into() };
        let defined = |name: &str| {
            let name = full_name(name);
            earlier.iter().any(|rule| rule.definition.as_ref() == Some(&name)).then_some(name)
        };
        let items = raw.items.iter().map(|item| self.item(item)).collect::<Compiled<Vec<Item>>>()?;
        let mut calls = Vec::new();
        for predicate in &raw.predicates {
            calls.push(predicates::compile(predicate, &self.captures, &defined)?);
        }
        let definition = definition_name(raw).map(full_name);
        let rule = Rule {
            // Known when all of the file's rules are.
            needs: Need::nothing(),
            anchor: Anchor::of(&items, &calls),
            glance: Glance::of(&items),
            root_symbols: root_symbols(&items),
            items,
            captures: std::mem::take(&mut self.uses),
            calls,
            definition,
            line: line_and_column(text, raw.place.start).0,
            path: path.clone(),
            #[cfg(test)]
            place: raw.place.clone(),
            #[cfg(test)]
            own_predicates: own_predicates(raw),
            #[cfg(test)]
            capture_names: std::mem::take(&mut self.captures),
        };
        if rule.definition.is_none() && rule.concepts().next().is_none() {
            return fail(
                &raw.place,
                "expected a capture that names a concept: without one the rule finds nothing".to_owned(),
            );
        }
        Ok(rule)
    }

    fn item(&mut self, raw: &RawItem) -> Compiled<Item> {
        let field = match &raw.field {
            None => None,
            Some((name, place)) => Some(known_field(name, place)?),
        };
        let captures =
            raw.captures.iter().map(|(name, place)| self.capture(name, place)).collect::<Compiled<Vec<_>>>()?;
        let test = self.test(raw, &captures)?;
        Ok(Item { field, anchored: raw.anchored, optional: raw.optional, test })
    }

    fn test(&mut self, raw: &RawItem, captures: &[CaptureId]) -> Compiled<Test> {
        match &raw.test {
            RawTest::Token(token) => {
                let symbols = symbols_named(token, false);
                if symbols.is_empty() {
                    return fail(
                        &raw.place,
                        format!("unknown token {token:?}; the tokens of a file are shown by `pygloss dump`"),
                    );
                }
                Ok(Test::Node(NodeTest::leaf(Kinds::These(symbols), captures)))
            }
            RawTest::Alternation(items) => {
                let tests = items.iter().map(|item| self.alternative(item, captures)).collect::<Compiled<_>>()?;
                Ok(Test::Any(tests))
            }
            RawTest::Group(items) => {
                if !captures.is_empty() {
                    return fail(
                        &raw.place,
                        "a capture marks one node: put it behind a node, not behind a group".to_owned(),
                    );
                }
                Ok(Test::Sequence(items.iter().map(|item| self.item(item)).collect::<Compiled<_>>()?))
            }
            RawTest::Node { .. } => self.node(raw, captures),
        }
    }

    /// A capture of an alternation is a capture of each alternative.
    fn alternative(&mut self, raw: &RawItem, outer: &[CaptureId]) -> Compiled<Test> {
        if let Some((_, place)) = &raw.field {
            return fail(place, "a field in front of an alternative; put it in front of the brackets".to_owned());
        }
        let mut captures =
            raw.captures.iter().map(|(name, place)| self.capture(name, place)).collect::<Compiled<Vec<_>>>()?;
        captures.extend(outer);
        self.test(raw, &captures)
    }

    fn node(&mut self, raw: &RawItem, captures: &[CaptureId]) -> Compiled<Test> {
        let RawTest::Node { kind, named, children, anchored_end, absent } = &raw.test else {
            return fail(&raw.place, "a node".to_owned());
        };
        let kinds = match kind {
            None if *named => Kinds::Named,
            None => Kinds::Any,
            Some(kind) => Kinds::These(known_kind(kind, &raw.place)?),
        };
        let absent = absent.iter().map(|(name, place)| known_field(name, place)).collect::<Compiled<_>>()?;
        let children = children.iter().map(|item| self.item(item)).collect::<Compiled<_>>()?;
        Ok(Test::Node(NodeTest {
            kinds,
            captures: captures.to_vec(),
            children,
            anchored_end: *anchored_end,
            absent,
            wants_parentheses: kind.as_deref() == Some("parenthesized_expression"),
        }))
    }

    fn capture(&mut self, name: &str, place: &Place) -> Compiled<CaptureId> {
        let id = match self.captures.iter().position(|known| known == name) {
            Some(id) => id,
            None => {
                self.uses.push(self.capture_use(name, place)?);
                self.captures.push(name.to_owned());
                self.captures.len() - 1
            }
        };
        u8::try_from(id).map_err(|_| SyntaxError { place: place.clone(), message: "more than 256 captures".to_owned() })
    }

    fn capture_use(&self, name: &str, place: &Place) -> Compiled<CaptureUse> {
        if name.starts_with('_') {
            return Ok(CaptureUse::Private);
        }
        let (id, role) = name.split_once('.').map_or((name, None), |(id, role)| (id, Some(role)));
        let Some(concept) = self.catalog.find(id) else {
            return fail(
                place,
                format!("no page has a section `{{#{id}}}`: a capture names a concept, or begins with `_`"),
            );
        };
        Ok(match role {
            None => CaptureUse::Finding(concept),
            Some(role) => CaptureUse::Role(concept, role.into()),
        })
    }
}

#[cfg(test)]
fn own_predicates(raw: &RawRule) -> Vec<Place> {
    let is_own = |name: &str| !matches!(name.trim_start_matches("not-"), "eq?" | "any-of?" | "match?");
    raw.predicates.iter().filter(|predicate| is_own(&predicate.name)).map(|predicate| predicate.place.clone()).collect()
}

impl NodeTest {
    fn leaf(kinds: Kinds, captures: &[CaptureId]) -> Self {
        Self {
            kinds,
            captures: captures.to_vec(),
            children: Vec::new(),
            anchored_end: false,
            absent: Vec::new(),
            wants_parentheses: false,
        }
    }
}

fn known_field(name: &str, place: &Place) -> Compiled<crate::grammar::Field> {
    field_named(name).map_or_else(|| fail(place, format!("unknown field `{name}`")), Ok)
}

/// The symbols of a node kind or supertype.
pub(super) fn known_kind(name: &str, place: &Place) -> Compiled<Vec<u16>> {
    let symbols = if name == "ERROR" { vec![u16::MAX] } else { symbols_named(name, true) };
    if symbols.is_empty() {
        return fail(place, format!("unknown node kind `{name}`; the kinds of a file are shown by `pygloss dump`"));
    }
    Ok(symbols)
}
