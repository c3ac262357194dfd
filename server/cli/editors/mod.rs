//! The editors that a user may have, and how one is started with pygloss attached.
//!
//! `pygloss try` opens a file in an [`Editor`]; `pygloss doctor` looks for more of them than can be opened. An editor that
//! can be is a variant of [`Editor`] and a module like [`neovim`].

pub(crate) mod neovim;
pub(crate) mod program;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use anyhow::Context;

/// An editor that can be opened on a file with pygloss attached.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Editor {
    /// Neovim 0.11 or later
    Nvim,
}

/// What an editor is to show.
pub(crate) struct Opening<'a> {
    /// The file.
    pub(crate) file: &'a Path,
    /// The line, from 1, and the byte in it, from 0, where the cursor goes.
    pub(crate) cursor: Option<(u32, u32)>,
    /// Whether the file is ours and goes away afterwards, so that nobody should write into it.
    pub(crate) is_sample: bool,
    /// What starts the language server: the program and its arguments.
    pub(crate) server: &'a [String],
}

/// The editors whose users know what to press in Neovim.
const KIN_OF_NEOVIM: [&str; 3] = ["nvim", "vim", "vi"];

impl Editor {
    /// The editor that this user would like to see, by `VISUAL` and `EDITOR`. None inside a Neovim's own terminal, where
    /// a second one would take the keys of the first.
    pub(crate) fn preferred() -> Option<Self> {
        let is_inside = variable("NVIM").is_some();
        let is_known = hint().is_none_or(|hint| KIN_OF_NEOVIM.contains(&name_of(&hint).as_str()));
        (!is_inside && is_known).then_some(Self::Nvim)
    }

    /// Where the program is: where `VISUAL` or `EDITOR` says, else on the `PATH`.
    pub(crate) fn place(self) -> Option<PathBuf> {
        let Self::Nvim = self;
        let hinted = hint().filter(|hint| hint.is_absolute() && name_of(hint) == neovim::PROGRAM);
        hinted.or_else(|| program::find(neovim::PROGRAM))
    }

    /// The program, if it is able to run pygloss. An error says what to install.
    pub(crate) fn find(self) -> anyhow::Result<PathBuf> {
        let Self::Nvim = self;
        neovim::able(self.place())
    }

    /// Open it and wait until it is left.
    pub(crate) fn open(self, program: &Path, opening: &Opening) -> anyhow::Result<ExitStatus> {
        let Self::Nvim = self;
        let mut command = neovim::command(program, opening)?;
        command.status().with_context(|| format!("can't start {}", program.display()))
    }
}

/// The program that `VISUAL`, else `EDITOR`, names. Its arguments are meant for other uses and left out.
fn hint() -> Option<PathBuf> {
    let named = variable("VISUAL").or_else(|| variable("EDITOR"))?;
    named.to_str()?.split_whitespace().next().map(PathBuf::from)
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn name_of(program: &Path) -> String {
    program.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
