//! Usages for people: what was found, then each place with its code.

use std::env;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use pygloss_analysis::Glossary;
use pygloss_catalog::{Catalog, Concept};
use pygloss_library::{Answer, Aspect, Part, Query, Usage};

use super::Args;
use super::excerpt::{Drawing, draw};
use super::scope::Scope;
use crate::cli::figures::{count, grouped};
use crate::cli::output::Terminal;
use crate::cli::snippet::visible;
use crate::cli::source::Source;
use crate::cli::style::{DIM, EMPHASIS, STRONG, of_kind, paint};
use crate::cli::target::Target;
use crate::cli::wrap::wrap;

/// Columns when no screen says how many, as `pygloss scan` has it.
const WIDTH: usize = 120;

/// What was asked for.
pub(super) struct Asked<'a> {
    pub(super) target: Target<'a>,
    pub(super) query: &'a Query,
    pub(super) scope: &'a Scope,
    pub(super) args: &'a Args,
}

/// The whole answer.
pub(super) fn report(asked: &Asked<'_>, answer: &Answer, glossary: &Glossary, terminal: &Terminal) -> String {
    let folder = env::current_dir().and_then(|folder| folder.canonicalize()).ok();
    let report = Report { asked, catalog: &glossary.catalog, terminal, folder };
    let usages = answer.usages.iter().map(|usage| report.usage(usage));
    format!("{}\n\n{}", report.headline(answer), usages.collect::<Vec<_>>().join("\n"))
}

/// `Delegating (Day 3, yield-from)`
pub(super) fn named(target: Target<'_>) -> String {
    match target {
        Target::Day(topic) => {
            format!("{} {}", paint(STRONG, &topic.title), paint(DIM, format_args!("(Day {})", topic.day)))
        }
        Target::Concept(concept) => title(concept),
    }
}

fn title(concept: &Concept) -> String {
    let rest = paint(DIM, format_args!("(Day {}, {})", concept.day, concept.id));
    format!("{} {rest}", paint(of_kind(concept.kind), &concept.name))
}

/// ` in 31 packages, beside walrus-operator, simple ones`: where was looked, and what the options leave.
pub(super) fn narrowed(query: &Query, scope: &Scope, catalog: &Catalog) -> String {
    let place = match &query.package {
        Some(package) => format!("the package {package}"),
        None => scope.contents(),
    };
    let with = query.with.map(|concept| format!(", beside {}", catalog.concept(concept).id));
    let level = query.level.map(|level| format!(", {} ones", level.name()));
    format!(" in {}{}{}", visible(&place), with.unwrap_or_default(), level.unwrap_or_default())
}

struct Report<'a> {
    asked: &'a Asked<'a>,
    catalog: &'a Catalog,
    terminal: &'a Terminal,
    /// The current one.
    folder: Option<PathBuf>,
}

impl Report<'_> {
    fn headline(&self, answer: &Answer) -> String {
        let Asked { target, query, scope, .. } = self.asked;
        // Equal lines are shown once, and what was changed since not at all.
        let part = match answer.usages.len() {
            shown if shown >= answer.total => String::new(),
            shown if shown < query.limit => format!("; {} shown", grouped(shown)),
            1 => "; the first".to_owned(),
            shown => format!("; the first {}", grouped(shown)),
        };
        let narrowed = narrowed(query, scope, self.catalog);
        format!("{}: {}{narrowed}{part}:", named(*target), count(answer.total, "usage"))
    }

    fn usage(&self, usage: &Usage) -> String {
        let source = Source::of_text(&usage.path, &usage.text);
        let mut text = self.place(usage, &source);
        let _ = writeln!(text, "  {}", described(usage));
        if let Some(why) = &usage.why {
            let why = paint(EMPHASIS, visible(why));
            text.push_str(&wrap(&why, self.terminal.text_width(), "  ", "  "));
        }
        if self.asked.args.why {
            text.push_str(&wrap(&points(usage), self.terminal.text_width(), "  ", "  "));
        }
        let kind = self.catalog.concept(usage.concept).kind;
        let drawing = Drawing {
            columns: self.terminal.width_or(WIDTH),
            has_color: self.terminal.has_color(),
            style: of_kind(kind).underline(),
        };
        text + &draw(usage, &source, drawing)
    }

    /// `path:line:column`, which terminals make clickable; of a day's usages, the concept too.
    fn place(&self, usage: &Usage, source: &Source) -> String {
        let (line, column) = source.line_column(usage.span.start);
        let path = visible(&self.near(&usage.path).display().to_string());
        let place = paint(STRONG, format_args!("{path}:{line}:{column}"));
        let place = if self.terminal.has_color() { linked(&usage.path, &place) } else { place };
        match self.asked.target {
            Target::Day(_) => format!("{place}: {}\n", title(self.catalog.concept(usage.concept))),
            Target::Concept(_) => format!("{place}\n"),
        }
    }

    /// A path as it is named from the current folder, if it lies below that.
    fn near<'p>(&self, path: &'p Path) -> &'p Path {
        self.folder.as_ref().and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path)
    }
}

/// A text that opens a file when it is clicked (OSC 8).
fn linked(path: &Path, text: &str) -> String {
    match url::Url::from_file_path(path) {
        Ok(url) => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
        Err(()) => text.to_owned(),
    }
}

/// `requests 2.31.0 · requests.models.Response.iter_lines · simple, documented`
fn described(usage: &Usage) -> String {
    let version = usage.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    let aspects = usage.file.aspects.iter().filter(|aspect| **aspect != Aspect::StandardLibrary);
    let documented = usage.block.is_documented.then_some("documented");
    let marks: Vec<_> = [usage.level.name()].into_iter().chain(documented).chain(aspects.map(|it| it.name())).collect();
    let package = visible(&format!("{}{version}", usage.package));
    let dot = paint(DIM, "·");
    format!("{package} {dot} {} {dot} {}", visible(&usage.symbol()), marks.join(", "))
}

/// How a usage came to its rank: `points: 100, +40 lines: 12, +15 docstring = 155`.
fn points(usage: &Usage) -> String {
    let base = usage.score - usage.parts.iter().map(|part| part.points).sum::<i32>();
    let parts: String = usage.parts.iter().filter(|part| part.points != 0).map(part).collect();
    format!("points: {base}{parts}, = {}", usage.score)
}

fn part(part: &Part) -> String {
    let amount = part.amount.map(|amount| format!(": {amount}")).unwrap_or_default();
    format!(", {:+} {}{amount}", part.points, part.fact)
}
