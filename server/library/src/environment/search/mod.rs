//! Where an environment of a folder may be, the most wanted place first.
//!
//! [`candidates`] asks one convention after the other; each names the source that it was read in. Whether there is an
//! environment at a place is `layout`'s business.

use std::path::PathBuf;

use super::Search;
use super::layout::Layout;
use super::reading::Notes;

mod active;
mod conda;
mod hatch;
mod in_folder;
mod on_path;
mod pdm;
mod pipenv;
mod poetry;
pub(super) mod project;
mod pyenv;
mod user;

/// A place, and what led to it.
#[derive(Debug)]
pub(super) struct Candidate {
    /// A prefix, an interpreter, a folder of packages, or a folder that holds `.venv`.
    pub(super) path: PathBuf,
    /// As in [`super::Environment::origin`].
    pub(super) origin: String,
    /// Whether somebody said that it is there, who should hear if it isn't.
    pub(super) is_named: bool,
    /// The folder of packages that stands in for the environment's own.
    packages: Option<PathBuf>,
}

impl Candidate {
    /// A place where an environment may be.
    fn possible(path: impl Into<PathBuf>, origin: impl Into<String>) -> Self {
        Self { path: path.into(), origin: origin.into(), is_named: false, packages: None }
    }

    /// A place that somebody named.
    fn named(path: impl Into<PathBuf>, origin: impl Into<String>) -> Self {
        Self { is_named: true, ..Self::possible(path, origin) }
    }

    /// The layout with the candidate's packages in the place of its own.
    pub(super) fn fitted(&self, layout: Layout) -> Layout {
        match &self.packages {
            Some(packages) => Layout { packages: vec![packages.clone()], has_user_packages: false, ..layout },
            None => layout,
        }
    }
}

/// All places, the most wanted first.
pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(active::configured(search, notes));
    found.extend(active::activated(search));
    found.extend(conda::activated(search));
    found.extend(active::of_uv(search));
    found.extend(in_folder::candidates(search, notes));
    found.extend(pdm::candidates(search, notes));
    found.extend(poetry::candidates(search, notes));
    found.extend(pipenv::candidates(search, notes));
    found.extend(hatch::candidates(search, notes));
    found.extend(conda::of_file(search, notes));
    found.extend(conda::base(search));
    found.extend(pyenv::candidates(search, notes));
    found.extend(on_path::candidates(search, notes));
    found
}
