//! Who indexes a root: one process at a time, and the others read.

use std::fs::{File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

/// The right to index a root, until it is dropped. The system takes it back when the process ends.
pub(crate) struct Lock(#[expect(dead_code, reason = "held, not read")] Option<File>);

impl Lock {
    /// Take it, by a lock on a file beside the index. `None` if another process has it.
    pub(super) fn take(index: &Path, root: &Path) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        root.hash(&mut hasher);
        // Where no lock can be had, SQLite still keeps writers apart; the work may be done twice.
        let Ok(file) = open(index, &format!("{:016x}", hasher.finish())) else {
            return Some(Self(None));
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            _ => Some(Self(Some(file))),
        }
    }

    /// The right to make an index, and to set a broken one aside, when no other process does that any more. Two that did it at
    /// once could each take away what the other began.
    pub(super) fn to_make(index: &Path) -> Self {
        Self(open(index, "making").and_then(|file| file.lock().map(|()| file)).ok())
    }

    /// The right to index for this process alone.
    pub(super) fn of_nothing() -> Self {
        Self(None)
    }
}

fn open(index: &Path, name: &str) -> io::Result<File> {
    let folder = index.with_file_name("locks");
    std::fs::create_dir_all(&folder)?;
    File::options().create(true).truncate(false).write(true).open(folder.join(name))
}
