//! The lines to show of a usage: its block if that is short, else its head and what is around the usage.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pygloss_analysis::decode;
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use crate::facts::{BlockFacts, UsageFacts};
use crate::lines::Lines;
use crate::store::Hash;

/// A block with at most so many lines of code is shown whole.
const WHOLE: u32 = 18;

/// Of a longer one, so many lines before the usage and behind it.
const BEFORE: u32 = 4;
const BEHIND: u32 = 7;

/// Lines of a file, some left out, without the indentation that all have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// In order.
    pub lines: Vec<Line>,
    /// Whether lines of the block are left out behind the last.
    pub goes_on: bool,
}

/// A line of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 0.
    pub number: u32,
    /// Its text without the excerpt's common indentation and without its end.
    pub text: String,
}

impl Excerpt {
    /// As one text; left-out lines are a line with dots.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut before: Option<u32> = None;
        for line in &self.lines {
            if before.is_some_and(|before| before + 1 < line.number) {
                text.push_str("…\n");
            }
            before = Some(line.number);
            text.push_str(&line.text);
            text.push('\n');
        }
        if self.goes_on {
            text.push_str("…\n");
        }
        text
    }
}

/// What a file says at a usage.
pub(super) struct Said {
    pub(super) excerpt: Excerpt,
    /// In bytes, of the usage in its line.
    pub(super) column: u32,
    /// All of it.
    pub(super) text: Arc<str>,
}

/// Files that were read for an answer, and what was shown of them.
#[derive(Default)]
pub(super) struct Shown {
    texts: FxHashMap<PathBuf, Option<Arc<str>>>,
    excerpts: FxHashSet<String>,
}

impl Shown {
    /// The lines to show. `None` if the file isn't what was indexed any more, or if they were shown from a copy.
    pub(super) fn excerpt(&mut self, path: &Path, hash: &Hash, block: &BlockFacts, usage: &UsageFacts) -> Option<Said> {
        let text = self.texts.entry(path.to_owned()).or_insert_with(|| read(path, hash)).clone()?;
        let lines = Lines::of(&text);
        let excerpt = excerpt(&lines, block, usage);
        let column = usage.start - lines.start(usage.line).min(usage.start);
        self.excerpts.insert(excerpt.text()).then_some(Said { excerpt, column, text })
    }
}

/// The file's text, if it is still that of the index.
fn read(path: &Path, hash: &Hash) -> Option<Arc<str>> {
    let bytes = std::fs::read(path).ok()?;
    if <Hash>::from(Sha256::digest(&bytes)) != *hash {
        return None;
    }
    decode(&bytes).ok().map(Arc::from)
}

pub(super) fn excerpt(lines: &Lines<'_>, block: &BlockFacts, usage: &UsageFacts) -> Excerpt {
    let rest = docstring_rest(lines, block, usage);
    let code = block.lines - block.docstring_lines.min(block.lines);
    let head = block.line + block.head;
    let is_near = |number: u32| number + BEFORE >= usage.line && number <= usage.line + BEHIND;
    let is_shown = |number: &u32| (code <= WHOLE || *number < head || is_near(*number)) && !rest.contains(number);
    let shown = (block.line..block.line + block.lines).filter(is_shown).map(|number| (number, lines.text(number)));
    let shown: Vec<_> = shown.collect();
    let indent = shown.iter().filter_map(|(_, line)| indentation(line)).min().unwrap_or(0);
    let dedented = |(number, line): (u32, &str)| Line { number, text: line.get(indent..).unwrap_or("").to_owned() };
    let goes_on = shown.last().is_some_and(|(number, _)| number + 1 < block.line + block.lines);
    Excerpt { lines: shown.into_iter().map(dedented).collect(), goes_on }
}

/// The lines of a docstring behind its first words, which say what the rest explains. None if the usage stands there.
fn docstring_rest(lines: &Lines<'_>, block: &BlockFacts, usage: &UsageFacts) -> Range<u32> {
    let first = block.line + block.head;
    let end = first + block.docstring_lines;
    let has_words = |number: &u32| lines.text(*number).chars().any(char::is_alphanumeric);
    let rest = (first..end).find(has_words).map_or(end, |line| line + 1)..end;
    if rest.contains(&usage.line) { first..first } else { rest }
}

/// How many bytes a line is indented; `None` for an empty one.
fn indentation(line: &str) -> Option<usize> {
    let code = line.trim_start_matches([' ', '\t']);
    (!code.is_empty()).then(|| line.len() - code.len())
}
