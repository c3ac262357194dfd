//! `pygloss completions`: what a shell needs to complete our command line.

use std::process::ExitCode;

use clap::CommandFactory;

use super::output::Terminal;

/// Print a completion script for your shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss completions bash > ~/.local/share/bash-completion/completions/pygloss
  pygloss completions zsh > ~/.zfunc/_pygloss
  pygloss completions fish > ~/.config/fish/completions/pygloss.fish")]
pub(crate) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

/// Print the script.
pub(crate) fn run(args: &Args, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "pygloss", &mut script);
    terminal.print(&String::from_utf8(script)?)?;
    Ok(ExitCode::SUCCESS)
}
