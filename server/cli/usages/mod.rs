//! `pygloss usages`: where libraries use a construct, the best example first.
//!
//! The folders are brought up to date first ([`fresh`]); then the index is asked, and [`text`] or [`jsonl`] shows the answer.

mod excerpt;
mod fresh;
mod highlight;
mod jsonl;
mod nothing;
mod scope;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use pygloss_analysis::Glossary;
use pygloss_catalog::{Catalog, ConceptIndex};
use pygloss_library::{Level, Query};

use super::index::open;
use super::output::Terminal;
use super::target::{self, Target};
use scope::Scope;

/// Show where the libraries on this machine use a construct
///
/// The best example comes first: what the page names, then short, documented, public code of as many packages as possible, from
/// simple to gnarly; tests and copied code come last. The environment is that of the current folder, as `pygloss doctor` shows it. It
/// is indexed first if it isn't yet; Ctrl-C then shows what was found so far. In JSON, lines and columns count from 1, columns in
/// characters, and bytes in the decoded text.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss usages yield-from                    the best five of the installed packages
  pygloss usages walrus --level simple         those that are quickly read
  pygloss usages 21 --package django           all of day 21 in one package
  pygloss usages yield-from --with walrus      where the same block has both
  pygloss usages is-literal --workspace        in your own files
  pygloss usages slots-declaration --format jsonl --limit 100")]
pub(crate) struct Args {
    /// A concept's id, a part of its name that only one has, or a day; text leaves out what of a day is everywhere
    #[arg(value_name = "CONCEPT|DAY")]
    name: String,

    /// Only in this package
    #[arg(long, value_name = "PACKAGE", conflicts_with = "workspace")]
    package: Option<String>,

    /// Only those that are so hard to read
    #[arg(long, value_name = "LEVEL", value_parser = level())]
    level: Option<Level>,

    /// Only where this concept stands in the same function or class
    #[arg(long, value_name = "CONCEPT")]
    with: Option<String>,

    /// Show at most so many
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,

    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// In text, say how each came to its rank
    #[arg(long)]
    why: bool,

    /// An environment's folder, its interpreter, or a folder of packages
    #[arg(long, value_name = "PATH", conflicts_with = "workspace")]
    env: Option<PathBuf>,

    /// In the files of the current folder, not in libraries
    #[arg(long)]
    workspace: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Jsonl,
}

fn level() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.map(Level::name))
        .try_map(|name| Level::ALL.into_iter().find(|level| level.name() == name).ok_or("no such level"))
}

/// Find usages and show them.
pub(crate) fn run(args: &Args, glossary: &Arc<Glossary>, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let target = target::find(&glossary.catalog, &args.name)?;
    let query = query(args, glossary, target)?;
    if query.concepts.is_empty() {
        terminal.print(&nothing::undetected(target, &glossary.catalog, terminal))?;
        return Ok(ExitCode::SUCCESS);
    }
    let scope = Scope::find(args)?;
    let library = open(glossary, terminal);
    let is_whole = fresh::refresh(&library, &scope, terminal)?;
    let answer = library.usages(&scope.folders(), &query)?;
    let shown = match args.format {
        Format::Jsonl => jsonl::report(&answer, &glossary.catalog)?,
        Format::Text if answer.usages.is_empty() => nothing::found(&nothing::Search {
            library: &library,
            scope: &scope,
            query: &query,
            target,
            stale: answer.total,
            is_whole,
        })?,
        Format::Text => {
            text::report(&text::Asked { target, query: &query, scope: &scope, args }, &answer, glossary, terminal)
        }
    };
    terminal.print(&shown)?;
    Ok(ExitCode::SUCCESS)
}

/// What the arguments ask for. Without concepts if nothing detects what was named.
fn query(args: &Args, glossary: &Glossary, target: Target<'_>) -> anyhow::Result<Query> {
    let concepts = match target {
        Target::Day(topic) if !topic.is_written() => {
            bail!("day {} ({}) is not written yet", topic.day, topic.title)
        }
        Target::Day(topic) => {
            let is_shown =
                |index: &&ConceptIndex| args.format == Format::Jsonl || !glossary.catalog.concept(**index).common;
            topic.concepts.iter().filter(is_shown).copied().collect()
        }
        Target::Concept(concept) => glossary.catalog.find(&concept.id).into_iter().collect::<Vec<_>>(),
    };
    Ok(Query {
        concepts: concepts.into_iter().filter(|concept| glossary.detects(*concept)).collect(),
        with: args.with.as_deref().map(|name| companion(&glossary.catalog, name)).transpose()?,
        package: args.package.clone(),
        level: args.level,
        limit: args.limit as usize,
        except: Vec::new(),
    })
}

/// The concept of `--with`.
fn companion(catalog: &Catalog, name: &str) -> anyhow::Result<ConceptIndex> {
    match target::find(catalog, name)? {
        Target::Concept(concept) => catalog.find(&concept.id).ok_or_else(|| anyhow!("no concept is called {name:?}")),
        Target::Day(topic) => bail!("--with takes a concept, and {name:?} is day {}", topic.day),
    }
}
