//! The command line: one file a subcommand, [`output`] alone prints.
//!
//! A subcommand is an `Args` struct, which clap fills and documents, and a `run` that does the work and gives the exit
//! code: 0 fine, 1 findings that it was asked to fail on, 2 bad use or nothing readable. A returned error is printed by
//! [`main`] and means 2.

mod check;
mod completions;
mod doctor;
mod dump;
mod editors;
mod explain;
mod figures;
mod glossary;
mod index;
mod lsp;
mod markdown;
mod output;
mod scan;
mod snippet;
mod source;
mod style;
mod suggest;
mod target;
mod topic;
mod topics;
mod r#try;
mod usages;
mod wrap;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};

use output::Terminal;

/// The exit code for bad use and for input of which nothing can be read.
const UNUSABLE: u8 = 2;

/// Explain Python constructs where they stand.
#[derive(Parser)]
#[command(name = "pygloss", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Args {
    #[command(subcommand)]
    command: Command,

    /// When to use colour: auto, always or never; NO_COLOR counts too
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Global options"
    )]
    color: Color,

    /// A folder of your own topics, beside the built-in ones; repeatable
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    topics: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  pygloss try                     a sample of Python, explained
  pygloss scan src                what stands where in a folder
  pygloss explain app.py:12:8     what a hover says there
  pygloss topic walrus            the page of a construct
  pygloss usages walrus           where your libraries use it
  pygloss lsp                     the language server, for an editor
  pygloss doctor                  whether all is well, and how to set up your editor";

#[derive(Subcommand)]
enum Command {
    Try(r#try::Args),
    Scan(scan::Args),
    Explain(explain::Args),
    Topic(topic::Args),
    Topics(topics::Args),
    Usages(usages::Args),
    Index(index::Args),
    Lsp(lsp::Args),
    Doctor(doctor::Args),
    Check(check::Args),
    Dump(dump::Args),
    Completions(completions::Args),
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Read the command line, do what it says, and give the exit code.
pub(crate) fn main() -> ExitCode {
    let args = Args::parse();
    let mut terminal = Terminal::new(match args.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::AlwaysAnsi,
        Color::Never => anstream::ColorChoice::Never,
    });
    let result = run(&args, &mut terminal).and_then(|code| Ok(terminal.flush().map(|()| code)?));
    match result {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.error(&error);
            ExitCode::from(UNUSABLE)
        }
    }
}

fn run(args: &Args, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Completions(command) => return completions::run(command, terminal),
        Command::Check(command) => return check::run(command, &args.topics, terminal),
        Command::Lsp(command) => return lsp::run(command, &args.topics, terminal),
        Command::Doctor(command) => return doctor::run(command, &args.topics, terminal),
        _ => {}
    }
    let glossary = Arc::new(glossary::load(&args.topics, terminal));
    match &args.command {
        Command::Try(command) => r#try::run(command, &args.topics, &glossary, terminal),
        Command::Scan(command) => scan::run(command, &glossary, terminal),
        Command::Explain(command) => explain::run(command, &glossary, terminal),
        Command::Topic(command) => topic::run(command, &glossary, terminal),
        Command::Topics(command) => topics::run(command, &glossary, terminal),
        Command::Usages(command) => usages::run(command, &glossary, terminal),
        Command::Index(command) => index::run(command, &glossary, terminal),
        Command::Dump(command) => dump::run(command, &glossary, terminal),
        Command::Check(_) | Command::Completions(_) | Command::Doctor(_) | Command::Lsp(_) => {
            unreachable!("handled above, without a glossary")
        }
    }
}

/// Whether the reader of our output went away, as `head` does when it has seen enough: no reason to complain.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
