//! Where the index is kept: SQLite, in the cache folder, for many processes at once.
//!
//! [`Store::open`] never fails: what is broken is set aside and begun anew, what can't be written is only read, and where
//! nothing can be opened, the index lives in memory until the process ends. What was done instead is told by [`Store::notice`].
//! One file holds one schema and one set of rules; both are in its name, so versions never meet in one file.

mod connection;
mod forgotten;
mod lock;
mod read;
mod write;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode};

use connection::{Access, connect, connect_memory, create, is_broken, is_made, is_whole, prepare, version};
pub(crate) use forgotten::delete_forgotten;
use forgotten::touch;
pub(crate) use lock::Lock;
pub(crate) use read::{FileRow, PackageRow, Posting, Reader, RootRow};
pub(crate) use write::{Batch, Hash, NewFile, Text, Writer};

/// Raised when the tables change, or what is worked out for them: `facts.rs`, and the points and levels of `rank.rs`.
const SCHEMA: i32 = 1;

/// The index of one set of rules.
pub(crate) struct Store {
    place: Place,
    notice: Option<String>,
    /// An index in memory lives as long as somebody is connected.
    _anchor: Option<Mutex<Connection>>,
}

/// Where the index is.
enum Place {
    File {
        path: PathBuf,
        access: Access,
    },
    /// The name of a database that the connections of this process share.
    Memory(String),
}

/// Why an index can't be read or written.
#[derive(Debug)]
pub enum StoreError {
    /// The file is damaged: [`Store::mended`] begins anew.
    Broken(String),
    /// The file couldn't be read or written at this moment. Where another process just replaced a broken one, it can the next time.
    Replaced(String),
    /// Anything else, as a sentence for the user.
    Failed(String),
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Broken(message) | Self::Replaced(message) | Self::Failed(message)) = self;
        f.write_str(message)
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if is_broken(&error) {
            return Self::Broken(format!("the index is broken: {error}"));
        }
        if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) {
            return Self::Replaced(format!("the index can't be used: {error}"));
        }
        Self::Failed(match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                "the disk is full; what was indexed before stays, and the next run goes on when there is room"
                    .to_owned()
            }
            Some(ErrorCode::ReadOnly) => "the index can't be written".to_owned(),
            Some(ErrorCode::DatabaseBusy) => "another process has been writing to the index for too long".to_owned(),
            _ => format!("the index can't be used: {error}"),
        })
    }
}

impl Store {
    /// Open the index in a folder, or make it. `None` as the folder means memory; `concepts` names the concepts by their numbers.
    pub(crate) fn open(folder: Option<&Path>, fingerprint: u64, concepts: &[&str]) -> Self {
        let Some(folder) = folder else {
            return Self::in_memory(concepts, "there is no cache folder");
        };
        let path = file_in(folder, fingerprint);
        if let Err(error) = std::fs::create_dir_all(folder) {
            return Self::in_memory(concepts, &format!("{} can't be made: {error}", folder.display()));
        }
        if !is_made(&path).is_ok_and(|is_made| is_made) {
            return Self::made(path, concepts);
        }
        touch(&path);
        Self::in_file(path, Access::Write, None)
    }

    /// Open the index in a folder as it is and change nothing, not even what a reader leaves beside it. `None` if there is none.
    pub(crate) fn peek(folder: &Path, fingerprint: u64) -> Result<Option<Self>, StoreError> {
        let path = file_in(folder, fingerprint);
        if !path.exists() {
            return Ok(None);
        }
        // A log that holds something belongs to somebody who writes, or to one who was killed.
        let access = [Access::Frozen, Access::Read].into_iter().find(|access| connect(&path, *access).is_ok());
        let store = Self::in_file(path, access.unwrap_or(Access::Read), None);
        store.reader()?.roots()?;
        Ok(Some(store))
    }

