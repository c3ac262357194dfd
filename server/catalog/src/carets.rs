//! Caret comments: assertions about findings, written under the line that they concern.
//!
//! `#   ^^^ id` asserts a finding with exactly the span above the carets, `# <- id` one that starts in column 0, and `# <~4 id`
//! one of four characters that starts where the line does. `!id` asserts the absence. Columns count characters.

use crate::heading::is_id;

/// What a caret comment says of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A finding with exactly this span.
    Exactly {
        /// 0-based column of the first character.
        column: u32,
        /// Width in characters.
        width: u32,
    },
    /// A finding that starts at column 0, of any width: `# <- id`.
    StartsLine,
}

/// One assertion of a caret comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// The concept's id.
    pub concept: String,
    /// `false` for `!concept-id`: no finding of the concept may touch the place.
    pub present: bool,
    /// The 0-based line in the *stripped* text.
    pub line: u32,
    /// The 0-based line of the comment in the text as written.
    pub written_line: u32,
    /// Where.
    pub expected: Expected,
}

/// Take the caret comments out of a fence: the text without them, and what they assert. A malformed caret comment is
/// taken out, too, and given back as its 0-based line with a message.
pub fn strip_carets(text: &str) -> (String, Vec<Assertion>, Vec<(u32, String)>) {
    let (mut stripped, mut assertions, mut malformed) = (String::with_capacity(text.len()), Vec::new(), Vec::new());
    let mut line = 0;
    let mut target = None;
    for (written_line, written) in (0..).zip(text.split_inclusive('\n')) {
        if !is_caret_line(written) {
            if is_code(written) {
                target = Some((line, written));
            }
            stripped.push_str(written);
            line += 1;
            continue;
        }
        match assertions_of(written, target) {
            Ok(found) => assertions.extend(found.into_iter().map(|found| Assertion { written_line, ..found })),
            Err(message) => malformed.push((written_line, message)),
        }
    }
    (stripped, assertions, malformed)
}

/// Whether a line is meant as a caret comment, well-formed or not.
pub(crate) fn is_caret_line(line: &str) -> bool {
    comment(line).is_some_and(|comment| ["^", "<-", "<~"].iter().any(|mark| comment.starts_with(mark)))
}

/// The text of a line that is a comment and nothing else.
fn comment(line: &str) -> Option<&str> {
    Some(line.trim_start().strip_prefix('#')?.trim_start())
}

/// An ordinary comment counts: some findings are comments. Printed output and blank lines don't.
fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("#>")
}

/// What a caret line says about `target`, the nearest code line above: its number in the stripped text, and its text.
fn assertions_of(written: &str, target: Option<(u32, &str)>) -> Result<Vec<Assertion>, String> {
    let comment = comment(written).unwrap_or_default();
    let (mark, ids) = comment.split_once(char::is_whitespace).unwrap_or((comment, ""));
    let Some((line, code)) = target else {
        return Err("a caret comment concerns the code above it, and there is none".to_owned());
    };
    let column = column_of(written, comment);
    let expected = expected(mark, column, column_of(code, code.trim_start()))?;
    let assertion = |word: &str| {
        let concept = word.strip_prefix('!').unwrap_or(word);
        is_id(concept).then(|| Assertion {
            concept: concept.to_owned(),
            present: concept == word,
            line,
            written_line: 0,
            expected: expected.clone(),
        })
    };
    let assertions: Option<Vec<_>> = ids.split_whitespace().map(assertion).collect();
    assertions.filter(|assertions| !assertions.is_empty()).ok_or_else(|| {
        format!("`{mark}` is followed by ids of concepts, such as `{mark} some-concept` or `!some-concept`")
    })
}

/// In characters. `rest` is the end of `line`.
fn column_of(line: &str, rest: &str) -> u32 {
    line[..line.len() - rest.len()].chars().count() as u32
}

fn expected(mark: &str, column: u32, code_column: u32) -> Result<Expected, String> {
    if mark == "<-" {
        return Ok(Expected::StartsLine);
    }
    if mark.chars().all(|c| c == '^') {
        return Ok(Expected::Exactly { column, width: mark.len() as u32 });
    }
    let digits = mark.strip_prefix("<~").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.map(str::parse) {
        Some(Ok(1..)) if code_column > 1 => Err(format!(
            "`{mark}` is for code that starts in column 0 or 1; under column {code_column} there is room for `^`"
        )),
        Some(Ok(width @ 1..)) => Ok(Expected::Exactly { column: code_column, width }),
        _ => Err(format!("`{mark}` marks no place: write `^^^`, `<-` or `<~4`, then a blank")),
    }
}

#[cfg(test)]
mod tests;
