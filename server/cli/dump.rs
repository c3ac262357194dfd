//! `pygloss dump`: the tree and what matched, for authors of rules.

use std::path::PathBuf;
use std::process::ExitCode;

use pygloss_analysis::{Glossary, detect, parse};

use super::output::Terminal;
use super::source::{MaxSize, Source};

/// Show a file's syntax tree and what matched in it, for authors of rules
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss dump example.py
  echo 'x = yield' | pygloss dump -")]
pub(crate) struct Args {
    /// The file; - reads standard input
    file: PathBuf,
}

/// Print the tree.
pub(crate) fn run(args: &Args, glossary: &Glossary, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let source = Source::read(&args.file, MaxSize::default())?;
    let tree = parse(&source.text, None);
    let findings = detect(&source.text, &tree, glossary);
    terminal.print(&pygloss_analysis::dump(&source.text, &tree, &findings, glossary))?;
    Ok(ExitCode::SUCCESS)
}
