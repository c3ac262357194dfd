//! Environments in the workspace's folder: `.venv`, `venv`, `env`.

use super::Candidate;
use crate::environment::Search;
use crate::environment::reading::Notes;

/// The names that people give to the folder.
pub(super) fn usual(search: &Search<'_>, _notes: &mut Notes) -> Vec<Candidate> {
    let at = |name: &str| Candidate::possible(search.folder.join(name), format!("{name} in the workspace"));
    [".venv", "venv", "env"].map(at).into()
}
