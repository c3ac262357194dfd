//! Which pygloss this is, and whether an editor that starts `pygloss` gets it.

use std::env;
use std::path::Path;

use super::report::{Check, Status};
use crate::cli::editors::program::find;

const GROUP: &str = "Program";

pub(super) fn checks() -> Vec<Check> {
    vec![versions(), on_path()]
}

fn versions() -> Check {
    let tree = pygloss_analysis::parse("", None);
    let language = tree.language();
    let abi = language.abi_version();
    let grammar = language.metadata().map_or("of an unknown version".to_owned(), |version| {
        format!("{}.{}.{}", version.major_version, version.minor_version, version.patch_version)
    });
    let versions = format!("pygloss {}, Python grammar {grammar} (ABI {abi})", env!("CARGO_PKG_VERSION"));
    Check::new(GROUP, "versions", Status::Ok, versions)
}

/// Editors are set up with the bare name, as their configurations are shared between machines.
fn on_path() -> Check {
    let check = |status, message| Check::new(GROUP, "path", status, message);
    let Ok(this) = env::current_exe() else {
        return check(Status::Unknown, "where this program is can't be told".to_owned());
    };
    match find("pygloss") {
        Some(found) if is_same(&found, &this) => {
            check(Status::Ok, format!("{}, which is what editors start", found.display()))
        }
        Some(found) => {
            check(Status::Warning, format!("{} comes first on the PATH, this is {}", found.display(), this.display()))
                .advise("Editors start the other one. Install this one over it, or put its folder first on the PATH.")
        }
        None => check(Status::Warning, format!("{} is not on the PATH", this.display())).advise(
            "Editors that are told to start `pygloss` won't find it. Install it with `cargo install --path .` in a \
             checkout, or write this path in their configuration.",
        ),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
