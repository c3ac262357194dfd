//! Who indexes a root: one process at a time, and the others read.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// The right to index a root, until it is dropped. The system takes it back when the process ends.
pub(crate) struct Lock(#[expect(dead_code, reason = "held, not read")] Option<File>);

impl Lock {
    /// Take it, by a lock on a file beside the index. `None` if another process has it.
    pub(super) fn take(index: &Path, root: &Path) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        root.hash(&mut hasher);
        let folder = index.with_file_name("locks");
        let path = folder.join(format!("{:016x}", hasher.finish()));
        let file = std::fs::create_dir_all(folder)
            .and_then(|()| File::options().create(true).truncate(false).write(true).open(path));
        // Where no lock can be had, SQLite still keeps writers apart; the work may be done twice.
        let Ok(file) = file else {
            return Some(Self(None));
        };
        match file.try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => None,
            _ => Some(Self(Some(file))),
        }
    }

    /// The right to index for this process alone.
    pub(super) fn of_nothing() -> Self {
        Self(None)
    }
}
