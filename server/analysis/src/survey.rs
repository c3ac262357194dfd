//! What an index keeps of a file: its findings, each with the function or class around it.
//!
//! [`survey`] is [`find`](crate::find()) with places: the same findings in the same order, and for each the innermost block
//! and how deep it is nested there.

use crate::Glossary;
use crate::classes::{is_decorated, statements};
use crate::detect::search;
use crate::finding::{Finding, Span};
use crate::grammar::{Field, Kind};
use crate::names::Names;
use crate::tree::{Node, Tree};

/// The findings of a file and the blocks that they stand in.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Sorted as [`find`](crate::find()) sorts them.
    pub findings: Vec<Finding>,
    /// Where each finding stands; as many as there are findings.
    pub places: Vec<Place>,
    /// The blocks that hold a finding directly, in the order of the text.
    pub blocks: Vec<Block>,
}

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The innermost block around it, as an index into [`Survey::blocks`].
    pub block: usize,
    /// How many `if`, `for`, `while`, `try`, `with` and `match` statements of the block are around it.
    pub depth: u32,
}

/// A function, a class, or a statement outside of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// `Message.walk`: its name behind those of the definitions around it; empty for a statement.
    pub name: String,
    /// All of it; with its decorators, unless it stands in a function.
    pub span: Span,
    /// The first byte behind its head: of the docstring or the first statement.
    pub body: u32,
    /// Where its docstring is, quotes included.
    pub docstring: Option<Span>,
    /// Places where control can take one of several ways, as McCabe counts them: `if`, `elif`, loops, `except`, `case`,
    /// conditional expressions, `and` and `or`, and the clauses of comprehensions. Those of blocks inside count too.
    pub branches: u32,
}

/// What a [`Block`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `def` or `async def`.
    Function,
    /// `class`.
    Class,
    /// A statement of the module.
    Statement,
}

impl BlockKind {
    /// As people and protocols spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Class => "class",
            Self::Statement => "statement",
        }
    }
}

/// Find everything in a text, and the blocks around it.
pub fn survey(text: &str, glossary: &Glossary) -> Survey {
    let tree = Tree::new(&crate::parse(text, None));
    let names = Names::new(text, &tree);
    let findings = search(text, &tree, &names, glossary);
    if findings.is_empty() {
        return Survey::default();
    }
    let (blocks, enclosures) = outline(text, &tree);
    let places = places(&findings, &enclosures);
    keep_used(findings, places, blocks)
}

/// A statement that can be around a finding, in the order of the text.
struct Enclosure {
    span: Span,
    /// The innermost block here, this one included.
    block: usize,
    /// Control statements of the block up to this one, itself included.
    depth: u32,
    /// The node behind its last.
    end: u32,
}

/// All blocks of a file, and all statements that may enclose something.
fn outline(text: &str, tree: &Tree) -> (Vec<Block>, Vec<Enclosure>) {
    let (mut blocks, mut enclosures): (Vec<Block>, Vec<Enclosure>) = (Vec::new(), Vec::new());
    let mut open: Vec<usize> = Vec::new();
    for node in tree.nodes().skip(1) {
        while open.last().is_some_and(|top| enclosures[*top].end <= node.0) {
            open.pop();
        }
        let (kind, around) = (tree.kind(node), open.last().copied());
        if is_branch(kind) {
            count_branch(&mut blocks, &enclosures, &open);
        }
        let enclosing = around.map(|around| &enclosures[around]);
        let enclosure = match definition_at(tree, node, enclosing, &blocks) {
            Some(definition) => {
                let outer = around.map(|around| &blocks[enclosures[around].block]);
                blocks.push(block(text, tree, node, definition, outer));
                Some((blocks.len() - 1, 0))
            }
            None => match around.map(|around| &enclosures[around]) {
                Some(around) if is_control(kind) => Some((around.block, around.depth + 1)),
                None if tree.parent(node) == Some(Node(0)) => {
                    blocks.push(statement(tree, node));
                    Some((blocks.len() - 1, u32::from(is_control(kind))))
                }
                _ => None,
            },
        };
        if let Some((block, depth)) = enclosure {
            open.push(enclosures.len());
            enclosures.push(Enclosure { span: tree.span(node), block, depth, end: tree.end(node) });
        }
    }
    (blocks, enclosures)
}

/// The definition that a node is, or that it decorates: its decorators belong to it. Within a function they belong to
/// that function, since there they are what it is about: `@wraps(func)` says little without the decorator around it.
fn definition_at(tree: &Tree, node: Node, around: Option<&Enclosure>, blocks: &[Block]) -> Option<Node> {
    match tree.kind(node) {
        Kind::DecoratedDefinition => {
            let is_local = around.is_some_and(|around| blocks[around.block].kind == BlockKind::Function);
            if is_local { None } else { tree.child(node, Field::Definition) }
        }
        Kind::FunctionDefinition | Kind::ClassDefinition if !is_counted_with(tree, node, around) => Some(node),
        _ => None,
    }
}

