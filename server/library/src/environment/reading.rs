//! Reading files that nobody vouches for: only regular files, never more than a bound, any bytes.
//!
//! [`Notes::read`] and [`Notes::list`] give what is there; what was left out becomes a [`Note`].

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Note;

/// Enough for metadata with a long description; in bytes.
pub(super) const METADATA_LIMIT: u64 = 1 << 20;

/// So many entries of a folder are looked at; the largest `site-packages` hold a few thousand.
const ENTRIES: usize = 50_000;

/// So many notes are kept: more than anybody reads.
const NOTES: usize = 200;

/// What was left out so far, each thing once.
#[derive(Default)]
pub(super) struct Notes(pub(super) Vec<Note>);

impl Notes {
    pub(super) fn add(&mut self, path: &Path, reason: impl Into<String>) {
        let note = Note { path: path.to_owned(), reason: reason.into() };
        if self.0.len() < NOTES && !self.0.contains(&note) {
            self.0.push(note);
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        for note in other.0 {
            self.add(&note.path, note.reason);
        }
    }

    /// The text of a file that may be absent; bytes that aren't UTF-8 are replaced.
    pub(super) fn read(&mut self, path: &Path, limit: u64) -> Option<String> {
        match text(path, limit) {
            Ok(text) => Some(text),
            Err(error) if is_absent(&error) => None,
            Err(error) => {
                self.add(path, format!("can't be read: {error}"));
                None
            }
        }
    }

    /// The entries of a folder that may be absent, sorted, so that results don't depend on the file system.
    pub(super) fn list(&mut self, folder: &Path) -> Vec<PathBuf> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                if !is_absent(&error) {
                    self.add(folder, format!("can't be listed: {error}"));
                }
                return Vec::new();
            }
        };
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).take(ENTRIES + 1).collect();
        if paths.len() > ENTRIES {
            self.add(folder, format!("has more than {ENTRIES} entries, of which only some were looked at"));
        }
        paths.sort_unstable();
        paths
    }
}

/// Whether there is nothing of that name.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// A pipe or a device is never opened: reading it could wait for ever.
fn text(path: &Path, limit: u64) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {} MB", limit >> 20)));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The file's name, if it is UTF-8.
pub(super) fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
