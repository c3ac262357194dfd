//! The index as its users see it: bring it up to date, ask it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use pygloss_analysis::Glossary;
use pygloss_catalog::ConceptIndex;
use rustc_hash::FxHashMap;

use crate::index::{self, Options, Source, Summary, Watcher};
use crate::store::{Reader, Store, StoreError};
use crate::usages::{self, Answer, Query, Usage, View};

/// The index of one glossary. Shared by threads; answers don't wait for a pass that is running.
pub struct Library {
    glossary: Arc<Glossary>,
    store: RwLock<Arc<Store>>,
    reading: Mutex<Option<Reading>>,
}

/// How much of some folders the index knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was indexed to its end.
    Missing,
    /// A folder was changed since: something was installed or removed.
    Changed,
    /// Everything, unless files were edited in place.
    Complete,
}

/// A connection, and what was read by it and still holds.
struct Reading {
    reader: Reader,
    views: FxHashMap<Vec<PathBuf>, Arc<View>>,
    /// The data version of the views.
    version: i64,
}

impl Library {
    /// Open the index, in `index` below pygloss's cache folder; without that it lives in memory. What had to be done to open
    /// it, [`Library::notice`] tells.
    pub fn open(cache: Option<&Path>, glossary: Arc<Glossary>) -> Self {
        let folder = cache.map(folder_in);
        let store = Store::open(folder.as_deref(), glossary.fingerprint(), &names(&glossary));
        Self::new(store, glossary)
    }

    /// Open the index in a cache folder only to look at it: nothing is made, mended or changed. `None` if there is none.
    pub fn peek(cache: &Path, glossary: Arc<Glossary>) -> Result<Option<Self>, StoreError> {
        let store = Store::peek(&folder_in(cache), glossary.fingerprint())?;
        Ok(store.map(|store| Self::new(store, glossary)))
    }

    fn new(store: Store, glossary: Arc<Glossary>) -> Self {
        Self { glossary, store: RwLock::new(Arc::new(store)), reading: Mutex::new(None) }
    }

    /// What the concepts of queries and answers belong to.
    pub fn glossary(&self) -> &Arc<Glossary> {
        &self.glossary
    }

    /// What had to be done to open the index, as a sentence for the user.
    pub fn notice(&self) -> Option<String> {
        self.store().notice().map(str::to_owned)
    }

    /// The file of the index; `None` for one in memory.
    pub fn path(&self) -> Option<PathBuf> {
        self.store().path().map(Path::to_owned)
    }

    /// Read what changed in some folders. Takes as long as that needs; answers come meanwhile.
    pub fn index(
        &self,
        sources: &[Source<'_>],
        options: &Options,
        watcher: &dyn Watcher,
    ) -> Result<Summary, StoreError> {
        self.mending(|library| index::index(&library.store(), &library.glossary, sources, options, watcher))
    }

    /// How much of some folders is known.
    pub fn state(&self, sources: &[Source<'_>]) -> Result<State, StoreError> {
        let roots = self.reading(|reading| reading.reader.roots())?;
        let mut state = State::Complete;
        for source in sources {
            let root = roots.iter().find(|root| Path::new(&root.path) == source.path());
            match root.map(|root| root.stamp) {
                None | Some(0) => return Ok(State::Missing),
                Some(stamp) if stamp != index::stamp(*source) => state = State::Changed,
                Some(_) => {}
            }
        }
        Ok(state)
    }

    /// Where concepts are used in some folders, the best example first.
    pub fn usages(&self, folders: &[PathBuf], query: &Query) -> Result<Answer, StoreError> {
        self.reading(|reading| {
            let view = reading.view(folders)?;
            usages::answer(&reading.reader, &view, &self.glossary, query)
        })
    }

    /// Where concepts are used in the text of an open document, whatever the index knows of its file; in the order of the text.
    /// Modules are named from `root`.
    pub fn usages_in(&self, text: &Arc<str>, path: &Path, root: &Path, query: &Query) -> Vec<Usage> {
        usages::usages_in(&usages::Open { path, root, text }, &self.glossary, query)
    }

    /// How often a concept is used in some folders. Reads a row for each text that has it.
    pub fn count(&self, folders: &[PathBuf], concept: ConceptIndex) -> Result<usize, StoreError> {
        self.reading(|reading| reading.count(folders, concept))
    }

    fn store(&self) -> Arc<Store> {
        Arc::clone(&self.store.read())
    }

    fn reading<T>(&self, mut read: impl FnMut(&mut Reading) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.mending(|library| {
            let mut reading = library.reading.lock();
            let reading = match &mut *reading {
                Some(reading) => reading,
                none => none.insert(Reading::new(library.store().reader()?)),
            };
            read(reading)
        })
    }

    /// Do it; if the index turns out to be broken, begin it anew and do it once more. The same if its file was replaced meanwhile.
    fn mending<T>(&self, mut run: impl FnMut(&Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match run(self) {
            Err(error @ StoreError::Broken(_)) => {
                let mended = self.store().mended(&error, &names(&self.glossary));
                let Some(mended) = mended else { return Err(error) };
                *self.store.write() = Arc::new(mended);
                *self.reading.lock() = None;
                run(self)
            }
            Err(StoreError::Replaced(_)) => {
                *self.reading.lock() = None;
                run(self)
            }
            result => result,
        }
    }
}

impl Reading {
    fn new(reader: Reader) -> Self {
        Self { reader, views: FxHashMap::default(), version: 0 }
    }

    fn view(&mut self, folders: &[PathBuf]) -> Result<Arc<View>, StoreError> {
        self.forget_if_old()?;
        if let Some(view) = self.views.get(folders) {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(View::load(&self.reader, folders)?);
        self.views.insert(folders.to_owned(), Arc::clone(&view));
        Ok(view)
    }

    fn count(&mut self, folders: &[PathBuf], concept: ConceptIndex) -> Result<usize, StoreError> {
        let view = self.view(folders)?;
        let counts = self.reader.counts(concept)?;
        let here = counts.iter().filter(|(content, _)| view.of_content(*content).is_some());
        Ok(here.map(|(_, count)| *count as usize).sum())
    }

    /// Somebody wrote since: what was read may not hold any more.
    fn forget_if_old(&mut self) -> Result<(), StoreError> {
        let version = self.reader.data_version()?;
        if version != self.version {
            (self.version, self.views) = (version, FxHashMap::default());
        }
        Ok(())
    }
}

fn folder_in(cache: &Path) -> PathBuf {
    cache.join("index")
}

/// The concepts' ids, by their numbers.
fn names(glossary: &Glossary) -> Vec<&str> {
    glossary.catalog.concepts().iter().map(|concept| concept.id.as_str()).collect()
}
