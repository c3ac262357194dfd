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
use crate::{Encoding, Finding, Glossary, Notebook, Position};

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
    /// What it is a cell of.
    notebook: Option<Arc<Notebook>>,
    outcome: Arc<OnceLock<Outcome>>,
}

/// What was found in a version.
pub struct Analysis {
    /// The text of that version.
    pub text: Arc<str>,
    /// Its findings, with those kept from the last whole version while the file is broken.
    pub findings: Vec<Finding>,
}

/// An analysis and what the next version takes over from it.
struct Outcome {
    analysis: Arc<Analysis>,
    is_whole: bool,
    /// The base of the next incremental parse: the tree, if it is that of the text as it stands.
    base: Option<Tree>,
}

impl Document {
    /// Open a text.
    pub fn new(text: &str, version: i32) -> Self {
        let rope = Rope::from_str(text);
        let kept = Kept::default();
        let newest = Snapshot { rope, version, old_tree: None, kept, notebook: None, outcome: Arc::default() };
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

    /// Let the version be analysed anew, since what is found in it depends on more than its text, and that has changed.
    pub fn renew(&mut self) {
        self.newest.take_over_outcome();
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
        if let Some(notebook) = &self.notebook {
            notebook.analyse(glossary);
        }
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

    /// The same version as a cell, which is analysed with the others.
    pub(crate) fn in_notebook(self, notebook: Arc<Notebook>) -> Self {
        Self { notebook: Some(notebook), ..self }
    }

    /// The version's text.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::from(String::from(&self.rope))
    }

    /// Parse the version's text, starting from what is left of the last tree.
    pub(crate) fn parse(&self, text: &str) -> Tree {
        crate::parse(text, self.old_tree.as_ref())
    }

    /// Let the version have been analysed with this outcome. `tree` is that of another text of the same length if `is_masked`.
    pub(crate) fn settle(&self, text: Arc<str>, fresh: Vec<Finding>, tree: Tree, is_masked: bool) {
        // If it has an outcome already, that is of the same version of the same notebook.
        let _ = self.outcome.set(self.outcome_of(text, fresh, tree, is_masked));
    }

    fn analyse(&self, glossary: &Glossary) -> Outcome {
        let text = self.text();
        let tree = self.parse(&text);
        let fresh = crate::detect(&text, &tree, glossary);
        self.outcome_of(text, fresh, tree, false)
    }

    fn outcome_of(&self, text: Arc<str>, fresh: Vec<Finding>, tree: Tree, is_masked: bool) -> Outcome {
        let is_whole = !tree.root_node().has_error();
        let findings = if is_whole { fresh } else { self.kept.merge(fresh) };
        let analysis = Arc::new(Analysis { text, findings });
        Outcome { analysis, is_whole, base: (!is_masked).then_some(tree) }
    }

    /// Before the text changes: start from what this version's analysis found, if there was one, and share no cell with it.
    fn take_over_outcome(&mut self) {
        let outcome = std::mem::take(&mut self.outcome);
        if let Some(Outcome { analysis, is_whole, base }) = outcome.get() {
            if *is_whole {
                self.kept = Kept::new(&analysis.findings);
            }
            self.old_tree.clone_from(base);
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
