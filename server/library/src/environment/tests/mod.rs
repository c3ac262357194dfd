//! Environments in folders that a table describes, and what is found there as text.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::search::project::hash;
use super::{Found, Note, Package, Root, Search, find};

mod hostile;
mod installed;
mod layouts;
mod places;
#[cfg(unix)]
mod real;

/// What lies on a machine whose workspace is `work` and whose home is `home`.
///
/// A path that ends in `/` is a folder. In texts, `{}` is the folder of it all and `#{work}` the hash of a path.
pub(super) type Files<'a> = &'a [(&'a str, &'a str)];

/// Python 3.11.7, as it is built from source.
pub(super) const BASE: Files<'_> = &[
    ("base/bin/python3.11", ""),
    ("base/lib/python3.11/os.py", ""),
    ("base/lib/python3.11/site-packages/", ""),
    ("base/include/python3.11/patchlevel.h", "#define PY_MAJOR_VERSION 3\n#define PY_VERSION      \"3.11.7\"\n"),
];

pub(super) struct Machine {
    folder: TempDir,
    variables: Vec<(String, String)>,
    configured: Option<String>,
}

impl Machine {
    /// With Python 3.11.7 in `base`.
    pub(super) fn new(files: Files<'_>) -> Self {
        Self::bare(BASE).and(files).and(&[("home/", ""), ("work/", "")])
    }

    pub(super) fn bare(files: Files<'_>) -> Self {
        let folder = TempDir::new().unwrap();
        let machine = Self { folder, variables: Vec::new(), configured: None };
        machine.and(files).with("HOME", "{}/home")
    }

    pub(super) fn and(self, files: Files<'_>) -> Self {
        for (path, text) in files {
            let path = self.path(path);
            if path.ends_with('/') {
                fs::create_dir_all(path).unwrap();
                continue;
            }
            fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
            fs::write(path, self.filled(text)).unwrap();
        }
        self
    }

    /// With a virtual environment of `base` at a path.
    pub(super) fn venv(self, path: &str) -> Self {
        let packages = format!("{path}/lib/python3.11/site-packages/");
        let config = format!("{path}/pyvenv.cfg");
        self.and(&[(&packages, ""), (&config, "home = {}/base/bin\nversion = 3.11.7\n")])
    }

    /// With a variable of the environment.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        let value = self.filled(value);
        self.variables.push((name.to_owned(), value));
        self
    }

    pub(super) fn configured(mut self, path: &str) -> Self {
        self.configured = Some(self.filled(path));
        self
    }

    #[cfg(unix)]
    pub(super) fn link(self, path: &str, target: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(self.filled(target), path).unwrap();
        self
    }

    /// The whole path.
    pub(super) fn path(&self, path: &str) -> String {
        format!("{}/{}", self.root(), self.filled(path))
    }

    fn root(&self) -> String {
        self.folder.path().canonicalize().unwrap().to_str().unwrap().to_owned()
    }

    fn filled(&self, text: &str) -> String {
        let mut text = text.replace("{}", &self.root());
        while let Some((before, rest)) = text.split_once("#{") {
            let (path, after) = rest.split_once('}').unwrap();
            text = format!("{before}{}{after}", hash(&format!("{}/{path}", self.root())));
        }
        text
    }

    pub(super) fn find(&self) -> Found {
        self.find_for(Path::new(&self.path("work")))
    }

    /// What is found for a workspace in that folder.
    pub(super) fn find_for(&self, folder: &Path) -> Found {
        let variable = |name: &str| {
            let mut values = self.variables.iter().filter(|(other, _)| other == name);
            values.next_back().map(|(_, value)| OsString::from(value))
        };
        let configured = self.configured.as_ref().map(Path::new);
        find(&Search { folder, configured, variable: &variable })
    }

    /// What is found, one thing a line; paths start in the folder of it all.
    pub(super) fn report(&self) -> String {
        let Found { chosen, others, notes } = self.find();
        let mut lines = Vec::new();
        if let Some(environment) = chosen {
            let version = environment.python.as_deref().unwrap_or("-");
            lines.push(format!("{} by {}: {version}", environment.prefix.display(), environment.origin));
            lines.extend(environment.roots.iter().map(root));
        }
        lines.extend(others.iter().map(|(prefix, origin)| format!("also {} by {origin}", prefix.display())));
        lines.extend(notes.iter().map(note));
        let lines: Vec<_> = lines.iter().map(|line| line.replace(&format!("{}/", self.root()), "")).collect();
        lines.join("\n")
    }

    /// The root at a path.
    pub(super) fn root_at(&self, path: &str) -> Root {
        let path = self.path(path);
        let roots = self.find().chosen.unwrap().roots;
        roots.into_iter().find(|root| root.path == Path::new(&path)).unwrap_or_else(|| panic!("a root {path}"))
    }
}

fn root(root: &Root) -> String {
    let module = root.module.iter().map(|module| format!(" as {module}"));
    let packages = root.packages.iter().map(|package| format!(", {}", shown(package)));
    format!("  {:?} {}{}", root.kind, root.path.display(), module.chain(packages).collect::<String>())
}

fn note(note: &Note) -> String {
    format!("note {} {}", note.path.display(), note.reason)
}

/// `foo 1.0 (3)`: name, version, and how many require it.
pub(super) fn shown(package: &Package) -> String {
    let version = package.version.iter().map(|version| format!(" {version}"));
    let count = (package.required_by > 0).then(|| format!(" ({})", package.required_by));
    package.name.clone() + &version.chain(count).collect::<String>()
}

/// Compare reports, without the indentation of the expected one.
pub(super) fn assert_report(name: &str, machine: &Machine, expected: &str) {
    let lines = |text: &str| text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let (found, expected): (Vec<_>, Vec<_>) = (lines(&machine.report()), lines(expected));
    assert_eq!(found, expected, "{name}");
}
