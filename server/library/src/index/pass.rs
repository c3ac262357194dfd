//! One root in a pass: what is there, what changed since the last time, and how it is written.

use std::cell::RefCell;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rustc_hash::FxHashMap;

use super::Source;
use super::work::{Job, Outcome, Work, analyse};
use crate::environment::Package;
use crate::store::{Batch, FileRow, Lock, NewFile, PackageRow, Reader, RootRow, StoreError, Text, Writer};
use crate::walk::{Territory, Walked, modified, walk};

/// A change within so many nanoseconds of the one before may leave the time of change as it was.
const CLOCK_GRAIN: i64 = 2_000_000_000;

/// A root that is being indexed; nobody else indexes it meanwhile.
pub(super) struct Pass<'a> {
    pub(super) source: Source<'a>,
    pub(super) file_count: usize,
    /// Files that are new or look changed.
    pub(super) changed: Vec<Walked>,
    /// Files that are gone.
    pub(super) gone: Vec<String>,
    pub(super) problems: Vec<String>,
    root: i64,
    stamp: i64,
    is_stamp_new: bool,
    /// Whether files were replaced, whose old texts may have no file any more.
    replaces: bool,
    packages: RefCell<FxHashMap<String, i64>>,
    _lock: Lock,
}

impl<'a> Pass<'a> {
    /// Look at the root, and forget what is gone.
    pub(super) fn begin(
        source: Source<'a>,
        lock: Lock,
        writer: &mut Writer,
        reader: &Reader,
    ) -> Result<Self, StoreError> {
        let territory = match source {
            Source::Installed(_) => Territory::Installed,
            Source::Workspace(_) => Territory::Workspace,
        };
        let stamp = stamp(source);
        let walk = walk(source.path(), territory);
        let row = known_root(reader, source)?;
        let (root, was) = match row {
            Some(row) => (row.id, row.stamp),
            None => (new_root(writer, source)?, 0),
        };
        let mut pass = Self {
            source,
            file_count: walk.files.len(),
            changed: Vec::new(),
            gone: Vec::new(),
            problems: walk.problems,
            root,
            stamp,
            is_stamp_new: was != stamp,
            replaces: false,
            packages: RefCell::default(),
            _lock: lock,
        };
        pass.compare(walk.files, reader)?;
        pass.renew_packages(writer, reader)?;
        pass.forget_gone(writer)?;
        Ok(pass)
    }

