//! Indexing, in one task: what is wanted while a pass is going on is done by the next.

use std::error::Error;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use pygloss_library::{Options, Progress as Done, State as Known, Summary, Watcher, grouped};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::{Opened, Scope, Wanted, sources, watching};
use crate::progress::Progress;
use crate::state::State;

/// A client that shows progress needs no more than this many steps.
const STEP: Duration = Duration::from_millis(100);

/// How long to leave a folder to the process that is indexing it before looking again.
const TURN: Duration = Duration::from_secs(1);

/// How a pass went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// As far as it can; or it failed, which was told.
    Done,
    /// Another process is indexing a part of it.
    Busy,
}

/// Index what is wanted, until the server ends.
pub(crate) async fn follow(state: Arc<State>) {
    let libraries = &state.libraries;
    state.ready.notified().await;
    watching::watch_workspace(&state);
    let mut before = Ended::Done;
    loop {
        if libraries.take_doubt() {
            let for_look = Arc::clone(&state);
            let _ = spawn_blocking(move || look(&for_look)).await;
        }
        let wanted = libraries.turns.lock().next();
        libraries.news.send_replace(());
        if wanted.is_nothing() {
            libraries.notify.notified().await;
            continue;
        }
        before = pass(&state, wanted, before == Ended::Busy).await;
        if before == Ended::Busy {
            tokio::time::sleep(TURN).await;
            libraries.refresh(wanted);
        }
        libraries.turns.lock().end();
    }
}

/// Open the index if there is one, so that hovers can count; and where usages were asked for, bring up to date what isn't.
fn look(state: &State) {
    let config = state.configuration.current();
    let asked = state.libraries.turns.lock().asked();
    let is_there = || state.cache.as_ref().is_some_and(|cache| cache.join("index").exists());
    if !config.settings.usages_enabled || asked.is_nothing() && !is_there() {
        return;
    }
    let opened = state.opened(&config);
    let is_old = |scope| !opened.folders(scope).is_empty() && !matches!(opened.state(scope), Ok(Known::Complete));
    state.libraries.refresh(Wanted {
        libraries: asked.libraries && is_old(Scope::Libraries),
        workspace: asked.workspace && is_old(Scope::Workspace),
    });
}

async fn pass(state: &Arc<State>, wanted: Wanted, is_repeated: bool) -> Ended {
    let for_open = Arc::clone(state);
    let (opened, is_long) = match spawn_blocking(move || open(&for_open, wanted)).await {
        Ok(opened) => opened,
        Err(error) => return failed(state, &error),
    };
    if let Some(notice) = opened.library.notice().filter(|notice| state.configuration.is_news(notice)) {
        state.outbox.log(notice);
    }
    watching::watch_environments(state, &opened.places);
    let title = if wanted.libraries { "pygloss: indexing libraries" } else { "pygloss: indexing the workspace" };
    let is_shown = is_long && !is_repeated;
    let progress = if is_shown { Progress::begin(state, title).await } else { Progress::quiet(state) };
    let summary = run(state, &opened, wanted, &progress).await;
    let is_cancelled = summary.as_ref().is_ok_and(|summary| summary.is_cancelled);
    if is_cancelled {
        state.libraries.turns.lock().stop();
    }
    state.libraries.news.send_replace(());
    match summary {
        Ok(summary) => {
            progress.end(if is_cancelled { "cancelled" } else { "done" }).await;
            if summary.busy.is_empty() || is_cancelled { Ended::Done } else { Ended::Busy }
        }
        Err(error) => {
            progress.end("failed").await;
            failed(state, &*error)
        }
    }
}

/// The index with the places as they are now, and whether a pass takes long enough to be shown: a first one, or one after
/// something was installed.
fn open(state: &State, wanted: Wanted) -> (Arc<Opened>, bool) {
    let config = state.configuration.current();
    let cache = state.cache.as_deref();
    let libraries = &state.libraries;
    let opened = if wanted.libraries { libraries.renewed(&config, cache) } else { libraries.opened(&config, cache) };
    let is_complete = |scope| matches!(opened.state(scope), Ok(Known::Complete));
    let is_long =
        wanted.libraries && !is_complete(Scope::Libraries) || wanted.workspace && !is_complete(Scope::Workspace);
    (opened, is_long)
}

/// Index, and tell how far it is. The error is the index's, or that of a pass that panicked.
async fn run(
    state: &State,
    opened: &Arc<Opened>,
    wanted: Wanted,
    progress: &Progress<'_>,
) -> Result<Summary, Box<dyn Error + Send + Sync>> {
    let (sender, mut receiver) = watch::channel(Done::default());
    let task = spawn_blocking({
        let (opened, is_cancelled) = (Arc::clone(opened), progress.is_cancelled());
        let options = options(state.configuration.current().settings.usages_threads);
        move || {
            let watcher = Following { sender, is_cancelled };
            let summary = opened.library.index(&sources(&opened.places, wanted), &options, &watcher);
            if wanted.libraries {
                opened.look();
            }
            summary
        }
    });
    let mut told: Option<Instant> = None;
    while receiver.changed().await.is_ok() {
        let done = *receiver.borrow_and_update();
        if told.is_none_or(|told| told.elapsed() >= STEP) {
            progress.step(&message(done), done.files, done.of_files).await;
            state.libraries.news.send_replace(());
            told = Some(Instant::now());
        }
    }
    Ok(task.await??)
}

/// More threads than processors only take turns.
fn options(threads: usize) -> Options {
    let default = Options::default();
    let most = available_parallelism().map_or(1, NonZeroUsize::get);
    Options { threads: if threads == 0 { default.threads } else { threads.min(most) }, ..default }
}

fn message(done: Done) -> String {
    format!("{} of {} files", grouped(done.files), grouped(done.of_files))
}

/// Tell why there are no more usages.
fn failed(state: &State, error: &dyn Error) -> Ended {
    let message = format!("can't index: {error}");
    if state.configuration.is_news(&message) {
        state.outbox.show(message);
    }
    Ended::Done
}

/// Hands on how far the pass is, and whether its user has enough of it.
struct Following {
    sender: watch::Sender<Done>,
    is_cancelled: Arc<AtomicBool>,
}

impl Watcher for Following {
    fn advanced(&self, progress: Done) {
        self.sender.send_replace(progress);
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}
