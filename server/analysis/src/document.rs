//! An open file: text, tree and version, and what was last known of it.

use std::sync::Arc;

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
pub struct Document {}

/// A version of a document that no later edit changes. Cheap to clone; shares its [`Analysis`] with other snapshots of the version.
#[derive(Clone)]
pub struct Snapshot {}

/// What was found in a version.
pub struct Analysis {
    /// The text of that version.
    pub text: Arc<str>,
    /// Its findings, with those kept from the last whole version while the file is broken.
    pub findings: Vec<Finding>,
}

impl Document {
    /// Open a text.
    pub fn new(text: &str, version: i32) -> Self {
        let _ = (text, version);
        todo!()
    }

    /// The newest version's number.
    pub fn version(&self) -> i32 {
        todo!()
    }

    /// Apply the changes of one notification, in order.
    pub fn apply(&mut self, changes: &[Change], version: i32, encoding: Encoding) {
        let _ = (changes, version, encoding);
        todo!()
    }

    /// The newest version as an immutable value.
    pub fn snapshot(&self) -> Snapshot {
        todo!()
    }
}

impl Snapshot {
    /// The version's number.
    pub fn version(&self) -> i32 {
        todo!()
    }

    /// Parse and detect, once for all who share the version. Blocking: 10 ms for 2,000 lines on the first call.
    pub fn analysis(&self, glossary: &Glossary) -> Arc<Analysis> {
        let _ = glossary;
        todo!()
    }

    /// The byte offset of a position in this version.
    pub fn byte(&self, position: Position, encoding: Encoding) -> u32 {
        let _ = (position, encoding);
        todo!()
    }

    /// The position of a byte offset in this version.
    pub fn position(&self, byte: u32, encoding: Encoding) -> Position {
        let _ = (byte, encoding);
        todo!()
    }
}
