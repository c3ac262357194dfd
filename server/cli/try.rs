//! `pygloss try`: a file with what there is to say about it, to see what pygloss does before any editor is set up: in an
//! editor if there is one that can be opened, else printed.

mod open;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::ensure;
use pygloss_analysis::{Finding, Glossary, find, hover};
use pygloss_catalog::{Concept, plain_text};

use super::editors::Editor;
use super::output::Terminal;
use super::snippet::{snippet, visible};
use super::source::{MaxSize, Source, is_stdin};
use super::style::{DIM, of_kind, paint};
use super::wrap::{width, wrap};

/// Show a file with what pygloss has to say about it
///
/// On a terminal, with Neovim 0.11 or later on the PATH, the file is opened there, pygloss attached and your
/// configuration as it is. Elsewhere it is printed with notes under its lines; so it is if VISUAL or EDITOR names an
/// editor of another kind. Without a file, a bundled sample is shown.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss try
  pygloss try app.py
  pygloss try --print | less
  git show HEAD:app.py | pygloss try -")]
pub(crate) struct Args {
    /// A Python file; - reads standard input, and prints
    file: Option<PathBuf>,

    /// Print, even if an editor could be opened
    #[arg(long, conflicts_with = "editor")]
    print: bool,

    /// Open this editor, or say why it can't be
    #[arg(long, value_name = "EDITOR")]
    editor: Option<Editor>,
}

const SAMPLE: &str = include_str!("sample.py");

/// A note says what is new in so many characters, and whole sentences.
const NOTE: usize = 160;

/// Below this, a note stands further left than the place that it belongs to.
const NARROWEST: usize = 40;

/// Where it stands then.
const LEFT: &str = "    ";

/// Open the file in an editor, or print it annotated.
pub(crate) fn run(
    args: &Args,
    topics: &[PathBuf],
    glossary: &Glossary,
    terminal: &mut Terminal,
) -> anyhow::Result<ExitCode> {
    let program = match editor(args, terminal)? {
        Some(editor) => editor.find().map(|program| Some((editor, program))),
        None => Ok(None),
    };
    let source = match &args.file {
        Some(path) => Source::read(path, MaxSize::default())?,
        None => Source::from_bytes("sample.py".to_owned(), SAMPLE.as_bytes())?,
    };
    match program {
        Ok(Some((editor, program))) => {
            let first = notes(&source, glossary).first().map(|note| note.finding.span);
            open::open(editor, &program, args.file.as_deref(), &source, first, topics)?;
        }
        Err(error) if args.editor.is_some() => return Err(error),
        printed => {
            terminal.print(&annotated(&source, glossary, terminal.text_width()))?;
            if let Err(why) = printed {
                terminal.flush()?;
                terminal.warn(format_args!("not opened in an editor: {why}"));
            }
        }
    }
    terminal.print(NEXT)?;
    Ok(ExitCode::SUCCESS)
}

const NEXT: &str = "
Read on:         pygloss topic slots
In your editor:  pygloss doctor (or editors/README.md)
";

/// The editor to open: the one that was asked for, else one that is there and that this user would like to see.
fn editor(args: &Args, terminal: &Terminal) -> anyhow::Result<Option<Editor>> {
    let is_piped = args.file.as_deref().is_some_and(is_stdin);
    if args.editor.is_some() {
        ensure!(!is_piped, "--editor opens a file, not standard input; name one, or leave --editor out");
        ensure!(terminal.is_interactive(), "--editor needs a terminal; leave it out to print");
        return Ok(args.editor);
    }
    let may_open = !args.print && !is_piped && terminal.is_interactive();
    Ok(Editor::preferred().filter(|editor| may_open && editor.place().is_some()))
}

fn annotated(source: &Source, glossary: &Glossary, columns: usize) -> String {
    let notes = notes(source, glossary);
    let digits = source.line_count().to_string().len();
    let mut text = String::new();
    let mut rest = notes.as_slice();
    for line in 1..=source.line_count() {
        let code = visible(&source.text[source.line_range(line)]);
        text.push_str(format!("{} {code}", paint(DIM, format_args!("{line:>digits$} │"))).trim_end());
        text.push('\n');
        let here = rest.iter().take_while(|note| note.line == line).count();
        for place in rest[..here].chunk_by(|one, other| one.finding.span == other.finding.span) {
            text.push_str(&drawn(place, source, digits, columns));
        }
        rest = &rest[here..];
    }
    text
}

