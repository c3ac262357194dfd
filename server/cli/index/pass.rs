//! A pass over some folders, with its bar and with Ctrl-C, for all commands that need the index.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use pygloss_library::{Library, Options, Progress, Source, Summary, Watcher};

use super::interrupt::Interrupt;
use super::progress::{Bar, is_screen};
use crate::cli::output::Terminal;

/// How long to wait before asking again whether another process is done.
const AGAIN: Duration = Duration::from_millis(200);

/// What to do about folders that another process is indexing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Busy {
    /// Wait until it is done, and look at them then.
    Wait,
    /// Leave them to it.
    Leave,
}

/// What a pass did.
pub(crate) struct Outcome {
    pub(crate) summary: Summary,
    /// Files that were to be read.
    pub(super) wanted: usize,
    pub(super) time: Duration,
}

/// Bring the index up to date with some folders. `announced` is said where no bar shows that something goes on.
pub(crate) fn run(
    library: &Library,
    sources: &[Source<'_>],
    options: &Options,
    busy: Busy,
    announced: Option<&str>,
    terminal: &mut Terminal,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let watched = Watched { interrupt: Interrupt::watch(), bar: Bar::new(), wanted: AtomicUsize::new(0) };
    if let Some(what) = announced.filter(|_| !is_screen()) {
        terminal.note(format_args!("indexing {what}"));
    }
    let mut summary = library.index(sources, options, &watched).with_context(|| index_of(library))?;
    watched.bar.finish();
    if busy == Busy::Wait && !summary.busy.is_empty() && !summary.is_cancelled {
        terminal.note("another pygloss is indexing this environment; waiting for it (Ctrl-C ends the wait)");
        summary = wait(library, sources, options, &watched, summary)?;
        watched.bar.finish();
    }
    let wanted = watched.wanted.load(Ordering::Relaxed);
    Ok(Outcome { summary, wanted, time: start.elapsed() })
}

/// Index the rest when the other process is done. Whether it is can only be seen by trying.
fn wait(
    library: &Library,
    sources: &[Source<'_>],
    options: &Options,
    watched: &Watched,
    mut summary: Summary,
) -> anyhow::Result<Summary> {
    while !summary.busy.is_empty() && !watched.interrupt.is_pressed() {
        watched.interrupt.wait(AGAIN);
        let rest: Vec<_> = sources.iter().copied().filter(|it| is_among(it, &summary)).collect();
        add(&mut summary, library.index(&rest, options, watched).with_context(|| index_of(library))?);
    }
    summary.is_cancelled |= !summary.busy.is_empty();
    Ok(summary)
}

/// What an error is about.
fn index_of(library: &Library) -> String {
    library.path().map_or_else(|| "the index in memory".to_owned(), |path| path.display().to_string())
}

fn is_among(source: &Source<'_>, summary: &Summary) -> bool {
    summary.busy.iter().any(|busy| busy == source.path())
}

fn add(summary: &mut Summary, more: Summary) {
    summary.files += more.files;
    summary.read += more.read;
    summary.bytes += more.bytes;
    summary.removed += more.removed;
    summary.problems.extend(more.problems);
    summary.busy = more.busy;
    summary.is_cancelled |= more.is_cancelled;
}

struct Watched {
    interrupt: Interrupt,
    bar: Bar,
    /// The most files that a pass was to read.
    wanted: AtomicUsize,
}

impl Watcher for Watched {
    fn advanced(&self, progress: Progress) {
        self.wanted.fetch_max(progress.of_files, Ordering::Relaxed);
        self.bar.show(progress);
    }

    fn is_cancelled(&self) -> bool {
        self.interrupt.is_pressed()
    }
}