    /// What had to be done to open the index, as a sentence for the user.
    pub(crate) fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// The file of the index; `None` for one in memory.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File { path, .. } => Some(path),
            Place::Memory(_) => None,
        }
    }

    /// Take the right to index a root. `None` if another process has it; it is given back when the lock is dropped or
    /// the process ends, however it ends.
    pub(crate) fn lock(&self, root: &Path) -> Option<Lock> {
        match &self.place {
            Place::File { path, .. } => Lock::take(path, root),
            Place::Memory(_) => Some(Lock::of_nothing()),
        }
    }

    /// A connection for reading.
    pub(crate) fn reader(&self) -> Result<Reader, StoreError> {
        Ok(Reader::new(self.connect()?))
    }

    /// A connection for writing.
    pub(crate) fn writer(&self) -> Result<Writer, StoreError> {
        if let Place::File { access: Access::Read | Access::Frozen, .. } = &self.place {
            return Err(StoreError::Failed("the index can't be written".to_owned()));
        }
        Ok(Writer::new(self.connect()?))
    }

    /// Begin anew after an error that says that the file is broken. `None` for any other error.
    pub(crate) fn mended(&self, error: &StoreError, concepts: &[&str]) -> Option<Self> {
        let path = self.path().filter(|_| matches!(error, StoreError::Broken(_)))?.to_owned();
        let _lock = Lock::to_make(&path);
        // Another process may have done it while this one waited.
        let is_mended = is_whole(&path) && prepare(&path, concepts).is_ok();
        Some(if is_mended { Self::in_file(path, Access::Write, None) } else { Self::rebuilt(path, concepts) })
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        match &self.place {
            Place::File { path, access } => connect(path, *access),
            Place::Memory(name) => connect_memory(name),
        }
    }

    /// Whatever was wrong, another process may be about to make the file or to replace it: look again when none is.
    fn made(path: PathBuf, concepts: &[&str]) -> Self {
        let _lock = Lock::to_make(&path);
        match prepare(&path, concepts) {
            Ok(()) => Self::in_file(path, Access::Write, None),
            Err(error) if is_broken(&error) => Self::rebuilt(path, concepts),
            Err(error) => Self::not_writable(path, concepts, &error),
        }
    }

    /// Set it aside and begin anew; whoever calls it has the right to.
    fn rebuilt(path: PathBuf, concepts: &[&str]) -> Self {
        let aside = path.with_extension("broken");
        let moved = std::fs::rename(&path, &aside).and_then(|()| remove_companions(&path));
        match moved
            .map_err(|error| error.to_string())
            .and_then(|()| prepare(&path, concepts).map_err(|e| e.to_string()))
        {
            Ok(()) => {
                let notice = format!("the index was broken and is built anew; it was set aside as {}", aside.display());
                Self::in_file(path, Access::Write, Some(notice))
            }
            Err(error) => {
                Self::in_memory(concepts, &format!("{} is broken and can't be replaced: {error}", path.display()))
            }
        }
    }

    /// What was indexed before can still be read.
    fn not_writable(path: PathBuf, concepts: &[&str], error: &rusqlite::Error) -> Self {
        let is_ours = |access: &Access| {
            connect(&path, *access).and_then(|connection| version(&connection)).is_ok_and(|it| it == SCHEMA)
        };
        if let Some(access) = [Access::Read, Access::Frozen].into_iter().find(is_ours) {
            let notice = format!("{} can't be written ({error}); what it holds is used as it is", path.display());
            return Self::in_file(path, access, Some(notice));
        }
        Self::in_memory(concepts, &format!("{} can't be opened: {error}", path.display()))
    }

    fn in_file(path: PathBuf, access: Access, notice: Option<String>) -> Self {
        Self { place: Place::File { path, access }, notice, _anchor: None }
    }

    fn in_memory(concepts: &[&str], why: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("file:/pygloss-{}?vfs=memdb", COUNT.fetch_add(1, Ordering::Relaxed));
        let anchor = connect_memory(&name).and_then(|mut connection| {
            create(&mut connection, concepts)?;
            Ok(connection)
        });
        let notice = format!("{why}; the index is kept in memory until the end");
        Self { place: Place::Memory(name), notice: Some(notice), _anchor: anchor.ok().map(Mutex::new) }
    }
}

/// The file of the index with a set of rules.
fn file_in(folder: &Path, fingerprint: u64) -> PathBuf {
    folder.join(format!("usages-{SCHEMA}-{fingerprint:016x}.sqlite"))
}

/// The write-ahead log and its index belong to the file that is gone.
fn remove_companions(path: &Path) -> std::io::Result<()> {
    for ending in ["-wal", "-shm"] {
        match std::fs::remove_file(companion(path, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// A file that SQLite keeps beside an index.
fn companion(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests;
