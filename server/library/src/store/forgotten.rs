//! Indexes of rules and schemas that nobody uses any more: each opening marks a file as used, and a complete pass deletes old ones.

use std::path::Path;
use std::time::{Duration, SystemTime};

use super::remove_companions;

/// An index that nobody used for so long is deleted.
pub(super) const FORGOTTEN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Delete the indexes of other rules and schemas that nobody opened for a month.
pub(crate) fn delete_forgotten(current: &Path) {
    let entries = current.parent().and_then(|folder| std::fs::read_dir(folder).ok());
    for entry in entries.into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let is_index = name.to_string_lossy().starts_with("usages-") && path != current;
        let is_main = path.extension().is_some_and(|extension| extension == "sqlite" || extension == "broken");
        let age = entry.metadata().and_then(|it| it.modified()).ok().and_then(|time| time.elapsed().ok());
        if is_index && is_main && age.is_some_and(|age| age > FORGOTTEN) {
            let _ = std::fs::remove_file(&path).and_then(|()| remove_companions(&path));
        }
    }
}

/// Mark as used; SQLite doesn't when it only reads.
pub(super) fn touch(path: &Path) {
    if let Ok(file) = std::fs::File::options().append(true).open(path) {
        let _ = file.set_modified(SystemTime::now());
    }
}
