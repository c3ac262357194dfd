//! The topics of pygloss as data: phases, days, pages, concepts and the text of their rules.
//!
//! [`Catalog::load`] takes the built-in folder (embedded in the binary) and any number of a user's
//! folders down the same path and returns an immutable catalogue with the problems that it met. A
//! problem never stops the rest from loading. This crate never sees the code that a user writes, and
//! it does not know what a rule means: rules are kept as text for the analysis.

mod carets;
mod catalog;
mod check;
mod fence;
mod folder;
mod front_matter;
mod heading;
mod inline;
mod lines;
mod links;
mod load;
mod outline;
mod page;
mod problem;
mod reader;
mod syllabus;

pub use carets::{Assertion, Expected, strip_carets};
pub use catalog::{Catalog, Concept, ConceptIndex, Kind, LibraryPlace, Phase, RuleText, Topic, TopicIndex};
pub use check::check_pages;
pub use fence::{Fence, Longhand, LonghandKind, Run, Version};
pub use folder::Folder;
pub use inline::{inert, plain_text};
pub use page::Section;
pub use problem::{Problem, Severity};
