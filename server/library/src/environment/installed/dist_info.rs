//! `foo-1.0.dist-info`, which every installer of today writes (PEP 376, PEP 427; `direct_url.json` of PEP 610).

use std::path::{Path, PathBuf};

use super::{Claims, Distribution, egg, metadata, record};
use crate::environment::reading::{METADATA_LIMIT, Notes, name_of};

/// In bytes; the largest known are of some megabytes.
const RECORD_LIMIT: u64 = 50 << 20;

/// The distribution that the folder describes.
pub(super) fn read(folder: &Path, notes: &mut Notes) -> Option<Distribution> {
    if !folder.is_dir() {
        notes.add(folder, "isn't a folder, so it describes no package");
        return None;
    }
    let text = notes.read(&folder.join("METADATA"), METADATA_LIMIT);
    let metadata = metadata::parse(&text.unwrap_or_default());
    let (name, version) = name_of(folder).strip_suffix(".dist-info")?.rsplit_once('-').unzip();
    let Some(name) = metadata.name.or(name.map(str::to_owned)) else {
        notes.add(folder, "names no package");
        return None;
    };
    let recorded = notes.read(&folder.join("RECORD"), RECORD_LIMIT);
    let (claims, links) = match recorded {
        Some(text) => {
            let (modules, links) = record::own_files(record::paths(&text));
            (Claims::Files(modules), links)
        }
        None => (egg::top_level(folder, &name, notes), Vec::new()),
    };
    Some(Distribution {
        name,
        version: metadata.version.or(version.map(str::to_owned)),
        requires: metadata.requires,
        claims,
        links,
        project: project(folder, notes),
    })
}

/// The project's folder, if the distribution was installed from one by reference.
fn project(folder: &Path, notes: &mut Notes) -> Option<PathBuf> {
    let text = notes.read(&folder.join("direct_url.json"), METADATA_LIMIT)?;
    let origin: serde_json::Value = serde_json::from_str(&text).ok()?;
    (origin["dir_info"]["editable"] == true).then_some(())?;
    let url = url::Url::parse(origin["url"].as_str()?).ok()?;
    // A host would be another machine's.
    url.host_str().is_none_or(str::is_empty).then_some(())?;
    url.to_file_path().ok()?.canonicalize().ok()
}
