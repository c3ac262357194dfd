//! An open file: text, tree and version, and what was last known of it.
//!
//! An edit changes the rope and tells the last tree where it was; nothing is parsed. Who wants findings takes a
//! [`Snapshot`] and asks it, on a thread that may block. All snapshots of a version and the document share one cell for
//! the answer, so a version is analysed once at most, and the document finds the new tree there as the base of the next
//! incremental parse. tree-sitter's points never become positions: they go by way of bytes (`position.rs`).

use std::sync::{Arc, OnceLock};

use ropey::Rope;
use tree_sitter::{InputEdit, Point, Tree};

use crate::position::{byte_to_position, position_to_byte};
use crate::stale::{Edit, Kept, touched_lines};
use crate::{Encoding, Finding, Glossary, Position};

/// An edit as a client sends it.
#[derive(Clone, Debug)]
pub struct Change {
    /// What to replace; `None` replaces the whole text.
    pub range: Option<(Position, Position)>,
    /// The new text.
    pub text: String,
}

/// An open file. Edits are applied in order and cheaply; parsing waits until somebody asks.
pub struct Document {
    newest: Snapshot,
}

/// A version of a document that no later edit changes. Cheap to clone; shares its [`Analysis`] with other snapshots of the version.
#[derive(Clone)]
pub struct Snapshot {
    rope: Rope,
    version: i32,
    /// The last tree, with every edit since then marked in it.
    old_tree: Option<Tree>,
    kept: Kept,
    outcome: Arc<OnceLock<Outcome>>,
}

/// What was found in a version.
pub struct Analysis {
    /// The text of that version.
    pub text: Arc<str>,
    /// Its findings, with those kept from the last whole version while the file is broken.
    pub findings: Vec<Finding>,
}

/// An analysis and the tree it was made from.
struct Outcome {
    analysis: Arc<Analysis>,
    tree: Tree,
}

impl Document {
    /// Open a text.
    pub fn new(text: &str, version: i32) -> Self {
        let rope = Rope::from_str(text);
        let newest = Snapshot { rope, version, old_tree: None, kept: Kept::default(), outcome: Arc::default() };
        Self { newest }
    }

    /// The newest version's number.
    pub fn version(&self) -> i32 {
        self.newest.version
    }

    /// The size of the newest version in bytes.
    pub fn len_bytes(&self) -> usize {
        self.newest.rope.len_bytes()
    }

    /// Apply the changes of one notification, in order. Ranges that are reversed or reach past the end are put right.
    pub fn apply(&mut self, changes: &[Change], version: i32, encoding: Encoding) {
        self.newest.take_over_outcome();
        for change in changes {
            match change.range {
                Some((start, end)) => self.newest.replace(start, end, &change.text, encoding),
                None => *self = Self::new(&change.text, version),
            }
        }
        self.newest.version = version;
    }

    /// Forget what was found, now and in earlier versions, because it is looked for with another glossary from now on.
    pub fn forget_findings(&mut self) {
        self.newest.take_over_outcome();
        self.newest.kept = Kept::default();
    }

    /// The newest version as an immutable value.
    pub fn snapshot(&self) -> Snapshot {
        self.newest.clone()
    }
}

impl Snapshot {
    /// The version's number.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// Parse and detect, once for all who share the version. Blocking: 10 ms for 2,000 lines on the first call.
    pub fn analysis(&self, glossary: &Glossary) -> Arc<Analysis> {
        Arc::clone(&self.outcome.get_or_init(|| self.analyse(glossary)).analysis)
    }

    /// The byte offset of a position in this version.
    pub fn byte(&self, position: Position, encoding: Encoding) -> u32 {
        position_to_byte(&self.rope, position, encoding) as u32
    }

    /// The position of a byte offset in this version.
    pub fn position(&self, byte: u32, encoding: Encoding) -> Position {
        byte_to_position(&self.rope, byte as usize, encoding)
    }

    fn analyse(&self, glossary: &Glossary) -> Outcome {
        let text: Arc<str> = Arc::from(String::from(&self.rope));
        let tree = crate::parse(&text, self.old_tree.as_ref());
        let fresh = crate::detect(&text, &tree, glossary);
        let findings = if tree.root_node().has_error() { self.kept.merge(fresh) } else { fresh };
        Outcome { analysis: Arc::new(Analysis { text, findings }), tree }
    }

    /// Before the text changes: start from what this version's analysis found, if there was one, and share no cell with it.
    fn take_over_outcome(&mut self) {
        let outcome = std::mem::take(&mut self.outcome);
        if let Some(Outcome { analysis, tree }) = outcome.get() {
            if !tree.root_node().has_error() {
                self.kept = Kept::new(&analysis.findings);
            }
            self.old_tree = Some(tree.clone());
        }
    }

    fn replace(&mut self, start: Position, end: Position, text: &str, encoding: Encoding) {
        let start = position_to_byte(&self.rope, start, encoding);
        let end = position_to_byte(&self.rope, end, encoding);
        let (start, old_end) = (start.min(end), start.max(end));
        let edit = Edit { start, old_end, new_end: start + text.len() };
        self.kept.follow(edit, touched_lines(&self.rope, start, old_end, text));
        let input_edit = self.old_tree.is_some().then(|| input_edit(&self.rope, edit, text));
        let first = self.rope.byte_to_char(start);
        self.rope.remove(first..self.rope.byte_to_char(old_end));
        self.rope.insert(first, text);
        if let Some((tree, input_edit)) = self.old_tree.as_mut().zip(input_edit) {
            tree.edit(&input_edit);
        }
    }
}

/// The edit as the tree needs it. A `\r` before the edit may begin or cease to be a line's end of its own, which the
/// parser reads otherwise: so it counts as replaced.
fn input_edit(before: &Rope, edit: Edit, text: &str) -> InputEdit {
    let after_cr = edit.start > 0 && before.byte(edit.start - 1) == b'\r';
    let start_byte = edit.start - usize::from(after_cr);
    let start_position = point(before, edit.start);
    InputEdit {
        start_byte,
        old_end_byte: edit.old_end,
        new_end_byte: edit.new_end,
        start_position: point(before, start_byte),
        old_end_position: point(before, edit.old_end),
        new_end_position: end_of(start_position, text),
    }
}

/// Rows and byte columns as tree-sitter counts them.
fn point(rope: &Rope, byte: usize) -> Point {
    let row = rope.byte_to_line(byte);
    Point { row, column: byte - rope.line_to_byte(row) }
}

/// Where a text ends that begins at a point.
fn end_of(start: Point, text: &str) -> Point {
    let end = point(&Rope::from_str(text), text.len());
    let column = if end.row == 0 { start.column + end.column } else { end.column };
    Point { row: start.row + end.row, column }
}

#[cfg(test)]
mod tests;
