//! `pygloss topic`: a page, or the section of one concept.

use std::process::ExitCode;

use anyhow::bail;
use pygloss_analysis::Glossary;
use pygloss_catalog::{Catalog, Concept, Topic};

use super::markdown::{Layout, render};
use super::output::Terminal;

/// Show a day's page, or the section of one construct
///
/// On a screen the page is laid out; into a pipe or a file goes its Markdown.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss topic 17                   the page of day 17
  pygloss topic slots                the same, by its slug
  pygloss topic walrus               the section of the one construct with that in its name
  pygloss topic walrus --whole       the page that it stands on
  pygloss --color always topic 17 | less -R")]
pub(crate) struct Args {
    /// A day, a slug, a concept's id, or a part of a name that only one has
    name: String,

    /// The whole page even if a concept was named
    #[arg(long)]
    whole: bool,
}

/// Show the page.
pub(crate) fn run(args: &Args, glossary: &Glossary, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let catalog = &glossary.catalog;
    let (topic, concept) = match find(catalog, &args.name)? {
        Target::Day(topic) => (topic, None),
        Target::Concept(concept) => (catalog.topic(concept.topic), Some(concept)),
    };
    if !topic.is_written() {
        bail!("day {} ({}) is not written yet", topic.day, topic.title);
    }
    let page = topic.markdown(catalog);
    let line = concept.filter(|_| !args.whole).and_then(|concept| topic.line_of(catalog, &concept.id));
    let shown = line.map_or(page.as_str(), |line| section(&page, line as usize));
    if terminal.is_screen() {
        terminal.print(&render(shown, Layout::of(terminal)))?;
    } else {
        terminal.print(&format!("{}\n", shown.trim_end()))?;
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Clone, Copy)]
enum Target<'a> {
    Day(&'a Topic),
    Concept(&'a Concept),
}

/// What a name means: exactly, else as a part of an id or slug, else as a part of what people read.
fn find<'a>(catalog: &'a Catalog, name: &str) -> anyhow::Result<Target<'a>> {
    let number = name.parse::<u16>().ok();
    let wanted = plain(name);
    let days = || catalog.topics().iter().map(Target::Day);
    let all = || days().chain(catalog.concepts().iter().map(Target::Concept));
    let attempts: [Vec<Target>; 4] = [
        days().filter(|day| number.is_some() && day.number() == number).collect(),
        all().filter(|target| target.key() == wanted).collect(),
        all().filter(|target| target.key().contains(&wanted)).collect(),
        all().filter(|target| plain(target.name()).contains(&wanted)).collect(),
    ];
    if wanted.is_empty() || number.is_some() && attempts[0].is_empty() {
        bail!("no day has the number {name:?}; `pygloss topics` lists them");
    }
    match attempts.into_iter().find(|found| !found.is_empty()).as_deref() {
        Some([target]) => Ok(*target),
        Some(several) => bail!("{name:?} may mean several things:\n{}", listed(several)),
        None => bail!("nothing is called {name:?}; `pygloss topics` lists the days"),
    }
}

impl<'a> Target<'a> {
    fn number(self) -> Option<u16> {
        if let Self::Day(topic) = self { Some(topic.day) } else { None }
    }

    fn key(self) -> &'a str {
        match self {
            Self::Day(topic) => &topic.slug,
            Self::Concept(concept) => &concept.id,
        }
    }

    fn name(self) -> &'a str {
        match self {
            Self::Day(topic) => &topic.title,
            Self::Concept(concept) => &concept.name,
        }
    }
}

/// As people type a name: without Markdown's marks and capitals.
fn plain(name: &str) -> String {
    name.replace('`', "").trim().to_lowercase()
}

fn listed(targets: &[Target]) -> String {
    let width = targets.iter().map(|target| target.key().len()).max().unwrap_or(0);
    let line = |target: &Target| {
        let day = target.number().map(|day| format!("day {day}, ")).unwrap_or_default();
        format!("  {:width$}  {day}{}", target.key(), target.name())
    };
    targets.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The section that begins at a line, up to the next heading of its level. A `##` in a fence is code.
fn section(page: &str, line: usize) -> &str {
    let mut offset = 0;
    let mut start = 0;
    let mut is_code = false;
    for (number, text) in page.split_inclusive('\n').enumerate() {
        is_code ^= text.starts_with("```");
        if number == line {
            start = offset;
        } else if number > line && !is_code && text.starts_with("## ") {
            return &page[start..offset];
        }
        offset += text.len();
    }
    &page[start..]
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_section_ends_at_the_next_heading_outside_of_code() {
        let page = "# Day\n\n## One\n\n```python\n## no heading\n```\n\n## Two\n\ntext\n";
        assert_eq!(section(page, 2), "## One\n\n```python\n## no heading\n```\n\n");
        assert_eq!(section(page, 8), "## Two\n\ntext\n");
    }
}
