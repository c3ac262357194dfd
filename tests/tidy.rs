//! Rules about the source itself that no tool checks.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The files below a folder with one of the endings, build output left out.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                pending.push(path);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found
}

fn violations(folder: &str, endings: &[&str], is_wrong: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    files(folder, endings).into_iter().filter(|path| is_wrong(&std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_module_says_what_it_is_for() {
    for folder in ["server", "tests"] {
        assert_eq!(violations(folder, &[".rs"], |text| !text.starts_with("//!")), [] as [PathBuf; 0]);
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = ["todo", "unimplemented", "dbg"].map(|word| format!("{word}!("));
    let is_unfinished = |text: &str| marks.iter().any(|mark| text.contains(mark));
    assert_eq!(violations("server", &[".rs"], is_unfinished), [] as [PathBuf; 0]);
}

#[test]
fn lines_end_where_their_text_ends() {
    let is_ragged = |text: &str| text.lines().any(|line| line.ends_with([' ', '\t'])) || !text.ends_with('\n');
    for folder in ["server", "topics", "editors"] {
        assert_eq!(violations(folder, &[".rs", ".md", ".scm", ".py", ".toml", ".lua"], is_ragged), [] as [PathBuf; 0]);
    }
}

#[test]
fn the_readme_has_the_two_commands() {
    let readme = std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    assert!(readme.contains("cargo run --release -- try\n") && readme.contains("tests/run\n"));
}
