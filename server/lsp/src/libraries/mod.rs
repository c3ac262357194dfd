//! The libraries of the workspace, and its own files: which folders they are in, and what the index knows of them.
//!
//! Nothing is looked for before somebody asks for usages; only an index that is there already is opened after the start, so
//! that hovers can count. [`Libraries::opened`] is for the blocking pool. One task indexes ([`pass::follow`]), however
//! many ask for it.

mod opened;
mod pass;
mod places;
pub(crate) mod watching;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use pygloss_library::Source;
use tokio::sync::{Notify, watch};

pub(crate) use opened::Opened;
pub(crate) use pass::follow;
pub(crate) use places::{folder_around, folder_path, folders_of, path_of};

use crate::config::Config;
use places::Places;

/// What the server knows of the libraries.
pub(crate) struct Libraries {
    /// The folders of the workspace, as the client names them.
    folders: Mutex<Vec<PathBuf>>,
    opened: Mutex<Option<Arc<Opened>>>,
    /// Which parts wait to be indexed.
    wanted: Mutex<Wanted>,
    notify: Notify,
    /// Whether a pass is going on, or waits for its turn.
    is_indexing: AtomicBool,
    /// Whether the client was asked to watch the environments.
    is_watched: AtomicBool,
    /// Told when usages came in and when a pass is over.
    news: watch::Sender<()>,
}

/// Parts of the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) libraries: bool,
    pub(crate) workspace: bool,
}

/// Where usages are looked for. The two are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What is installed.
    Libraries,
    /// The user's own files.
    Workspace,
}

impl Wanted {
    /// All that a scope needs.
    pub(crate) fn of(scope: Scope) -> Self {
        Self { libraries: scope == Scope::Libraries, workspace: scope == Scope::Workspace }
    }
}

impl Default for Libraries {
    fn default() -> Self {
        Self {
            folders: Mutex::default(),
            opened: Mutex::default(),
            wanted: Mutex::default(),
            notify: Notify::new(),
            is_indexing: AtomicBool::new(false),
            is_watched: AtomicBool::new(false),
            news: watch::Sender::new(()),
        }
    }
}

impl Libraries {
    /// Which folders the workspace has.
    pub(crate) fn set_folders(&self, change: impl FnOnce(&mut Vec<PathBuf>)) {
        change(&mut self.folders.lock());
    }

    /// The index and the places that hold for a configuration; found and opened if need be, which takes a while.
    pub(crate) fn opened(&self, config: &Config, cache: Option<&Path>) -> Arc<Opened> {
        let mut opened = self.opened.lock();
        let key = self.key(config);
        match &*opened {
            Some(there) if there.is_for(config, &key) => Arc::clone(there),
            before => {
                let library = before.as_ref().and_then(|before| before.library_of(config));
                Arc::clone(opened.insert(Arc::new(Opened::new(config, key, library, cache))))
            }
        }
    }

    /// The same, if it is there.
    pub(crate) fn if_opened(&self, config: &Config) -> Option<Arc<Opened>> {
        let opened = self.opened.try_lock()?;
        let there = opened.as_ref()?;
        there.is_for(config, &self.key(config)).then(|| Arc::clone(there))
    }

    /// Look for the places anew the next time: an environment came or went.
    fn forget(&self) {
        *self.opened.lock() = None;
    }

    /// Have some parts brought up to date.
    pub(crate) fn want(&self, wanted: Wanted) {
        let mut waiting = self.wanted.lock();
        waiting.libraries |= wanted.libraries;
        waiting.workspace |= wanted.workspace;
        self.is_indexing.store(true, Ordering::SeqCst);
        self.notify.notify_one();
    }

    /// What is to be indexed next; if nothing is, nobody has to wait for more usages.
    fn take_wanted(&self) -> Wanted {
        let mut waiting = self.wanted.lock();
        let wanted = std::mem::take(&mut *waiting);
        // Under the lock, so that what is wanted from now on isn't taken for done.
        self.is_indexing.store(wanted != Wanted::default(), Ordering::SeqCst);
        wanted
    }

    /// Whether the client wasn't asked yet to watch the environments; it is once.
    fn is_unwatched(&self) -> bool {
        !self.is_watched.swap(true, Ordering::Relaxed)
    }

    /// Whether more usages may come.
    pub(crate) fn is_indexing(&self) -> bool {
        self.is_indexing.load(Ordering::SeqCst)
    }

    /// Changes when usages came in, and when a pass is over.
    pub(crate) fn news(&self) -> watch::Receiver<()> {
        self.news.subscribe()
    }

    fn key(&self, config: &Config) -> places::Key {
        places::Key { folders: self.folders.lock().clone(), environment: config.settings.environment.clone() }
    }
}

/// The parts of some places as the index takes them.
fn sources(places: &Places, wanted: Wanted) -> Vec<Source<'_>> {
    let mut sources = Vec::new();
    if wanted.workspace {
        sources.extend(places.workspace.iter().map(|folder| Source::Workspace(folder)));
    }
    if wanted.libraries {
        sources.extend(places.roots().map(Source::Installed));
    }
    sources
}
