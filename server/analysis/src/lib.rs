//! Finds the constructs of the catalogue in Python text, and says what a reader should know of them.
//!
//! Pure: text and a [`Glossary`] in, plain data out. No IO, no protocol types, no clock. The flow is one way:
//! [`parse()`] gives tree-sitter's tree; [`detect()`] flattens it, resolves names, matches the rules and runs the
//! finders; [`hover()`], [`actions`] and [`dump()`] read findings. [`Document`] holds an open file between edits,
//! [`Notebook`] the cells of one.

pub mod actions;
pub mod check;
mod classes;
mod decode;
mod detect;
mod document;
mod dump;
mod file;
mod finders;
mod finding;
mod glossary;
mod grammar;
mod hover;
mod magics;
mod names;
mod notebook;
mod parse;
mod position;
mod rules;
#[cfg(feature = "stages")]
pub mod stages;
mod stale;
mod survey;
mod tree;
mod values;

pub use decode::{DecodeError, decode};
pub use detect::{detect, find};
pub use document::{Analysis, Change, Document, Snapshot};
pub use dump::dump;
pub use finding::{Finding, Role, Span};
pub use glossary::Glossary;
pub use hover::{Gloss, Hover, hover};
pub use notebook::Notebook;
pub use parse::parse;
pub use position::{Encoding, Position, byte_to_position, position_to_byte};
pub use survey::{Block, BlockKind, Place, Survey, survey};
