//! Ctrl-C while the index is written: the first one asks the pass to end, and what was read stays; the next ends the process.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// The exit code of a process that Ctrl-C ended, as shells give it: 128 and the number of the signal.
pub(crate) const INTERRUPTED: u8 = 130;

/// Whether somebody pressed Ctrl-C. One per process: the system knows one handler.
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Take Ctrl-C over. Where that can't be done, it ends the process as ever, which costs the files since the last transaction.
    pub(super) fn watch() -> Self {
        let is_pressed = Arc::new(AtomicBool::new(false));
        let (flag, waiting) = (Arc::clone(&is_pressed), thread::current());
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                process::exit(i32::from(INTERRUPTED));
            }
            waiting.unpark();
        });
        Self(is_pressed)
    }

    /// Whether it was pressed.
    pub(super) fn is_pressed(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Wait on the thread that called [`Interrupt::watch`], at most so long, and no longer than until it is pressed.
    pub(super) fn wait(&self, time: Duration) {
        if !self.is_pressed() {
            thread::park_timeout(time);
        }
    }
}

impl Drop for Interrupt {
    /// From now on, the first one ends the process.
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
