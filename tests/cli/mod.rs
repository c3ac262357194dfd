//! The program as a user runs it: each test lays files in a folder of its own and runs the binary there.
//!
//! Text for people is held in snapshots; what programs read is taken apart and compared.

mod bytes;
mod check;
mod doctor;
mod explain;
mod help;
mod hostile;
mod index;
pub(crate) mod libraries;
mod lsp;
mod pages;
mod sarif;
mod scan;
mod selection;
mod try_editor;
mod try_sample;
mod usages;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run said, and how it ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A folder for one test, removed when it ends.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with one file.
    pub(crate) fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        Self::new().and(name, content)
    }

    pub(crate) fn and(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(program());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.current_dir(self.path());
        command
    }

    /// Run `pygloss` here with arguments that hold no blanks.
    fn run(&self, args: &str) -> Run {
        self.run_with(args, b"")
    }

    fn run_with(&self, args: &str, input: &[u8]) -> Run {
        let mut command = self.command();
        command.args(args.split_whitespace());
        run(command, input)
    }
}

fn run(mut command: Command, input: &[u8]) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that doesn't read its input may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_pygloss").into()
}

impl Run {
    /// The objects of a jsonl report.
    fn findings(&self) -> Vec<serde_json::Value> {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// `concept line:column-end_line:end_column start-end` of each finding.
    fn places(&self) -> Vec<String> {
        let place = |found: &serde_json::Value| {
            let number = |key: &str| found[key].as_u64().unwrap();
            format!(
                "{} {}:{}-{}:{} {}-{}",
                found["concept"].as_str().unwrap(),
                number("line"),
                number("column"),
                number("end_line"),
                number("end_column"),
                number("start_byte"),
                number("end_byte"),
            )
        };
        self.findings().iter().map(place).collect()
    }

    /// The run ended with 2 and said why, on one line or with candidates below it.
    pub(crate) fn assert_refused(&self, why: &str) {
        assert_eq!(self.code, Some(2), "{}{}", self.out, self.err);
        assert!(self.err.contains(why), "{}", self.err);
    }
}
