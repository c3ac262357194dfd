//! Hatch's environments, in its own folder: `virtual/project/Il3zCUAS/project` for the environment "default", and
//! beside it one for each other name (Hatch's `env/virtual.py`, `utils/fs.py`, `project/core.py`, `cli/application.py`,
//! `config/model.py` and hatchling's `metadata/core.py`).

use std::path::{Path, PathBuf};

use toml::Table;

use super::Candidate;
use super::project::{self, hash, text};
use crate::environment::Search;
use crate::environment::installed::normalised;
use crate::environment::reading::{Notes, name_of};

const ORIGIN: &str = "Hatch's environments";

/// The environment that Hatch would choose, then the project's others.
pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let pyproject = project::pyproject(search, notes);
    let own = project::settings(&search.folder.join("hatch.toml"), notes);
    if pyproject.is_none() && own.is_none() {
        return Vec::new();
    }
    let pyproject = pyproject.unwrap_or_default();
    let variable = search.value("HATCH_ENV").and_then(|name| name.into_string().ok());
    let wanted = variable.unwrap_or_else(|| "default".to_owned());
    let option = |key: &str| {
        let own = own.as_ref().and_then(|own| text(own, &["envs", &wanted, key]));
        own.or_else(|| text(&pyproject, &["tool", "hatch", "envs", &wanted, key])).map(str::to_owned)
    };
    if let Some(kind) = option("type").filter(|kind| kind != "virtual") {
        notes.add(search.folder, format!("has environments of Hatch's plugin {kind}, whose place isn't known"));
        return Vec::new();
    }
    let path =
        search.path("HATCH_ENV_TYPE_VIRTUAL_PATH").or_else(|| Some(search.absolute(Path::new(&option("path")?))));
    if let Some(path) = path {
        return vec![Candidate::possible(path, ORIGIN)];
    }
    in_folder(search, &pyproject, &wanted, notes)
}

fn in_folder(search: &Search<'_>, pyproject: &Table, wanted: &str, notes: &mut Notes) -> Vec<Candidate> {
    let (Some(root), Some(folder)) = (project::real_folder(search), environments(search, notes)) else {
        return Vec::new();
    };
    let Some(id) = id(&root) else { return Vec::new() };
    // Without a name of its own, the project has its folder's.
    let name = normalised(text(pyproject, &["project", "name"]).unwrap_or_else(|| name_of(&root)));
    let own = if wanted == "default" { name.as_str() } else { wanted };
    let is_flat = folder.starts_with(&root) || search.home().is_some_and(|home| home.join(".virtualenvs") == folder);
    if is_flat {
        return vec![Candidate::possible(folder.join(own), ORIGIN)];
    }
    let mut found = notes.list(&folder.join(&name).join(id));
    found.retain(|path| !name_of(path).ends_with("-build"));
    found.sort_by_key(|path| name_of(path) != own);
    found.into_iter().map(|path| Candidate::possible(path, ORIGIN)).collect()
}

/// The folder that holds all environments of the kind that Hatch makes by itself.
fn environments(search: &Search<'_>, notes: &mut Notes) -> Option<PathBuf> {
    let file = search.path("HATCH_CONFIG").or_else(|| Some(search.settings("hatch", false)?.join("config.toml")));
    let settings = file.and_then(|file| project::settings(&file, notes)).unwrap_or_default();
    let setting = |keys: &[&str]| text(&settings, keys).map(|path| search.absolute(Path::new(path)));
    let own = setting(&["dirs", "env", "virtual"]);
    let data = || search.path("HATCH_DATA_DIR").or_else(|| setting(&["dirs", "data"])).or_else(|| search.data("hatch"));
    let folder = own.or_else(|| Some(data()?.join("env/virtual")))?;
    if folder.to_string_lossy().contains('$') {
        notes.add(&folder, "is where Hatch's settings put environments and contains variables, which are not expanded");
        return None;
    }
    Some(folder)
}

fn id(root: &Path) -> Option<String> {
    let root = root.to_str()?;
    let ignores_case = cfg!(any(windows, target_os = "macos"));
    Some(if ignores_case { hash(&root.to_lowercase()) } else { hash(root) })
}
