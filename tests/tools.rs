//! Programs that some tests need and `tests/run` installs: editors, a Python with packages.
//!
//! One that isn't there is skipped with a message, so that `cargo test` works alone and offline; where
//! `PYGLOSS_TESTS_COMPLETE` is 1, as in `tests/run`, it is a failure.

use std::path::PathBuf;

/// The program that `variable` names, else the one at `path` in the cache folder of the tests.
#[expect(clippy::print_stdout, reason = "a reader of the tests' output must see what was skipped")]
pub(crate) fn find(variable: &str, path: &str) -> Option<PathBuf> {
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
