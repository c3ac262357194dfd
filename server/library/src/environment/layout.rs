//! What a path that somebody names as an environment leads to: a virtual environment, an installation, an interpreter
//! of one of them, a folder of packages, or a folder that holds `.venv`.
//!
//! [`at`] looks at names, `pyvenv.cfg` and symbolic links, and at nothing that is installed yet.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::installation::Installation;
use super::reading::{Notes, is_absent, name_of};
use super::remote;
use super::version::Series;
use super::virtual_environment::{CONFIG, VirtualEnvironment};

/// An environment's folders.
pub(super) struct Layout {
    /// Holds all of it; canonical.
    pub(super) prefix: PathBuf,
    /// `3.11.7`, or `3.11` where nothing says more.
    pub(super) version: Option<String>,
    /// Whose standard library it uses.
    pub(super) base: Option<Installation>,
    /// Where packages are, in the order in which Python looks; some may be absent.
    pub(super) packages: Vec<PathBuf>,
    /// Whether packages of the user's own come with it, as they do unless it is virtual (PEP 370).
    pub(super) has_user_packages: bool,
}

/// Why there is no environment.
pub(super) enum Unfit {
    /// Nothing is there.
    Absent,
    /// Something else is there, or something broken; as a part of a sentence.
    Because(String),
}

/// The environment that the path leads to.
pub(super) fn at(path: &Path, notes: &mut Notes) -> Result<Layout, Unfit> {
    if remote::is_remote(path) {
        return Err(Unfit::Because("is on another machine, which is not asked".to_owned()));
    }
    let kind = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if kind.is_file() { of_interpreter(path, notes) } else { of_folder(path, notes) }
}

fn unreadable(error: &io::Error) -> Unfit {
    if is_absent(error) { Unfit::Absent } else { Unfit::Because(format!("can't be read: {error}")) }
}

fn of_folder(path: &Path, notes: &mut Notes) -> Result<Layout, Unfit> {
    let path = path.canonicalize().map_err(|error| unreadable(&error))?;
    if let Some(layout) = of_prefix(&path, None, notes) {
        return layout.map_err(Unfit::Because);
    }
    if is_packages(&path) {
        return Ok(around(&path, notes).unwrap_or_else(|| bare(path)));
    }
    let inner = path.join(".venv");
    if inner.join(CONFIG).is_file() {
        return of_folder(&inner, notes);
    }
    if notes.list(&path).iter().any(|entry| is_metadata(entry)) {
        return Ok(bare(path));
    }
    let reason = if path.join("conda-meta").is_dir() {
        "is an environment of conda without Python"
    } else {
        "holds no environment of Python"
    };
    Err(Unfit::Because(reason.to_owned()))
}

/// A virtual environment or an installation that has this prefix.
fn of_prefix(prefix: &Path, wanted: Option<Series>, notes: &mut Notes) -> Option<Result<Layout, String>> {
    if prefix.join(CONFIG).is_file() {
        return Some(VirtualEnvironment::at(prefix, notes).map(|environment| of_virtual(prefix, environment)));
    }
    Installation::at(prefix, wanted, notes).map(|installation| Ok(of_installation(installation)))
}

fn of_virtual(prefix: &Path, environment: VirtualEnvironment) -> Layout {
    let VirtualEnvironment { mut packages, base, has_base_packages, version } = environment;
    if has_base_packages {
        packages.extend(base.iter().flat_map(Installation::packages));
    }
    Layout { prefix: prefix.to_owned(), version, base, packages, has_user_packages: has_base_packages }
}

fn of_installation(installation: Installation) -> Layout {
    Layout {
        prefix: installation.prefix.clone(),
        version: installation.version.clone(),
        packages: installation.packages(),
        base: Some(installation),
        has_user_packages: true,
    }
}

/// The standard library of an interpreter outside of virtual environments is looked for from where links end.
fn of_interpreter(path: &Path, notes: &mut Notes) -> Result<Layout, Unfit> {
    if let Some(prefix) = virtual_prefix(path) {
        return of_folder(&prefix, notes);
    }
    if is_script(path) {
        return Err(Unfit::Because("is a script that chooses an interpreter when it runs, and is not run".to_owned()));
    }
    let real = path.canonicalize().map_err(|error| unreadable(&error))?;
    let wanted = Series::of_name(name_of(&real));
    let mut prefixes = real.ancestors().skip(1).take(2).collect::<Vec<_>>();
    prefixes.reverse();
    let found = prefixes.into_iter().find_map(|prefix| Installation::at(prefix, wanted, notes));
    found.map(of_installation).ok_or_else(|| Unfit::Because("has no standard library of Python beside it".to_owned()))
}

/// The virtual environment that an interpreter belongs to. Python looks for `pyvenv.cfg` beside its executable and one
/// folder above, before it follows links (PEP 405).
pub(super) fn virtual_prefix(interpreter: &Path) -> Option<PathBuf> {
    let folder = interpreter.parent()?;
    [folder.join(".."), folder.to_owned()].into_iter().find(|prefix| prefix.join(CONFIG).is_file())
}

fn is_script(path: &Path) -> bool {
    let mut start = [0; 2];
    File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok()) && start == *b"#!"
}

fn is_packages(path: &Path) -> bool {
    matches!(name_of(path), "site-packages" | "dist-packages")
}

fn is_metadata(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("dist-info" | "egg-info"))
}

/// The environment that a `site-packages` belongs to: `lib/python3.11/site-packages` and `Lib/site-packages` are two or
/// three folders below its prefix.
fn around(packages: &Path, notes: &mut Notes) -> Option<Layout> {
    let wanted = packages.parent().and_then(|library| Series::of_name(name_of(library)));
    let prefixes = packages.ancestors().skip(2).take(2);
    let layouts = prefixes.filter_map(|prefix| of_prefix(prefix, wanted, notes)?.ok());
    let is_of =
        |layout: &Layout| layout.packages.iter().any(|path| path.canonicalize().is_ok_and(|path| path == packages));
    layouts.into_iter().find(is_of)
}

/// A folder of packages that belongs to no interpreter, as `pip install --target` makes.
fn bare(packages: PathBuf) -> Layout {
    Layout { prefix: packages.clone(), version: None, base: None, packages: vec![packages], has_user_packages: false }
}
