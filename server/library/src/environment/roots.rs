//! An environment's roots: the standard library, folders of packages, and what is installed by reference.
//!
//! [`environment`] reads the metadata of all that is installed, and counts who requires whom.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::installed::{Distribution, Installed, Linked, normalised};
use super::layout::Layout;
use super::owners::Owners;
use super::reading::Notes;
use super::{Environment, Package, Root, RootKind};

/// Folders that are never a library, and the folders that hold them.
pub(super) struct OwnCode<'a> {
    /// The workspace's folder, canonical.
    pub(super) folder: &'a Path,
    /// The user's home, canonical.
    pub(super) home: Option<&'a Path>,
}

/// All of the layout's roots.
pub(super) fn environment(layout: Layout, origin: String, own: &OwnCode<'_>, notes: &mut Notes) -> Environment {
    let mut roots: Vec<_> = standard_library(&layout, notes).into_iter().collect();
    let folders = packages(&layout, own, notes);
    let installed: Vec<_> = folders.iter().map(|folder| Installed::read(folder, notes)).collect();
    let counts = required_by(installed.iter().flat_map(|installed| &installed.distributions));
    let kept = |distribution: &Distribution| Package {
        name: distribution.name.clone(),
        version: distribution.version.clone(),
        required_by: counts.get(normalised(&distribution.name).as_str()).copied().unwrap_or(0),
    };
    for (folder, installed) in folders.iter().zip(&installed) {
        let packages = installed.distributions.iter().map(kept).collect();
        let owners = Owners::of(&installed.distributions);
        roots.push(Root { path: folder.clone(), kind: RootKind::SitePackages, module: None, packages, owners });
    }
    for installed in &installed {
        for linked in &installed.linked {
            let owner = linked.owner.and_then(|owner| installed.distributions.get(owner)).map(kept);
            if is_within(&linked.folder, &roots, RootKind::SitePackages) {
                continue;
            }
            match foreign(linked, &roots, own, &layout.prefix) {
                Ok(()) => roots.push(of_one(linked.folder.clone(), RootKind::Editable, linked.module.clone(), owner)),
                Err(reason) => notes.add(&linked.folder, reason),
            }
        }
    }
    Environment { prefix: layout.prefix, origin, python: layout.version, roots }
}

/// The folders of packages, each once. A link to the user's home in the place of one would make a library of everything.
fn packages(layout: &Layout, own: &OwnCode<'_>, notes: &mut Notes) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in layout.packages.iter().filter_map(|folder| folder.canonicalize().ok()) {
        if own.home.is_some_and(|home| home.starts_with(&folder)) {
            notes.add(&folder, "holds your home, and is not taken for a library");
        } else if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    folders
}

/// `site-packages` below it is a root of its own.
fn standard_library(layout: &Layout, notes: &mut Notes) -> Option<Root> {
    let base = layout.base.as_ref()?;
    if let Some(archive) = base.archive() {
        notes.add(&archive, "is a zip file, whose modules are not read");
    }
    let python = Package { name: "Python".to_owned(), version: layout.version.clone(), required_by: 0 };
    let path = base.library.canonicalize().ok()?;
    Some(of_one(path, RootKind::StandardLibrary, None, Some(python)))
}

/// A root all of which is of one package, if it is known.
fn of_one(path: PathBuf, kind: RootKind, module: Option<String>, owner: Option<Package>) -> Root {
    let packages: Vec<_> = owner.into_iter().collect();
    Root { path, kind, module, owners: Owners::first(&packages), packages }
}

/// Whether what is linked is a library that isn't covered yet, or why not.
fn foreign(linked: &Linked, roots: &[Root], own: &OwnCode<'_>, prefix: &Path) -> Result<(), String> {
    let folder = &linked.folder;
    if folder == own.folder {
        return Err("is the workspace, installed by reference: your own code, not a library".to_owned());
    }
    if own.folder.starts_with(folder) || own.home.is_some_and(|home| home.starts_with(folder)) {
        return Err("holds the workspace or your home, and is not taken for a library".to_owned());
    }
    if folder.starts_with(own.folder) && !folder.starts_with(prefix) {
        return Err("is installed by reference and lies in the workspace: your own code, not a library".to_owned());
    }
    let is_known = is_within(folder, roots, RootKind::Editable) || is_within(folder, roots, RootKind::StandardLibrary);
    if is_known { Err("is a part of a folder that is read already".to_owned()) } else { Ok(()) }
}

fn is_within(folder: &Path, roots: &[Root], kind: RootKind) -> bool {
    roots.iter().any(|root| root.kind == kind && folder.starts_with(&root.path))
}

/// By normalised name, how many other distributions require it. One that is there twice counts once: Python
/// takes the first.
fn required_by<'a>(distributions: impl Iterator<Item = &'a Distribution>) -> FxHashMap<&'a str, u32> {
    let mut seen = FxHashSet::default();
    let mut counts = FxHashMap::default();
    for distribution in distributions {
        let name = normalised(&distribution.name);
        for required in distribution.requires.iter().filter(|required| **required != name) {
            if seen.insert((name.clone(), required.as_str())) {
                *counts.entry(required.as_str()).or_insert(0) += 1;
            }
        }
    }
    counts
}
