//! How far a long scan is, on a screen only.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Whoever waits shorter than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on standard error that comes late, stays out of the way of what is printed, and leaves nothing behind.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    is_wanted: bool,
}

impl Progress {
    /// A bar for so many files, hidden at first, and for good unless it is wanted and standard error is a screen.
    pub(super) fn new(files: usize, is_wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files");
        let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, start: Instant::now(), is_wanted: is_wanted && std::io::stderr().is_terminal() }
    }

    /// So many more files are done.
    pub(super) fn advance(&mut self, files: usize) {
        if self.is_wanted && self.bar.is_hidden() && self.start.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(files as u64);
    }

    /// Print something while the bar is away.
    pub(super) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Take the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
