//! `pygloss scan`: what stands where, in many files.
//!
//! Files are found first, then read and analysed side by side, a block at a time, and reported in the order of their
//! paths. What is in memory is one block, however many files there are.

mod files;
mod jsonl;
mod progress;
mod sarif;
mod selection;
mod text;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use pygloss_analysis::{Finding, Glossary, find};
use rayon::prelude::*;

use super::output::Terminal;
use super::source::{MaxSize, Source};
use files::Files;
use progress::Progress;
use selection::Selection;

/// Files that are analysed before their findings are printed: enough to keep all cores busy.
const BLOCK: usize = 64;

/// Columns of the text report when no screen says how many: source lines of the usual width stay whole.
const WIDTH: usize = 120;

/// Find the constructs of the curriculum in Python files
///
/// Folders are searched for .py, .pyi and .pyw files; what ignore files such as .gitignore exclude is left out, unless
/// it is named. A file that can't be read is a warning and stops nothing.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss scan                               the current folder
  pygloss scan --pitfalls src tests          the traps only
  pygloss scan --topic 17 --concept walrus-operator src
  pygloss scan --fail-on is-literal,eq-none  exit code 1 if one of them occurs
  pygloss scan --format sarif > pygloss.sarif
  git show HEAD:app.py | pygloss scan -")]
pub(crate) struct Args {
    /// Files and folders; - reads standard input
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    paths: Vec<PathBuf>,

    /// How to report: text is for people and leaves out what is everywhere
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Only the concepts of this day, by number or slug; repeatable
    #[arg(long, value_name = "DAY", value_delimiter = ',')]
    topic: Vec<String>,

    /// Only this concept; repeatable, and adds to --topic
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    concept: Vec<String>,

    /// Only traps
    #[arg(long)]
    pitfalls: bool,

    /// In text, also what is everywhere and what a more specific finding covers
    #[arg(long)]
    all: bool,

    /// Exit with 1 if this is among the findings: a concept's id, or `pitfall` for any trap; repeatable
    #[arg(long, value_name = "CONCEPT", value_delimiter = ',')]
    fail_on: Vec<String>,

    /// Read no file larger than this
    #[arg(long, value_name = "SIZE", default_value = "2MB")]
    max_size: MaxSize,

    /// Search also what ignore files exclude
    #[arg(long)]
    no_ignore: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// A way to report findings. What it returns is printed.
trait Report {
    /// Comes before the first file.
    fn begin(&mut self) -> String {
        String::new()
    }
    /// The selected findings of a file.
    fn file(&mut self, source: &Source, findings: &[Finding]) -> anyhow::Result<String>;
    /// Comes behind the last file; so many were read.
    fn end(&mut self, files: usize) -> anyhow::Result<String>;
}

/// Scan and report.
pub(crate) fn run(args: &Args, glossary: &Glossary, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let selection = Selection::new(args, &glossary.catalog)?;
    let files = files::collect(&args.paths, !args.no_ignore);
    for problem in &files.problems {
        terminal.warn(problem);
    }
    if files.paths.is_empty() {
        bail!("nothing to read: {}", why_nothing(args, &files));
    }
    let mut report: Box<dyn Report> = match args.format {
        Format::Text => Box::new(text::Text::new(&glossary.catalog, &selection, terminal.width_or(WIDTH))),
        Format::Jsonl => Box::new(jsonl::Jsonl { catalog: &glossary.catalog }),
        Format::Sarif => Box::new(sarif::Sarif::new(&glossary.catalog)),
    };
    let scan = Scan { args, glossary, selection: &selection };
    let outcome = scan.report(&files.paths, report.as_mut(), terminal)?;
    if outcome.read == 0 {
        bail!("nothing could be read: see the warnings");
    }
    Ok(if outcome.is_failing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

struct Scan<'a> {
    args: &'a Args,
    glossary: &'a Glossary,
    selection: &'a Selection,
}

#[derive(Default)]
struct Outcome {
    /// Files that were read.
    read: usize,
    /// Whether something was found on which the run is to fail.
    is_failing: bool,
}

impl Scan<'_> {
    fn report(&self, paths: &[PathBuf], report: &mut dyn Report, terminal: &mut Terminal) -> anyhow::Result<Outcome> {
        let is_wanted = self.args.format == Format::Text || terminal.is_screen();
        let mut progress = Progress::new(paths.len(), is_wanted);
        let mut outcome = Outcome::default();
        terminal.print(&report.begin())?;
        for block in paths.chunks(BLOCK) {
            let scanned: Vec<_> = block.par_iter().map(|path| self.file(path)).collect();
            progress.suspend(|| self.print_block(scanned, report, &mut outcome, terminal))?;
            progress.advance(block.len());
        }
        progress.finish();
        terminal.print(&report.end(outcome.read)?)?;
        Ok(outcome)
    }

    fn file(&self, path: &Path) -> anyhow::Result<(Source, Vec<Finding>)> {
        let source = Source::read(path, self.args.max_size)?;
        let findings = self.selection.of(find(&source.text, self.glossary));
        Ok((source, findings))
    }

    fn print_block(
        &self,
        scanned: Vec<anyhow::Result<(Source, Vec<Finding>)>>,
        report: &mut dyn Report,
        outcome: &mut Outcome,
        terminal: &mut Terminal,
    ) -> anyhow::Result<()> {
        for file in scanned {
            match file {
                Err(error) => terminal.warn(format_args!("{error:#}")),
                Ok((source, findings)) => {
                    outcome.read += 1;
                    outcome.is_failing |= self.selection.is_failing(&findings);
                    terminal.print(&report.file(&source, &findings)?)?;
                }
            }
        }
        Ok(terminal.flush()?)
    }
}

fn why_nothing(args: &Args, files: &Files) -> String {
    if !files.problems.is_empty() {
        return "see the warnings".to_owned();
    }
    let places: Vec<_> = args.paths.iter().map(|path| path.display().to_string()).collect();
    format!("no .py, .pyi or .pyw file in {}", places.join(", "))
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
