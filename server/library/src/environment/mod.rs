//! The Python environments of a workspace, as their files show them. No interpreter is ever run.
//!
//! [`find`] looks where tools put environments; [`Environment::roots`] are the folders whose modules can be imported.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where to look, and what the user said.
pub struct Search<'a> {
    /// The workspace folder that the environment is for; for the command line, the current folder.
    pub folder: &'a Path,
    /// What the user or the editor chose: an environment's folder, its interpreter, or a folder of packages.
    pub configured: Option<&'a Path>,
    /// Reads an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
}

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
    /// What is installed there.
    pub packages: Vec<Package>,
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
    /// How many other distributions of the environment require it.
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
pub fn find(_search: &Search<'_>) -> Found {
    Found { chosen: None, others: Vec::new(), notes: Vec::new() }
}

impl Root {
    /// The package that owns a file, by its path relative to the root.
    pub fn package_of(&self, relative: &Path) -> Package {
        let top = relative.iter().next().unwrap_or_default().to_string_lossy();
        Package { name: top.trim_end_matches(".py").to_owned(), version: None, required_by: 0 }
    }
}
