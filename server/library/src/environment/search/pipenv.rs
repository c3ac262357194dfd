//! Pipenv's environments, in virtualenvwrapper's folder: `project-fPIxLfK7` (Pipenv's `utils/venv_locator.py`,
//! `utils/pipfile.py`, `utils/shell.py`, `utils/virtualenv.py` and `environments.py`).

use std::path::{Path, PathBuf};

use super::Candidate;
use super::project::{self, hash, sanitized};
use crate::environment::Search;
use crate::environment::reading::{METADATA_LIMIT, Notes};

/// The folder that holds all environments.
pub(super) fn home(search: &Search<'_>, notes: &mut Notes) -> Option<PathBuf> {
    let Some(home) = search.path("WORKON_HOME") else {
        return if cfg!(windows) {
            Some(search.home()?.join(".virtualenvs"))
        } else {
            // On macOS, too.
            Some(search.xdg("XDG_DATA_HOME", ".local/share")?.join("virtualenvs"))
        };
    };
    if home.to_string_lossy().contains('$') {
        notes.add(&home, "is WORKON_HOME and contains variables, which are not expanded");
        return None;
    }
    Some(home)
}

/// The project's environment by its name, and those that say that they are the project's.
pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let Some(pipfile) = pipfile(search) else { return Vec::new() };
    let Some((home, project)) = home(search, notes).zip(pipfile.parent()).filter(|_| pipfile.is_file()) else {
        return Vec::new();
    };
    let named = name(search, &pipfile, project).map(|name| home.join(name));
    let marked = notes.list(&home).into_iter().filter(|path| is_of(path, project)).collect::<Vec<_>>();
    named.into_iter().chain(marked).map(|path| Candidate::possible(path, "Pipenv's environments")).collect()
}

/// Links in the folder's path are followed, as the shell's folder has none for Pipenv; those in the variable are not.
fn pipfile(search: &Search<'_>) -> Option<PathBuf> {
    match search.path("PIPENV_PIPFILE") {
        Some(path) => std::path::absolute(path).ok(),
        None => Some(project::real_folder(search)?.join("Pipfile")),
    }
}

fn name(search: &Search<'_>, pipfile: &Path, project: &Path) -> Option<String> {
    if let Some(name) = search.value("PIPENV_CUSTOM_VENV_NAME") {
        return name.into_string().ok();
    }
    let python = search.value("PIPENV_PYTHON").and_then(|python| python.into_string().ok());
    // A path counts by its last part.
    let suffix = python.map(|python| format!("-{}", python.rsplit(['/', '\\']).next().unwrap_or_default()));
    let name = sanitized(project.file_name()?.to_str()?, " &$`!*@\"()[]\\\r\n\t");
    Some(format!("{name}-{}{}", hash(pipfile.to_str()?), suffix.unwrap_or_default()))
}

/// Pipenv and virtualenvwrapper write the project's folder into `.project`.
fn is_of(environment: &Path, project: &Path) -> bool {
    // An environment of somebody else's is nothing to note.
    let text = Notes::default().read(&environment.join(".project"), METADATA_LIMIT);
    text.is_some_and(|text| Path::new(text.trim()) == project)
}
