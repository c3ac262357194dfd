//! Which Python and which packages the current folder has: real-world usages come from there.

use std::env;
use std::path::Path;

use pygloss_library::environment::{self, Environment, Found, Note, Root, RootKind, Search};

use super::report::{Check, Status};
use crate::cli::scan::count;

const GROUP: &str = "Environments";

/// More notes than these are counted.
const NOTES: usize = 12;

/// The checks, and the environment that is in force.
pub(super) fn checks() -> (Vec<Check>, Option<Environment>) {
    let Ok(folder) = env::current_dir() else {
        let check = Check::new(GROUP, "environment", Status::Unknown, "which folder this is can't be told");
        return (vec![check], None);
    };
    let search = Search { folder: &folder, configured: None, variable: &|name| env::var_os(name) };
    let Found { chosen, others, notes } = environment::find(&search);
    let mut checks = chosen.as_ref().map_or_else(|| vec![none(&folder)], in_force);
    checks.extend(others.iter().map(|(prefix, origin)| {
        let message = format!("also found: {} ({origin})", prefix.display());
        Check::new(GROUP, prefix.display().to_string(), Status::Note, message)
    }));
    checks.extend(left_out(&notes));
    (checks, chosen)
}

fn none(folder: &Path) -> Check {
    let message = format!("none found for {}", folder.display());
    Check::new(GROUP, "environment", Status::Note, message).advise(
        "Real-world usages come from installed packages. `python3 -m venv .venv` makes an environment here; one that is \
         elsewhere is found if it is activated or belongs to this folder by the rules of uv, PDM, Poetry, Pipenv, Hatch, \
         conda or pyenv.",
    )
}

/// The environment, and each of its roots.
fn in_force(environment: &Environment) -> Vec<Check> {
    let version = environment.python.as_deref().unwrap_or("of an unknown version");
    let message = format!("Python {version}, {}, found by {}", environment.prefix.display(), environment.origin);
    let roots = environment.roots.iter().map(|root| {
        let name = root.path.display().to_string();
        Check::new(GROUP, name, Status::Note, described(root))
    });
    [Check::new(GROUP, "environment", Status::Ok, message)].into_iter().chain(roots).collect()
}

fn described(root: &Root) -> String {
    let path = root.path.display();
    match root.kind {
        RootKind::StandardLibrary => format!("standard library: {path}"),
        RootKind::SitePackages => format!("{} in {path}", count(root.packages.len(), "package")),
        RootKind::Editable => match root.packages.first() {
            Some(package) => format!("{}, installed by reference: {path}", package.name),
            None => format!("installed by reference: {path}"),
        },
    }
}

fn left_out(notes: &[Note]) -> Vec<Check> {
    let shown = notes.iter().take(NOTES).map(|note| {
        let path = note.path.display();
        Check::new(GROUP, path.to_string(), Status::Note, format!("left out: {path} {}", note.reason))
    });
    let rest = notes.len().saturating_sub(NOTES);
    let rest = (rest > 0).then(|| Check::new(GROUP, "left out", Status::Note, format!("{rest} more are left out")));
    shown.chain(rest).collect()
}