    /// What is to be read.
    pub(super) fn jobs(&self, pass: usize) -> impl Iterator<Item = Job<'_>> {
        self.changed.iter().map(move |file| Job { pass, file, path: self.source.path().join(&file.path) })
    }

    /// Write a file as it was read.
    pub(super) fn put(
        &self,
        batch: &Batch<'_>,
        job: &Job<'_>,
        outcome: Outcome,
        work: &Work<'_>,
    ) -> Result<(), StoreError> {
        let content = match outcome {
            Outcome::Known(hash) => match batch.content(&hash)? {
                Some(content) => Some(content),
                // Another process swept it away since the pass began.
                None => stored(batch, analyse(job, work))?,
            },
            other => stored(batch, other)?,
        };
        let file = job.file;
        batch.put_file(&NewFile {
            root: self.root,
            path: &file.path,
            size: file.size,
            modified: settled(file.modified),
            package: self.package(batch, &file.path)?,
            content,
        })
    }

    /// Whether the index has to be told anything.
    pub(super) fn is_changed(&self) -> bool {
        self.is_stamp_new || !self.changed.is_empty() || !self.gone.is_empty()
    }

    /// Whether texts may have lost their last file.
    pub(super) fn leaves_orphans(&self) -> bool {
        self.replaces || !self.gone.is_empty()
    }

    /// Note that everything was read.
    pub(super) fn complete(&self, batch: &Batch<'_>) -> Result<(), StoreError> {
        batch.complete(self.root, self.stamp)
    }

    fn compare(&mut self, files: Vec<Walked>, reader: &Reader) -> Result<(), StoreError> {
        let names: FxHashMap<i64, String> =
            reader.packages(self.root)?.into_iter().map(|package| (package.id, package.name)).collect();
        let rows = reader.files(self.root)?;
        let mut known: FxHashMap<String, FileRow> = rows.into_iter().map(|row| (row.path.clone(), row)).collect();
        for file in files {
            match known.remove(&file.path) {
                Some(row) if is_same(&row, &file) && names.get(&row.package) == Some(&self.owner(&file.path).name) => {}
                row => {
                    self.replaces |= row.is_some();
                    self.changed.push(file);
                }
            }
        }
        self.gone = known.into_keys().collect();
        self.gone.sort();
        Ok(())
    }

    /// A package whose version or popularity changed while its files stayed.
    fn renew_packages(&self, writer: &mut Writer, reader: &Reader) -> Result<(), StoreError> {
        let Source::Installed(root) = self.source else { return Ok(()) };
        let now: FxHashMap<_, _> = root.packages.iter().map(|package| (package.name.as_str(), package)).collect();
        let rows = reader.packages(self.root)?;
        let is_old = |package: &Package, row: &PackageRow| {
            (&package.version, package.required_by) != (&row.version, row.required_by)
        };
        let old: Vec<_> =
            rows.iter().filter_map(|row| now.get(row.name.as_str()).filter(|it| is_old(it, row))).collect();
        if old.is_empty() {
            return Ok(());
        }
        let batch = writer.begin()?;
        for package in old {
            batch.package(self.root, package)?;
        }
        batch.commit()
    }

    fn forget_gone(&self, writer: &mut Writer) -> Result<(), StoreError> {
        if self.gone.is_empty() {
            return Ok(());
        }
        let batch = writer.begin()?;
        for path in &self.gone {
            batch.remove_file(self.root, path)?;
        }
        batch.commit()
    }

    fn package(&self, batch: &Batch<'_>, path: &str) -> Result<i64, StoreError> {
        let owner = self.owner(path);
        if let Some(id) = self.packages.borrow().get(&owner.name) {
            return Ok(*id);
        }
        let id = batch.package(self.root, &owner)?;
        self.packages.borrow_mut().insert(owner.name, id);
        Ok(id)
    }

    fn owner(&self, path: &str) -> Package {
        match self.source {
            Source::Installed(root) => root.package_of(path.as_ref()),
            Source::Workspace(folder) => Package { name: workspace_package(folder), version: None, required_by: 0 },
        }
    }
}

/// The number of a text, which is stored if it isn't yet; `None` for what can't be read.
fn stored(batch: &Batch<'_>, outcome: Outcome) -> Result<Option<i64>, StoreError> {
    let Outcome::Analysed(hash, facts) = outcome else { return Ok(None) };
    match batch.content(&hash)? {
        Some(content) => Ok(Some(content)),
        None => batch.add_content(&Text { hash: &hash, facts: &facts }).map(Some),
    }
}

fn is_same(row: &FileRow, file: &Walked) -> bool {
    row.size == file.size && row.modified == file.modified
}

fn known_root(reader: &Reader, source: Source<'_>) -> Result<Option<RootRow>, StoreError> {
    let path = source.path().to_string_lossy();
    let is_it = |root: &RootRow| root.path == path && root.kind == source.kind() && root.module == source.module();
    Ok(reader.roots()?.into_iter().find(is_it))
}

fn new_root(writer: &mut Writer, source: Source<'_>) -> Result<i64, StoreError> {
    let batch = writer.begin()?;
    let root = batch.root(&source.path().to_string_lossy(), source.kind(), source.module())?;
    batch.commit()?;
    Ok(root)
}

/// What a workspace's files are said to belong to: the folder, by its name.
pub(crate) fn workspace_package(folder: &Path) -> String {
    folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// When the folder itself was changed: installers add and remove entries there.
pub(crate) fn stamp(source: Source<'_>) -> i64 {
    std::fs::metadata(source.path()).map_or(0, |metadata| modified(&metadata))
}

/// The time of change, or 0 if it is so recent that the file may change again without showing it.
fn settled(modified: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_nanos() as i64);
    if now.saturating_sub(modified) < CLOCK_GRAIN { 0 } else { modified }
}
