//! The `pygloss` program: everything it does is a subcommand in [`cli`].

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