/// Whether a definition was taken together with its decorators.
fn is_counted_with(tree: &Tree, definition: Node, around: Option<&Enclosure>) -> bool {
    let decorated = tree.parent(definition).filter(|_| is_decorated(tree, definition));
    decorated.is_some_and(|decorated| around.is_some_and(|around| around.span == tree.span(decorated)))
}

fn block(text: &str, tree: &Tree, node: Node, definition: Node, outer: Option<&Block>) -> Block {
    let own = tree.child(definition, Field::Name).map_or("", |name| tree.span(name).of(text));
    let name = match outer.map(|outer| outer.name.as_str()) {
        Some(outer) if !outer.is_empty() => format!("{outer}.{own}"),
        _ => own.to_owned(),
    };
    let is_class = tree.kind(definition) == Kind::ClassDefinition;
    let body = tree.child(definition, Field::Body);
    Block {
        kind: if is_class { BlockKind::Class } else { BlockKind::Function },
        name,
        span: tree.span(node),
        body: tree.span(body.unwrap_or(node)).start,
        docstring: docstring(text, tree, definition),
        branches: 0,
    }
}

fn statement(tree: &Tree, node: Node) -> Block {
    let span = tree.span(node);
    Block { kind: BlockKind::Statement, name: String::new(), span, body: span.start, docstring: None, branches: 0 }
}

/// The first statement, if it is a string that becomes `__doc__`; bytes and f-strings don't.
fn docstring(text: &str, tree: &Tree, definition: Node) -> Option<Span> {
    let first = statements(tree, definition).next()?;
    let value = tree.first_child(first).filter(|_| tree.kind(first) == Kind::ExpressionStatement)?;
    let is_string = matches!(tree.kind(value), Kind::String | Kind::ConcatenatedString);
    let span = tree.span(value);
    (is_string && span.of(text).starts_with(['"', '\'', 'r', 'R', 'u', 'U'])).then_some(span)
}

/// A branch counts for every block around it.
fn count_branch(blocks: &mut [Block], enclosures: &[Enclosure], open: &[usize]) {
    let mut counted = None;
    for block in open.iter().map(|around| enclosures[*around].block) {
        if counted.replace(block) != Some(block) {
            blocks[block].branches += 1;
        }
    }
}

fn is_branch(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::IfStatement
            | Kind::ElifClause
            | Kind::ForStatement
            | Kind::WhileStatement
            | Kind::ExceptClause
            | Kind::CaseClause
            | Kind::ConditionalExpression
            | Kind::BooleanOperator
            | Kind::ForInClause
            | Kind::IfClause
    )
}

fn is_control(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::IfStatement
            | Kind::ForStatement
            | Kind::WhileStatement
            | Kind::TryStatement
            | Kind::WithStatement
            | Kind::MatchStatement
    )
}

/// For each finding, the innermost enclosure that holds it. Both are in the order of the text, so one sweep will do.
fn places(findings: &[Finding], enclosures: &[Enclosure]) -> Vec<Place> {
    let mut open: Vec<&Enclosure> = Vec::new();
    let mut coming = enclosures.iter().peekable();
    let mut places = Vec::with_capacity(findings.len());
    for finding in findings {
        while let Some(enclosure) = coming.next_if(|next| next.span.start <= finding.span.start) {
            open.retain(|around| around.span.end > enclosure.span.start);
            open.push(enclosure);
        }
        open.retain(|around| around.span.end > finding.span.start);
        let around = open.iter().rev().find(|around| around.span.holds(finding.span));
        // A control statement, or the keyword that it begins with, isn't nested in itself.
        let is_own = around.is_some_and(|around| around.span.start == finding.span.start && around.depth > 0);
        places.push(Place {
            block: around.or(open.last()).map_or(usize::MAX, |around| around.block),
            depth: around.map_or(0, |around| around.depth - u32::from(is_own)),
        });
    }
    places
}

/// Leave out the blocks in which nothing stands, and findings that stand in no statement: one that is the whole file.
fn keep_used(findings: Vec<Finding>, places: Vec<Place>, blocks: Vec<Block>) -> Survey {
    let mut is_used = vec![false; blocks.len()];
    for place in &places {
        if let Some(used) = is_used.get_mut(place.block) {
            *used = true;
        }
    }
    let mut count = 0;
    let renumbered: Vec<_> = is_used.iter().map(|used| (count, count += usize::from(*used)).0).collect();
    let kept = findings.into_iter().zip(places).filter(|(_, place)| place.block < renumbered.len());
    let (findings, places) =
        kept.map(|(finding, place)| (finding, Place { block: renumbered[place.block], ..place })).unzip();
    let blocks = blocks.into_iter().zip(is_used).filter_map(|(block, used)| used.then_some(block)).collect();
    Survey { findings, places, blocks }
}

#[cfg(test)]
mod tests;
