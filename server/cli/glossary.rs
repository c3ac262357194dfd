//! Load the topics: the built-in ones and those of the folders that `--topics` names.

use std::path::PathBuf;

use pygloss_analysis::Glossary;
use pygloss_catalog::{Folder, Severity};

use super::output::Terminal;

/// Load all topics. Errors in a folder are warnings here, and the rest works; what a topic's author may want to look at, such
/// as a link to a page that isn't written yet, is said by `pygloss check` alone.
pub(crate) fn load(folders: &[PathBuf], terminal: &mut Terminal) -> Glossary {
    compile(&read(folders, terminal), terminal)
}

/// Read the built-in folder and those that are named.
pub(crate) fn read(folders: &[PathBuf], terminal: &mut Terminal) -> Vec<Folder> {
    let mut sources = vec![Folder::built_in()];
    for path in folders {
        match Folder::read(path) {
            Ok(folder) => sources.push(folder),
            Err(error) => terminal.warn(format_args!("{}: can't read the topics: {error}", path.display())),
        }
    }
    sources
}

/// Compile the topics of the folders.
pub(crate) fn compile(sources: &[Folder], terminal: &mut Terminal) -> Glossary {
    let (glossary, problems) = Glossary::load(sources);
    // What is a mere warning concerns the author, who runs `pygloss check`.
    for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) {
        terminal.warn(problem);
    }
    glossary
}
