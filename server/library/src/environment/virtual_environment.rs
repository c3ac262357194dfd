//! A virtual environment: its `pyvenv.cfg`, its packages, and the installation that it was made from.
//!
//! PEP 405, CPython's `Lib/venv/__init__.py` and `Modules/getpath.py`; virtualenv's `create/pyenv_cfg.py` and uv write
//! the same file with more keys. Values are read as hostile text: a `home` that isn't an absolute path is not followed.

use std::path::{Path, PathBuf};

use super::installation::{Installation, versioned};
use super::reading::{METADATA_LIMIT, Notes};
use super::remote;
use super::version::{self, Series};

/// The file that makes a folder a virtual environment.
pub(super) const CONFIG: &str = "pyvenv.cfg";

/// What `pyvenv.cfg` and the folders say.
pub(super) struct VirtualEnvironment {
    /// Where packages are installed; at least one.
    pub(super) packages: Vec<PathBuf>,
    /// Whose standard library it uses.
    pub(super) base: Option<Installation>,
    /// Whether packages of `base` can be imported too.
    pub(super) has_base_packages: bool,
    /// `3.11.7`, or `3.11` where nothing says more.
    pub(super) version: Option<String>,
}

impl VirtualEnvironment {
    /// What is there, or why it is none, as a part of a sentence.
    pub(super) fn at(prefix: &Path, notes: &mut Notes) -> Result<Self, String> {
        let text = notes.read(&prefix.join(CONFIG), METADATA_LIMIT).unwrap_or_default();
        let value = |key: &str| setting(&text, key);
        let said = value("version_info").or_else(|| value("version")).and_then(version::of_config);
        let wanted = said.as_deref().and_then(Series::parse);
        let packages = packages(prefix, wanted, notes);
        let Some((found, _)) = packages.first() else {
            return Err(format!("has a {CONFIG} but no site-packages"));
        };
        // Only the folder's name says whether it is free-threaded.
        let series = found.or(wanted);
        let base = base(prefix, value("home"), value("base-prefix"), series, notes);
        // The installation may have been updated since the file was written.
        let installed = base.as_ref().and_then(|base| base.version.clone()).filter(|version| is_full(version));
        let version = installed.or(said).or_else(|| series.map(|series| series.to_string()));
        let has_base_packages =
            value("include-system-site-packages").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        Ok(Self { packages: packages.into_iter().map(|(_, path)| path).collect(), base, has_base_packages, version })
    }
}

fn is_full(version: &str) -> bool {
    version.split('.').count() > 2
}

/// The value of a key; the first one counts for Python, too.
fn setting<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(key)).map(|(_, value)| value.trim())
}

/// `lib/python3.11/site-packages`, in `lib64` too; `Lib/site-packages` on Windows. After an update in place there are
/// several, of which the configured version's counts.
fn packages(prefix: &Path, wanted: Option<Series>, notes: &mut Notes) -> Vec<(Option<Series>, PathBuf)> {
    let libraries = ["lib", "lib64"].map(|name| versioned(&prefix.join(name), notes)).concat();
    let mut found: Vec<_> =
        libraries.into_iter().map(|(series, library)| (series, library.join("site-packages"))).collect();
    found.push((None, prefix.join("Lib/site-packages")));
    found.retain(|(_, packages)| packages.is_dir());
    let newest = found.iter().filter_map(|(series, _)| *series).max();
    let is_any_wanted =
        found.iter().any(|(series, _)| series.zip(wanted).is_some_and(|(one, other)| one.is_same(other)));
    let kept = if is_any_wanted { wanted } else { newest };
    found.retain(|(series, _)| series.zip(kept).is_none_or(|(one, other)| one.is_same(other)));
    found
}

/// The installation that has the interpreter in its folder `home`.
fn base(
    prefix: &Path,
    home: Option<&str>,
    said: Option<&str>,
    series: Option<Series>,
    notes: &mut Notes,
) -> Option<Installation> {
    let config = prefix.join(CONFIG);
    let Some(home) = home.map(Path::new).filter(|home| home.is_absolute() && !remote::is_remote(home)) else {
        notes.add(&config, "names no folder as home, so the standard library isn't known");
        return None;
    };
    let said = said.map(PathBuf::from).filter(|path| path.is_absolute() && !remote::is_remote(path));
    let places = said.into_iter().chain(prefixes(home, series));
    let found =
        places.filter_map(|place| place.canonicalize().ok()).find_map(|place| Installation::at(&place, series, notes));
    if found.is_none() {
        notes.add(&config, format!("names {} as home, where no standard library is", home.display()));
    }
    found
}

/// The prefixes that an interpreter in `home` can belong to: the folder above `bin`, the folder itself on Windows, the
/// one above the real interpreter where `home` holds a link (Homebrew, Debian's alternatives), or a framework of macOS.
fn prefixes(home: &Path, series: Option<Series>) -> Vec<PathBuf> {
    let mut names = vec!["python3".to_owned(), "python".to_owned()];
    names.splice(0..0, series.map(|series| format!("python{series}")));
    let real = names.iter().filter_map(|name| home.join(name).canonicalize().ok());
    let above_real = real.filter_map(|path| Some(path.parent()?.parent()?.to_owned()));
    let version = series.map(|series| series.to_string()).unwrap_or_default();
    let frameworks = [
        home.join("../Frameworks/Python.framework/Versions").join(&version),
        home.join("../../Library/Frameworks/Python3.framework/Versions").join(&version),
    ];
    [home.join(".."), home.to_owned()].into_iter().chain(above_real).chain(frameworks).collect()
}
