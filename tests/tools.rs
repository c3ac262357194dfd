//! Programs that some tests need and `tests/run` installs: editors, a Python with packages.
//!
//! One that isn't there is skipped with a message, so that `cargo test` works alone and offline; where
//! `PYGLOSS_TESTS_COMPLETE` is 1, as in `tests/run`, it is a failure.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that `variable` names, else the one at `path` in the cache folder of the tests.
pub(crate) fn find(variable: &str, path: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let program = named.or_else(|| Some(cache()?.join("pygloss-tests").join(path)))?;
    if program.is_file() {
        return Some(program);
    }
    left_out(&format!("no {}, and {variable} names no other", program.display()));
    None
}

/// Say that a test can't be run here, and why; an error where none may be left out.
#[expect(clippy::print_stdout, reason = "a reader of the tests' output must see what was skipped")]
pub(crate) fn left_out(why: &str) {
    assert!(std::env::var_os("PYGLOSS_TESTS_COMPLETE").is_none_or(|it| it != "1"), "{why}");
    println!("skipped: {why}");
}

/// A command that runs a program on a terminal of 80 columns and passes on what it prints, with line feeds. It needs a
/// Python, and an operating system that has such terminals.
pub(crate) fn on_terminal(program: &Path) -> Option<Command> {
    let python = find("PYGLOSS_TEST_PYTHON", "venv/bin/python")?;
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terminal.py")).arg(program);
    Some(command)
}

fn cache() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    folder.or_else(|| Some(std::env::home_dir()?.join(".cache")))
}
