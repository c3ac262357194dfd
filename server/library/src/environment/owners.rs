//! Which package a file belongs to. Asked once a file, so it is two look-ups in tables at most.
//!
//! Most top-level names have one owner, whose name is all that is kept. Only where several distributions share one, as
//! in the namespace packages `google` and `zope`, each of its files is kept with its owner.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::installed::{Claims, Distribution};
use super::{Package, Root};

/// The owners of a root's files, as indices of its packages.
#[derive(Default)]
pub(super) struct Owners {
    /// Whether all of it belongs to the first package.
    is_first_of_all: bool,
    /// By the name of the top-level package or module: its owner, or `None` if there are several.
    tops: FxHashMap<Box<str>, Option<usize>>,
    /// By path with `/`, where there are several.
    files: FxHashMap<Box<str>, usize>,
}

impl Owners {
    /// The first package owns all, if there is one.
    pub(super) fn first(packages: &[Package]) -> Self {
        Self { is_first_of_all: !packages.is_empty(), ..Self::default() }
    }

    /// What the distributions of the folder claim; the first to claim a file has it.
    pub(super) fn of(distributions: &[Distribution]) -> Self {
        let mut owners = Self::default();
        for (index, path) in claimed_files(distributions) {
            let top = owners.tops.entry(top_of(path).into()).or_insert(Some(index));
            *top = top.filter(|owner| *owner == index);
        }
        for (index, path) in claimed_files(distributions) {
            if owners.tops.get(top_of(path)) == Some(&None) {
                owners.files.entry(path.into()).or_insert(index);
            }
        }
        owners.add_modules(distributions);
        owners
    }

    /// Claims of whole modules are guesses beside lists of files, and count where there are none.
    fn add_modules(&mut self, distributions: &[Distribution]) {
        let mut claimed: FxHashMap<Box<str>, Option<usize>> = FxHashMap::default();
        for (index, distribution) in distributions.iter().enumerate() {
            let Claims::Modules(names) = &distribution.claims else { continue };
            for name in names {
                claimed.entry(name.as_str().into()).and_modify(|owner| *owner = None).or_insert(Some(index));
            }
        }
        for (name, owner) in claimed {
            self.tops.entry(name).or_insert(owner);
        }
    }

    fn owner(&self, path: &str) -> Option<usize> {
        match self.tops.get(top_of(path))? {
            Some(owner) => Some(*owner),
            None => self.files.get(path).copied(),
        }
    }
}

fn claimed_files(distributions: &[Distribution]) -> impl Iterator<Item = (usize, &str)> {
    distributions.iter().enumerate().flat_map(|(index, distribution)| {
        let files = match &distribution.claims {
            Claims::Files(files) => files.as_slice(),
            Claims::Modules(_) => &[],
        };
        files.iter().map(move |path| (index, path.as_str()))
    })
}

/// The package or module that a path begins with: `foo` of `foo/bar.py` and of `foo.py`.
fn top_of(path: &str) -> &str {
    match path.split_once('/') {
        Some((top, _)) => top,
        None => [".py", ".pyi", ".pyw"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path),
    }
}

impl Root {
    /// The package that owns a file, by its path relative to the root. What nobody owns belongs to a package that has
    /// the name of the module and no version.
    pub fn package_of(&self, relative: &Path) -> Package {
        if let (true, Some(first)) = (self.owners.is_first_of_all, self.packages.first()) {
            return first.clone();
        }
        let path = relative.to_string_lossy();
        let path = if cfg!(windows) { path.replace('\\', "/").into() } else { path };
        let owner = self.owners.owner(&path).and_then(|index| self.packages.get(index));
        owner.cloned().unwrap_or_else(|| Package { name: top_of(&path).to_owned(), version: None, required_by: 0 })
    }
}
