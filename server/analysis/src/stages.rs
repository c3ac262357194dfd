//! The steps of a detection, one by one, for the benchmarks: what [`detect()`](crate::detect()) does in one go.

use crate::Glossary;
use crate::names::Names;
use crate::tree::Tree;

/// tree-sitter's tree as the compact one.
pub struct Flattened(Tree);

/// Scopes and bindings.
pub struct Named(Names);

/// Flatten tree-sitter's tree.
pub fn flatten(tree: &tree_sitter::Tree) -> Flattened {
    Flattened(Tree::new(tree))
}

/// Collect the names of a flattened tree.
pub fn names(text: &str, tree: &Flattened) -> Named {
    Named(Names::new(text, &tree.0))
}

/// Match rules and run finders; how many findings there are.
pub fn search(text: &str, tree: &Flattened, names: &Named, glossary: &Glossary) -> usize {
    crate::detect::search(text, &tree.0, &names.0, glossary).len()
}
