//! The libraries of the workspace, and its own files: which folders they are in, and what the index knows of them.
//!
//! Nothing is looked for before somebody asks for usages; only an index that is there already is opened after the start, so
//! that hovers can count. [`Libraries::opened`] is for the blocking pool. One task indexes ([`follow`]), however
//! many ask for it.

mod opened;
mod pass;
mod places;
mod turns;
pub(crate) mod watching;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use pygloss_library::Source;
use tokio::sync::{Notify, watch};

pub(crate) use opened::Opened;
pub(crate) use pass::follow;
pub(crate) use places::{canonical, chosen, folder_path, folders_of, path_of};
pub(crate) use turns::Wanted;

use crate::config::Config;
use places::Places;
use turns::Turns;

/// What the server knows of the libraries.
pub(crate) struct Libraries {
    /// The folders of the workspace, as the client names them.
    folders: Mutex<Vec<PathBuf>>,
    opened: Mutex<Option<Arc<Opened>>>,
    turns: Mutex<Turns>,
    notify: Notify,
    /// Whether other places or another glossary may be in force than those that were opened.
    is_doubtful: AtomicBool,
    /// Folders outside of the workspace that the client was asked to watch.
    watched: Mutex<Vec<PathBuf>>,
    /// Told when usages came in and when a pass is over.
    news: watch::Sender<()>,
}

/// Where usages are looked for. The two are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What is installed.
    Libraries,
    /// The user's own files.
    Workspace,
}

impl Default for Libraries {
    fn default() -> Self {
        Self {
            folders: Mutex::default(),
            opened: Mutex::default(),
            turns: Mutex::default(),
            notify: Notify::new(),
            is_doubtful: AtomicBool::new(true),
            watched: Mutex::default(),
            news: watch::Sender::new(()),
        }
    }
}

impl Libraries {
    /// Which folders the workspace has.
    pub(crate) fn set_folders(&self, change: impl FnOnce(&mut Vec<PathBuf>)) {
        change(&mut self.folders.lock());
        self.doubt();
    }

    /// The index and the places that hold for a configuration; found and opened if need be, which takes a while.
    pub(crate) fn opened(&self, config: &Config, cache: Option<&Path>) -> Arc<Opened> {
        self.opened_if(config, cache, |there| !there.places.environments.is_empty())
    }

    /// The same, with the packages that are installed now.
    fn renewed(&self, config: &Config, cache: Option<&Path>) -> Arc<Opened> {
        self.opened_if(config, cache, |there| there.places.are_current())
    }

    fn opened_if(&self, config: &Config, cache: Option<&Path>, is_good: impl Fn(&Opened) -> bool) -> Arc<Opened> {
        let mut opened = self.opened.lock();
        let key = self.key(config);
        match &*opened {
            Some(there) if there.is_for(config, &key) && is_good(there) => Arc::clone(there),
            before => {
                let library = before.as_ref().and_then(|before| before.library_of(config));
                Arc::clone(opened.insert(Arc::new(Opened::new(config, key, library, cache))))
            }
        }
    }

    /// What is opened for a configuration, if it is there and nobody is opening another at the moment.
    pub(crate) fn if_opened(&self, config: &Config) -> Option<Arc<Opened>> {
        let opened = self.opened.try_lock()?;
        let there = opened.as_ref()?;
        there.is_for(config, &self.key(config)).then(|| Arc::clone(there))
    }

    /// What was opened last, for whatever configuration; waits for who is opening another.
    fn last_opened(&self) -> Option<Arc<Opened>> {
        self.opened.lock().clone()
    }

    /// An environment came or went.
    fn forget(&self) {
        *self.opened.lock() = None;
        self.doubt();
    }

    /// Other places may be in force from now on, or another glossary: look at the index again, if there is one.
    pub(crate) fn doubt(&self) {
        self.is_doubtful.store(true, Ordering::SeqCst);
        self.notify.notify_one();
    }

    fn take_doubt(&self) -> bool {
        self.is_doubtful.swap(false, Ordering::SeqCst)
    }

    /// Somebody asks for usages: have what these need brought up to date.
    pub(crate) fn ask(&self, wanted: Wanted) {
        self.turns.lock().ask(wanted);
        self.notify.notify_one();
    }

    /// Files changed: have what is indexed of them brought up to date, unless its user cancelled that.
    fn refresh(&self, wanted: Wanted) {
        self.turns.lock().refresh(wanted);
        self.notify.notify_one();
    }

    /// Whether more usages of a scope may come.
    pub(crate) fn is_indexing(&self, scope: Scope) -> bool {
        self.turns.lock().is_indexing(scope)
    }

    /// Whether the workspace's files were looked at a moment ago.
    pub(crate) fn is_fresh(&self) -> bool {
        self.turns.lock().is_fresh()
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
