//! `pygloss topic`: a page, or the section of one concept.

use std::process::ExitCode;

use anyhow::bail;
use pygloss_analysis::Glossary;

use super::markdown::{Layout, render};
use super::output::Terminal;
use super::target::{Target, find};

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
