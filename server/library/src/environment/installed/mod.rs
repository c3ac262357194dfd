//! What is installed in a folder of packages: distributions, the files that are theirs, and folders elsewhere that
//! belong to it.
//!
//! [`Installed::read`] reads metadata only. The forms are those of importlib.metadata (PEP 376, PEP 427, PEP 610) and
//! of setuptools before them.

use std::path::{Path, PathBuf};

use super::reading::{Notes, name_of};

mod dist_info;
mod egg;
mod finder;
mod metadata;
mod path_file;
mod record;

pub use metadata::normalised;

/// All of a folder.
#[derive(Default)]
pub(super) struct Installed {
    /// Sorted by the names of their metadata.
    pub(super) distributions: Vec<Distribution>,
    /// Folders elsewhere whose modules can be imported.
    pub(super) linked: Vec<Linked>,
}

/// A package as pip and others install it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Distribution {
    /// As its metadata spell it.
    pub(super) name: String,
    /// If its metadata say it.
    pub(super) version: Option<String>,
    /// The normalised names of what it requires; those of its extras too, and markers aren't evaluated.
    pub(super) requires: Vec<String>,
    /// Which files are its own.
    pub(super) claims: Claims,
    /// The files beside its metadata that make Python look elsewhere: `foo.pth`, `__editable___foo_1_0_finder.py`.
    pub(super) links: Vec<String>,
    /// The project that it was installed from by reference.
    pub(super) project: Option<PathBuf>,
}

/// Which files of the folder belong to a distribution.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Claims {
    /// These, by path relative to the folder, with `/`.
    Files(Vec<String>),
    /// All in the top-level packages and modules of these names.
    Modules(Vec<String>),
}

/// A folder that is imported from where it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) folder: PathBuf,
    /// The dotted name of the package that the folder is; `None` where it holds packages.
    pub(super) module: Option<String>,
    /// Which of the distributions it belongs to.
    pub(super) owner: Option<usize>,
}

impl Installed {
    /// Nothing, where the folder is absent.
    pub(super) fn read(folder: &Path, notes: &mut Notes) -> Self {
        let mut installed = Self::default();
        let entries = notes.list(folder);
        for entry in &entries {
            installed.read_distribution(entry, notes);
        }
        for entry in &entries {
            let links = read_links(entry, notes);
            installed.link(entry, links, notes);
        }
        installed
    }

    fn read_distribution(&mut self, entry: &Path, notes: &mut Notes) {
        let name = name_of(entry);
        match entry.extension().and_then(|extension| extension.to_str()) {
            Some(_) if name.starts_with('~') => notes.add(entry, "is what an interrupted pip left behind"),
            Some("dist-info") => self.distributions.extend(dist_info::read(entry, notes)),
            Some("egg-info") => self.distributions.extend(egg::read(entry, notes)),
            Some("egg") => self.distributions.extend(egg::read_egg(entry, notes)),
            Some("egg-link") => {
                if let Some((distribution, folder)) = egg::read_link(entry, notes) {
                    let owner = Some(self.distributions.len());
                    self.distributions.push(distribution);
                    self.linked.push(Linked { folder, module: None, owner });
                }
            }
            _ => {}
        }
    }

    /// Keep folders that a file leads to, each once, for the distribution that owns the file or that was installed from
    /// there.
    fn link(&mut self, file: &Path, links: Vec<(PathBuf, Option<String>)>, notes: &mut Notes) {
        let name = name_of(file);
        for (folder, module) in links {
            let Ok(folder) = folder.canonicalize().inspect_err(|_| notes.add(file, missing(&folder))) else { continue };
            if self.linked.iter().any(|linked| linked.folder == folder && linked.module == module) {
                continue;
            }
            let owns = |distribution: &Distribution| distribution.links.iter().any(|link| link == name);
            let is_from = |distribution: &Distribution| {
                distribution.project.as_ref().is_some_and(|project| folder.starts_with(project))
            };
            let owner =
                self.distributions.iter().position(owns).or_else(|| self.distributions.iter().position(is_from));
            self.linked.push(Linked { folder, module, owner });
        }
    }
}

fn missing(folder: &Path) -> String {
    format!("leads to {}, which isn't there", folder.display())
}

/// The folders that a file of the folder leads to, each with the name of the package that it is.
fn read_links(entry: &Path, notes: &mut Notes) -> Vec<(PathBuf, Option<String>)> {
    let name = name_of(entry);
    if entry.extension().is_some_and(|extension| extension == "pth") {
        path_file::read(entry, notes).into_iter().map(|folder| (folder, None)).collect()
    } else if name.starts_with("__editable__") && name.ends_with("_finder.py") {
        finder::read(entry, notes).into_iter().map(|(module, folder)| (folder, Some(module))).collect()
    } else {
        Vec::new()
    }
}
