//! conda's environments: the activated one, and the one that `environment.yml` names (conda's `core/envs_manager.py`
//! and `base/context.py`; `CONDA_PREFIX` is set by `conda activate`).

use std::path::{Path, PathBuf};

use super::Candidate;
use crate::environment::Search;
use crate::environment::reading::{METADATA_LIMIT, Notes};

/// `CONDA_PREFIX`, unless it is conda's base: many shells have that activated always.
pub(super) fn activated(search: &Search<'_>) -> Option<Candidate> {
    Some(Candidate::named(prefix(search).filter(|prefix| !is_base(prefix, search))?, "CONDA_PREFIX"))
}

/// `CONDA_PREFIX` where it is conda's base, to be tried after all of the workspace's own.
pub(super) fn base(search: &Search<'_>) -> Option<Candidate> {
    Some(Candidate::named(
        prefix(search).filter(|prefix| is_base(prefix, search))?,
        "CONDA_PREFIX, which is conda's base",
    ))
}

fn prefix(search: &Search<'_>) -> Option<PathBuf> {
    search.path("CONDA_PREFIX")
}

fn is_base(prefix: &Path, search: &Search<'_>) -> bool {
    prefix.join("condabin").is_dir()
        || search.value("CONDA_DEFAULT_ENV").is_some_and(|name| name == "base" || name == "root")
}

/// The environment that the workspace's `environment.yml` names.
pub(super) fn of_file(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let files = ["environment.yml", "environment.yaml"].map(|name| search.folder.join(name));
    let Some(text) = files.iter().find_map(|file| notes.read(file, METADATA_LIMIT)) else { return Vec::new() };
    let mut places: Vec<_> =
        value(&text, "prefix").map(|prefix| search.absolute(Path::new(prefix))).into_iter().collect();
    if let Some(name) = value(&text, "name").filter(|name| Path::new(name).components().count() == 1) {
        places
            .extend(listed(search, notes).into_iter().filter(|path| path.file_name().is_some_and(|last| last == name)));
        places.extend(folders(search, notes).iter().map(|folder| folder.join(name)));
    }
    places.into_iter().map(|path| Candidate::possible(path, "environment.yml in the workspace")).collect()
}

/// The text behind a key at the start of a line, which is all that is needed of YAML here.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let rest = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix(':'))?;
    let value = rest.split(" #").next()?.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then_some(value)
}

/// All environments that conda knows of.
fn listed(search: &Search<'_>, notes: &mut Notes) -> Vec<PathBuf> {
    let file = search.home().map(|home| home.join(".conda/environments.txt"));
    let text = file.and_then(|file| notes.read(&file, METADATA_LIMIT)).unwrap_or_default();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect()
}

/// Folders that hold environments by name: those of the variables, of `.condarc`, of conda's and mamba's own
/// installation.
fn folders(search: &Search<'_>, notes: &mut Notes) -> Vec<PathBuf> {
    let variables = ["CONDA_ENVS_PATH", "CONDA_ENVS_DIRS"].iter().filter_map(|name| search.value(name));
    let mut folders: Vec<_> = variables.flat_map(|value| std::env::split_paths(&value).collect::<Vec<_>>()).collect();
    if let Some(home) = search.home() {
        folders.extend(of_settings(&home.join(".condarc"), search, notes));
        folders.push(home.join(".conda/envs"));
    }
    let conda = search.path("CONDA_EXE").and_then(|program| Some(program.parent()?.parent()?.to_owned()));
    let roots = [conda, search.path("CONDA_ROOT"), search.path("MAMBA_ROOT_PREFIX")].into_iter().flatten();
    folders.extend(roots.map(|root| root.join("envs")));
    folders
}

/// The list `envs_dirs` of a `.condarc`, one item a line.
fn of_settings(file: &Path, search: &Search<'_>, notes: &mut Notes) -> Vec<PathBuf> {
    let text = notes.read(file, METADATA_LIMIT).unwrap_or_default();
    let after =
        text.lines().skip_while(|line| !line.starts_with("envs_dirs:") && !line.starts_with("envs_path:")).skip(1);
    let items = after.map_while(|line| line.trim().strip_prefix("- "));
    items.map(|item| search.absolute(Path::new(item.trim().trim_matches(['"', '\''])))).collect()
}
