//! `foo.pth`: lines that Python's `site` adds to the folders of modules, or runs (CPython's `Lib/site.py`,
//! `addpackage`).

use std::path::{Path, PathBuf};

use crate::environment::reading::{METADATA_LIMIT, Notes, name_of};
use crate::environment::remote;

/// The folders that the lines name. Nothing is run, and what can't be followed is noted.
pub(super) fn read(file: &Path, notes: &mut Notes) -> Vec<PathBuf> {
    let Some(text) = notes.read(file, METADATA_LIMIT) else { return Vec::new() };
    let parent = file.parent().unwrap_or(file);
    let mut folders = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim_end) {
        // Without the dots of `./foo.egg`.
        let path: PathBuf = parent.join(line).components().collect();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with("import ") || line.starts_with("import\t") {
            // What these do is read from the file that they import.
            if !name_of(file).starts_with("__editable__") {
                notes.add(file, "has a line that runs code, which is not run");
            }
        } else if line.contains('\0') || remote::is_remote(&path) {
            notes.add(file, "names a folder that isn't on this machine");
        } else if path.is_file() {
            // Python takes any other file for one, too, and finds nothing in it.
            notes.add(&path, "is a zip file, whose modules are not read");
        } else {
            folders.push(path);
        }
    }
    folders
}
