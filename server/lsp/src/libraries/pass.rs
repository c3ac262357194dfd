//! Indexing, in one task: what is wanted while a pass is going on is done by the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pygloss_library::{Options, Progress as Done, StoreError, Summary, Watcher};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::{Opened, Scope, Wanted, sources, watching};
use crate::progress::Progress;
use crate::state::State;

/// A client that shows progress needs no more than this many steps.
const STEP: Duration = Duration::from_millis(100);

/// How long to leave a folder to the process that is indexing it before looking again.
const TURN: Duration = Duration::from_secs(1);

/// Index what is wanted, until the server ends.
pub(crate) async fn follow(state: Arc<State>) {
    let libraries = &state.libraries;
    look(&state).await;
    loop {
        let wanted = libraries.take_wanted();
        if wanted == Wanted::default() {
            libraries.news.send_replace(());
            libraries.notify.notified().await;
            continue;
        }
        let left = pass(&state, wanted).await;
        if left != Wanted::default() {
            tokio::time::sleep(TURN).await;
            libraries.want(left);
        }
    }
}

/// After the start: open the index if there is one, so that hovers can count.
async fn look(state: &Arc<State>) {
    state.ready.notified().await;
    watching::watch_workspace(state);
    let there = state.cache.as_ref().is_some_and(|cache| cache.join("index").exists());
    if there && state.configuration.current().settings.usages_enabled {
        let for_look = Arc::clone(state);
        let _ = spawn_blocking(move || for_look.opened()).await;
    }
}

/// One pass; what is left to another process, to be looked at again.
async fn pass(state: &Arc<State>, wanted: Wanted) -> Wanted {
    let for_open = Arc::clone(state);
    let Ok(opened) = spawn_blocking(move || for_open.opened()).await else { return Wanted::default() };
    if let Some(notice) = opened.library.notice().filter(|notice| state.configuration.is_news(notice)) {
        state.outbox.log(notice);
    }
    if state.libraries.is_unwatched() {
        watching::watch_environments(state, &opened.places);
    }
    let title = if wanted.libraries { "pygloss: indexing libraries" } else { "pygloss: indexing the workspace" };
    let is_shown = is_long(&opened, wanted);
    let progress = if is_shown { Progress::begin(state, title).await } else { Progress::quiet(state) };
    let (sender, mut receiver) = watch::channel(Done::default());
    let task = spawn_blocking({
        let (opened, is_cancelled) = (Arc::clone(&opened), progress.is_cancelled());
        let threads = state.configuration.current().settings.usages_threads;
        move || index(&opened, wanted, threads, &Following { sender, is_cancelled })
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
    let summary = task.await;
    opened.look();
    state.libraries.news.send_replace(());
    match summary {
        Ok(Ok(summary)) => {
            progress.end(if summary.is_cancelled { "cancelled" } else { "done" }).await;
            if summary.busy.is_empty() { Wanted::default() } else { wanted }
        }
        Ok(Err(error)) => {
            progress.end("failed").await;
            tell(state, format!("can't index: {error}"));
            Wanted::default()
        }
        Err(error) => {
            tell(state, format!("can't index: {error}"));
            Wanted::default()
        }
    }
}

/// Whether a pass is long enough to be shown: a first one, or one after something was installed.
fn is_long(opened: &Opened, wanted: Wanted) -> bool {
    let is_known = |scope| matches!(opened.state(scope), Ok(pygloss_library::State::Complete));
    wanted.libraries && !is_known(Scope::Libraries) || wanted.workspace && !is_known(Scope::Workspace)
}

fn index(opened: &Opened, wanted: Wanted, threads: usize, watcher: &Following) -> Result<Summary, StoreError> {
    let default = Options::default();
    let options = Options { threads: if threads == 0 { default.threads } else { threads }, ..default };
    opened.library.index(&sources(&opened.places, wanted), &options, watcher)
}

fn message(done: Done) -> String {
    format!("{} of {} files", done.files, done.of_files)
}

fn tell(state: &State, message: String) {
    if state.configuration.is_news(&message) {
        state.outbox.show(message);
    }
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
