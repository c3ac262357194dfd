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
    let _ = (rope, position, encoding);
    todo!()
}

/// The position of a byte offset; offsets past the end mean the end.
pub fn byte_to_position(rope: &Rope, byte: usize, encoding: Encoding) -> Position {
    let _ = (rope, byte, encoding);
    todo!()
}
