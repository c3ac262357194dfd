//! A line of source with a place in it underlined.
//!
//! Tabs stay tabs, above and below, so that both lines agree at any tab width. What would steer the terminal or reorder
//! the line (control characters, direction marks) is shown as a visible sign.

use std::ops::Range;

use pygloss_analysis::Span;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::source::Source;

/// Columns that a tab is taken for when a line is cut; how wide it really is, only the terminal knows.
const TAB: usize = 8;

/// The line on which a span starts.
pub(crate) struct Snippet {
    /// Its text, cut around the place if it is wider than the screen.
    pub(crate) code: String,
    /// Blanks and tabs up to the place.
    pub(crate) margin: String,
    /// Carets under the place; one that goes on in the next line ends with dots.
    pub(crate) carets: String,
}

/// Show where a span starts, in at most so many columns.
pub(crate) fn snippet(source: &Source, span: Span, columns: usize) -> Snippet {
    let (line, _) = source.line_column(span.start);
    let range = source.line_range(line);
    let text = &source.text[range.clone()];
    let start = (span.start as usize).clamp(range.start, range.end) - range.start;
    let end = (span.end as usize).clamp(range.start + start, range.end) - range.start;
    let mut parts = fit(text, start..end, columns);
    let goes_on = span.end as usize > range.end;
    let carets = if parts.marked.is_empty() { "^".to_owned() } else { fill(&parts.marked, '^') };
    let margin = fill(&parts.before, ' ');
    parts.before.push_str(&parts.marked);
    parts.before.push_str(&parts.after);
    Snippet { code: parts.before, margin, carets: if goes_on { carets + "..." } else { carets } }
}

/// A text whose control characters and direction marks are replaced by signs; tabs stay.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(sign).collect()
}

fn sign(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

struct Parts {
    before: String,
    marked: String,
    after: String,
}

/// Cut a line to so many columns. The marked part is kept first, then what is around it.
fn fit(line: &str, mark: Range<usize>, columns: usize) -> Parts {
    let before = visible(&line[..mark.start]);
    let marked = visible(&line[mark.clone()]);
    let after = visible(&line[mark.end..]);
    if columns_of(&before) + columns_of(&marked) + columns_of(&after) <= columns {
        return Parts { before, marked, after };
    }
    let marked = cut_end(marked, columns.saturating_sub(2));
    let room = columns.saturating_sub(columns_of(&marked));
    let before = cut_start(before, (room / 2).max(room.saturating_sub(columns_of(&after))));
    let after = cut_end(after, room.saturating_sub(columns_of(&before)));
    Parts { before, marked, after }
}

/// The bytes of a line that fit into so many columns, with a sign of one column on each side that is left out. What is marked
/// is kept first.
pub(crate) fn cut(line: &str, mark: Option<&Range<usize>>, columns: usize) -> Range<usize> {
    let fits = |text: &str| columns_of(&visible(text)) <= columns;
    if fits(line) {
        return 0..line.len();
    }
    let mark = mark.cloned().unwrap_or(0..0);
    let behind = |start: usize, columns: usize| start + bytes_of(line[start..].chars(), columns);
    let whole = behind(0, columns.saturating_sub(1));
    if mark.end <= whole {
        return 0..whole;
    }
    let start = mark.start - bytes_of(line[..mark.start].chars().rev(), columns / 3);
    start..behind(start, columns.saturating_sub(2)).max(start)
}

/// Bytes of the first characters whose signs fit.
fn bytes_of(chars: impl Iterator<Item = char> + Clone, columns: usize) -> usize {
    let count = first_columns(chars.clone().map(sign), columns).len();
    chars.take(count).map(char::len_utf8).sum()
}

fn cut_end(text: String, columns: usize) -> String {
    if columns_of(&text) <= columns {
        return text;
    }
    let mut kept = first_columns(text.chars(), columns.saturating_sub(1));
    kept.push('…');
    kept.into_iter().collect()
}

fn cut_start(text: String, columns: usize) -> String {
    if columns_of(&text) <= columns {
        return text;
    }
    let mut kept = first_columns(text.chars().rev(), columns.saturating_sub(1));
    kept.push('…');
    kept.into_iter().rev().collect()
}

fn first_columns(chars: impl Iterator<Item = char>, columns: usize) -> Vec<char> {
    let mut used = 0;
    let fits = |c: &char| {
        used += if *c == '\t' { TAB } else { c.width().unwrap_or(0) };
        used <= columns
    };
    chars.take_while(fits).collect()
}

/// Columns that a text takes, as far as that can be told.
pub(crate) fn columns_of(text: &str) -> usize {
    text.split('\t').map(UnicodeWidthStr::width).sum::<usize>() + text.matches('\t').count() * TAB
}

/// As wide as `text`, of `c` and tabs.
pub(crate) fn fill(text: &str, c: char) -> String {
    let runs: Vec<_> = text.split('\t').map(|run| c.to_string().repeat(run.width())).collect();
    runs.join("\t")
}

#[cfg(test)]
mod tests {
    use pygloss_analysis::Span;

    use super::{Source, columns_of, cut, snippet, visible};

    fn drawn(text: &str, start: u32, end: u32, columns: usize) -> String {
        let source = Source::from_bytes("a.py".to_owned(), text.as_bytes()).unwrap();
        let shown = snippet(&source, Span { start, end }, columns);
        format!("{}\n{}{}", shown.code, shown.margin, shown.carets)
    }

    #[test]
    fn tabs_stay_and_wide_characters_are_padded() {
        assert_eq!(drawn("\tx = 1", 1, 2, 80), "\tx = 1\n\t^");
        assert_eq!(drawn("'漢字', x", 10, 11, 80), "'漢字', x\n        ^");
    }

    #[test]
    fn a_span_of_several_lines_is_marked_on_its_first() {
        assert_eq!(drawn("a = (\n1)", 4, 8, 80), "a = (\n    ^...");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{} HERE {}", "a".repeat(100), "b".repeat(100));
        assert_eq!(drawn(&text, 101, 105, 20), "…aaaaaa HERE bbbbbb…\n        ^^^^");
    }

    #[test]
    fn a_cut_keeps_the_mark_and_fits_with_its_signs() {
        let line = "x\u{1b}\u{1b} = [漢字, 漢字] + [a, b] + [ü, ö]";
        for columns in 8..40 {
            for (at, c) in line.char_indices() {
                let window = cut(line, Some(&(at..at + c.len_utf8())), columns);
                let signs = usize::from(window.start > 0) + usize::from(window.end < line.len());
                assert!(columns_of(&visible(&line[window.clone()])) + signs <= columns, "{columns} {window:?}");
                assert!(window.contains(&at), "{columns} {at} {window:?}");
            }
        }
    }

    #[test]
    fn what_would_steer_the_terminal_is_shown() {
        assert_eq!(drawn("a\u{1b}[1m\0b", 6, 7, 80), "a␛[1m␀b\n      ^");
    }
}
