//! Where an environment of a folder may be, the most wanted place first.
//!
//! [`candidates`] asks one convention after the other; each names the source that it was read in. Whether there is an
//! environment at a place is `layout`'s business.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Search;
use super::layout::Layout;
use super::reading::Notes;

mod active;
mod in_folder;

/// A place, and what led to it.
pub(super) struct Candidate {
    /// A prefix, an interpreter, a folder of packages, or a folder that holds `.venv`.
    pub(super) path: PathBuf,
    /// As in [`super::Environment::origin`].
    pub(super) origin: String,
    /// Whether somebody said that it is there, who should hear if it isn't.
    pub(super) is_named: bool,
    /// The folder of packages that stands in for the environment's own.
    pub(super) packages: Option<PathBuf>,
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
}

impl Candidate {
    /// The layout with the candidate's packages in the place of its own.
    pub(super) fn fitted(&self, layout: Layout) -> Layout {
        match &self.packages {
            Some(packages) => Layout { packages: vec![packages.clone()], ..layout },
            None => layout,
        }
    }
}

/// All places, the most wanted first.
pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(active::configured(search));
    found.extend(active::activated(search));
    found.extend(in_folder::usual(search, notes));
    found
}

impl Search<'_> {
    /// An environment variable; an empty one counts as not set.
    fn value(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// A variable that holds a path, `~` for the home and relative to the folder.
    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.absolute(Path::new(&self.value(name)?)))
    }

    /// A path that a setting holds: `~` stands for the home, and a relative one starts in the folder.
    fn absolute(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), self.home()) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => self.folder.join(path),
        }
    }

    /// The user's home.
    pub(super) fn home(&self) -> Option<PathBuf> {
        let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        self.value(name).map(PathBuf::from).filter(|home| home.is_absolute())
    }
}
