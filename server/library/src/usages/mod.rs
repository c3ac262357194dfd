//! Answers: where a concept is used, the best example first.
//!
//! The order is total, so that a page is always a part of the same list: what the topic's page names comes first; then the
//! best usage of each package, those that are simple before those that are typical and gnarly, by points within a level;
//! then the second best of each, and so on. Tests, copies, generated code and stubs come behind all of these.

mod excerpt;
mod live;
mod order;
mod pinned;
mod view;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pygloss_analysis::{BlockKind, Glossary, Span};
use pygloss_catalog::ConceptIndex;

pub use excerpt::{Excerpt, Line};
pub(crate) use live::{Open, usages_in};
pub(crate) use view::View;

use crate::environment::normalised;
use crate::facts::{BlockFacts, UsageFacts};
use crate::rank::{FileMeasures, Level, Part, judge, judge_file, sum};
use crate::store::{Reader, StoreError};
use order::Candidate;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Query {
    /// Any of these; those of a day, or one.
    pub concepts: Vec<ConceptIndex>,
    /// Whose enclosing block holds this concept too.
    pub with: Option<ConceptIndex>,
    /// Of this package only, by its name; `-`, `_` and `.` are alike, and so are capitals (PEP 503).
    pub package: Option<String>,
    /// Of this level only.
    pub level: Option<Level>,
    /// At most so many.
    pub limit: usize,
    /// Files that somebody else answers for: those that are open, with text that isn't saved.
    pub except: Vec<PathBuf>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Answer {
    /// How many there are in all, whatever the limit.
    pub total: usize,
    /// The best of them.
    pub usages: Vec<Usage>,
}

/// A place in a library, or in the workspace, where a concept is used.
#[derive(Debug)]
pub struct Usage {
    /// Which concept.
    pub concept: ConceptIndex,
    /// The file.
    pub path: PathBuf,
    /// Where the concept stands, in the decoded text.
    pub span: Span,
    /// The first line, from 0, and the column in it, in bytes.
    pub line: u32,
    /// See there.
    pub column: u32,
    /// The package that owns the file.
    pub package: String,
    /// Its version, if it is known.
    pub version: Option<String>,
    /// `email.message`: the file as a module.
    pub module: String,
    /// The block around it.
    pub block: Block,
    /// How hard it is to read.
    pub level: Level,
    /// What the topic's page says of it, if it names it.
    pub why: Option<String>,
    /// How its rank came about: the facts of the block, then those of the file.
    pub parts: Vec<Part>,
    /// The sum of their points.
    pub score: i32,
    /// What is known of the file.
    pub file: FileMeasures,
    /// The lines to show.
    pub excerpt: Excerpt,
    /// All of the file's text.
    pub text: Arc<str>,
}

/// A function, class or statement.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Qualified within the module; empty for a statement.
    pub name: String,
    /// Its first line, from 0.
    pub line: u32,
    /// How many lines it has.
    pub lines: u32,
    /// Whether it has a docstring.
    pub is_documented: bool,
    /// The concepts that stand in it and in no block within it, the usage's own among them.
    pub concepts: Vec<ConceptIndex>,
}

impl Query {
    /// The best usages of concepts, wherever they are.
    pub fn of(concepts: Vec<ConceptIndex>, limit: usize) -> Self {
        Self { concepts, with: None, package: None, level: None, limit, except: Vec::new() }
    }

    /// Whether usages of this package are asked for.
    fn takes(&self, package: &str) -> bool {
        self.package.as_deref().is_none_or(|wanted| normalised(wanted) == normalised(package))
    }

    /// Whether nothing but the concepts is asked for.
    fn is_open(&self) -> bool {
        self.with.is_none() && self.package.is_none() && self.level.is_none()
    }
}

impl Usage {
    /// `email.message.Message.walk`: the module and the block's name.
    pub fn symbol(&self) -> String {
        if self.block.name.is_empty() { self.module.clone() } else { format!("{}.{}", self.module, self.block.name) }
    }
}

/// The answer to a query over the files of a view.
pub(crate) fn answer(reader: &Reader, view: &View, glossary: &Glossary, query: &Query) -> Result<Answer, StoreError> {
    let mut answer = Answer::default();
    let mut candidates = Vec::new();
    for concept in &query.concepts {
        let (total, mut of_concept) = order::candidates(reader, view, *concept, query)?;
        answer.total += total;
        candidates.append(&mut of_concept);
    }
    pinned::mark(reader, view, glossary, query, &mut candidates)?;
    order::sort(&mut candidates, view);
    let mut shown = excerpt::Shown::default();
    for candidate in candidates {
        if answer.usages.len() == query.limit {
            break;
        }
        answer.usages.extend(usage(reader, view, glossary, candidate, &mut shown)?);
    }
    Ok(answer)
}

/// All that is said of a usage. `None` if its file isn't what was indexed any more, or if it was shown already in a copy.
fn usage(
    reader: &Reader,
    view: &View,
    glossary: &Glossary,
    candidate: Candidate,
    shown: &mut excerpt::Shown,
) -> Result<Option<Usage>, StoreError> {
    let file = view.file(candidate.file);
    let Some(content) = reader.content(candidate.content)? else { return Ok(None) };
    let Some(block) = content.blocks.get(candidate.usage.block as usize) else { return Ok(None) };
    let path = view.path(file);
    let Some(said) = shown.excerpt(&path, &content.hash, block, &candidate.usage) else { return Ok(None) };
    let is_common = glossary.catalog.concept(candidate.concept).common;
    let measures = candidate.usage.measures(block, is_common);
    let file_measures = view.measures(file);
    let parts: Vec<Part> = judge(&measures).into_iter().chain(judge_file(&file_measures)).collect();
    let (package, version) = view.package(file);
    Ok(Some(Usage {
        concept: candidate.concept,
        span: candidate.usage.span(),
        line: candidate.usage.line,
        column: said.column,
        package: package.to_owned(),
        version: version.map(str::to_owned),
        module: view.module(file),
        block: described(block),
        level: candidate.usage.level,
        why: candidate.pinned.map(|pinned| pinned::why(glossary, candidate.concept, pinned).to_owned()),
        score: sum(&parts),
        parts,
        file: file_measures,
        excerpt: said.excerpt,
        text: said.text,
        path,
    }))
}

fn described(block: &BlockFacts) -> Block {
    Block {
        kind: block.kind(),
        name: block.name.clone(),
        line: block.line,
        lines: block.lines,
        is_documented: block.is_documented(),
        concepts: block.concepts.iter().copied().map(ConceptIndex).collect(),
    }
}

fn is_inside(usage: &UsageFacts, block: &BlockFacts) -> bool {
    block.start <= usage.start && usage.start + usage.length <= block.start + block.length
}

/// `email/message.py` as `email.message`.
fn module_of(relative: &Path) -> String {
    let path = relative.with_extension("");
    let parts = path.iter().filter_map(|part| part.to_str()).filter(|part| *part != "__init__");
    parts.collect::<Vec<_>>().join(".")
}

/// Whether the block of one usage holds the other.
fn are_together(blocks: &[BlockFacts], a: &UsageFacts, b: &UsageFacts) -> bool {
    let holds = |block: u32, inner: &UsageFacts| blocks.get(block as usize).is_some_and(|it| is_inside(inner, it));
    a.span() != b.span() && (holds(a.block, b) || holds(b.block, a))
}

#[cfg(test)]
mod tests;
