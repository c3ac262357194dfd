//! The cells of a notebook, analysed as one file.
//!
//! A notebook's cells share their names: what one imports or binds, the others use. So the cells are searched together,
//! in order, and each is given its part of what was found. Invariants:
//!
//! 1. Each cell is parsed alone, and the trees are joined, not the texts: what is broken or left open in a cell ends with it.
//! 2. Names have no order, as in a file: a cell sees what a later one binds.
//! 3. A finding lies in one cell. One that reaches over a cell's end isn't there, nor one inside a magic; of one that
//!    takes a role from another cell, the role isn't.
//! 4. A cell that is broken keeps what was found in it before, as a file does (`stale.rs`).

use std::sync::{Arc, OnceLock};

use crate::detect::search;
use crate::magics::mask;
use crate::names::Names;
use crate::tree::Tree;
use crate::{Finding, Glossary, Snapshot, Span};

/// A state of a notebook: its cells of Python, in order. They are analysed together, once.
///
/// Ask [`Notebook::cell`] for a cell, and that as one asks a file. When a cell is edited, or cells come, go or move, the
/// documents of the others are to be renewed ([`Document::renew`](crate::Document::renew)), and there is a new state.
pub struct Notebook {
    cells: Vec<Snapshot>,
    is_analysed: OnceLock<()>,
}

impl Notebook {
    /// A notebook of these cells.
    pub fn new(cells: Vec<Snapshot>) -> Self {
        Self { cells, is_analysed: OnceLock::new() }
    }

    /// The cell at a place, if there is one.
    pub fn cell(self: &Arc<Self>, index: usize) -> Option<Snapshot> {
        Some(self.cells.get(index)?.clone().in_notebook(Arc::clone(self)))
    }

    /// See to it that each cell has been analysed.
    pub(crate) fn analyse(&self, glossary: &Glossary) {
        self.is_analysed.get_or_init(|| analyse(&self.cells, glossary));
    }
}

fn analyse(cells: &[Snapshot], glossary: &Glossary) {
    let texts: Vec<_> = cells.iter().map(Snapshot::text).collect();
    let masked: Vec<_> = texts.iter().map(|text| mask(text)).collect();
    let trees: Vec<_> = cells
        .iter()
        .zip(&masked)
        .map(
            |(cell, masked)| {
                if masked.magics.is_empty() { cell.parse(&masked.text) } else { crate::parse(&masked.text, None) }
            },
        )
        .collect();
    let (joined, places) = join(masked.iter().map(|masked| &*masked.text));
    let tree = Tree::joined(places.iter().map(|place| place.start).zip(&trees));
    let findings = search(&joined, &tree, &Names::new(&joined, &tree), glossary);
    let is_masked: Vec<_> = masked.into_iter().map(|masked| masked.magics).collect();
    for ((((cell, text), tree), magics), place) in cells.iter().zip(&texts).zip(trees).zip(is_masked).zip(places) {
        let own = of_cell(&findings, place).filter(|finding| magics.iter().all(|magic| !magic.holds(finding.span)));
        cell.settle(Arc::clone(text), own.collect(), tree, !magics.is_empty());
    }
}

/// The texts, a line's end behind each, and where each lies.
fn join<'t>(texts: impl Iterator<Item = &'t str>) -> (String, Vec<Span>) {
    let mut joined = String::new();
    let mut place = |text: &str| {
        let start = joined.len() as u32;
        joined.push_str(text);
        joined.push('\n');
        Span { start, end: start + text.len() as u32 }
    };
    let places = texts.map(&mut place).collect();
    (joined, places)
}

/// The findings in a cell, which are sorted by their start, as its own text has them.
fn of_cell(findings: &[Finding], place: Span) -> impl Iterator<Item = Finding> {
    let first = findings.partition_point(|finding| finding.span.start < place.start);
    let in_cell = findings[first..].iter().take_while(move |finding| finding.span.start <= place.end);
    in_cell.filter(move |finding| place.holds(finding.span)).map(move |finding| {
        let mut own = finding.clone();
        own.roles.retain(|role| place.holds(role.span));
        for span in std::iter::once(&mut own.span).chain(own.roles.iter_mut().map(|role| &mut role.span)) {
            *span = Span { start: span.start - place.start, end: span.end - place.start };
        }
        own
    })
}

#[cfg(test)]
mod tests;
