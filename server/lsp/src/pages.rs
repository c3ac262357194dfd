//! Topic pages as files in the cache folder: `pages/<version>/NN-slug.md`.
//!
//! Built-in pages lie side by side, so that their links to each other work in any Markdown viewer. A user's pages lie
//! in a folder of their own, named after a hash of the one that they come from. A file is written whole or not at all,
//! and only if its text differs, so that an editor that shows it has no reason to reload.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use etcetera::{BaseStrategy, choose_base_strategy};
use pygloss_catalog::{Catalog, Topic};

/// Where pages are written: `PYGLOSS_CACHE_DIR`, else `pygloss` in the user's cache folder; `None` if there is no home.
pub fn default_cache() -> Option<PathBuf> {
    let chosen = std::env::var_os("PYGLOSS_CACHE_DIR").filter(|folder| !folder.is_empty());
    let folder =
        chosen.map(PathBuf::from).or_else(|| Some(choose_base_strategy().ok()?.cache_dir().join("pygloss")))?;
    std::path::absolute(folder).ok()
}

/// What a person calls a page, without the Markdown of its title.
pub(crate) fn title(topic: &Topic) -> String {
    format!("Day {} · {}", topic.day, topic.title.replace('`', ""))
}

/// The text of a page's file.
pub(crate) fn text(catalog: &Catalog, topic: &Topic) -> String {
    relink(&topic.markdown(catalog))
}

/// Write the page of a topic, if it isn't there already, and return its path. An error names the file.
pub(crate) fn write(catalog: &Catalog, topic: &Topic, cache: &Path) -> io::Result<PathBuf> {
    let path = path(topic, cache);
    put(&path, &text(catalog, topic))?;
    Ok(path)
}

/// Write a page, if it isn't there already. An error names the file.
pub(crate) fn put(path: &Path, text: &str) -> io::Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    replace(path, text)
        .map_err(|error| io::Error::new(error.kind(), format!("can't write {}: {error}", path.display())))
}

/// The folder of all pages of this version.
pub(crate) fn folder(cache: &Path) -> PathBuf {
    cache.join("pages").join(env!("CARGO_PKG_VERSION"))
}

/// Write the pages of all topics, as links may lead to any. What can't be written stays away.
pub(crate) fn write_all(catalog: &Catalog, cache: Option<&Path>) {
    let Some(cache) = cache else { return };
    for topic in catalog.topics().iter().filter(|topic| topic.is_written()) {
        if let Err(error) = write(catalog, topic, cache) {
            tracing::warn!("{error}");
        }
    }
}

fn path(topic: &Topic, cache: &Path) -> PathBuf {
    let mut folder = folder(cache);
    if topic.from_user {
        let mut hasher = DefaultHasher::new();
        Path::new(&topic.path).ancestors().nth(2).hash(&mut hasher);
        folder.push(format!("user-{:016x}", hasher.finish()));
    }
    folder.join(format!("{:02}-{}.md", topic.day, topic.slug))
}

/// A rename within a folder is atomic, so two servers that write the same page can't mix their texts.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = path.with_extension(format!("{}-{count}.tmp", std::process::id()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let written = std::fs::write(&temporary, text).and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// Links between topic folders, `../NN-slug/topic.md#id`, as links between the files here.
fn relink(markdown: &str) -> String {
    let mut parts = markdown.split("](../");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("/topic.md") {
            Some((folder, rest)) if is_name(folder) && rest.starts_with(['#', ')']) => {
                text.extend(["](", folder, ".md", rest]);
            }
            _ => text.extend(["](../", part]),
        }
    }
    text
}

fn is_name(folder: &str) -> bool {
    folder.chars().all(|character| character.is_alphanumeric() || "-_".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_folders_become_links_between_files() {
        let page = "[a](../03-generators/topic.md#yield-from), [b](../07-x/topic.md)";
        assert_eq!(relink(page), "[a](03-generators.md#yield-from), [b](07-x.md)");
    }

    #[test]
    fn other_links_stay() {
        for page in ["[a](../b/c/topic.md)", "[a](../README.md)", "[a](https://x/../y/topic.md)", "[a](#b) [c](../d"] {
            assert_eq!(relink(page), page);
        }
    }
}
