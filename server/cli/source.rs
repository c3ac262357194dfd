//! A Python file as text, with its lines.
//!
//! Lines and columns here are what a person counts: both from 1, columns in characters, and a byte order mark at the
//! start of the file is no character.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, bail};
use pygloss_analysis::{Encoding, Position, byte_to_position, position_to_byte};
use ropey::Rope;

const BOM: char = '\u{feff}';

/// A file that was read and decoded.
pub(crate) struct Source {
    /// As the user named it; `<stdin>` for standard input.
    pub(crate) path: String,
    /// Decoded; a byte order mark stays in it.
    pub(crate) text: String,
    /// Whether bytes of the text are bytes of the file too.
    pub(crate) is_utf8: bool,
    lines: Rope,
}

/// The largest file that is read, in bytes.
#[derive(Clone, Copy)]
pub(crate) struct MaxSize(u64);

impl Source {
    /// Read a file; `-` is standard input. The error says why it can't be, with the path in front.
    pub(crate) fn read(path: &Path, limit: MaxSize) -> anyhow::Result<Self> {
        let name = shown(path);
        let source = read_bytes(path, limit).and_then(|bytes| Self::from_bytes(name.clone(), &bytes));
        source.with_context(|| name)
    }

    /// A file whose text is known already.
    pub(crate) fn of_text(path: &Path, text: &str) -> Self {
        Self { path: shown(path), text: text.to_owned(), is_utf8: true, lines: Rope::from_str(text) }
    }

    /// Decode the bytes of a file.
    pub(crate) fn from_bytes(path: String, bytes: &[u8]) -> anyhow::Result<Self> {
        let text = pygloss_analysis::decode(bytes)?;
        let is_utf8 = text.as_bytes() == bytes;
        Ok(Self { path, is_utf8, lines: Rope::from_str(&text), text })
    }

    /// The line and the column of a byte.
    pub(crate) fn line_column(&self, byte: u32) -> (u32, u32) {
        let at = byte_to_position(&self.lines, byte as usize, Encoding::Utf32);
        let column = if at.line == 0 && self.has_bom() { at.column.saturating_sub(1) } else { at.column };
        (at.line + 1, column + 1)
    }

    /// The byte at a line and a column; a column behind the line's end means its end. `None` if there is no such line.
    pub(crate) fn byte_at(&self, line: u32, column: u32) -> Option<u32> {
        let bom = u32::from(line == 1 && self.has_bom());
        let position = Position { line: line.checked_sub(1)?, column: column.checked_sub(1)? + bom };
        let is_there = line as usize <= self.lines.len_lines();
        is_there.then(|| position_to_byte(&self.lines, position, Encoding::Utf32) as u32)
    }

    /// The bytes of a line, without its end and a byte order mark.
    pub(crate) fn line_range(&self, line: u32) -> Range<usize> {
        let Some(start) = self.byte_at(line, 1) else {
            return 0..0;
        };
        let rest = &self.text[start as usize..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        start as usize..start as usize + end
    }

    /// How many lines there are. What follows a final line end is none that anybody sees.
    pub(crate) fn line_count(&self) -> u32 {
        let count = self.lines.len_lines() as u32;
        if self.text.ends_with(['\n', '\r']) { count - 1 } else { count }
    }

    fn has_bom(&self) -> bool {
        self.text.starts_with(BOM)
    }
}

/// The path as messages and reports show it.
pub(crate) fn shown(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_bytes(path: &Path, limit: MaxSize) -> anyhow::Result<Vec<u8>> {
    if is_stdin(path) {
        return read_to_limit(io::stdin().lock(), limit);
    }
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        bail!("is a folder; a file is needed");
    }
    if path.extension().is_some_and(|extension| extension == "ipynb") {
        bail!("is a notebook, which is JSON and no Python; its cells are explained in an editor");
    }
    read_to_limit(file, limit)
}

/// Never reads more than the limit and a byte, since a file may grow and a device has no end.
fn read_to_limit(reader: impl Read, limit: MaxSize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit.0 + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit.0 {
        bail!("larger than {limit}; not analysed");
    }
    Ok(bytes)
}

/// Units of a size, the largest first.
const UNITS: [(&str, u64); 7] =
    [("GB", 1_000_000_000), ("MIB", 1 << 20), ("MB", 1_000_000), ("KIB", 1 << 10), ("KB", 1_000), ("B", 1), ("", 1)];

impl MaxSize {
    /// The largest limit that can be set.
    pub(crate) const MOST: Self = Self(UNITS[0].1);

    /// The limit in bytes.
    pub(crate) fn bytes(self) -> u64 {
        self.0
    }
}

impl Default for MaxSize {
    fn default() -> Self {
        Self(pygloss_library::index::MAX_FILE_SIZE)
    }
}

impl FromStr for MaxSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = (&text[..split], text[split..].trim().to_uppercase());
        let factor = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor);
        let bytes = number.parse::<u64>().ok().zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
        match bytes {
            Some(bytes) if bytes <= Self::MOST.0 => Ok(Self(bytes)),
            Some(_) => Err("1GB is the most".to_owned()),
            None => Err("expected a size such as 500KB, 2MB or 100000".to_owned()),
        }
    }
}

impl std::fmt::Display for MaxSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fits = |(_, factor): &&(&str, u64)| self.0 >= *factor && self.0.is_multiple_of(*factor);
        let (unit, factor) = UNITS.iter().find(fits).unwrap_or(&UNITS[5]);
        write!(f, "{} {}", self.0 / factor, unit.replace('I', "i"))
    }
}
