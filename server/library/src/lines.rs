//! The lines of a text. `\n`, `\r\n` and `\r` end one, as for Python.

use pygloss_analysis::Span;

/// Where the lines of a text begin; they are counted from 0.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |at: usize| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        let starts = (0..bytes.len()).filter(|at| ends_line(*at)).map(|at| at as u32 + 1);
        Self { text, starts: std::iter::once(0).chain(starts).collect() }
    }

    /// The line that a byte is on.
    pub(crate) fn of_byte(&self, byte: u32) -> u32 {
        self.starts.partition_point(|start| *start <= byte) as u32 - 1
    }

    /// The first and the last line of a span.
    pub(crate) fn of_span(&self, span: Span) -> (u32, u32) {
        (self.of_byte(span.start), self.of_byte(span.end.saturating_sub(1).max(span.start)))
    }

    /// The first byte of a line; the end of the text if there is no such line.
    pub(crate) fn start(&self, line: u32) -> u32 {
        self.starts.get(line as usize).copied().unwrap_or(self.text.len() as u32)
    }

    /// A line without its end; empty if there is none.
    pub(crate) fn text(&self, line: u32) -> &'a str {
        let span = Span { start: self.start(line), end: self.start(line + 1) };
        span.of(self.text).trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_line_ends_count() {
        let lines = Lines::of("a\r\nbc\rd\n\ne");
        let texts: Vec<_> = (0..6).map(|line| lines.text(line)).collect();
        assert_eq!(texts, ["a", "bc", "d", "", "e", ""]);
        assert_eq!((lines.of_byte(0), lines.of_byte(3), lines.of_byte(6)), (0, 1, 2));
        assert_eq!(lines.of_span(Span { start: 0, end: 3 }), (0, 0), "the end of a line belongs to it");
    }
}
