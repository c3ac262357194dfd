//! Neovim with pygloss attached, on top of whatever configuration its user has.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::json;

use super::Opening;
use super::program::{self, Version};

/// The program's name.
pub(crate) const PROGRAM: &str = "nvim";

/// The first version that has `vim.lsp.enable`.
pub(crate) const LEAST: (u32, u32) = (0, 11);

const INSTALL: &str = "install Neovim 0.11 or later from https://neovim.io";

/// Run before the user's configuration; `:lua` takes all of its lines.
const ATTACH: &str = include_str!("neovim.lua");

/// Where the script finds what it has to know, which spares escaping paths for Lua.
const VARIABLE: &str = "PYGLOSS_TRY";

/// As long as fits on a narrow screen.
const HELP: &str = "K explains · gra offers the page, Ctrl-O comes back · :q leaves";

/// Whether pygloss can be attached to this version.
pub(crate) fn is_able(version: &Version) -> bool {
    version.numbers >= LEAST
}

/// The program, if it is there and new enough. An error says what to install.
pub(crate) fn able(program: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let program = program.with_context(|| format!("there is no {PROGRAM} on the PATH; {INSTALL}"))?;
    match program::version(&program) {
        Ok(version) if is_able(&version) => Ok(program),
        Ok(version) => bail!("{} is Neovim {version}, which is too old; {INSTALL}", program.display()),
        Err(why) => bail!("{} {why}; {INSTALL}", program.display()),
    }
}

/// The command that opens a file.
pub(crate) fn command(program: &Path, opening: &Opening) -> anyhow::Result<Command> {
    let told = json!({ "cmd": opening.server, "cursor": opening.cursor, "help": HELP });
    let mut command = Command::new(program);
    command.env(VARIABLE, told.to_string());
    command.args(["--cmd", &format!("lua {ATTACH}")]);
    if opening.is_sample {
        // Read-only, and without a swap file that would outlive the sample.
        command.args(["-R", "-n"]);
    }
    let file = std::path::absolute(opening.file).context("can't tell where the file is")?;
    command.arg("--").arg(file);
    Ok(command)
}
