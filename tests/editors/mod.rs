//! Real editors, headless, with the server that was built.
//!
//! An editor that isn't installed is skipped with a message; where `PYGLOSS_TESTS_COMPLETE` is 1 it is a failure.

mod neovim;

use std::path::PathBuf;

/// The program that `variable` names, else the one at `path` in the cache folder of the tests.
#[expect(clippy::print_stdout, reason = "a reader of the tests' output must see what was skipped")]
fn editor(variable: &str, path: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let program = named.or_else(|| Some(cache()?.join("pygloss-tests").join(path)))?;
    if program.is_file() {
        return Some(program);
    }
    let message = format!("no {}, and {variable} names no other", program.display());
    assert!(std::env::var_os("PYGLOSS_TESTS_COMPLETE").is_none_or(|it| it != "1"), "{message}");
    println!("skipped: {message}");
    None
}

fn cache() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    folder.or_else(|| Some(std::env::home_dir()?.join(".cache")))
}
