//! Programs on the `PATH`, and the versions that they say they have.

use std::env::{self, consts::EXE_SUFFIX};
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a program may take to say its version. One on a network drive is slow, one that waits for a key never answers.
const PATIENCE: Duration = Duration::from_secs(5);

/// More than any program says about its version.
const MOST_BYTES: u64 = 1 << 16;

/// A version, as far as it can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    /// Major and minor.
    pub(crate) numbers: (u32, u32),
    /// As the program says it, without what follows the numbers.
    text: String,
}

/// The first program of that name on the `PATH`. Entries that aren't absolute are passed over: they lead into whatever
/// folder this is run in, of which nothing is executed.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{EXE_SUFFIX}");
    let path = env::var_os("PATH")?;
    let folders = env::split_paths(&path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(&file)).find(|path| is_program(path))
}

/// Ask a program for its version. The error says why it doesn't tell, as the end of a sentence about it.
pub(crate) fn version(program: &Path) -> Result<Version, String> {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("can't be started: {error}"))?;
    let (sender, receiver) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            let mut said = Vec::new();
            let _ = output.take(MOST_BYTES).read_to_end(&mut said);
            // Whoever asked may have lost patience.
            let _ = sender.send(said);
        });
    }
    let said = receiver.recv_timeout(PATIENCE);
    // It has said everything, or takes too long; either way nothing more is wanted of it.
    let _ = child.kill();
    let _ = child.wait();
    let said = said.map_err(|_| format!("doesn't say its version within {} seconds", PATIENCE.as_secs()))?;
    Version::read(&String::from_utf8_lossy(&said)).ok_or_else(|| "doesn't say its version".to_owned())
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

impl Version {
    /// The first number with a point in a text.
    fn read(text: &str) -> Option<Self> {
        let words = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_matches('.'));
        words.filter(|word| word.contains('.')).find_map(|word| {
            let mut numbers = word.split('.').map(str::parse);
            let numbers = (numbers.next()?.ok()?, numbers.next()?.ok()?);
            Some(Self { numbers, text: word.to_owned() })
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn a_version_is_the_first_number_with_a_point() {
        for (said, version) in [
            ("NVIM v0.11.4\nBuild type: Release", Some((0, 11))),
            ("NVIM v0.12.0-dev-1+g9.9", Some((0, 12))),
            ("VIM - Vi IMproved 9.1 (2024 Jan 02, compiled Feb 1 2024)", Some((9, 1))),
            ("GNU Emacs 29.3\nCopyright", Some((29, 3))),
            ("helix 25.01.1 (e7ac2fcd)", Some((25, 1))),
            ("4 dots... and 99999999999.1", None),
            ("", None),
        ] {
            assert_eq!(Version::read(said).map(|version| version.numbers), version, "{said}");
        }
    }
}
