//! Findings for people: place, name, the source line and an underline.

use std::fmt::Write;

use pygloss_analysis::Finding;
use pygloss_catalog::{Catalog, Kind};

use super::selection::Selection;
use super::{Report, count};
use crate::cli::snippet::{snippet, visible};
use crate::cli::source::Source;
use crate::cli::style::{DIM, STRONG, of_kind, paint};

/// The report for people, and what it counts for its last line.
pub(super) struct Text<'a> {
    catalog: &'a Catalog,
    selection: &'a Selection,
    columns: usize,
    findings: usize,
    pitfalls: usize,
    files: usize,
}

impl<'a> Text<'a> {
    /// A report of at most so many columns.
    pub(super) fn new(catalog: &'a Catalog, selection: &'a Selection, columns: usize) -> Self {
        Self { catalog, selection, columns, findings: 0, pitfalls: 0, files: 0 }
    }

    fn count(&mut self, findings: &[&Finding]) {
        let is_pitfall = |finding: &&&Finding| self.catalog.concept(finding.concept).kind == Kind::Pitfall;
        self.pitfalls += findings.iter().filter(is_pitfall).count();
        self.findings += findings.len();
        self.files += usize::from(!findings.is_empty());
    }

    /// `path:line:column`, which terminals make clickable, then what stands there.
    fn finding(&self, source: &Source, finding: &Finding) -> String {
        let concept = self.catalog.concept(finding.concept);
        let (line, column) = source.line_column(finding.span.start);
        let number = line.to_string();
        let gutter = " ".repeat(number.len());
        let room = self.columns.saturating_sub(number.len() + 3);
        let shown = snippet(source, finding.span, room);
        let style = of_kind(concept.kind);
        let place = paint(STRONG, format_args!("{}:{line}:{column}", visible(&source.path)));
        let name = paint(style, &concept.name);
        let trap = if concept.kind == Kind::Pitfall { ", pitfall" } else { "" };
        let rest = paint(DIM, format_args!("(Day {}, {}{trap})", concept.day, concept.id));
        let bar = paint(DIM, "|");
        format!(
            "{place}: {name} {rest}\n{} {bar} {}\n{gutter} {bar} {}{}\n\n",
            paint(DIM, &number),
            shown.code,
            shown.margin,
            paint(style, shown.carets),
        )
    }
}

impl Report for Text<'_> {
    fn file(&mut self, source: &Source, findings: &[Finding]) -> anyhow::Result<String> {
        let shown = self.selection.for_people(findings, self.catalog);
        self.count(&shown);
        Ok(shown.into_iter().map(|finding| self.finding(source, finding)).collect())
    }

    fn end(&mut self, files: usize) -> anyhow::Result<String> {
        if files == 0 {
            return Ok(String::new());
        }
        if self.findings == 0 {
            return Ok(format!("No findings in {}.\n", count(files, "file")));
        }
        let mut summary = format!("{} in {}", count(self.findings, "finding"), count(self.files, "file"));
        if self.pitfalls > 0 {
            write!(summary, " ({})", count(self.pitfalls, "pitfall"))?;
        }
        Ok(summary + "\n")
    }
}
