//! `pygloss index`: read what is installed, so that its usages can be asked for.
//!
//! [`Place`] says which environment is meant, [`pass`] reads it; `pygloss usages` takes both from here.

mod interrupt;
pub(crate) mod pass;
mod place;
mod progress;
mod summary;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use pygloss_analysis::Glossary;
use pygloss_library::{Library, Options};

use super::output::Terminal;
use super::source::MaxSize;
pub(crate) use interrupt::INTERRUPTED;
use pass::Busy;
pub(crate) use place::Place;
pub(crate) use summary::size_of;

/// More of what was left out is counted only.
const SHOWN: usize = 5;

/// Read the libraries of a Python environment, so that usages can be found in them
///
/// The environment is that of the current folder, as `pygloss doctor` shows it. Its standard library and packages are read, none
/// of it is run, and a second run reads only what changed. Ctrl-C ends it safely: what was read stays, the next run goes on, and
/// the exit code is 130. If another pygloss is indexing the same environment, it is waited for.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss index                          the environment of the current folder
  pygloss index --env ~/app/.venv        another one
  pygloss index --env /usr/bin/python3   that of an interpreter
  pygloss index --threads 1              slower, and the machine stays free")]
pub(crate) struct Args {
    /// An environment's folder, its interpreter, or a folder of packages
    #[arg(long, value_name = "PATH")]
    env: Option<PathBuf>,

    /// Threads that read; without it, half of the cores and at most four
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,

    /// Read no file larger than this
    #[arg(long, value_name = "SIZE", default_value = "2MB")]
    max_size: MaxSize,
}

/// Index, and say what was done.
pub(crate) fn run(args: &Args, glossary: &Arc<Glossary>, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let place = Place::find(args.env.as_deref())?;
    let library = open(glossary, terminal);
    let threads = args.threads.map_or_else(|| Options::default().threads, usize::from);
    let options = Options { threads, max_file_size: args.max_size.bytes() };
    let outcome = pass::run(&library, &place.sources(), &options, Busy::Wait, Some(&place.name()), terminal)?;
    let left_out: Vec<_> = place.notes.iter().chain(&outcome.summary.problems).cloned().collect();
    for problem in shortened(&left_out) {
        terminal.warn(problem);
    }
    terminal.print(&summary::text(&place, &outcome, library.path().as_deref()))?;
    let is_whole = !outcome.summary.is_cancelled;
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(INTERRUPTED) })
}

/// The user's index. What had to be done to open it is a warning.
pub(crate) fn open(glossary: &Arc<Glossary>, terminal: &mut Terminal) -> Library {
    let library = Library::open(pygloss_lsp::default_cache().as_deref(), Arc::clone(glossary));
    if let Some(notice) = library.notice() {
        terminal.warn(notice);
    }
    library
}

/// The first few of many, and how many more there are.
fn shortened(all: &[String]) -> Vec<String> {
    let mut shown: Vec<_> = all.iter().take(SHOWN).cloned().collect();
    if all.len() > SHOWN {
        shown.push(format!("and {} more that were left out", all.len() - SHOWN));
    }
    shown
}
