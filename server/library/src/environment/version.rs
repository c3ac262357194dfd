//! Python's versions, in the forms in which folders, files and interpreters name them.

use std::path::Path;

use super::reading::{METADATA_LIMIT, Notes, name_of};

/// The part of a version that installations keep apart: 3 and 11, free-threaded or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Series {
    pub(super) major: u32,
    pub(super) minor: u32,
    /// Builds without the global lock keep their packages apart: `python3.13t`.
    pub(super) is_free_threaded: bool,
}

impl Series {
    /// What a version begins with: `3.11`, `3.11.7`, `3.12.0rc1`, `3.13t`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (major, rest) = text.trim().split_once('.')?;
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let (minor, rest) = rest.split_at(digits);
        Some(Self { major: major.parse().ok()?, minor: minor.parse().ok()?, is_free_threaded: rest.ends_with('t') })
    }

    /// Of a folder or an interpreter: `python3.11`, `pypy3.10`, `python3.13t`.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let name = name.strip_suffix(".exe").unwrap_or(name);
        let version = name.strip_prefix("python").or_else(|| name.strip_prefix("pypy"))?;
        let rest = version.strip_suffix('t').unwrap_or(version);
        rest.split('.').all(|part| part.parse::<u32>().is_ok()).then(|| Self::parse(version)).flatten()
    }

    pub(super) fn is_same(self, other: Self) -> bool {
        (self.major, self.minor) == (other.major, other.minor)
    }
}

impl std::fmt::Display for Series {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

/// The whole version of an installation, from the header that comes with it for C extensions
/// (`#define PY_VERSION "3.11.7"` in `include/python3.11/patchlevel.h`; CPython's `Include/patchlevel.h`).
pub(super) fn full(prefix: &Path, library: &Path, notes: &mut Notes) -> Option<String> {
    let headers = prefix.join("include");
    let places = [headers.join(name_of(library)).join("patchlevel.h"), headers.join("patchlevel.h")];
    let text = places.iter().find_map(|path| notes.read(path, METADATA_LIMIT))?;
    let line =
        text.lines().find_map(|line| line.trim().strip_prefix("#define PY_VERSION")?.trim().strip_prefix('"'))?;
    let version = line.split('"').next()?.trim_end_matches('+');
    Series::parse(version).map(|_| version.to_owned())
}

/// `3.11.7` of the forms that `pyvenv.cfg` has: `3.11.7`, `3.11.7.final.0`, `3.12.0.candidate.1`.
pub(super) fn of_config(text: &str) -> Option<String> {
    Series::parse(text)?;
    let numbers = text.trim().split('.').take(3).take_while(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    Some(numbers.collect::<Vec<_>>().join("."))
}
