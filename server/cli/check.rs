//! `pygloss check`: whether topics are sound.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use pygloss_analysis::Glossary;
use pygloss_analysis::check::check_rules;
use pygloss_catalog::{Catalog, Folder, Problem, Severity, check_pages};

use super::output::Terminal;
use super::style::{ERROR, WARNING, paint};

/// Validate topics: pages, rules, and that the rules find what the pages say
///
/// A folder with the built-in syllabus, as in a checkout of pygloss, is checked in place of the built-in topics; any
/// other is checked as an addition to them. The exit code is 1 if there are errors.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss check                    the built-in topics
  pygloss check topics             those of a checkout
  pygloss check ~/my-topics        your own, beside the built-in ones")]
pub(crate) struct Args {
    /// A topics folder
    dir: Option<PathBuf>,
}

/// Check, and print what is wrong, by place.
pub(crate) fn run(args: &Args, topics: &[PathBuf], terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let mut folders = match &args.dir {
        Some(dir) => folders_with(read(dir)?),
        None => vec![Folder::built_in()],
    };
    for dir in topics {
        folders.push(read(dir)?);
    }
    let (glossary, problems) = check(&folders);
    for problem in &problems {
        terminal.print(&line(problem))?;
    }
    terminal.print(&summary(&glossary.catalog, &problems))?;
    let is_sound = problems.iter().all(|problem| problem.severity != Severity::Error);
    Ok(if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(dir: &Path) -> anyhow::Result<Folder> {
    Folder::read(dir).with_context(|| format!("can't read the topics in {}", dir.display()))
}

/// The folder alone if it is the built-in one as its authors see it, else both.
fn folders_with(folder: Folder) -> Vec<Folder> {
    let built_in = Folder::built_in();
    let days = |folder: &Folder| -> Vec<u16> {
        let (catalog, _) = Catalog::load(std::slice::from_ref(folder));
        catalog.topics().iter().map(|topic| topic.day).collect()
    };
    let is_checkout = folder.files.contains_key("syllabus.toml") && days(&folder) == days(&built_in);
    if is_checkout { vec![folder] } else { vec![built_in, folder] }
}

pub(super) fn check(folders: &[Folder]) -> (Glossary, Vec<Problem>) {
    let (glossary, mut problems) = Glossary::load(folders);
    problems.extend(check_pages(&glossary.catalog));
    problems.extend(check_rules(&glossary));
    problems.sort();
    problems.dedup();
    (glossary, problems)
}

/// The problem's own form, with the severity in colour.
fn line(problem: &Problem) -> String {
    let text = problem.to_string();
    let (style, word) = match problem.severity {
        Severity::Error => (ERROR, "error:"),
        Severity::Warning => (WARNING, "warning:"),
    };
    format!("{}\n", text.replacen(word, &paint(style, word), 1))
}

fn summary(catalog: &Catalog, problems: &[Problem]) -> String {
    let days = catalog.topics().iter().filter(|topic| topic.is_written()).count();
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    let concepts = catalog.concepts().len();
    format!("{days} days and {concepts} concepts checked: {errors} errors, {warnings} warnings\n")
}