/// What is said under a line.
struct Note<'a> {
    line: u32,
    finding: Finding,
    concept: &'a Concept,
}

/// At each place what a hover says there, without what is everywhere.
fn notes<'a>(source: &Source, glossary: &'a Glossary) -> Vec<Note<'a>> {
    let catalog = &glossary.catalog;
    let mut findings = find(&source.text, glossary);
    findings.retain(|finding| !catalog.concept(finding.concept).common);
    let is_said = |finding: &&Finding| {
        let hover = hover(glossary, &source.text, &findings, finding.span.start);
        hover.is_some_and(|hover| hover.glosses.iter().any(|gloss| gloss.concept == finding.concept))
    };
    let note = |finding: &Finding| Note {
        line: source.line_column(finding.span.start).0,
        concept: catalog.concept(finding.concept),
        finding: finding.clone(),
    };
    findings.iter().filter(is_said).map(note).collect()
}

/// The underline of a place and the notes that hang on its start. They stand further left where there is little room.
fn drawn(notes: &[Note], source: &Source, digits: usize, columns: usize) -> String {
    let [first, ..] = notes else { return String::new() };
    let shown = snippet(source, first.finding.span, usize::MAX);
    let style = of_kind(first.concept.kind);
    let bar = paint(DIM, format_args!("{:digits$} │", ""));
    let mut text = format!("{bar} {}{}\n", shown.margin, paint(style, &shown.carets));
    let mut margin = shown.margin.as_str();
    let used = width(margin);
    if digits + 3 + used + NARROWEST > columns {
        margin = LEFT;
        let line = format!("╭{}╯", "─".repeat(used.saturating_sub(width(LEFT) + 1)));
        text.extend([bar.as_str(), " ", margin, &paint(style, line), "\n"]);
    }
    for (left, note) in (0..notes.len()).rev().zip(notes) {
        let (branch, below) = if left == 0 { ("╰─", " ") } else { ("├─", "│") };
        let first = format!("{bar} {margin}{} ", paint(style, branch));
        let rest = format!("{bar} {margin}{}  ", paint(style, below));
        text.push_str(&wrap(&note.said(), columns, &first, &rest));
    }
    text
}

impl Note<'_> {
    fn said(&self) -> String {
        let title = format_args!("{} · Day {}:", self.concept.name, self.concept.day);
        let title = paint(of_kind(self.concept.kind), title);
        format!("{title} {}", first_sentences(&plain_text(&self.concept.section.gloss)))
    }
}

/// As many whole sentences as fit, and at least one.
fn first_sentences(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = text.match_indices(['.', '?']).map(|(at, sign)| at + sign.len());
    let ends: Vec<_> = ends.filter(|end| is_sentence_end(&text, *end)).collect();
    let fits = ends.iter().rev().find(|end| **end <= NOTE).or(ends.first());
    text[..fits.copied().unwrap_or(text.len())].to_owned()
}

/// A full stop in code or a number is followed by no blank, and a sentence begins with a capital or with code.
fn is_sentence_end(text: &str, end: usize) -> bool {
    let is_code = text[..end].matches('`').count() % 2 == 1;
    let rest = &text[end..];
    let mut following = rest.chars().skip(1);
    let begins = following.next().is_none_or(|c| c.is_uppercase() || c == '`');
    !is_code && (rest.is_empty() || rest.starts_with(' ') && begins)
}

#[cfg(test)]
mod tests {
    use super::first_sentences;

    #[test]
    fn a_note_has_whole_sentences() {
        let long = "X".repeat(150);
        assert_eq!(first_sentences(&format!("One. Two of `a. B`. {long}.")), "One. Two of `a. B`.");
        assert_eq!(first_sentences(&format!("Since 3.8 {long} is it.  More.")), format!("Since 3.8 {long} is it."));
        assert_eq!(first_sentences("No stop"), "No stop");
    }
}
