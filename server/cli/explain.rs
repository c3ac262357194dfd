//! `pygloss explain`: what a hover says, in the terminal.

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::bail;
use pygloss_analysis::{Finding, Glossary, Hover, find, hover};

use super::markdown::{Layout, render};
use super::output::Terminal;
use super::snippet::{snippet, visible};
use super::source::{MaxSize, Source, is_stdin};
use super::style::{DIM, paint};

/// Say what a hover would say at a place in a file
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss explain app.py:12:8      the construct at line 12, column 8
  pygloss explain app.py:12        everything on line 12
  cat app.py | pygloss explain -:12:8")]
pub(crate) struct Args {
    /// FILE:LINE:COL or FILE:LINE, both from 1, columns in characters; - as FILE reads standard input
    #[arg(value_name = "FILE:LINE:COL", allow_hyphen_values = true)]
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    file: PathBuf,
    line: u32,
    column: Option<u32>,
}

impl FromStr for Place {
    type Err = String;

    /// Read from the right, since a path may hold colons.
    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<_> = text.rsplitn(3, ':').collect();
        let numbers: Vec<_> = parts.iter().map_while(|part| part.parse().ok().filter(|n| *n > 0)).collect();
        let place = match (numbers.as_slice(), parts.as_slice()) {
            ([column, line, ..], [_, _, file]) => Some((*file, *line, Some(*column))),
            ([line], [_, rest @ ..]) if !rest.is_empty() => {
                Some((text.rsplit_once(':').map_or("", |(file, _)| file), *line, None))
            }
            _ => None,
        };
        match place {
            Some((file, line, column)) if !file.is_empty() => Ok(Self { file: file.into(), line, column }),
            _ => Err("expected FILE:LINE:COL or FILE:LINE, both numbers from 1".to_owned()),
        }
    }
}

/// Explain a place, or everything on a line.
pub(crate) fn run(args: &Args, glossary: &Glossary, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let place = &args.place;
    let source = Source::read(&place.file, MaxSize::default()).map_err(|error| with_form(place, error))?;
    if place.line > source.line_count() {
        bail!("{} has {} lines; there is no line {}", source.path, source.line_count(), place.line);
    }
    let findings = find(&source.text, glossary);
    let explained = match place.column {
        Some(column) => {
            at(&source, &findings, glossary, place.line, column).map(|hover| said(&hover, glossary, terminal))
        }
        None => on_line(&source, &findings, glossary, place.line, terminal),
    };
    let nothing = || {
        let column = place.column.map(|column| format!(":{column}")).unwrap_or_default();
        format!("Nothing to explain at {}:{}{column}\n", visible(&source.path), place.line)
    };
    terminal.print(&explained.unwrap_or_else(nothing))?;
    Ok(ExitCode::SUCCESS)
}

fn at(source: &Source, findings: &[Finding], glossary: &Glossary, line: u32, column: u32) -> Option<Hover> {
    // A column behind the line's end is no place in it, though it is read as the end elsewhere.
    let is_on_line = column as usize <= source.text[source.line_range(line)].chars().count();
    let byte = source.byte_at(line, column).filter(|_| is_on_line)?;
    hover(glossary, &source.text, findings, byte)
}

/// Everything that stands on a line, each place with the line and an underline before it.
fn on_line(
    source: &Source,
    findings: &[Finding],
    glossary: &Glossary,
    line: u32,
    terminal: &Terminal,
) -> Option<String> {
    let mut hovers: Vec<Hover> = Vec::new();
    for finding in findings.iter().filter(|finding| source.line_column(finding.span.start).0 == line) {
        let hover = hover(glossary, &source.text, findings, finding.span.start);
        hovers.extend(hover.filter(|hover| hovers.iter().all(|other| other.span != hover.span)));
    }
    let sections: Vec<_> = hovers
        .iter()
        .map(|hover| {
            let shown = snippet(source, hover.span, terminal.width_or(usize::MAX));
            let line = paint(DIM, format_args!("{}\n{}{}", shown.code, shown.margin, shown.carets));
            format!("{line}\n{}", said(hover, glossary, terminal))
        })
        .collect();
    (!sections.is_empty()).then(|| sections.join("\n"))
}

fn said(hover: &Hover, glossary: &Glossary, terminal: &Terminal) -> String {
    if terminal.is_screen() {
        render(&hover.markdown(glossary), Layout::of(terminal))
    } else {
        hover.plain_text(glossary).trim_end().to_owned() + "\n"
    }
}

/// A file that isn't there may be a slip in the form: `app.py:x:3` names line 3 of the file `app.py:x`.
fn with_form(place: &Place, error: anyhow::Error) -> anyhow::Error {
    if !is_stdin(&place.file) && place.file.to_string_lossy().contains(':') {
        error.context("expected FILE:LINE:COL or FILE:LINE, both numbers from 1")
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    fn place(text: &str) -> Option<(String, u32, Option<u32>)> {
        let place = text.parse::<Place>().ok()?;
        Some((place.file.display().to_string(), place.line, place.column))
    }

    #[test]
    fn places_are_read_from_the_right() {
        assert_eq!(place("a.py:3:4"), Some(("a.py".to_owned(), 3, Some(4))));
        assert_eq!(place("a.py:3"), Some(("a.py".to_owned(), 3, None)));
        assert_eq!(place("c:\\a.py:3:4"), Some(("c:\\a.py".to_owned(), 3, Some(4))));
        assert_eq!(place("c:\\a.py:3"), Some(("c:\\a.py".to_owned(), 3, None)));
        assert_eq!(place("-:1:1"), Some(("-".to_owned(), 1, Some(1))));
    }

    #[test]
    fn what_names_no_line_is_refused() {
        for text in ["a.py", "a.py:", "a.py:0", "a.py:x", "a.py:3:0", "a.py:3:x", ":3", ":3:4", "", "3"] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
