//! From a tree to findings.

use std::cmp::Reverse;

use pygloss_catalog::ConceptIndex;

use crate::Glossary;
use crate::file::File;
use crate::finders;
use crate::finding::{Finding, Span, role};
use crate::grammar::{Field, Kind};
use crate::names::Names;
use crate::rules::{CaptureUse, Captured, Context, Rule, match_at};
use crate::tree::{Node, Tree};

/// All findings in a tree, by position, then the longer first, then by concept; each once.
pub fn detect(text: &str, tree: &tree_sitter::Tree, glossary: &Glossary) -> Vec<Finding> {
    let tree = Tree::new(tree);
    let names = Names::new(text, &tree);
    search(text, &tree, &names, glossary)
}

/// The same, of a flattened tree whose names are known.
pub(crate) fn search(text: &str, tree: &Tree, names: &Names, glossary: &Glossary) -> Vec<Finding> {
    let file = File { text, tree, names };
    let context = Context { file, rules: &glossary.rules, raw: false };
    let mut findings = Vec::new();
    match_rules(&context, &mut findings);
    finders::run(&file, &glossary.catalog, &mut findings);
    let broken = broken_lines(text, tree);
    findings.retain(|finding| !is_on(finding.span, &broken));
    in_order(findings)
}

/// Parse a text and return its findings: for those who have a whole file and ask once.
pub fn find(text: &str, glossary: &Glossary) -> Vec<Finding> {
    detect(text, &crate::parse(text, None), glossary)
}

/// Try the rules at the nodes where they can match, in one walk.
fn match_rules(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut places = context.rules.places(&context.file);
    for node in context.file.tree.nodes() {
        for id in places.rules_at(node) {
            match_rule(context, context.rules.rule(*id), node, findings);
        }
    }
}

fn match_rule(context: &Context<'_>, rule: &Rule, node: Node, findings: &mut Vec<Finding>) {
    match_at(context, rule, node, &mut |captured| {
        for concept in rule.concepts() {
            findings.extend(finding(context, rule, captured, concept));
        }
        true
    });
}

/// What a match says of one concept: from the first capture of its name to the last, with its roles.
fn finding(context: &Context<'_>, rule: &Rule, captured: &Captured, concept: ConceptIndex) -> Option<Finding> {
    let spans = captured.iter().filter(|(id, _)| *rule.capture(*id) == CaptureUse::Finding(concept));
    let spans = spans.map(|(id, node)| pointed_span(context, rule, *id, *node));
    let span = spans.reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) })?;
    let roles = captured.iter().filter_map(|(id, node)| match rule.capture(*id) {
        CaptureUse::Role(of, name) if *of == concept => Some(role(context.file.tree, name.clone(), *node)),
        _ => None,
    });
    Some(Finding { span, concept, roles: roles.collect(), stale: false })
}

/// The span that a capture means: the last identifier of a resolved dotted name, the narrowed part of a token, or the node.
fn pointed_span(context: &Context<'_>, rule: &Rule, id: u8, node: Node) -> Span {
    let tree = context.file.tree;
    let span = tree.span(node);
    if rule.calls().iter().any(|call| call.points_at_last_name(id)) {
        return tree.span(last_name(tree, node));
    }
    let narrowing = rule.calls().iter().find_map(|call| call.narrowing(id));
    let part = narrowing.and_then(|pattern| pattern.captures(span.of(context.file.text)));
    part.and_then(|part| part.get(1).or(part.get(0)))
        .map_or(span, |part| Span { start: span.start + part.start() as u32, end: span.start + part.end() as u32 })
}

fn last_name(tree: &Tree, node: Node) -> Node {
    match tree.kind(node) {
        Kind::Attribute => tree.child(node, Field::Attribute).unwrap_or(node),
        Kind::DottedName => tree.named_children(node).last().unwrap_or(node),
        _ => node,
    }
}

/// Lines on which the parser was at a loss: those with tokens that it could fit nowhere or had to make up. What it says of
/// such a line may be wrong; an unclosed quote turns the words behind it into code.
fn broken_lines(text: &str, tree: &Tree) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    for node in tree.nodes().filter(|node| tree.is_missing(*node) || is_loose(tree, *node)) {
        let span = tree.span(node);
        match lines.last_mut() {
            Some(last) if span.end <= last.end => {}
            Some(last) if span.start <= last.end => last.end = lines_around(text, span).end,
            _ => lines.push(lines_around(text, span)),
        }
    }
    lines
}

/// Whether a span touches one of some lines, which are in order and apart.
fn is_on(span: Span, lines: &[Span]) -> bool {
    let first = lines.partition_point(|line| line.end < span.start);
    lines.get(first).is_some_and(|line| span.touches(*line))
}

/// Whether a node is a token that an error holds directly, or an error without anything in it. The default of a type
/// parameter (PEP 696) is no error of the reader's: the grammar doesn't know it.
fn is_loose(tree: &Tree, node: Node) -> bool {
    let is_gap = |error: Node| tree.parent(error).is_some_and(|parent| tree.kind(parent) == Kind::TypeParameter);
    let is_leaf = tree.first_child(node).is_none();
    is_leaf && std::iter::once(node).chain(tree.parent(node)).any(|error| tree.is_error(error) && !is_gap(error))
}

fn lines_around(text: &str, span: Span) -> Span {
    let ends_line = |c: char| c == '\n' || c == '\r';
    let start = text[..span.start as usize].rfind(ends_line).map_or(0, |end| end + 1);
    let end = text[span.end as usize..].find(ends_line).map_or(text.len(), |end| span.end as usize + end);
    Span { start: start as u32, end: end as u32 }
}

/// Sort, and say each thing once; of two matches that say the same, the one that hands over more is kept.
fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|f| (f.span.start, Reverse(f.span.end), f.concept, Reverse(f.roles.len())));
    findings.dedup_by_key(|finding| (finding.span, finding.concept));
    findings
}
