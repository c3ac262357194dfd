//! Bytes to text, as Python reads a source file: BOM, then the encoding that a comment on line 1 or 2 declares (PEP 263), else UTF-8.

use std::fmt;

/// Why bytes are no Python source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// A byte sequence that the encoding doesn't have: its name and the offset of the first bad byte.
    Malformed(String, usize),
    /// A declared encoding that isn't known here.
    Unknown(String),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(encoding, offset) => write!(f, "not valid {encoding} at byte {offset}"),
            Self::Unknown(encoding) => write!(f, "unknown encoding {encoding:?}"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decode a source file. A BOM stays in the text.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    let _ = bytes;
    todo!()
}
