//! What makes a usage worth reading: points from measured facts, and a level from simple to gnarly.
//!
//! The points of a block ([`judge`]) depend on the text alone and are kept in the index; those of the file and its package
//! ([`judge_file`]) are added when somebody asks. server/README.md explains the tables.

use serde::{Deserialize, Serialize};

use pygloss_analysis::BlockKind;

/// How much a reader has to know and keep in mind beside the construct itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Short and flat, with little else.
    Simple,
    /// As most code is.
    Typical,
    /// Long, deeply nested, full of branches or of other constructs.
    Gnarly,
}

impl Level {
    /// As people and protocols spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Typical => "typical",
            Self::Gnarly => "gnarly",
        }
    }

    /// All of them, simple first.
    pub const ALL: [Self; 3] = [Self::Simple, Self::Typical, Self::Gnarly];
}

/// What is measured of a usage and its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measures {
    /// What the block is.
    pub kind: BlockKind,
    /// Its lines without the docstring.
    pub lines: u32,
    /// Its branches, [`pygloss_analysis::Block::branches`].
    pub branches: u32,
    /// How many other concepts of the catalogue stand in it, common ones left out.
    pub others: u32,
    /// How often the concept stands in it.
    pub repeats: u32,
    /// How deep the usage is nested in it.
    pub depth: u32,
    /// Whether it has a docstring.
    pub is_documented: bool,
    /// Whether no part of its name begins with an underscore, dunder names aside.
    pub is_public: bool,
}

/// A fact and the points that it earns or costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What was measured.
    pub fact: &'static str,
    /// How much of it; `None` for what is there or not.
    pub amount: Option<u32>,
    /// May be negative.
    pub points: i32,
}

/// What every usage has before anything is judged, so that points never go below zero.
const BASE: i32 = 100;

/// The level of a usage. Half of the blocks that hold usages have at most 13 lines and 2 branches, and three quarters of the
/// usages are nested once at most; nine of ten blocks have at most 80 lines and 15 branches. Measured over the standard library and
/// a hundred packages, tests left out. The bounds for other concepts leave room for more days than had rules then.
pub fn level(measures: &Measures) -> Level {
    let Measures { lines, branches, others, depth, .. } = *measures;
    if lines > 80 || branches > 15 || others > 12 || depth > 3 {
        Level::Gnarly
    } else if lines <= 13 && branches <= 2 && others <= 4 && depth <= 1 {
        Level::Simple
    } else {
        Level::Typical
    }
}

/// The points of a block, fact by fact.
pub fn judge(measures: &Measures) -> [Part; 8] {
    let much = |fact, amount, points| Part { fact, amount: Some(amount), points };
    let flag = |fact, is_so, points| Part { fact, amount: None, points: if is_so { points } else { 0 } };
    [
        much("lines", measures.lines, of_lines(measures.lines)),
        much("branches", measures.branches, steps(measures.branches, &[(2, 10), (5, 5), (10, 0), (20, -10)], -20)),
        much("other concepts", measures.others, steps(measures.others, &[(3, 10), (6, 5), (12, 0), (20, -10)], -20)),
        much("times in the block", measures.repeats, steps(measures.repeats, &[(2, 5), (5, 0)], -10)),
        much("nesting", measures.depth, steps(measures.depth, &[(1, 10), (2, 5), (3, 0)], -10)),
        flag("docstring", measures.is_documented, 15),
        flag("public name", measures.is_public, 5),
        flag("function or class", measures.kind != BlockKind::Statement, 10),
    ]
}

/// The sum of a block's points, as the index keeps it.
pub fn score(measures: &Measures) -> u8 {
    u8::try_from(sum(&judge(measures)).max(0)).unwrap_or(u8::MAX)
}

/// The sum of points, from the base that all have.
pub fn sum(parts: &[Part]) -> i32 {
    BASE + parts.iter().map(|part| part.points).sum::<i32>()
}

/// What is known of the file that a usage stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileMeasures {
    /// What its path and its first lines say.
    pub aspects: Vec<Aspect>,
    /// How many other packages of the environment name its package among their requirements.
    pub required_by: u32,
}

/// Something that sets a file apart from a package's ordinary modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// It belongs to tests.
    Test,
    /// It is another project's code, copied in.
    Vendored,
    /// It says that a program wrote it.
    Generated,
    /// Examples, documentation, benchmarks, tools.
    Aside,
    /// `.pyi`: signatures without code.
    Stub,
    /// It comes with Python.
    StandardLibrary,
}

impl Aspect {
    /// As people and protocols spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Vendored => "vendored",
            Self::Generated => "generated",
            Self::Aside => "example or tool",
            Self::Stub => "stub",
            Self::StandardLibrary => "standard library",
        }
    }

    /// Whether such files are shown behind all others.
    pub(crate) fn sets_apart(self) -> bool {
        matches!(self, Self::Test | Self::Vendored | Self::Generated | Self::Stub)
    }

    fn points(self) -> i32 {
        match self {
            Self::Test | Self::Vendored | Self::Generated => -60,
            Self::Stub => -40,
            Self::Aside => -20,
            Self::StandardLibrary => 12,
        }
    }
}

/// The points of a file and its package.
pub fn judge_file(file: &FileMeasures) -> Vec<Part> {
    let aspects = file.aspects.iter().map(|aspect| Part { fact: aspect.name(), amount: None, points: aspect.points() });
    let popularity = steps(file.required_by, &[(0, 0), (2, 4), (7, 8), (19, 12)], 16);
    let popular = Part { fact: "packages that require it", amount: Some(file.required_by), points: popularity };
    aspects.chain([popular]).collect()
}

/// Enough to see what it is for, few enough to take in at a glance.
fn of_lines(lines: u32) -> i32 {
    match lines {
        0..=2 => 15,
        3 => 25,
        4..=15 => 40,
        _ => steps(lines, &[(25, 30), (40, 15), (80, 0), (200, -20)], -40),
    }
}

/// The points of the first step that a value doesn't exceed.
fn steps(value: u32, steps: &[(u32, i32)], beyond: i32) -> i32 {
    steps.iter().find(|(most, _)| value <= *most).map_or(beyond, |(_, points)| *points)
}
