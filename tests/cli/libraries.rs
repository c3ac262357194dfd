//! A small Python environment in a test's folder, and `pygloss` run beside it: with a cache and a home of its own, and without
//! another Python on the `PATH`.

#![cfg(unix)]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, SystemTime};

use super::doctor::ENVIRONMENTS;
use super::{Folder, Run, run};

/// Where packages are installed.
pub(crate) const PACKAGES: &str = ".venv/lib/python3.11/site-packages";

const TREE: &str = r#""""Trees."""


class Tree:
    """A tree of values."""

    def __iter__(self):
        """All values, the left ones first.

        As other trees do it.
        """
        if self.left:
            yield from self.left
        yield self.value
        if (right := self.right) is not None:  # often a leaf
            yield from right
"#;

const TEMPLATE: &str = r"class Template:
    def __init_subclass__(cls):
        super().__init_subclass__()
        cls.pattern = compile(cls)
";

/// A folder with Python 3.11.7 in `base` and a virtual environment of it in `.venv`, with three packages.
pub(crate) fn environment() -> Folder {
    let gnarly = (0..20).map(|n| format!("    if tree[{n}]:\n        yield from tree[{n}]\n")).collect::<String>();
    let folder = Folder::new();
    let home = format!("home = {}/base/bin\nversion = 3.11.7\n", folder.path().display());
    let folder = folder
        .and("base/bin/file", "")
        .and("base/lib/python3.11/os.py", "def walk(top):\n    yield from top\n")
        .and("base/lib/python3.11/string.py", TEMPLATE)
        .and(".venv/pyvenv.cfg", home);
    let folder = package(folder, "one", "tree.py", TREE);
    let folder = package(folder, "two", "__init__.py", &format!("def flat(tree):\n{gnarly}"));
    let folder = package(folder, "three", "tests/test_it.py", "def test_it():\n    yield from (\n        1, 2)\n");
    aged(folder)
}

/// Install a package of one file.
pub(crate) fn package(folder: Folder, name: &str, file: &str, text: &str) -> Folder {
    let metadata = format!("Name: {name}\nVersion: 1.0\n");
    let record = format!("{name}/{file},,\n{name}-1.0.dist-info/METADATA,,\n");
    folder
        .and(&format!("{PACKAGES}/{name}/{file}"), text)
        .and(&format!("{PACKAGES}/{name}-1.0.dist-info/METADATA"), metadata)
        .and(&format!("{PACKAGES}/{name}-1.0.dist-info/RECORD"), record)
}

/// The folder as if its files had been there for an hour, so that their times of change tell something.
pub(crate) fn aged(folder: Folder) -> Folder {
    age(folder.path());
    folder
}

fn age(path: &Path) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            age(&entry.unwrap().path());
        }
    } else {
        let hour_ago = SystemTime::now() - Duration::from_secs(3600);
        File::options().write(true).open(path).unwrap().set_modified(hour_ago).unwrap();
    }
}

/// `pygloss`, about to run in the folder.
pub(crate) fn command(folder: &Folder, args: &str) -> Command {
    isolated(folder, folder.command(), args)
}

/// A command that finds nothing but what is in the folder.
pub(crate) fn isolated(folder: &Folder, mut command: Command, args: &str) -> Command {
    for variable in ENVIRONMENTS {
        command.env_remove(variable);
    }
    let path = folder.path();
    command.env("PATH", path.join("bin")).env("HOME", path.join("home")).env("PYGLOSS_CACHE_DIR", path.join("cache"));
    command.args(args.split_whitespace()).current_dir(path).env("TERM", "xterm");
    command
}

/// Run `pygloss` in the folder.
pub(crate) fn pygloss(folder: &Folder, args: &str) -> Run {
    run(command(folder, args), b"")
}

/// Text without what differs between machines.
pub(crate) fn redacted(folder: &Folder, text: &str) -> String {
    let path = folder.path().canonicalize().unwrap();
    let text = text.replace(path.to_str().unwrap(), "[folder]");
    let line = |line: &str| match line.split_once(" in ") {
        Some((before, _)) if line.trim_start().starts_with("read ") => format!("{before} in [time]\n"),
        Some(_) if line.trim_start().starts_with("index ") => "  index    [size and place]\n".to_owned(),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Take the right to index from all processes, until the files are dropped. The index was made before, and its locks with it.
pub(crate) fn lock_all(folder: &Folder) -> Vec<File> {
    let locks = fs::read_dir(folder.path().join("cache/index/locks")).unwrap().map(|entry| entry.unwrap());
    // Another one is for making the index, which takes no time.
    let of_folders = locks.filter(|entry| entry.file_name() != "making");
    let locked = of_folders.map(|entry| {
        let file = File::options().write(true).open(entry.path()).unwrap();
        file.lock().unwrap();
        file
    });
    let locked: Vec<_> = locked.collect();
    assert!(!locked.is_empty());
    locked
}

/// A `pygloss` that is running.
pub(crate) struct Running {
    child: Child,
    errors: BufReader<ChildStderr>,
    said: String,
}

impl Running {
    /// Start it, and wait until it says something on standard error.
    pub(crate) fn until_it_says(folder: &Folder, args: &str, what: &str) -> Self {
        let mut command = command(folder, args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let errors = BufReader::new(child.stderr.take().unwrap());
        let mut running = Self { child, errors, said: String::new() };
        while !running.said.contains(what) {
            let count = running.errors.read_line(&mut running.said).unwrap();
            assert!(count > 0, "it ended and didn't say {what:?}: {}", running.said);
        }
        running
    }

    /// Press Ctrl-C.
    pub(crate) fn interrupt(&self) {
        let status = Command::new("sh").args(["-c", &format!("kill -INT {}", self.child.id())]).status().unwrap();
        assert!(status.success());
    }

    /// Wait until it ends.
    pub(crate) fn wait(mut self) -> Run {
        self.errors.read_to_string(&mut self.said).unwrap();
        let output = self.child.wait_with_output().unwrap();
        Run { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err: self.said }
    }
}

/// The environment with many more files than are read while somebody presses Ctrl-C.
pub(crate) fn large_environment() -> Folder {
    let text = |number: usize| {
        let functions = (0..100).map(|n| format!("def f{n}(x):\n    yield from x[{number}:{n}] if x else [{n}]\n\n\n"));
        functions.collect::<String>()
    };
    let names = (0..300).map(|number| format!("{PACKAGES}/one/many/m{number}.py"));
    let folder = names.enumerate().fold(environment(), |folder, (number, name)| folder.and(&name, text(number)));
    aged(folder)
}
