//! An index with the places that it is asked about.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
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
    /// How often concepts are used in the libraries, as far as a hover wanted to know; `None` until all are indexed. Kept from pass
    /// to pass, so that hovers read nothing while the workspace's files are indexed.
    counts: Mutex<Option<HashMap<ConceptIndex, usize>>>,
}

impl Opened {
    /// Find the places, and open the index unless it is given.
    pub(super) fn new(config: &Config, key: Key, library: Option<Arc<Library>>, cache: Option<&Path>) -> Self {
        let places = Places::find(&key);
        let library = library.unwrap_or_else(|| Arc::new(Library::open(cache, Arc::clone(&config.glossary))));
        let folders = places.library_folders();
        let opened = Self { library, places, folders, key, counts: Mutex::default() };
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

    /// Whether a scope was indexed to its end at least once.
    pub(super) fn is_known(&self, scope: Scope) -> bool {
        !self.folders(scope).is_empty() && matches!(self.state(scope), Ok(State::Complete | State::Changed))
    }

    /// The libraries may have been indexed: count anew.
    pub(super) fn look(&self) {
        let counts = self.is_known(Scope::Libraries).then(HashMap::new);
        *self.counts.lock() = counts;
    }

    /// How often a concept is used in the libraries; `None` until all of them are indexed.
    pub(crate) fn count(&self, concept: ConceptIndex) -> Option<usize> {
        if let Some(count) = self.counts.lock().as_ref()?.get(&concept) {
            return Some(*count);
        }
        let count = self.library.count(&self.folders, concept).ok()?;
        self.counts.lock().as_mut()?.insert(concept, count);
        Some(count)
    }
}
