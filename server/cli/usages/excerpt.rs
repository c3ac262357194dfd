//! The lines of a usage as a terminal shows them: numbered, coloured, cut to the screen, the usage marked.
//!
//! With colours the usage is set off by its style; without, carets stand below it.

use std::fmt::Write;
use std::ops::Range;

use anstyle::Style;
use pygloss_library::{Line, Usage};

use super::highlight::{Run, runs};
use crate::cli::snippet::{columns_of, cut, fill, visible};
use crate::cli::source::Source;
use crate::cli::style::{DIM, paint};

const BOM: char = '\u{feff}';

/// How excerpts are drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    /// Of the screen.
    pub(super) columns: usize,
    pub(super) has_color: bool,
    /// Of the usage.
    pub(super) style: Style,
}

/// A line to draw.
struct Row<'a> {
    number: u32,
    text: &'a str,
    /// Where the text is in the file.
    bytes: Range<usize>,
}

/// Draw the excerpt of a usage.
pub(super) fn draw(usage: &Usage, source: &Source, drawing: Drawing) -> String {
    let rows: Vec<_> = usage.excerpt.lines.iter().map(|line| row(line, source)).collect();
    let syntax = if drawing.has_color { syntax(&rows, source) } else { Vec::new() };
    let gutter = rows.last().map_or(1, |row| row.number.to_string().len());
    let bar = paint(DIM, "|");
    let mut drawn = String::new();
    let mut before: Option<u32> = None;
    for row in &rows {
        if before.is_some_and(|before| before + 1 < row.number) {
            let _ = writeln!(drawn, "{:gutter$} {}", "", paint(DIM, "…"));
        }
        before = Some(row.number);
        let mark = mark(row, usage);
        let window = cut(row.text, mark.as_ref(), drawing.columns.saturating_sub(gutter + 3));
        let number = paint(DIM, format_args!("{:>gutter$}", row.number));
        let pieces =
            if drawing.has_color { pieces(row, &window, &syntax, mark.as_ref(), drawing.style) } else { Vec::new() };
        let code = painted(row, &window, &pieces);
        let _ = writeln!(drawn, "{}", format!("{number} {bar} {code}").trim_end());
        if let Some(mark) = mark.filter(|_| !drawing.has_color) {
            let carets = carets(row, &window, &mark, usage);
            let _ = writeln!(drawn, "{:gutter$} {bar} {carets}", "");
        }
    }
    if usage.excerpt.goes_on {
        let _ = writeln!(drawn, "{:gutter$} {}", "", paint(DIM, "…"));
    }
    drawn
}

/// The text is the end of a line of the file, whose indentation may be left out.
fn row<'a>(line: &'a Line, source: &Source) -> Row<'a> {
    let text = line.text.trim_start_matches(BOM);
    let whole = source.line_range(line.number + 1);
    Row { number: line.number + 1, text, bytes: whole.end.saturating_sub(text.len())..whole.end }
}

/// The styles of the part of the file that is shown.
fn syntax(rows: &[Row<'_>], source: &Source) -> Vec<Run> {
    match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => runs(&source.text, &(first.bytes.start..last.bytes.end)),
        _ => Vec::new(),
    }
}

/// Where the usage stands in the line that it begins on.
fn mark(row: &Row<'_>, usage: &Usage) -> Option<Range<usize>> {
    let within = |byte: u32| (byte as usize).clamp(row.bytes.start, row.bytes.end) - row.bytes.start;
    (row.number == usage.line + 1).then(|| within(usage.span.start)..within(usage.span.end))
}

/// The part of a line that is shown, in its colours.
fn painted(row: &Row<'_>, window: &Range<usize>, pieces: &[Run]) -> String {
    let mut code = String::from(if window.start > 0 { "…" } else { "" });
    let mut at = window.start;
    for (range, style) in pieces {
        code.push_str(&visible(&row.text[at..range.start]));
        code.push_str(&paint(*style, visible(&row.text[range.clone()])));
        at = range.end;
    }
    code.push_str(&visible(&row.text[at..window.end]));
    code + if window.end < row.text.len() { "…" } else { "" }
}

/// What has a style in the part of a line that is shown: the usage, and the syntax around it.
fn pieces(row: &Row<'_>, window: &Range<usize>, syntax: &[Run], mark: Option<&Range<usize>>, style: Style) -> Vec<Run> {
    let bytes = &row.bytes;
    let clipped = |range: Range<usize>| range.start.max(window.start)..range.end.min(window.end);
    let mark = mark.cloned().map_or(0..0, clipped);
    let begin = syntax.partition_point(|(range, _)| range.end <= bytes.start);
    let of_row = syntax[begin..].iter().take_while(|(range, _)| range.start < bytes.end);
    let split = of_row.flat_map(|(range, style)| {
        let range = clipped(range.start.saturating_sub(bytes.start)..range.end - bytes.start);
        [(range.start..range.end.min(mark.start), *style), (range.start.max(mark.end)..range.end, *style)]
    });
    let mut pieces: Vec<_> = split.chain([(mark.clone(), style)]).filter(|(range, _)| !range.is_empty()).collect();
    pieces.sort_by_key(|(range, _)| range.start);
    pieces
}

/// Carets under the usage; one that goes on in the next line ends with dots.
fn carets(row: &Row<'_>, window: &Range<usize>, mark: &Range<usize>, usage: &Usage) -> String {
    let cut = if window.start > 0 { "…" } else { "" };
    let part = |range: Range<usize>| visible(&row.text[range.start.min(range.end)..range.end]);
    let before = part(window.start..mark.start.max(window.start));
    let marked = part(mark.start.max(window.start)..mark.end.min(window.end));
    let margin = fill(&format!("{cut}{before}"), ' ');
    let carets = if columns_of(&marked) == 0 { "^".to_owned() } else { fill(&marked, '^') };
    let goes_on = usage.span.end as usize > row.bytes.end;
    format!("{margin}{carets}{}", if goes_on { "..." } else { "" })
}
