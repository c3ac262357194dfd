//! An index with the places that it is asked about.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pygloss_catalog::ConceptIndex;
use pygloss_library::{Library, State, StoreError};

use super::places::{Key, Places};
use super::{Scope, Wanted, sources};
use crate::config::Config;

/// Holds for one glossary, one set of folders and one choice of environment.
pub(crate) struct Opened {
    pub(crate) library: Arc<Library>,
    pub(crate) places: Places,
    /// The paths of the libraries' folders.
    folders: Vec<PathBuf>,
    key: Key,
    /// Whether the libraries were indexed to their end.
    is_complete: AtomicBool,
}

impl Opened {
    /// Find the places, and open the index unless it is given.
    pub(super) fn new(config: &Config, key: Key, library: Option<Arc<Library>>, cache: Option<&Path>) -> Self {
        let places = Places::find(&key);
        let library = library.unwrap_or_else(|| Arc::new(Library::open(cache, Arc::clone(&config.glossary))));
        let folders = places.library_folders();
        let opened = Self { library, places, folders, key, is_complete: AtomicBool::new(false) };
        opened.look();
        opened
    }

    /// Whether it is what a configuration asks for.
    pub(super) fn is_for(&self, config: &Config, key: &Key) -> bool {
        self.key == *key && Arc::ptr_eq(self.library.glossary(), &config.glossary)
    }

    /// The index, if it is that of a configuration's glossary.
    pub(super) fn library_of(&self, config: &Config) -> Option<Arc<Library>> {
        Arc::ptr_eq(self.library.glossary(), &config.glossary).then(|| Arc::clone(&self.library))
    }

    /// The folders of a scope.
    pub(crate) fn folders(&self, scope: Scope) -> &[PathBuf] {
        match scope {
            Scope::Libraries => &self.folders,
            Scope::Workspace => &self.places.workspace,
        }
    }

    /// How much of a scope the index knows.
    pub(crate) fn state(&self, scope: Scope) -> Result<State, StoreError> {
        self.library.state(&sources(&self.places, Wanted::of(scope)))
    }

    /// See whether the libraries are indexed to their end.
    pub(super) fn look(&self) {
        let is_complete =
            !self.folders.is_empty() && matches!(self.state(Scope::Libraries), Ok(State::Complete | State::Changed));
        self.is_complete.store(is_complete, Ordering::Relaxed);
    }

    /// How often a concept is used in the libraries; `None` until all of them are indexed.
    pub(crate) fn count(&self, concept: ConceptIndex) -> Option<usize> {
        let is_complete = self.is_complete.load(Ordering::Relaxed);
        is_complete.then(|| self.library.count(&self.folders, concept).ok()).flatten()
    }
}
