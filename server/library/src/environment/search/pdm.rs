//! PDM's environments: the interpreter that `.pdm-python` names, with the packages in `__pypackages__` if that is there
//! and the interpreter is in no virtual environment (PDM's `project/core.py`, `environments/local.py` and `utils.py`;
//! PEP 582).

use std::path::Path;

use super::Candidate;
use crate::environment::Search;
use crate::environment::layout;
use crate::environment::reading::{METADATA_LIMIT, Notes, name_of};
use crate::environment::version::Series;

pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Option<Candidate> {
    let file = search.folder.join(".pdm-python");
    let named = search.path("PDM_PYTHON").map(|path| (path, "PDM_PYTHON"));
    let named = named.or_else(|| {
        let text = notes.read(&file, METADATA_LIMIT)?;
        let path = text.trim();
        (!path.is_empty()).then(|| (search.absolute(Path::new(path)), ".pdm-python in the workspace"))
    });
    let packages = search.folder.join("__pypackages__");
    let Some((interpreter, origin)) = named else {
        let newest = versions(&packages, notes).pop()?;
        return Some(Candidate::possible(packages.join(newest).join("lib"), "__pypackages__ in the workspace"));
    };
    let candidate = Candidate::named(&interpreter, origin);
    if !packages.is_dir() || layout::virtual_prefix(&interpreter).is_some() {
        return Some(candidate);
    }
    let version = interpreter.canonicalize().ok().and_then(|real| Series::of_name(name_of(&real)));
    let versions = versions(&packages, notes);
    let is_version = |name: &&String| version.is_some_and(|version| Series::parse(name) == Some(version));
    let folder = versions.iter().find(is_version).or(versions.last()).cloned();
    // PDM makes the folder when it installs something; until then there are no packages.
    let folder = folder.or_else(|| version.map(|version| version.to_string())).unwrap_or_default();
    Some(Candidate { packages: Some(packages.join(folder).join("lib")), ..candidate })
}

/// The names of the folders for a version each, `3.11` or `3.11-32`, the newest last.
fn versions(packages: &Path, notes: &mut Notes) -> Vec<String> {
    let paths = notes.list(packages);
    let mut found: Vec<_> = paths
        .iter()
        .map(|path| name_of(path))
        .filter_map(|name| Some((Series::parse(name)?, name.to_owned())))
        .collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}
