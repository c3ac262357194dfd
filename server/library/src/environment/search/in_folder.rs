//! Environments in the workspace's folder: `.venv`, `venv`, `env`, and other folders with a `pyvenv.cfg`.

use std::path::Path;

use super::{Candidate, pipenv};
use crate::environment::Search;
use crate::environment::reading::{METADATA_LIMIT, Notes, name_of};
use crate::environment::virtual_environment::CONFIG;

/// The names that people give to the folder.
const USUAL: [&str; 3] = [".venv", "venv", "env"];

pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let mut found: Vec<_> = USUAL.iter().map(|name| at(&search.folder.join(name))).collect();
    let link = search.folder.join(USUAL[0]);
    if link.is_file() {
        found.splice(0..1, named_by(&link, search, notes));
    }
    let children = notes.list(search.folder);
    let others = children.iter().filter(|path| !USUAL.contains(&name_of(path)) && path.join(CONFIG).is_file());
    found.extend(others.map(|path| at(path)));
    found
}

fn at(path: &Path) -> Candidate {
    Candidate::possible(path, format!("{} in the workspace", path.file_name().unwrap_or_default().display()))
}

/// The file `.venv` holds a path, or the name of an environment among Pipenv's (its `utils/venv_locator.py`).
fn named_by(link: &Path, search: &Search<'_>, notes: &mut Notes) -> Option<Candidate> {
    let text = notes.read(link, METADATA_LIMIT)?;
    let name = text.lines().next().unwrap_or_default().trim();
    let path = match Path::new(name).components().count() {
        0 => return None,
        1 if !name.ends_with(['/', '\\']) => pipenv::home(search, notes)?.join(name),
        _ => search.absolute(Path::new(name)),
    };
    Some(Candidate::named(path, "the file .venv in the workspace"))
}
