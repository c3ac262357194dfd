//! The machine's Python: `python3` and `python` in the folders of `PATH`.

use std::path::Path;

use super::{Candidate, pyenv};
use crate::environment::Search;
use crate::environment::reading::Notes;

/// All of them in order. Folders that aren't absolute would depend on where pygloss runs, and aren't looked into.
pub(super) fn candidates(search: &Search<'_>, notes: &mut Notes) -> Vec<Candidate> {
    let names: &[&str] = if cfg!(windows) { &["python.exe", "python3.exe"] } else { &["python3", "python"] };
    let path = search.value("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect::<Vec<_>>();
    let programs = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let programs = programs.filter(|program| program.is_file());
    programs.map(|program| of_program(&program, search, notes)).collect()
}

fn of_program(program: &Path, search: &Search<'_>, notes: &mut Notes) -> Candidate {
    let name = program.file_stem().unwrap_or_default().display();
    match pyenv::behind_shim(program, search, notes) {
        Some(prefix) => Candidate::possible(prefix, format!("{name} on the PATH, through pyenv")),
        None => Candidate::possible(program, format!("{name} on the PATH")),
    }
}
