//! The only place where bytes meet columns.

use ropey::Rope;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the protocol's default.
    Utf16,
    /// Characters.
    Utf32,
}

/// A line and a column, both 0-based. Lines end at `\n`, `\r\n` or `\r` alone, as the protocol says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// 0-based.
    pub line: u32,
    /// 0-based, in units of the encoding.
    pub column: u32,
}

/// The byte offset of a position. A column past the line's end means the end, a line past the last means the text's end, a
/// column inside a character its start.
pub fn position_to_byte(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_bytes();
    }
    let start = rope.line_to_byte(line);
    let column = position.column as usize;
    let character = match encoding {
        Encoding::Utf8 => rope.byte_to_char((start + column).min(rope.len_bytes())),
        Encoding::Utf16 => {
            let unit = rope.char_to_utf16_cu(rope.line_to_char(line)) + column;
            rope.utf16_cu_to_char(unit.min(rope.len_utf16_cu()))
        }
        Encoding::Utf32 => (rope.line_to_char(line) + column).min(rope.len_chars()),
    };
    rope.char_to_byte(character).min(line_end(rope, line))
}

/// The position of a byte offset; offsets past the end mean the end, and those inside a line's end the end of its text.
pub fn byte_to_position(rope: &Rope, byte: usize, encoding: Encoding) -> Position {
    let line = rope.byte_to_line(byte.min(rope.len_bytes()));
    let character = rope.byte_to_char(byte.min(line_end(rope, line)));
    let start = rope.line_to_char(line);
    let column = match encoding {
        Encoding::Utf8 => rope.char_to_byte(character) - rope.line_to_byte(line),
        Encoding::Utf16 => rope.char_to_utf16_cu(character) - rope.char_to_utf16_cu(start),
        Encoding::Utf32 => character - start,
    };
    Position { line: line as u32, column: column as u32 }
}

/// Where the text of a line ends: the byte offset of its `\n`, `\r\n` or `\r`, or of the text's end.
pub(crate) fn line_end(rope: &Rope, line: usize) -> usize {
    if line + 1 >= rope.len_lines() {
        return rope.len_bytes();
    }
    let next = rope.line_to_byte(line + 1);
    let is_crlf = next >= 2 && rope.byte(next - 1) == b'\n' && rope.byte(next - 2) == b'\r';
    next - if is_crlf { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn byte(text: &str, line: u32, column: u32, encoding: Encoding) -> usize {
        position_to_byte(&Rope::from_str(text), Position { line, column }, encoding)
    }

    #[test]
    fn only_the_line_ends_of_the_protocol_end_a_line() {
        let lines = |text: &str| Rope::from_str(text).len_lines();
        assert_eq!(lines("a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f"), 1);
        assert_eq!(lines("a\nb\r\nc\rd"), 4);
    }

    #[test]
    fn columns_count_in_units_of_the_encoding() {
        let text = "x\na\u{e9}\u{1f40d}z";
        let rope = Rope::from_str(text);
        let at_z = text.len() - 1;
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let position = Position { line: 1, column };
            assert_eq!(position_to_byte(&rope, position, encoding), at_z, "{encoding:?}");
            assert_eq!(byte_to_position(&rope, at_z, encoding), position, "{encoding:?}");
        }
    }

    #[test]
    fn a_column_inside_a_character_means_its_start() {
        assert_eq!(byte("a\u{1f40d}b", 0, 3, Encoding::Utf8), 1);
        assert_eq!(byte("a\u{1f40d}b", 0, 2, Encoding::Utf16), 1);
    }

    #[test]
    fn a_byte_inside_a_character_or_a_line_end_means_its_start() {
        let rope = Rope::from_str("\u{e9}\r\nb");
        for encoding in ENCODINGS {
            let start = Position { line: 0, column: 0 };
            assert_eq!(byte_to_position(&rope, 1, encoding), start);
            assert_eq!(byte_to_position(&rope, 3, encoding), byte_to_position(&rope, 2, encoding));
        }
    }

    #[test]
    fn what_lies_outside_is_clamped_before_the_line_end() {
        for encoding in ENCODINGS {
            for text in ["ab\ncd", "ab\rcd", "ab\r\ncd"] {
                assert_eq!(byte(text, 0, 2, encoding), 2);
                assert_eq!(byte(text, 0, u32::MAX, encoding), 2, "{text:?}");
                assert_eq!(byte(text, 1, u32::MAX, encoding), text.len());
                assert_eq!(byte(text, u32::MAX, 0, encoding), text.len());
            }
            assert_eq!(byte("", 3, 3, encoding), 0);
            assert_eq!(byte("\n\r\n", 1, 9, encoding), 1);
        }
    }

    #[test]
    fn an_offset_past_the_end_means_the_end() {
        let position = byte_to_position(&Rope::from_str("ab\n"), 99, Encoding::Utf16);
        assert_eq!(position, Position { line: 1, column: 0 });
    }
}
