//! A page: front matter, then one `##` section a concept.

/// A Python version such as 3.8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// 3 in 3.8.
    pub major: u8,
    /// 8 in 3.8.
    pub minor: u8,
}

/// The parts of a concept's section.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading's line in `topic.md`, 1-based.
    pub line: u32,
    /// The text before the first fence, in Markdown: the hover.
    pub gloss: String,
    /// What the construct stands for, with `{role}` placeholders; the first whose roles are all captured is shown.
    pub sugar: Vec<String>,
    /// The Python fences, in order, sugar left out.
    pub fences: Vec<Fence>,
    /// The first official link after the gloss.
    pub docs: Option<String>,
}

/// When a fence runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// On every interpreter.
    Always,
    /// On this version and later.
    Since(Version),
    /// Never.
    Never,
}

/// A fence of Python, with its caret comments.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The line of its first line of code in `topic.md`, 1-based.
    pub line: u32,
    /// The text as written, carets included.
    pub text: String,
    /// When it runs.
    pub run: Run,
}
