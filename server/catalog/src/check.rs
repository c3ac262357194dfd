//! What can be checked of the pages without knowing what a rule means.

use crate::{Catalog, Problem};

/// Check the written topics: references to days, concepts, files and anchors exist, hover texts are 1-600 characters, no
/// section is empty, `practice.uses` names detectable concepts and both practice files are there.
pub fn check_pages(catalog: &Catalog) -> Vec<Problem> {
    let _ = catalog;
    todo!()
}
