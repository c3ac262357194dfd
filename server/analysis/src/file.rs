//! A file as rules and finders see it.

use crate::names::Names;
use crate::tree::Tree;

/// Text, tree and names: all that is known of a file before anything is looked for in it.
#[derive(Clone, Copy)]
pub(crate) struct File<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Its tree.
    pub(crate) tree: &'a Tree,
    /// Its names.
    pub(crate) names: &'a Names,
}
