//! Poetry's environments, in its own folder: `my-project-Il3zCUAS-py3.11` (Poetry 2's `utils/env/env_manager.py`,
//! `config/config.py` and `locations.py`; poetry-core's `packages/specification.py` for the name). One in `.venv` is found without asking for the setting
//! `virtualenvs.in-project`.

use std::path::{Path, PathBuf};

use toml::Table;

use super::Candidate;
use super::project::{self, get, hash, sanitized, text};
use crate::environment::Search;
use crate::environment::installed::normalised;
use crate::environment::reading::{Notes, name_of};
use crate::environment::version::Series;

/// The project's environments, the one chosen by `poetry env use` first, then those of later versions.
pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let Some(pyproject) = project::pyproject(search, notes) else { return Vec::new() };
    let settings = settings(search, notes);
    let (Some(folder), Some(base)) = (environments(search, &settings, notes), name(search, &pyproject)) else {
        return Vec::new();
    };
    if get(&pyproject, &["tool", "poetry"]).is_some() {
        note_none(search, &settings, notes);
    }
    let chosen = project::settings(&folder.join("envs.toml"), notes);
    let chosen = chosen.as_ref().and_then(|chosen| Series::parse(text(chosen, &[&base, "minor"])?));
    let mut found: Vec<_> =
        notes.list(&folder).into_iter().filter_map(|path| Some((version(&path, &base)?, path))).collect();
    found.sort_by_key(|(series, _)| std::cmp::Reverse((Some(*series) == chosen, *series)));
    found.into_iter().map(|(_, path)| Candidate::possible(path, "Poetry's environments")).collect()
}

/// The tables that hold settings, the project's own first.
fn settings(search: &Search<'_>, notes: &mut Notes) -> [Option<Table>; 2] {
    let user = search.path("POETRY_CONFIG_DIR").or_else(|| search.settings("pypoetry", true));
    let user = user.and_then(|folder| project::settings(&folder.join("config.toml"), notes));
    [project::settings(&search.folder.join("poetry.toml"), notes), user]
}

fn setting<'a>(settings: &'a [Option<Table>; 2], keys: &[&str]) -> Option<&'a str> {
    settings.iter().flatten().find_map(|table| text(table, keys))
}

/// The folder that holds all environments.
fn environments(search: &Search<'_>, settings: &[Option<Table>; 2], notes: &mut Notes) -> Option<PathBuf> {
    let cache = search.path("POETRY_CACHE_DIR");
    let cache = cache.or_else(|| Some(search.absolute(Path::new(setting(settings, &["cache-dir"])?))));
    let cache = cache.or_else(|| search.cache("pypoetry"));
    let path = search.value("POETRY_VIRTUALENVS_PATH").and_then(|path| path.into_string().ok());
    let Some(path) = path.or_else(|| setting(settings, &["virtualenvs", "path"]).map(str::to_owned)) else {
        return Some(cache?.join("virtualenvs"));
    };
    let path = match cache {
        Some(cache) => path.replace("{cache-dir}", &cache.to_string_lossy()),
        None => path,
    };
    if path.contains('{') {
        notes.add(
            search.folder,
            format!("has environments of Poetry in {path}, which stands for a place that isn't known"),
        );
        return None;
    }
    Some(search.absolute(Path::new(&path)))
}

/// What the names of the project's environments begin with.
fn name(search: &Search<'_>, pyproject: &Table) -> Option<String> {
    let name = text(pyproject, &["project", "name"]).or_else(|| text(pyproject, &["tool", "poetry", "name"]));
    let name = normalised(name.unwrap_or("non-package-mode"));
    let folder = project::real_folder(search)?;
    let folder = folder.to_str()?;
    let folder = if cfg!(windows) { folder.to_lowercase() } else { folder.to_owned() };
    Some(format!("{}-{}", sanitized(&name, " $`!*@\"\\\r\n\t"), hash(&folder)))
}

fn version(path: &Path, base: &str) -> Option<Series> {
    Series::parse(name_of(path).strip_prefix(base)?.strip_prefix("-py")?)
}

/// Without environments of its own, Poetry installs into the Python that runs it.
fn note_none(search: &Search<'_>, settings: &[Option<Table>; 2], notes: &mut Notes) {
    let create = |table: &Table| get(table, &["virtualenvs", "create"])?.as_bool();
    if settings.iter().flatten().find_map(create) == Some(false) {
        notes.add(search.folder, "is a project for which Poetry makes no environment (virtualenvs.create)");
    }
}
