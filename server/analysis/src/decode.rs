//! Bytes to text, as Python reads a source file: BOM, then the encoding that a comment on line 1 or 2 declares (PEP 263), else UTF-8.

use std::fmt;
use std::sync::LazyLock;

use encoding_rs::{DecoderResult, Encoding};
use regex::bytes::Regex;

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

/// Decode a source file. A BOM stays in the text, and it outweighs a declaration.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return utf_8(bytes);
    }
    let Some(declared) = declaration(bytes) else {
        return utf_8(bytes);
    };
    match declared.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf" | "u8" | "cp65001" => utf_8(bytes),
        name if name.starts_with("utf-8") || name.starts_with("utf8") => utf_8(bytes),
        "ascii" | "us-ascii" | "646" => ascii(bytes),
        "latin-1" | "latin1" | "latin" | "l1" | "iso-8859-1" | "iso8859-1" | "iso-latin-1" => Ok(latin_1(bytes)),
        _ => other(bytes, known_encoding(&declared).ok_or_else(|| DecodeError::Unknown(declared.clone()))?),
    }
}

/// What the first line declares, or the second if the first holds no code.
fn declaration(bytes: &[u8]) -> Option<String> {
    static DECLARATION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?-u)^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)").ok());
    static NO_CODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?-u)^[ \t\f]*(?:#|$)").ok());

    let mut lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let first = lines.next()?;
    if let Some(found) = capture(DECLARATION.as_ref()?, first) {
        return Some(found);
    }
    if !NO_CODE.as_ref()?.is_match(first) {
        return None;
    }
    // Splitting at each byte makes an empty line between the two of a `\r\n`.
    let is_crlf = bytes.get(first.len()..first.len() + 2) == Some(b"\r\n");
    capture(DECLARATION.as_ref()?, lines.nth(usize::from(is_crlf))?)
}

fn capture(regex: &Regex, line: &[u8]) -> Option<String> {
    let name = regex.captures(line)?.get(1)?;
    Some(String::from_utf8_lossy(name.as_bytes()).into_owned())
}

/// The encodings of browsers under Python's names. UTF-16 is none: its declaration can't be read by Python.
fn known_encoding(declared: &str) -> Option<&'static Encoding> {
    let hyphenated = declared.replace('_', "-");
    let code_page = hyphenated.to_ascii_lowercase().replacen("cp", "windows-", 1);
    [declared, &hyphenated, &code_page]
        .into_iter()
        .find_map(|label| Encoding::for_label_no_replacement(label.as_bytes()))
        .filter(|encoding| encoding.is_ascii_compatible() || *encoding == encoding_rs::ISO_2022_JP)
}

fn utf_8(bytes: &[u8]) -> Result<String, DecodeError> {
    let text = str::from_utf8(bytes);
    text.map(str::to_owned).map_err(|error| DecodeError::Malformed("UTF-8".to_owned(), error.valid_up_to()))
}

// encoding_rs reads `ascii` and `latin-1` as windows-1252, as browsers do; Python doesn't.
fn ascii(bytes: &[u8]) -> Result<String, DecodeError> {
    match bytes.iter().position(|byte| !byte.is_ascii()) {
        Some(offset) => Err(DecodeError::Malformed("ASCII".to_owned(), offset)),
        None => Ok(latin_1(bytes)),
    }
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn other(bytes: &[u8], encoding: &'static Encoding) -> Result<String, DecodeError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 3);
    let mut text = String::with_capacity(capacity);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(length, after), read) => {
            let offset = read.saturating_sub(usize::from(length) + usize::from(after));
            Err(DecodeError::Malformed(encoding.name().to_owned(), offset))
        }
        (DecoderResult::OutputFull, read) => Err(DecodeError::Malformed(encoding.name().to_owned(), read)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_names_the_encoding() {
        let cases: [(&[u8], &str); 11] = [
            (b"# -*- coding: latin-1 -*-\n# \xe9", "\u{e9}"),
            (b"#!/bin/sh\n# vim: set fileencoding=iso_8859_1 :\n# \x80", "\u{80}"),
            (b"#!/bin/sh\r\n# coding: koi8_r\r\n# \xc1", "\u{430}"),
            (b"\x0c # coding:cp1252\r# \x80", "\u{20ac}"),
            (b"\n#coding=euc_jp\n# \xa4\xa2", "\u{3042}"),
            (b"# coding: shift_jis\n# \x82\xa0", "\u{3042}"),
            (b"# coding: GBK\n# \xd6\xd0", "\u{4e2d}"),
            (b"# coding: big5\n# \xa4\xa4", "\u{4e2d}"),
            (b"# coding: cp949\n# \xb0\xa1", "\u{ac00}"),
            (b"# coding: utf_8_sig\n# \xc3\xa9", "\u{e9}"),
            (b"x = 1\n# coding: latin-1\n# \xc3\xa9", "\u{e9}"),
        ];
        for (bytes, last) in cases {
            let text = decode(bytes);
            assert!(text.as_ref().is_ok_and(|text| text.ends_with(last)), "{text:?}");
        }
    }

    #[test]
    fn a_third_line_declares_nothing() {
        assert_eq!(decode(b"#\n#\n# coding: nonsense"), Ok("#\n#\n# coding: nonsense".to_owned()));
        assert_eq!(decode(b"#\r\n\r\n# coding: nonsense"), Ok("#\r\n\r\n# coding: nonsense".to_owned()));
    }

    #[test]
    fn a_bom_stays_and_outweighs_a_declaration() {
        assert_eq!(
            decode(b"\xef\xbb\xbf# coding: latin-1\n\xc3\xa9"),
            Ok("\u{feff}# coding: latin-1\n\u{e9}".to_owned())
        );
    }

    #[test]
    fn bad_bytes_are_told_with_their_offset() {
        let malformed = |name: &str, offset| Err(DecodeError::Malformed(name.to_owned(), offset));
        assert_eq!(decode(b"ab\xff"), malformed("UTF-8", 2));
        assert_eq!(decode(b"# coding: ascii\n\xe9"), malformed("ASCII", 16));
        assert_eq!(decode(b"# coding: euc-jp\n\xa4\x20 "), malformed("EUC-JP", 17));
    }

    #[test]
    fn an_encoding_that_is_not_known_is_named() {
        for name in ["rot13", "utf-16", "klingon"] {
            let bytes = format!("# coding: {name}\n");
            assert_eq!(decode(bytes.as_bytes()), Err(DecodeError::Unknown(name.to_owned())));
        }
    }

    #[test]
    fn nul_and_nothing_are_text() {
        assert_eq!(decode(b"a\0b"), Ok("a\0b".to_owned()));
        assert_eq!(decode(b""), Ok(String::new()));
    }
}
