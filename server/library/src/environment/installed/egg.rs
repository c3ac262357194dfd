//! What setuptools wrote before there was `dist-info`, and what others still write: `foo.egg-info` (a folder, or a file
//! as distutils wrote it), `foo.egg`, and `foo.egg-link` for what is installed by reference (setuptools, "The Internal
//! Structure of Python Eggs").

use std::path::{Path, PathBuf};

use super::metadata::{self, Metadata};
use super::{Claims, Distribution, record};
use crate::environment::reading::{METADATA_LIMIT, Notes, name_of};
use crate::environment::remote;

/// The distribution that `foo.egg-info` describes.
pub(super) fn read(info: &Path, notes: &mut Notes) -> Option<Distribution> {
    let metadata = if info.is_dir() { info.join("PKG-INFO") } else { info.to_owned() };
    let text = notes.read(&metadata, METADATA_LIMIT)?;
    let Metadata { name, version, requires } = metadata::parse(&text);
    let Some(name) = name else {
        notes.add(info, "names no package");
        return None;
    };
    let requires = if requires.is_empty() { requirements(info, notes) } else { requires };
    let claims = claims(info, &name, notes);
    Some(Distribution { name, version, requires, claims, links: Vec::new(), project: None })
}

/// `foo.egg`, a folder with its own metadata; all in it is its own.
pub(super) fn read_egg(egg: &Path, notes: &mut Notes) -> Option<Distribution> {
    if egg.is_file() {
        notes.add(egg, "is a zip file, whose modules are not read");
        return None;
    }
    let distribution = read(&egg.join("EGG-INFO"), notes)?;
    Some(Distribution { claims: Claims::Modules(vec![name_of(egg).to_owned()]), ..distribution })
}

/// What `foo.egg-link` leads to: a folder with `foo.egg-info` in it, described by that.
pub(super) fn read_link(link: &Path, notes: &mut Notes) -> Option<(Distribution, PathBuf)> {
    let text = notes.read(link, METADATA_LIMIT)?;
    let folder = link.parent()?.join(text.lines().next()?.trim());
    let folder = (!remote::is_remote(&folder)).then(|| folder.canonicalize().ok()).flatten();
    let Some(folder) = folder else {
        notes.add(link, "leads to a folder that isn't there");
        return None;
    };
    let wanted = metadata::normalised(link.file_stem()?.to_str()?);
    let is_wanted = |path: &PathBuf| {
        name_of(path).strip_suffix(".egg-info").is_some_and(|name| metadata::normalised(name) == wanted)
    };
    let info = notes.list(&folder).into_iter().find(is_wanted)?;
    let distribution = read(&info, notes)?;
    // Its files are elsewhere.
    Some((Distribution { claims: Claims::Modules(Vec::new()), ..distribution }, folder))
}

fn claims(info: &Path, name: &str, notes: &mut Notes) -> Claims {
    if let Some(text) = notes.read(&info.join("installed-files.txt"), METADATA_LIMIT) {
        // Paths start in the folder of the metadata itself.
        let paths = text.lines().filter_map(|path| path.trim().strip_prefix("../")).map(str::to_owned);
        return Claims::Files(record::own_files(paths).0);
    }
    top_level(info, name, notes)
}

/// The names in `top_level.txt`, or else the modules of `SOURCES.txt`, or else what the distribution's name suggests.
pub(super) fn top_level(info: &Path, name: &str, notes: &mut Notes) -> Claims {
    if let Some(text) = notes.read(&info.join("top_level.txt"), METADATA_LIMIT) {
        let names = text.lines().map(str::trim).filter(|name| !name.is_empty() && !name.contains(['/', '\\']));
        return Claims::Modules(names.map(str::to_owned).collect());
    }
    if let Some(text) = notes.read(&info.join("SOURCES.txt"), METADATA_LIMIT) {
        let sources = text.lines().map(str::trim);
        let paths = sources.map(|path| path.strip_prefix("src/").unwrap_or(path)).filter(|path| *path != "setup.py");
        return Claims::Files(record::own_files(paths.map(str::to_owned)).0);
    }
    let lower = metadata::normalised(name).replace('-', "_");
    Claims::Modules(metadata::sorted([lower, name.replace('-', "_")].into_iter()))
}

/// `requires.txt`: requirements, in sections by extra and marker.
fn requirements(info: &Path, notes: &mut Notes) -> Vec<String> {
    let Some(text) = notes.read(&info.join("requires.txt"), METADATA_LIMIT) else { return Vec::new() };
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('['));
    metadata::sorted(lines.filter_map(metadata::required))
}
