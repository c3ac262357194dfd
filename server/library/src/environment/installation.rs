//! Where an installation of Python keeps its modules: built from source, by pyenv, uv or conda, of a distribution, a
//! framework of macOS, Windows' installer.
//!
//! [`Installation::at`] knows a prefix by its standard library, as Python itself does: by `os.py`
//! (CPython's `Modules/getpath.py`). The forms of Windows and macOS follow the same source; they can't be run where
//! the tests run, and are tested as folders.

use std::path::{Path, PathBuf};

use super::reading::{Notes, name_of};
use super::version::{self, Series};

/// An interpreter's folders, as far as they are there.
#[derive(Debug)]
pub(super) struct Installation {
    /// Holds all of it.
    pub(super) prefix: PathBuf,
    /// `lib/python3.11`, `Lib`.
    pub(super) library: PathBuf,
    /// If the folders' names say it.
    pub(super) series: Option<Series>,
    /// `3.11.7`, or `3.11` where nothing says more.
    pub(super) version: Option<String>,
}

impl Installation {
    /// The installation of that version, or of the version that `bin/python3` is, or else of the highest.
    pub(super) fn at(prefix: &Path, wanted: Option<Series>, notes: &mut Notes) -> Option<Self> {
        let mut libraries = libraries(prefix, notes);
        let wanted = wanted.or_else(|| {
            let interpreter = prefix.join("bin/python3").canonicalize().ok()?;
            Series::of_name(name_of(&interpreter))
                .filter(|series| libraries.iter().any(|(found, _)| *found == Some(*series)))
        });
        libraries.retain(|(series, _)| is_wanted(*series, wanted));
        let (series, library) = libraries.into_iter().max_by_key(|(series, _)| *series)?;
        let version = version::full(prefix, &library, notes).filter(|version| match (Series::parse(version), series) {
            (Some(full), Some(series)) => full.is_same(series),
            _ => true,
        });
        let version = version.or_else(|| series.map(|series| series.to_string()));
        let series = series.or_else(|| Series::parse(version.as_deref()?));
        Some(Self { prefix: prefix.to_owned(), library, series, version })
    }

    /// Where packages are installed, in the order in which Python looks; absent ones included.
    ///
    /// Debian's Python calls them `dist-packages`, shares one folder among its versions, and looks below `/usr/local`
    /// first (its patch of `site.py`); Fedora's looks below `/usr/local` as well, and in `lib64` (its patch of
    /// `sysconfig.py`).
    pub(super) fn packages(&self) -> Vec<PathBuf> {
        let version = name_of(&self.library);
        let shared = self.prefix.join("lib/python3/dist-packages");
        if Series::of_name(version).is_none_or(|series| series.major != 3) {
            return vec![self.library.join("site-packages")];
        }
        let below = |parent: &str, packages: &str| self.prefix.join(parent).join(version).join(packages);
        if shared.is_dir() {
            vec![below("local/lib", "dist-packages"), below("lib", "dist-packages"), shared]
        } else {
            ["local/lib64", "local/lib", "lib64", "lib"].iter().map(|parent| below(parent, "site-packages")).collect()
        }
    }

    /// The standard library as a zip file, which Python looks into before the folder.
    pub(super) fn archive(&self) -> Option<PathBuf> {
        let series = self.series?;
        let name = format!("python{}{}.zip", series.major, series.minor);
        let places = [self.library.parent()?.join(&name), self.prefix.join(&name)];
        places.into_iter().find(|path| path.is_file())
    }
}

fn is_wanted(found: Option<Series>, wanted: Option<Series>) -> bool {
    match (found, wanted) {
        (Some(found), Some(wanted)) => found == wanted,
        // The folder `Lib` of Windows names no version.
        _ => true,
    }
}

/// The folders of standard libraries, with the version that their names say.
fn libraries(prefix: &Path, notes: &mut Notes) -> Vec<(Option<Series>, PathBuf)> {
    let parents = ["lib", "lib64"].map(|parent| prefix.join(parent));
    let mut found: Vec<_> = parents.iter().flat_map(|parent| versioned(parent, notes)).collect();
    found.push((None, prefix.join("Lib")));
    found.retain(|(_, library)| library.join("os.py").is_file());
    found
}

/// The subfolders `python3.11`, `pypy3.10` of `lib`, with their versions.
pub(super) fn versioned(parent: &Path, notes: &mut Notes) -> Vec<(Option<Series>, PathBuf)> {
    let named = notes.list(parent).into_iter();
    named.filter_map(|path| Some((Some(Series::of_name(name_of(&path))?), path))).collect()
}
