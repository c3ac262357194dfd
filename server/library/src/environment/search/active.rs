//! What the user chose: in the editor or on the command line, or by activating an environment in the shell.

use super::{Candidate, pyenv};
use crate::environment::reading::Notes;
use crate::environment::{CONFIGURED, Search};

/// The option or setting.
pub(super) fn configured(search: &Search<'_>, notes: &mut Notes) -> Option<Candidate> {
    let path = search.absolute(search.configured?);
    Some(Candidate::named(pyenv::behind_shim(&path, search, notes).unwrap_or(path), CONFIGURED))
}

/// `VIRTUAL_ENV`, which the scripts `activate` of venv, virtualenv and uv set.
pub(super) fn activated(search: &Search<'_>) -> Option<Candidate> {
    Some(Candidate::named(search.path("VIRTUAL_ENV")?, "VIRTUAL_ENV"))
}

/// `UV_PROJECT_ENVIRONMENT`, which uv uses in the place of `.venv`, from the project's folder if it is relative
/// (uv's `uv-workspace/src/workspace.rs`). `uv sync` makes the folder, so that it may be absent.
pub(super) fn of_uv(search: &Search<'_>) -> Option<Candidate> {
    Some(Candidate::possible(search.path("UV_PROJECT_ENVIRONMENT")?, "UV_PROJECT_ENVIRONMENT"))
}
