//! What the index keeps of a file's text: blocks, and the usages in them by concept.
//!
//! [`Facts::of`] depends on the text and the glossary alone. Both parts are stored as compact bytes (`to_bytes`,
//! `from_bytes`), so that a file costs one row and one more for each of its concepts.

use pygloss_analysis::{Block, BlockKind, Glossary, Span, Survey, survey};
use pygloss_catalog::ConceptIndex;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::lines::Lines;
use crate::rank::{Level, Measures, level, score};

/// All that is kept of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The blocks that hold usages, in the order of the text.
    pub(crate) blocks: Vec<BlockFacts>,
    /// By concept; the usages of one in the order of the text.
    pub(crate) usages: Vec<(ConceptIndex, Vec<UsageFacts>)>,
    /// Whether its first lines say that a program wrote it.
    pub(crate) is_generated: bool,
}

/// A function, class or statement that holds usages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BlockFacts {
    kind: u8,
    /// Qualified within the module; empty for a statement.
    pub(crate) name: String,
    /// First byte.
    pub(crate) start: u32,
    /// Bytes.
    pub(crate) length: u32,
    /// The line that it begins on, from 0.
    pub(crate) line: u32,
    /// How many lines it has.
    pub(crate) lines: u32,
    /// How many of them come before its docstring or first statement; 0 if all stands on one line.
    pub(crate) head: u32,
    /// How many of them its docstring takes; 0 if it has none.
    pub(crate) docstring_lines: u32,
    /// [`Block::branches`].
    pub(crate) branches: u32,
    /// The numbers of the concepts that stand in it and in no block within it, in order.
    pub(crate) concepts: Vec<u16>,
    /// How many of them are not common.
    pub(crate) notable: u32,
}

/// A place where a concept stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UsageFacts {
    /// First byte, in the decoded text.
    pub(crate) start: u32,
    /// Bytes.
    pub(crate) length: u32,
    /// The line that it begins on, from 0.
    pub(crate) line: u32,
    /// Index of its block.
    pub(crate) block: u32,
    /// How often the concept stands in the block.
    pub(crate) repeats: u32,
    /// Control statements of the block around it.
    pub(crate) depth: u8,
    /// What the block's facts earn it.
    pub(crate) score: u8,
    /// How hard it is to read.
    pub(crate) level: Level,
}

impl Facts {
    /// Find everything in a text.
    pub(crate) fn of(text: &str, glossary: &Glossary) -> Self {
        let survey = survey(text, glossary);
        let lines = Lines::of(text);
        let concepts = concepts_by_block(&survey);
        let described = survey.blocks.iter().zip(concepts);
        let blocks: Vec<_> =
            described.map(|(block, concepts)| block_facts(block, &lines, concepts, glossary)).collect();
        let usages = usages(&survey, &blocks, &lines, glossary);
        Self { blocks, usages, is_generated: is_generated(text) }
    }
}

impl BlockFacts {
    /// What it is.
    pub(crate) fn kind(&self) -> BlockKind {
        match self.kind {
            0 => BlockKind::Function,
            1 => BlockKind::Class,
            _ => BlockKind::Statement,
        }
    }

    /// Whether it has a docstring.
    pub(crate) fn is_documented(&self) -> bool {
        self.docstring_lines > 0
    }

    fn is_public(&self) -> bool {
        let is_private = |part: &str| part.starts_with('_') && !(part.starts_with("__") && part.ends_with("__"));
        !self.name.split('.').any(is_private)
    }
}

impl UsageFacts {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        Span { start: self.start, end: self.start + self.length }
    }

    /// What its rank is made of. `is_common` says whether its concept counts among the block's.
    pub(crate) fn measures(&self, block: &BlockFacts, is_common: bool) -> Measures {
        Measures {
            kind: block.kind(),
            lines: block.lines - block.docstring_lines.min(block.lines),
            branches: block.branches,
            others: block.notable.saturating_sub(u32::from(!is_common)),
            repeats: self.repeats,
            depth: self.depth.into(),
            is_documented: block.is_documented(),
            is_public: block.is_public(),
        }
    }
}

