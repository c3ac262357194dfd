//! `pygloss topics`: the syllabus.

use std::fmt::Write;
use std::process::ExitCode;

use pygloss_analysis::Glossary;
use pygloss_catalog::{Catalog, Phase, Topic};
use serde::Serialize;

use super::output::Terminal;
use super::style::{CONSTRUCT, DIM, STRONG, paint};
use super::wrap;

/// List the days of the curriculum
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss topics
  pygloss topics --format json    with the id of every concept")]
pub(crate) struct Args {
    /// How to list them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs, with every concept's id
    Json,
}

/// List the days.
pub(crate) fn run(args: &Args, glossary: &Glossary, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let listed = match args.format {
        Format::Text => text(&glossary.catalog),
        Format::Json => serde_json::to_string_pretty(&syllabus(&glossary.catalog))? + "\n",
    };
    terminal.print(&listed)?;
    Ok(ExitCode::SUCCESS)
}

fn text(catalog: &Catalog) -> String {
    let mut text = String::new();
    let width = catalog.topics().iter().map(|topic| wrap::width(&topic.title)).max().unwrap_or(0);
    for phase in catalog.phases() {
        let title = paint(STRONG, format_args!("Phase {} · {}", phase.number, phase.title));
        let _ = writeln!(text, "{title}");
        for topic in days(catalog, phase) {
            text.push_str(&day(topic, width));
        }
        text.push('\n');
    }
    let written = catalog.topics().iter().filter(|topic| topic.is_written()).count();
    let _ = writeln!(text, "{written} of {} days are written (●).", catalog.topics().len());
    text
}

fn day(topic: &Topic, width: usize) -> String {
    if !topic.is_written() {
        return format!("    {:>2}  {}\n", topic.day, topic.title);
    }
    let padding = " ".repeat(width - wrap::width(&topic.title));
    let concepts = paint(DIM, format_args!("{:>2} concepts", topic.concepts.len()));
    format!("  {} {:>2}  {}{padding}  {concepts}\n", paint(CONSTRUCT, "●"), topic.day, topic.title)
}

fn days<'a>(catalog: &'a Catalog, phase: &Phase) -> impl Iterator<Item = &'a Topic> {
    let number = phase.number;
    catalog.topics().iter().filter(move |topic| topic.phase == number)
}

#[derive(Serialize)]
struct Syllabus<'a> {
    phases: Vec<PhaseDays<'a>>,
}

#[derive(Serialize)]
struct PhaseDays<'a> {
    phase: u8,
    title: &'a str,
    days: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    day: u16,
    slug: &'a str,
    title: &'a str,
    written: bool,
    concepts: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
}

fn syllabus(catalog: &Catalog) -> Syllabus<'_> {
    let phase = |phase: &'_ Phase| days(catalog, phase).map(|topic| entry(catalog, topic)).collect();
    let phases = catalog.phases().iter();
    Syllabus { phases: phases.map(|p| PhaseDays { phase: p.number, title: &p.title, days: phase(p) }).collect() }
}

fn entry<'a>(catalog: &'a Catalog, topic: &'a Topic) -> Listed<'a> {
    let concepts = topic.concepts.iter().map(|index| catalog.concept(*index));
    Listed {
        day: topic.day,
        slug: &topic.slug,
        title: &topic.title,
        written: topic.is_written(),
        concepts: concepts.map(|c| Entry { id: &c.id, name: &c.name, kind: c.kind.name() }).collect(),
    }
}
