//! Work that takes a while, shown by the client and cancelled by its user.
//!
//! [`Progress::begin`] in the task that does the work, [`Progress::step`] between its parts, [`Progress::end`] behind it. For a
//! client that shows no progress all three do nothing.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use parking_lot::Mutex;
use tokio::time::timeout;
use tower_lsp::gen_lsp_types::{ProgressToken, WorkDoneProgressCancelParams};
use tower_lsp::{Bounded, Cancellable, OngoingProgress};

use crate::state::{CLIENT_PATIENCE, State};

/// The works that the client shows, by token, and whether their user wants them to stop.
#[derive(Default)]
pub(crate) struct Works(Mutex<HashMap<String, Arc<AtomicBool>>>);

/// One work.
pub(crate) struct Progress<'s> {
    state: &'s State,
    token: String,
    is_cancelled: Arc<AtomicBool>,
    shown: Option<OngoingProgress<Bounded, Cancellable>>,
}

impl Works {
    /// `window/workDoneProgress/cancel`. What isn't going on any more can't be cancelled.
    pub(crate) fn cancel(&self, params: &WorkDoneProgressCancelParams) {
        let ProgressToken::String(token) = &params.token else { return };
        if let Some(is_cancelled) = self.0.lock().get(token) {
            is_cancelled.store(true, Ordering::Relaxed);
        }
    }
}

impl<'s> Progress<'s> {
    /// Tell the client of a work that begins. The user may cancel it as soon as the client knows of it.
    pub(crate) async fn begin(state: &'s State, title: &str) -> Self {
        let mut work = Self::quiet(state);
        if state.client_capabilities().shows_progress {
            work.shown = show(state, &work.token, title).await;
        }
        work
    }

    /// A work that is too short to be shown.
    pub(crate) fn quiet(state: &'s State) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let token = format!("pygloss-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let is_cancelled = Arc::<AtomicBool>::default();
        state.works.0.lock().insert(token.clone(), Arc::clone(&is_cancelled));
        Self { state, token, is_cancelled, shown: None }
    }

    /// Becomes true when the user cancels the work; for who does it on another thread.
    pub(crate) fn is_cancelled(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_cancelled)
    }

    /// Tell what is done now, if the work is to go on.
    pub(crate) async fn step(&self, message: &str, done: usize, of: usize) -> bool {
        if let Some(shown) = &self.shown {
            let percentage = u32::try_from(done * 100 / of.max(1)).unwrap_or(100);
            shown.report_with_message(message, percentage, None).await;
        }
        !self.is_cancelled.load(Ordering::Relaxed)
    }

    /// Tell that the work is done, and how it went.
    pub(crate) async fn end(mut self, message: &str) {
        if let Some(shown) = self.shown.take() {
            shown.finish_with_message(message).await;
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.state.works.0.lock().remove(&self.token);
    }
}

async fn show(state: &State, token: &str, title: &str) -> Option<OngoingProgress<Bounded, Cancellable>> {
    let token = ProgressToken::String(token.to_owned());
    let created = timeout(CLIENT_PATIENCE, state.client.create_work_done_progress(token.clone())).await;
    if !matches!(created, Ok(Ok(()))) {
        tracing::warn!("the client shows no progress: {created:?}");
        return None;
    }
    Some(state.client.progress(token, title).with_percentage(0).with_cancel_button().begin().await)
}
