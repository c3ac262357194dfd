//! A pass over roots: what changed is read, analysed on several threads, and written in the order of the walk.
//!
//! A file that looks as it did isn't opened. One thread writes, whole files at a time, so that a pass that is stopped or
//! killed is completed by the next one, and readers see what is there so far. The result is the same at any number of
//! threads, since files are written in the order in which they were found, whoever finishes first.

mod pass;
mod work;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use pygloss_analysis::Glossary;

use crate::environment::{Root, RootKind};
use crate::store::{Store, StoreError, Writer, delete_forgotten};
use pass::Pass;
pub(crate) use pass::{stamp, workspace_package};
use work::{Job, Outcome, Results, Work, read_all};

/// More threads than this make the machine's user wait for theirs.
const MOST_THREADS: usize = 4;

/// The largest file that is read, in bytes, as elsewhere in pygloss.
pub const MAX_FILE_SIZE: u64 = 2_000_000;

/// How long a transaction collects files before others see them.
const BATCH: Duration = Duration::from_millis(250);

/// A folder that is to be indexed.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// One of an environment.
    Installed(&'a Root),
    /// A workspace's own, canonical.
    Workspace(&'a Path),
}

/// How to index.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Threads that read and analyse.
    pub threads: usize,
    /// Larger files are left out; in bytes.
    pub max_file_size: u64,
}

/// Where a pass is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that are done.
    pub files: usize,
    /// Files that are to be read.
    pub of_files: usize,
    /// Bytes of those that are done.
    pub bytes: u64,
    /// Bytes of all that are to be read.
    pub of_bytes: u64,
}

/// Follows a pass and may end it.
pub trait Watcher: Sync {
    /// Called when the work is known, and after each file.
    fn advanced(&self, progress: Progress);
    /// Whether to stop as soon as possible; what is done by then stays.
    fn is_cancelled(&self) -> bool;
}

/// What a pass did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files in the roots.
    pub files: usize,
    /// Files that were read.
    pub read: usize,
    /// Bytes of those.
    pub bytes: u64,
    /// Files that are gone.
    pub removed: usize,
    /// Files and folders that were left out this time, with the reason.
    pub problems: Vec<String>,
    /// Roots that another process is indexing at the moment.
    pub busy: Vec<PathBuf>,
    /// Whether the watcher ended it.
    pub is_cancelled: bool,
}

impl Default for Options {
    fn default() -> Self {
        let half = available_parallelism().map_or(1, NonZeroUsize::get) / 2;
        Self { threads: half.clamp(1, MOST_THREADS), max_file_size: MAX_FILE_SIZE }
    }
}

impl Source<'_> {
    /// Its folder.
    pub fn path(&self) -> &Path {
        match self {
            Self::Installed(root) => &root.path,
            Self::Workspace(path) => path,
        }
    }

    /// The dotted name of the package that the folder itself is, or nothing.
    pub(crate) fn module(&self) -> &str {
        match self {
            Self::Installed(root) => root.module.as_deref().unwrap_or(""),
            Self::Workspace(_) => "",
        }
    }

    /// As the store spells it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Installed(root) => match root.kind {
                RootKind::StandardLibrary => "standard-library",
                RootKind::SitePackages => "site-packages",
                RootKind::Editable => "editable",
            },
            Self::Workspace(_) => "workspace",
        }
    }
}

/// Bring the index up to date with some folders. Those that another process is indexing are left to it.
pub(crate) fn index(
    store: &Store,
    glossary: &Glossary,
    sources: &[Source<'_>],
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Summary, StoreError> {
    let mut summary = Summary::default();
    let mut writer = store.writer()?;
    let reader = store.reader()?;
    let mut passes = Vec::new();
    for source in sources {
        match store.lock(source.path()) {
            Some(lock) => passes.push(Pass::begin(*source, lock, &mut writer, &reader)?),
            None => summary.busy.push(source.path().to_owned()),
        }
    }
    if passes.is_empty() {
        return Ok(summary);
    }
    let known = reader.hashes()?.into_iter().collect();
    let jobs: Vec<Job<'_>> = passes.iter().enumerate().flat_map(|(index, pass)| pass.jobs(index)).collect();
    let work = Work { jobs: &jobs, glossary, known: &known, options, watcher };
    let written = read_all(&work, |results| write(&mut writer, &passes, &work, results));
    let mut outcome = written?;
    summary.is_cancelled = watcher.is_cancelled() && outcome.files < jobs.len();
    (summary.read, summary.bytes) = (outcome.files, outcome.bytes);
    summary.problems.append(&mut outcome.problems);
    for pass in &passes {
        summary.files += pass.file_count;
        summary.removed += pass.gone.len();
        summary.problems.extend(pass.problems.iter().cloned());
    }
    if !summary.is_cancelled {
        complete(store, &mut writer, &passes)?;
    }
    Ok(summary)
}

/// What was written of the work.
#[derive(Default)]
struct Written {
    files: usize,
    bytes: u64,
    problems: Vec<String>,
}

/// Write what comes in, in transactions of whole files that don't wait long before others see them.
fn write(
    writer: &mut Writer,
    passes: &[Pass<'_>],
    work: &Work<'_>,
    results: &mut Results<'_>,
) -> Result<Written, StoreError> {
    let mut written = Written::default();
    let total = work.jobs.iter().map(|job| job.file.size).sum();
    let progress = |written: &Written| {
        let of_files = work.jobs.len();
        work.watcher.advanced(Progress { files: written.files, of_files, bytes: written.bytes, of_bytes: total });
    };
    progress(&written);
    while !work.watcher.is_cancelled() && results.peek().is_some() {
        let batch = writer.begin()?;
        let begun = Instant::now();
        while begun.elapsed() < BATCH && !work.watcher.is_cancelled() {
            let Some((job, outcome)) = results.next() else { break };
            let pass = &passes[job.pass];
            if let Outcome::Unreadable(reason) = &outcome {
                written.problems.push(format!("{}: {reason}", job.path.display()));
            }
            pass.put(&batch, job, outcome, work)?;
            written.files += 1;
            written.bytes += job.file.size;
            progress(&written);
        }
        batch.commit()?;
    }
    Ok(written)
}

/// Note that the roots are whole, and tidy up if anything went away.
fn complete(store: &Store, writer: &mut Writer, passes: &[Pass<'_>]) -> Result<(), StoreError> {
    if !passes.iter().any(Pass::is_changed) {
        return Ok(());
    }
    let vanished = vanished(store)?;
    let batch = writer.begin()?;
    for pass in passes {
        pass.complete(&batch)?;
    }
    for root in &vanished {
        batch.remove_root(*root)?;
    }
    if !vanished.is_empty() || passes.iter().any(Pass::leaves_orphans) {
        batch.sweep()?;
    }
    batch.commit()?;
    writer.checkpoint()?;
    if let Some(path) = store.path() {
        delete_forgotten(path);
    }
    Ok(())
}

/// Roots whose folder is gone: environments that were deleted.
fn vanished(store: &Store) -> Result<Vec<i64>, StoreError> {
    let roots = store.reader()?.roots()?;
    Ok(roots.into_iter().filter(|root| !Path::new(&root.path).exists()).map(|root| root.id).collect())
}

#[cfg(test)]
mod tests;
