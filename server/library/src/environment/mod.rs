//! The Python environments of a workspace, as their files show them. No interpreter is ever run.
//!
//! [`find`] looks where tools put environments; [`Environment::roots`] are the folders whose modules can be imported.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub use installed::normalised;
use layout::{Layout, Unfit};
use owners::Owners;
use reading::Notes;
use roots::OwnCode;

mod installation;
mod installed;
mod layout;
mod owners;
mod reading;
mod remote;
mod roots;
mod search;
#[cfg(test)]
mod tests;
mod version;
mod virtual_environment;

/// Where to look, and what the user said.
pub struct Search<'a> {
    /// The workspace folder that the environment is for; for the command line, the current folder.
    pub folder: &'a Path,
    /// What the user or the editor chose: an environment's folder, its interpreter, or a folder of packages.
    pub configured: Option<&'a Path>,
    /// Reads an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
}

/// The [`Environment::origin`] of the environment that [`Search::configured`] leads to.
pub const CONFIGURED: &str = "the setting";

/// What was found for a folder.
pub struct Found {
    /// The environment in force, if there is one.
    pub chosen: Option<Environment>,
    /// The prefixes of others that are there too, with what led to them.
    pub others: Vec<(PathBuf, String)>,
    /// What was left out, and why.
    pub notes: Vec<Note>,
}

/// An interpreter's installation or a virtual environment.
pub struct Environment {
    /// The folder that holds all of it, canonical.
    pub prefix: PathBuf,
    /// What led to it, to be read after "found by": "VIRTUAL_ENV", ".venv in the workspace".
    pub origin: String,
    /// `3.11.7`, or `3.11` where nothing says more.
    pub python: Option<String>,
    /// The folders of modules, the standard library first; each once, canonical.
    pub roots: Vec<Root>,
}

/// A folder whose modules can be imported.
pub struct Root {
    /// Canonical.
    pub path: PathBuf,
    /// What kind of modules.
    pub kind: RootKind,
    /// The dotted name of the package that the folder itself is, where only that was installed by reference: the names
    /// of its modules begin with it. `None` where the folder holds packages.
    pub module: Option<String>,
    /// What is installed there.
    pub packages: Vec<Package>,
    owners: Owners,
}

/// What lies in a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootKind {
    /// What comes with Python.
    StandardLibrary,
    /// What was installed: `site-packages`, `dist-packages`.
    SitePackages,
    /// The sources of a package that is installed by reference.
    Editable,
}

/// A distribution, or the owner of modules that no distribution claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// As its metadata spell it; `Python` for the standard library.
    pub name: String,
    /// If it is known.
    pub version: Option<String>,
    /// How many other distributions of the environment name it among their requirements, those of extras too.
    pub required_by: u32,
}

/// Something that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file or folder.
    pub path: PathBuf,
    /// Why, as a part of a sentence: "is a zip file, whose modules are not read".
    pub reason: String,
}

/// The environment of a folder.
pub fn find(search: &Search<'_>) -> Found {
    let mut notes = Notes::default();
    let mut found: Vec<(Layout, String)> = Vec::new();
    for candidate in search::candidates(search, &mut notes) {
        // What is wrong inside of an environment that isn't chosen doesn't matter.
        let mut seen = Notes::default();
        match layout::at(&candidate.path, &mut seen) {
            Ok(layout) if found.iter().any(|(other, _)| other.prefix == layout.prefix) => {}
            Ok(layout) => {
                if found.is_empty() {
                    notes.extend(seen);
                }
                found.push((candidate.fitted(layout), candidate.origin));
            }
            Err(Unfit::Absent) if candidate.is_named => {
                notes.add(&candidate.path, format!("isn't there ({})", candidate.origin));
            }
            Err(Unfit::Absent) => {}
            Err(Unfit::Because(reason)) => notes.add(&candidate.path, format!("{reason} ({})", candidate.origin)),
        }
    }
    let mut found = found.into_iter();
    let chosen = found.next().map(|(layout, origin)| read(layout, origin, search, &mut notes));
    Found { chosen, others: found.map(|(layout, origin)| (layout.prefix, origin)).collect(), notes: notes.0 }
}

fn read(mut layout: Layout, origin: String, search: &Search<'_>, notes: &mut Notes) -> Environment {
    let series = layout.base.as_ref().filter(|_| layout.has_user_packages).and_then(|base| base.series);
    // Python looks there before it looks into its own packages.
    layout.packages.splice(0..0, series.and_then(|series| search.user_packages(series)));
    let folder = search.folder.canonicalize().unwrap_or_else(|_| search.folder.to_owned());
    let home = search.home().and_then(|home| home.canonicalize().ok());
    roots::environment(layout, origin, &OwnCode { folder: &folder, home: home.as_deref() }, notes)
}

#[cfg(test)]
impl Root {
    /// A folder of packages of which nothing more is known.
    pub(crate) fn of_folder(path: PathBuf) -> Self {
        let kind = RootKind::SitePackages;
        Self { path, kind, module: None, packages: Vec::new(), owners: Owners::first(&[]) }
    }
}
