//! The list of a distribution's files: `RECORD` (PEP 376 and PEP 427), a CSV file of path, hash and size.

use std::path::{Component, Path};

/// So many modules of a distribution are looked at; the largest packages have some ten thousand.
const MODULES: usize = 200_000;

/// Of the files in a list, the modules by path, and the names of what lies beside the metadata and leads elsewhere.
pub(super) fn own_files(paths: impl Iterator<Item = String>) -> (Vec<String>, Vec<String>) {
    let (mut modules, mut links) = (Vec::new(), Vec::new());
    for path in paths.filter_map(|path| inside(&path)) {
        let is_beside = !path.contains('/');
        if is_beside && (has_extension(&path, "pth") || path.ends_with("_finder.py")) {
            links.push(path.clone());
        }
        if is_module(&path) && modules.len() < MODULES {
            modules.push(path);
        }
    }
    (modules, links)
}

/// The paths of a `RECORD`.
pub(super) fn paths(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(first_field).filter(|path| is_module(path) || has_extension(path, "pth"))
}

/// The first field of a line; a field in quotes doubles those that are in it.
fn first_field(line: &str) -> String {
    let Some(quoted) = line.strip_prefix('"') else {
        return line.split(',').next().unwrap_or_default().to_owned();
    };
    let mut field = String::new();
    let mut letters = quoted.chars();
    while let Some(letter) = letters.next() {
        if letter == '"' && letters.next() != Some('"') {
            break;
        }
        field.push(letter);
    }
    field
}

/// Whether the index reads such files.
pub(super) fn is_module(path: &str) -> bool {
    ["py", "pyi", "pyw"].iter().any(|extension| has_extension(path, extension))
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.'))
}

/// The path in its plain form, unless it leads out of the folder, as those of scripts do.
fn inside(path: &str) -> Option<String> {
    let is_plain = |part: &Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    Path::new(path).components().all(|part| is_plain(&part)).then_some(())?;
    let parts: Vec<_> = Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let parts = parts.iter().map(|part| part.as_os_str().to_str()).collect::<Option<Vec<_>>>()?;
    Some(parts.join("/"))
}
