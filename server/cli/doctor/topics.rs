//! Which topics there are, and whether they are sound.

use std::path::{Path, PathBuf};

use pygloss_analysis::Glossary;
use pygloss_catalog::{Catalog, Folder, Problem, Severity};

use super::report::{Check, Status};
use crate::cli::check::check;
use crate::cli::scan::count;

const GROUP: &str = "Topics";

/// The checks of the built-in topics, and of each folder of the user's as an addition to them; and what they are together.
pub(super) fn checks(folders: &[PathBuf]) -> (Vec<Check>, Glossary) {
    let mut checks = Vec::new();
    let mut readable = vec![Folder::built_in()];
    for path in folders {
        match Folder::read(path) {
            Ok(folder) => readable.push(folder),
            Err(error) => checks.push(unreadable(path, &error)),
        }
    }
    let (glossary, problems) = check(&readable);
    checks.splice(0..0, readable.iter().map(|folder| sound(folder, &glossary.catalog, &problems)));
    (checks, glossary)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Check {
    let message = format!("{}: can't be read: {error}", path.display());
    Check::new(GROUP, path.display().to_string(), Status::Warning, message)
        .advise("Mend it or leave its --topics out; the other topics work.")
}

fn sound(folder: &Folder, catalog: &Catalog, problems: &[Problem]) -> Check {
    let is_below = |path: &str| path.strip_prefix(folder.path.as_str()).is_some_and(|rest| rest.starts_with('/'));
    let days: Vec<_> =
        catalog.topics().iter().filter(|topic| topic.from_user == folder.from_user && is_below(&topic.path)).collect();
    let (written, concepts) = (days.len(), days.iter().map(|topic| topic.concepts.len()).sum());
    let here: Vec<_> = problems.iter().filter(|problem| is_below(&problem.path)).collect();
    let errors = here.iter().filter(|problem| problem.severity == Severity::Error).count();
    let name = if folder.from_user { folder.path.as_str() } else { "built-in" };
    let has = format!("{name}: {} and {}", count(written, "day"), count(concepts, "concept"));
    let warnings = count(here.len() - errors, "warning");
    let message = format!("{has}, {}, {warnings}", count(errors, "error"));
    if errors == 0 {
        return Check::new(GROUP, name, Status::Ok, message);
    }
    let command = if folder.from_user { "pygloss check FOLDER" } else { "pygloss check" };
    Check::new(GROUP, name, Status::Warning, message).advise(format!("`{command}` says what and where they are."))
}
