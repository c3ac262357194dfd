//! Files are read and analysed on several threads; the results come in the order of the jobs.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use pygloss_analysis::{Glossary, decode};
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use super::{Options, Watcher};
use crate::facts::Facts;
use crate::store::Hash;
use crate::walk::Walked;

/// A file that is to be read.
pub(super) struct Job<'a> {
    /// Which of the passes it belongs to.
    pub(super) pass: usize,
    pub(super) file: &'a Walked,
    pub(super) path: PathBuf,
}

/// What a file holds.
pub(super) enum Outcome {
    /// A text that is in the index.
    Known(Hash),
    /// Another text, analysed.
    Analysed(Hash, Facts),
    /// Nothing that can be read, and why.
    Unreadable(String),
}

/// All that is to be done.
pub(super) struct Work<'a> {
    pub(super) jobs: &'a [Job<'a>],
    pub(super) glossary: &'a Glossary,
    /// Texts that are in the index.
    pub(super) known: &'a FxHashSet<Hash>,
    pub(super) options: &'a Options,
    pub(super) watcher: &'a dyn Watcher,
}

/// The jobs that are done, in their order.
pub(super) type Results<'a> = Peekable<InOrder<'a>>;

/// Do the work on as many threads as the options say, while `consume` takes the results on this one. When it stops taking
/// them, or the watcher says so, the threads stop.
pub(super) fn read_all<T>(work: &Work<'_>, consume: impl FnOnce(&mut Results<'_>) -> T) -> T {
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..work.options.threads.max(1).min(work.jobs.len()) {
            let sender = sender.clone();
            scope.spawn(|| read_some(work, &next, &is_over, sender));
        }
        drop(sender);
        let mut results = InOrder { jobs: work.jobs, receiver, waiting: BTreeMap::new(), next: 0 }.peekable();
        let consumed = consume(&mut results);
        is_over.store(true, Ordering::Relaxed);
        consumed
    })
}

/// Read and analyse a file, whether its text is known or not.
pub(super) fn analyse(job: &Job<'_>, work: &Work<'_>) -> Outcome {
    read(job, work, &FxHashSet::default())
}

#[expect(clippy::needless_pass_by_value, reason = "a sender that is dropped tells that no more will come")]
fn read_some(work: &Work<'_>, next: &AtomicUsize, is_over: &AtomicBool, sender: Sender<(usize, Outcome)>) {
    while !is_over.load(Ordering::Relaxed) && !work.watcher.is_cancelled() {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(job) = work.jobs.get(index) else { return };
        if sender.send((index, read(job, work, work.known))).is_err() {
            return;
        }
    }
}

fn read(job: &Job<'_>, work: &Work<'_>, known: &FxHashSet<Hash>) -> Outcome {
    let limit = work.options.max_file_size;
    if job.file.size > limit {
        return Outcome::Unreadable(format!("larger than {limit} bytes"));
    }
    let bytes = match std::fs::read(&job.path) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Unreadable(error.to_string()),
    };
    let hash = Sha256::digest(&bytes).into();
    if known.contains(&hash) {
        return Outcome::Known(hash);
    }
    let text = match decode(&bytes) {
        Ok(text) => text,
        Err(error) => return Outcome::Unreadable(error.to_string()),
    };
    // A bug that one file brings to light must not cost all the others.
    match catch_unwind(AssertUnwindSafe(|| Facts::of(&text, work.glossary))) {
        Ok(facts) => Outcome::Analysed(hash, facts),
        Err(_) => Outcome::Unreadable("pygloss failed at it, which is a bug".to_owned()),
    }
}

/// Puts results into the order of the jobs.
pub(super) struct InOrder<'a> {
    jobs: &'a [Job<'a>],
    receiver: Receiver<(usize, Outcome)>,
    /// Those that came before their turn.
    waiting: BTreeMap<usize, Outcome>,
    next: usize,
}

impl<'a> Iterator for InOrder<'a> {
    type Item = (&'a Job<'a>, Outcome);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.waiting.contains_key(&self.next) {
            let (index, outcome) = self.receiver.recv().ok()?;
            self.waiting.insert(index, outcome);
        }
        let (job, outcome) = (self.jobs.get(self.next)?, self.waiting.remove(&self.next)?);
        self.next += 1;
        Some((job, outcome))
    }
}
