//! The Python files below a folder, in the order of their paths.

use std::ffi::OsStr;
use std::path::Path;
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder};

/// More files than any root has that people read; a link into the whole disk ends here.
const MOST_FILES: usize = 200_000;

/// Folders below the standard library that are roots of their own.
const OTHER_ROOTS: [&str; 2] = ["site-packages", "dist-packages"];

/// Whose rules a walk follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Territory {
    /// Installed code. Ignore files mean nothing there: tools write `*` into those of environments. Links are followed,
    /// since some installers link to files that they keep elsewhere.
    Installed,
    /// The user's own code: ignore files count, environments are left out, links are not followed.
    Workspace,
}

/// A file, with what tells whether it was changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walked {
    /// Relative to the root, with `/` between its parts.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i64,
}

/// Files of a root, sorted by path, and what couldn't be looked at.
#[derive(Debug, Default)]
pub struct Walk {
    /// Sorted by path.
    pub files: Vec<Walked>,
    /// Places with the reason why they were left out.
    pub problems: Vec<String>,
}

/// Find the Python files of a root.
pub fn walk(root: &Path, territory: Territory) -> Walk {
    let is_workspace = territory == Territory::Workspace;
    let mut found = Walk::default();
    let entries = WalkBuilder::new(root)
        .standard_filters(is_workspace)
        .hidden(true)
        .require_git(false) // an export without .git has the same ignored files
        .follow_links(!is_workspace)
        .filter_entry(|entry| entry.depth() == 0 || !is_apart(entry))
        .build();
    for entry in entries {
        if found.files.len() == MOST_FILES {
            found
                .problems
                .push(format!("{} has more than {MOST_FILES} Python files; the rest is left out", root.display()));
            break;
        }
        match entry {
            Ok(entry) if is_python_file(&entry) => found.files.extend(walked(root, &entry)),
            Ok(_) => {}
            Err(error) => found.problems.push(error.to_string()),
        }
    }
    found.files.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Whether the name and the kind of an entry are those of a Python file.
pub fn is_python_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_python_path(entry.path())
}

/// Whether a path has one of the endings of Python files.
pub fn is_python_path(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["py", "pyi", "pyw"].iter().any(|known| extension == *known))
}

/// Whether a file below a workspace's folder is the user's own, by the folders between them: none is hidden, a cache or an
/// environment. What ignore files say isn't asked.
pub fn is_own(root: &Path, path: &Path) -> bool {
    let Ok(relative) = path.strip_prefix(root) else { return false };
    let is_hidden = |part: &OsStr| part.as_encoded_bytes().first() == Some(&b'.');
    !relative.iter().any(is_hidden)
        && path.ancestors().skip(1).take_while(|folder| *folder != root).all(|folder| !is_folder_apart(folder))
}

fn is_apart(entry: &DirEntry) -> bool {
    !entry.file_type().is_some_and(|kind| kind.is_file()) && is_folder_apart(entry.path())
}

/// Whether a folder belongs to something else: caches, other roots, and environments.
fn is_folder_apart(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default();
    name == "__pycache__"
        || name == "node_modules"
        || OTHER_ROOTS.iter().any(|other| name == *other)
        || folder.join("pyvenv.cfg").exists()
}

/// `None` for a file that vanished, and for a name that isn't UTF-8, which no module can have.
fn walked(root: &Path, entry: &DirEntry) -> Option<Walked> {
    let metadata = std::fs::metadata(entry.path()).ok()?;
    let parts: Option<Vec<&str>> = entry.path().strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(Walked { path: parts?.join("/"), size: metadata.len(), modified: modified(&metadata) })
}

/// When something was changed, in nanoseconds since 1970; 0 where the system doesn't say.
pub(crate) fn modified(metadata: &std::fs::Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}
