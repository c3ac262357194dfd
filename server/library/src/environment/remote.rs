//! Paths that lead to another machine. A file of the workspace that names one must not make pygloss ask that machine:
//! on Windows, opening `\\host\share` sends the user's credentials there.

use std::path::{Component, Path, Prefix};

/// Whether opening the path would ask another machine, or a device of Windows. Such paths exist on Windows only.
pub(super) fn is_remote(path: &Path) -> bool {
    match path.components().next() {
        Some(Component::Prefix(prefix)) => !matches!(prefix.kind(), Prefix::Disk(_) | Prefix::VerbatimDisk(_)),
        _ => false,
    }
}
