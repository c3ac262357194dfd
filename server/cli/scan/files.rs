//! Which files a scan reads: those that were named, and the Python files of the folders that were.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use pygloss_library::walk::is_python_file;

use crate::cli::source::{is_stdin, shown};

/// What is to be read, sorted by path, each once.
pub(super) struct Files {
    /// As the user would name them.
    pub(super) paths: Vec<PathBuf>,
    /// Places that couldn't be looked at, and why.
    pub(super) problems: Vec<String>,
}

/// Find the files. `honour_ignore` leaves out what ignore files exclude, in folders only.
pub(super) fn collect(roots: &[PathBuf], honour_ignore: bool) -> Files {
    let mut files = Files { paths: Vec::new(), problems: Vec::new() };
    for root in roots {
        if root.is_dir() {
            files.walk(root, honour_ignore);
        } else {
            files.paths.push(without_dot(root));
        }
    }
    files.paths.sort_by_cached_key(|path| shown(path));
    files.paths.dedup();
    files
}

impl Files {
    fn walk(&mut self, root: &Path, honour_ignore: bool) {
        let walk = WalkBuilder::new(root)
            .standard_filters(honour_ignore)
            .hidden(true)
            .require_git(false) // an export without .git has the same ignored files
            .follow_links(false)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) if is_python_file(&entry) => self.paths.push(without_dot(entry.path())),
                Ok(_) => {}
                Err(error) => self.problems.push(error.to_string()),
            }
        }
    }
}

/// `./a.py` and `a.py` are the same file, and people write the latter.
fn without_dot(path: &Path) -> PathBuf {
    if is_stdin(path) {
        return path.to_owned();
    }
    let inner = path.strip_prefix(".").unwrap_or(path);
    // A file that is called `-` keeps its `./`, or it would be taken for standard input.
    if inner.as_os_str().is_empty() || is_stdin(inner) { path.to_owned() } else { inner.to_owned() }
}
