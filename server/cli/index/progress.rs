//! How far a pass is, on a screen only: files, speed and the time that is left.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pygloss_library::Progress;

use crate::cli::figures::grouped;

/// Whoever waits shorter than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on standard error that comes late and leaves nothing behind.
pub(super) struct Bar {
    drawn: ProgressBar,
    start: Instant,
    is_screen: bool,
}

impl Bar {
    /// Hidden at first, and for good where standard error is no screen.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:24} {msg}, {decimal_bytes_per_sec}, {eta} left");
        Self {
            drawn: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())),
            start: Instant::now(),
            is_screen: is_screen(),
        }
    }

    /// Show where the pass is. Its length counts in bytes, since files differ much in the time that they take.
    pub(super) fn show(&self, progress: Progress) {
        if !self.is_screen {
            return;
        }
        if self.drawn.is_hidden() && self.start.elapsed() > PATIENCE {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr());
        }
        let Progress { files, of_files, bytes, of_bytes } = progress;
        self.drawn.set_length(of_bytes);
        self.drawn.set_position(bytes);
        self.drawn.set_message(format!("{} of {} files", grouped(files), grouped(of_files)));
    }

    /// Take the bar away.
    pub(super) fn finish(&self) {
        self.drawn.finish_and_clear();
    }
}

/// Whether a bar would be seen.
pub(super) fn is_screen() -> bool {
    std::io::stderr().is_terminal()
}
