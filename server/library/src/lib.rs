//! Real-world usages: which libraries on the machine use a construct, where, and which place is worth reading first.
//!
//! [`environment::find`] says which folders hold a workspace's libraries; [`Library::index`] reads them into a store that
//! all pygloss processes of the user share, and [`Library::usages`] answers from it in milliseconds. Invariants:
//!
//! - Files are read and nothing is run: an environment is what its folders say.
//! - What is kept of a file depends on its bytes and the rules alone, so equal files are kept once, and the number of threads
//!   changes nothing.
//! - A file is in the index whole or not at all, whenever a process is killed.
//! - A usage is shown only if its file still holds what was indexed.

pub mod environment;
mod facts;
mod figures;
pub mod index;
mod library;
mod lines;
pub mod rank;
mod store;
#[cfg(test)]
mod testbed;
mod usages;
pub mod walk;

pub use figures::grouped;
pub use index::{Options, Progress, Source, Summary, Watcher};
pub use library::{Library, State};
pub use rank::{Aspect, FileMeasures, Level, Part};
pub use store::StoreError;
pub use usages::{Answer, Block, Excerpt, Line, Query, Usage};
