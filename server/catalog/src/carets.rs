//! Caret comments: assertions about findings, written under the line that they concern.

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
/// given back as its 0-based line with a message.
pub fn strip_carets(text: &str) -> (String, Vec<Assertion>, Vec<(u32, String)>) {
    let _ = text;
    todo!()
}
