//! `pygloss doctor`: whether everything is in place, and what to do where it isn't.
//!
//! Each file looks at one group of things and gives [`report::Check`]s, and `report` shows them. Nothing is changed, and of the
//! programs that are found only editors are run, to say their version.

mod editors;
mod environments;
mod pages;
mod program;
mod report;
mod settings;
mod topics;
mod usages;

use std::path::PathBuf;
use std::process::ExitCode;

use super::output::Terminal;
use report::Status;

/// Say whether everything is in place, and how to set up your editors
///
/// Looks at the program, the topics, the folder for pages, the settings, the Python and the packages that the current
/// folder has, the index of their usages, and the editors on the PATH. No Python is run. Lines begin with ok, with warn where something is wrong,
/// with ? where it couldn't be found out, and with - where it is as you like. The exit code is 1 if something is wrong.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss doctor
  pygloss doctor --topics ~/my-topics
  pygloss doctor --format json")]
pub(crate) struct Args {
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Look at everything, and report.
pub(crate) fn run(args: &Args, folders: &[PathBuf], terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let (topics, glossary) = topics::checks(folders);
    let (environments, environment) = environments::checks();
    let groups = [
        program::checks(),
        topics,
        pages::checks(),
        settings::checks(terminal.has_color()),
        environments,
        usages::checks(environment.as_ref(), glossary),
        editors::checks(),
    ];
    let checks = groups.concat();
    let shown = match args.format {
        Format::Text => report::text(&checks, terminal.text_width()),
        Format::Json => report::json(&checks)?,
    };
    terminal.print(&shown)?;
    let is_well = checks.iter().all(|check| check.status != Status::Warning);
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