/// Facts as bytes for the store.
pub(crate) fn to_bytes<T: Serialize>(facts: &T) -> Vec<u8> {
    // Writing to memory what has no map and no unknown length can't fail.
    postcard::to_stdvec(facts).unwrap_or_default()
}

/// Facts from bytes of the store; `None` if they aren't what [`to_bytes`] made.
pub(crate) fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// Which concepts stand in each block, in order.
fn concepts_by_block(survey: &Survey) -> Vec<Vec<ConceptIndex>> {
    let mut concepts: Vec<Vec<ConceptIndex>> = vec![Vec::new(); survey.blocks.len()];
    for (finding, place) in survey.findings.iter().zip(&survey.places) {
        concepts[place.block].push(finding.concept);
    }
    for concepts in &mut concepts {
        concepts.sort();
        concepts.dedup();
    }
    concepts
}

fn block_facts(block: &Block, lines: &Lines<'_>, concepts: Vec<ConceptIndex>, glossary: &Glossary) -> BlockFacts {
    let (first, last) = lines.of_span(block.span);
    let body = block.docstring.map_or(block.body, |docstring| docstring.start);
    BlockFacts {
        kind: match block.kind {
            BlockKind::Function => 0,
            BlockKind::Class => 1,
            BlockKind::Statement => 2,
        },
        name: block.name.clone(),
        start: block.span.start,
        length: block.span.end - block.span.start,
        line: first,
        lines: last - first + 1,
        head: lines.of_byte(body) - first,
        docstring_lines: block.docstring.map_or(0, |span| {
            let (first, last) = lines.of_span(span);
            last - first + 1
        }),
        branches: block.branches,
        notable: concepts.iter().filter(|concept| !glossary.catalog.concept(**concept).common).count() as u32,
        concepts: concepts.into_iter().map(|concept| concept.0).collect(),
    }
}

fn usages(
    survey: &Survey,
    blocks: &[BlockFacts],
    lines: &Lines<'_>,
    glossary: &Glossary,
) -> Vec<(ConceptIndex, Vec<UsageFacts>)> {
    let mut repeats: FxHashMap<(ConceptIndex, usize), u32> = FxHashMap::default();
    for (finding, place) in survey.findings.iter().zip(&survey.places) {
        *repeats.entry((finding.concept, place.block)).or_default() += 1;
    }
    let mut usages: Vec<_> = survey
        .findings
        .iter()
        .zip(&survey.places)
        .map(|(finding, place)| {
            let mut usage = UsageFacts {
                start: finding.span.start,
                length: finding.span.end - finding.span.start,
                line: lines.of_byte(finding.span.start),
                block: place.block as u32,
                repeats: repeats[&(finding.concept, place.block)],
                depth: u8::try_from(place.depth).unwrap_or(u8::MAX),
                score: 0,
                level: Level::Simple,
            };
            let measures = usage.measures(&blocks[place.block], glossary.catalog.concept(finding.concept).common);
            (usage.score, usage.level) = (score(&measures), level(&measures));
            (finding.concept, usage)
        })
        .collect();
    usages.sort_by_key(|(concept, usage)| (*concept, usage.start, usage.length));
    usages
        .chunk_by(|a, b| a.0 == b.0)
        .map(|of_one| (of_one[0].0, of_one.iter().map(|(_, usage)| *usage).collect()))
        .collect()
}

/// How many characters of a file may say what wrote it.
const HEAD: usize = 1_000;

/// What programs write into what they write.
const GENERATED: [&str; 6] =
    ["generated by", "@generated", "autogenerated", "auto-generated", "automatically generated", "do not edit"];

/// Whether a comment or the docstring at the top says that a program wrote the file.
fn is_generated(text: &str) -> bool {
    let head: String = text.chars().take(HEAD).collect::<String>().to_lowercase();
    let is_said = |line: &str| GENERATED.iter().any(|mark| line.contains(mark));
    head.lines().take_while(|line| !line.starts_with("import ")).any(|line| is_comment(line) && is_said(line))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['#', '"', '\''])
}
