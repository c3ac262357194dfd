//! What tools know of a project: its `pyproject.toml`, and a name made from the path of its folder.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use toml::{Table, Value};

use crate::environment::Search;
use crate::environment::reading::{METADATA_LIMIT, Notes};

/// A file of settings, if it is there and can be read.
pub(super) fn settings(path: &Path, notes: &mut Notes) -> Option<Table> {
    let text = notes.read(path, METADATA_LIMIT)?;
    let table = text.parse::<Table>();
    table.inspect_err(|error| notes.add(path, format!("isn't TOML: {}", error.message()))).ok()
}

/// The project's own file.
pub(super) fn pyproject(search: &Search<'_>, notes: &mut Notes) -> Option<Table> {
    settings(&search.folder.join("pyproject.toml"), notes)
}

/// What stands at the end of a path of tables.
pub(super) fn get<'a>(table: &'a Table, keys: &[&str]) -> Option<&'a Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(table.get(*first)?, |value, key| value.get(key))
}

/// The same where it is text.
pub(super) fn text<'a>(table: &'a Table, keys: &[&str]) -> Option<&'a str> {
    get(table, keys)?.as_str()
}

/// The folder with all links followed, in the form in which Python shows it.
pub(super) fn real_folder(search: &Search<'_>) -> Option<PathBuf> {
    let path = search.folder.canonicalize().ok()?;
    // Rust shows paths of Windows in their long form.
    Some(path.to_str().and_then(|path| path.strip_prefix(r"\\?\")).map(PathBuf::from).unwrap_or(path))
}

/// The first eight letters of the SHA-256 of a text in URL-safe Base64, which Poetry, Pipenv and Hatch all put into
/// names.
pub(in crate::environment) fn hash(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digest = Sha256::digest(text);
    let bits = digest.iter().take(6).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let letter = |index: u32| char::from(LETTERS[(bits >> (42 - 6 * index) & 63) as usize]);
    (0..8).map(letter).collect()
}

/// A name with those letters replaced, and cut, as Poetry and Pipenv do to keep paths short.
pub(in crate::environment) fn sanitized(name: &str, replaced: &str) -> String {
    name.chars().map(|letter| if replaced.contains(letter) { '_' } else { letter }).take(42).collect()
}
