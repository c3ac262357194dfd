//! Where usages are looked for: in an environment's folders, or in the workspace's own files, never in both.

use std::env;
use std::path::PathBuf;

use anyhow::Context;
use pygloss_library::Source;

use super::Args;
use crate::cli::index::Place;

/// The folders of a search.
pub(super) enum Scope {
    /// What is installed.
    Libraries(Place),
    /// The current folder, canonical.
    Workspace(PathBuf),
}

impl Scope {
    /// Those that the arguments name.
    pub(super) fn find(args: &Args) -> anyhow::Result<Self> {
        if !args.workspace {
            return Place::find(args.env.as_deref()).map(Self::Libraries);
        }
        let folder = env::current_dir().and_then(|folder| folder.canonicalize());
        Ok(Self::Workspace(folder.context("which folder this is can't be told")?))
    }

    /// What is to be indexed.
    pub(super) fn sources(&self) -> Vec<Source<'_>> {
        match self {
            Self::Libraries(place) => place.sources(),
            Self::Workspace(folder) => vec![Source::Workspace(folder)],
        }
    }

    /// As the index knows them.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        match self {
            Self::Libraries(place) => place.folders(),
            Self::Workspace(folder) => vec![folder.clone()],
        }
    }

    /// `Python 3.11.7 in /home/me/app/.venv`
    pub(super) fn name(&self) -> String {
        match self {
            Self::Libraries(place) => place.name(),
            Self::Workspace(folder) => folder.display().to_string(),
        }
    }

    /// `the standard library and 31 packages`
    pub(super) fn contents(&self) -> String {
        match self {
            Self::Libraries(place) => place.contents(),
            Self::Workspace(folder) => folder.display().to_string(),
        }
    }
}
