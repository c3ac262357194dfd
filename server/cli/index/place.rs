//! Which environment a command means, and how people read of it.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use pygloss_library::Source;
use pygloss_library::environment::{self, CONFIGURED, Environment, Found, Note, RootKind, Search};

use super::shortened;
use crate::cli::figures::count;

/// An environment, and what was left out of it.
pub(crate) struct Place {
    /// What is installed.
    pub(crate) environment: Environment,
    /// What was left out, as sentences.
    pub(super) notes: Vec<String>,
}

impl Place {
    /// The environment that `--env` names, else that of the current folder.
    pub(crate) fn find(named: Option<&Path>) -> anyhow::Result<Self> {
        let folder = env::current_dir().context("which folder this is can't be told")?;
        let search = Search { folder: &folder, configured: named, variable: &|name| env::var_os(name) };
        let Found { chosen, notes, .. } = environment::find(&search);
        let notes: Vec<_> = notes.iter().map(sentence).collect();
        match (chosen, named) {
            (Some(environment), None) => Ok(Self { environment, notes }),
            (Some(environment), Some(_)) if environment.origin == CONFIGURED => Ok(Self { environment, notes }),
            (_, Some(path)) => bail!("{}", not_one(path, &notes)),
            (None, None) => bail!("{}", none(&folder, &notes)),
        }
    }

    /// What is to be indexed.
    pub(crate) fn sources(&self) -> Vec<Source<'_>> {
        self.environment.roots.iter().map(Source::Installed).collect()
    }

    /// The folders that usages come from.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        self.environment.roots.iter().map(|root| root.path.clone()).collect()
    }

    /// `Python 3.11.7 in /home/me/app/.venv`
    pub(crate) fn name(&self) -> String {
        let version = self.environment.python.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        format!("Python{version} in {}", self.environment.prefix.display())
    }

    /// What led to it.
    pub(super) fn origin(&self) -> &str {
        if self.environment.origin == CONFIGURED { "--env" } else { &self.environment.origin }
    }

    /// `the standard library and 31 packages`
    pub(crate) fn contents(&self) -> String {
        let packages = self.packages().len();
        let has_library = self.environment.roots.iter().any(|root| root.kind == RootKind::StandardLibrary);
        match (has_library, packages) {
            (true, 0) => "the standard library".to_owned(),
            (true, _) => format!("the standard library and {}", count(packages, "package")),
            (false, 0) => "an environment without packages".to_owned(),
            (false, _) => count(packages, "package"),
        }
    }

    /// The names of all that is installed, each once. The standard library is no package.
    pub(crate) fn packages(&self) -> BTreeSet<&str> {
        let roots = self.environment.roots.iter().filter(|root| root.kind != RootKind::StandardLibrary);
        roots.flat_map(|root| &root.packages).map(|package| package.name.as_str()).collect()
    }
}

fn sentence(note: &Note) -> String {
    format!("{} {}", note.path.display(), note.reason)
}

/// The option names something else.
fn not_one(path: &Path, notes: &[String]) -> String {
    let start = std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string();
    let told = notes.iter().find(|note| note.starts_with(&start));
    let reason = told.map_or_else(|| format!("{start} is no environment of Python"), |note| spelled(note));
    format!(
        "{reason}\n--env takes an environment's folder, its interpreter, or a folder of packages; \
         `pygloss doctor` lists the environments that are found here"
    )
}

/// What the library calls a setting is an option here.
fn spelled(note: &str) -> String {
    note.replace(&format!("({CONFIGURED})"), "(--env)")
}

fn none(folder: &Path, notes: &[String]) -> String {
    let seen: Vec<_> = shortened(notes).iter().map(|note| format!("\n{note}")).collect();
    format!(
        "no Python environment found for {}: none is activated, none lies in the folder, no tool's settings \
         name one, and there is no Python on the PATH{}\nname one with --env: its folder, its interpreter, or a folder of \
         packages; `python3 -m venv .venv` makes one",
        folder.display(),
        seen.concat()
    )
}
