//! pyenv's versions: the one that `PYENV_VERSION` or `.python-version` names, and what its shims stand for (pyenv's
//! `libexec/pyenv-version-file`, `pyenv-version-file-read`, `pyenv-version-name` and `pyenv-latest`).

use std::path::{Component, Path, PathBuf};

use super::Candidate;
use crate::environment::Search;
use crate::environment::reading::{METADATA_LIMIT, Notes, name_of};

/// The versions that are named for the workspace.
pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let Some(root) = root(search) else { return Vec::new() };
    let Some((names, origin)) = wanted(search, notes) else { return Vec::new() };
    prefixes(&root, &names, notes).into_iter().map(|path| Candidate::possible(path, origin.clone())).collect()
}

/// The prefix that a shim of pyenv would run: shims are scripts that look at the same files.
pub(super) fn behind_shim(path: &Path, search: &Search<'_>, notes: &mut Notes) -> Option<PathBuf> {
    let root = path.parent().filter(|folder| name_of(folder) == "shims")?.parent()?;
    root.join("versions").is_dir().then_some(())?;
    let names = match wanted(search, notes) {
        Some((names, _)) => names,
        None => words(&notes.read(&root.join("version"), METADATA_LIMIT)?),
    };
    prefixes(root, &names, notes).into_iter().next()
}

fn root(search: &Search<'_>) -> Option<PathBuf> {
    let root = search.path("PYENV_ROOT").or_else(|| Some(search.home()?.join(".pyenv")))?;
    root.join("versions").is_dir().then_some(root)
}

/// The names of versions, and what holds them: the variable, or the nearest file in the folder or above it.
fn wanted(search: &Search<'_>, notes: &mut Notes) -> Option<(Vec<String>, String)> {
    if let Some(names) = search.value("PYENV_VERSION") {
        return Some((names.to_str()?.split(':').map(str::to_owned).collect(), "PYENV_VERSION".to_owned()));
    }
    let folder = std::path::absolute(search.folder).ok()?;
    let files = folder.ancestors().map(|folder| folder.join(".python-version"));
    let file = files.into_iter().find(|file| file.is_file())?;
    let place = if file.parent() == Some(&folder) { "in" } else { "above" };
    Some((words(&notes.read(&file, METADATA_LIMIT)?), format!(".python-version {place} the workspace")))
}

/// The first word of each line that is no comment.
fn words(text: &str) -> Vec<String> {
    let words = text.lines().filter_map(|line| line.split_whitespace().next());
    words.filter(|word| !word.starts_with('#')).map(str::to_owned).collect()
}

fn prefixes(root: &Path, names: &[String], notes: &mut Notes) -> Vec<PathBuf> {
    let versions = root.join("versions");
    let installed = notes.list(&versions);
    let mut found = Vec::new();
    for name in names.iter().filter(|name| *name != "system") {
        let short = name.strip_prefix("python-").unwrap_or(name);
        let exact =
            [name, short].map(|name| versions.join(name)).into_iter().find(|path| is_below(name) && path.is_dir());
        match exact.or_else(|| latest(&installed, short)) {
            Some(path) => found.push(path),
            None => notes.add(&versions, format!("has no version {name}, which the workspace asks for")),
        }
    }
    found
}

/// A name may have parts, as in `3.11.7/envs/tools`, but none that lead out.
fn is_below(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// The last release that a version is the beginning of: `3.11.7` of `3.11`, `3.13.1t` of `3.13t`, `pypy3.10-7.3.15` of
/// `pypy3.10`.
fn latest(installed: &[PathBuf], beginning: &str) -> Option<PathBuf> {
    let free_threaded = beginning.strip_suffix('t').filter(|rest| rest.ends_with(|last: char| last.is_ascii_digit()));
    let (beginning, end) = free_threaded.map_or((beginning, ""), |beginning| (beginning, "t"));
    let numbers = |path: &PathBuf| {
        let name = name_of(path);
        let rest = name.strip_prefix(beginning)?.strip_suffix(end)?;
        // Names of what isn't a release have letters: 3.14-dev, 3.14.0rc1, and 3.13.0t where 3.13 is asked for.
        let is_release = rest.starts_with(['.', '-']) && !rest.contains(|letter: char| letter.is_alphabetic());
        is_release.then(|| rest.split(['.', '-']).map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>())
    };
    let versions = installed.iter().filter_map(|path| Some((numbers(path)?, path)));
    versions.max().map(|(_, path)| path.clone())
}
