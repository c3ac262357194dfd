//! Messages on their way in, mended or left out before the framework sees them: it ends the session at the first one
//! that it can't read.
//!
//! Editors whose strings are UTF-16 send half a surrogate pair when an edit splits one (VS Code does, if one emoji
//! replaces another with the same first half). JSON allows that and Rust's strings don't. It becomes U+FFFD, which has
//! the same width in UTF-16, so that the columns of later edits stay right.

use std::io::{Error, ErrorKind, Result};

use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

/// The fields by which a message is told.
#[derive(Deserialize)]
struct Message {
    method: Option<IgnoredAny>,
    id: Option<IgnoredAny>,
}

/// Pass on every message until the input ends, or can't be read.
pub(crate) async fn forward(input: impl AsyncRead + Unpin, mut output: impl AsyncWrite + Unpin) {
    let mut input = BufReader::new(input);
    loop {
        let passed = match read(&mut input).await {
            Ok(body) => pass(body, &mut output).await,
            Err(error) => Err(error),
        };
        match passed {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                tracing::warn!("message left out: {error}");
            }
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return,
            Err(error) => return tracing::error!("the client's messages end: {error}"),
        }
    }
}

async fn read(input: &mut (impl AsyncBufRead + Unpin)) -> Result<Vec<u8>> {
    let length = read_headers(input).await?;
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body).await? as u64;
    if read < length { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(body) }
}

/// Read headers up to the empty line, and give the length of the body.
async fn read_headers(input: &mut (impl AsyncBufRead + Unpin)) -> Result<u64> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let line = String::from_utf8_lossy(&line);
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok();
            }
            None if line.trim_end().is_empty() => return length.ok_or_else(|| invalid("no Content-Length")),
            _ => {}
        }
    }
}

async fn pass(mut body: Vec<u8>, output: &mut (impl AsyncWrite + Unpin)) -> Result<()> {
    mend_surrogates(&mut body);
    let text = str::from_utf8(&body).map_err(invalid)?;
    let message: Message = serde_json::from_str(text).map_err(invalid)?;
    if message.method.is_none() && message.id.is_none() {
        return Err(invalid("neither a request nor an answer"));
    }
    let header = format!("Content-Length: {}\r\n\r\n", body.len());
    output.write_all(header.as_bytes()).await?;
    output.write_all(&body).await
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::InvalidData, error)
}

/// Replace each escaped half of a surrogate pair that lacks the other. Escapes occur in JSON's strings only.
fn mend_surrogates(json: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = json[at..].iter().position(|byte| *byte == b'\\') {
        let escape = at + found;
        at = match (code_unit(json, escape), code_unit(json, escape + 6)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => escape + 12,
            (Some(0xD800..0xE000), _) => {
                json[escape + 2..escape + 6].copy_from_slice(b"fffd");
                escape + 6
            }
            _ => json.len().min(escape + 2),
        };
    }
}

/// The number in `\uXXXX`, if that is what stands there.
fn code_unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(json: &str) -> String {
        let mut bytes = json.as_bytes().to_vec();
        mend_surrogates(&mut bytes);
        String::from_utf8(bytes).expect("ASCII stays ASCII")
    }

    #[test]
    fn half_a_surrogate_pair_becomes_the_replacement_character() {
        assert_eq!(mended(r#""\ud83d""#), r#""\ufffd""#);
        assert_eq!(mended(r#""\uDC0Dx\ud83d\ud83d\udc0d\\""#), r#""\ufffdx\ufffd\ud83d\udc0d\\""#);
    }

    #[test]
    fn other_escapes_stay() {
        for json in [r#""\ud83d\udc0d""#, r#""\\ud83d""#, r#""\u00e9\n\"""#, r#""\u12"#, r#""\"#] {
            assert_eq!(mended(json), json);
        }
    }

    #[tokio::test]
    async fn what_is_no_message_is_left_out() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let bodies = ["{", "[]", "", "{}", "3", good, "\u{1}", good];
        let frames = bodies.map(|body| format!("content-length: {}\r\nX: y\r\n\r\n{body}", body.len()));
        let input = format!("X: no length\r\n\r\n{}Content-Length: 9999\r\n\r\ncut off", frames.concat());
        let mut output = Vec::new();
        forward(input.as_bytes(), &mut output).await;
        let expected = format!("Content-Length: {}\r\n\r\n{good}", good.len()).repeat(2);
        assert_eq!(String::from_utf8(output).expect("text"), expected);
    }
}
