//! Fences of Python: what the words behind `python` ask for.

/// A Python version such as 3.8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// 3 in 3.8.
    pub major: u8,
    /// 8 in 3.8.
    pub minor: u8,
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

/// Another way to write a construct, as a template: `{role}` stands for a part of the construct in the reader's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Longhand {
    /// The last line has no line end.
    pub template: String,
    /// What it is to the construct.
    pub kind: LonghandKind,
}

/// What a longhand is to the construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LonghandKind {
    /// What the construct stands for: it does the same.
    Sugar,
    /// What to write in its place: it does what was meant.
    Mend,
}

/// What a fence of Python is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// An example.
    Example(Run),
    /// Another way to write a construct.
    Longhand(LonghandKind),
}

/// Read the words behind the backticks: `None` for another language. The error is a message for the author.
pub(crate) fn purpose(info: &str) -> Result<Option<Purpose>, String> {
    let mut words = info.split_whitespace();
    match words.next() {
        Some("python") => {}
        Some(word) if word.to_ascii_lowercase().starts_with("python") => {
            return Err(format!("unknown language `{word}`: write `python`, then a blank before other words"));
        }
        _ => return Ok(None),
    }
    match (words.next(), words.next()) {
        (None, _) => Ok(Some(Purpose::Example(Run::Always))),
        (Some(word), None) => purpose_of(word).map(Some),
        (Some(_), Some(_)) => Err("`python` is followed by one word at most".to_owned()),
    }
}

fn purpose_of(word: &str) -> Result<Purpose, String> {
    match word.split_once('=') {
        None if word == "sugar" => Ok(Purpose::Longhand(LonghandKind::Sugar)),
        None if word == "mend" => Ok(Purpose::Longhand(LonghandKind::Mend)),
        None if word == "no-run" => Ok(Purpose::Example(Run::Never)),
        Some(("since", version)) => match Version::parse(version) {
            Some(version) => Ok(Purpose::Example(Run::Since(version))),
            None => Err(format!("`{word}` names no version: write `since=3.12`")),
        },
        _ => Err(format!("unknown word `{word}` behind `python`: expected `sugar`, `mend`, `no-run` or `since=3.12`")),
    }
}

impl Version {
    /// Read `3.8`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?;
        Some(Self { major: number(major)?, minor: number(minor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_behind_python_say_what_a_fence_is_for() {
        let since = Run::Since(Version { major: 3, minor: 12 });
        let cases = [
            ("", None),
            ("text", None),
            ("pycon", None),
            ("python", Some(Purpose::Example(Run::Always))),
            ("  python   no-run ", Some(Purpose::Example(Run::Never))),
            ("python since=3.12", Some(Purpose::Example(since))),
            ("python sugar", Some(Purpose::Longhand(LonghandKind::Sugar))),
            ("python mend", Some(Purpose::Longhand(LonghandKind::Mend))),
        ];
        for (info, expected) in cases {
            assert_eq!(purpose(info), Ok(expected), "{info}");
        }
    }

    #[test]
    fn unknown_words_are_errors() {
        for info in [
            "python norun",
            "python since",
            "python since=3",
            "python since=3.+8",
            "python since=3.999",
            "python sugar no-run",
            "python sugar=1",
            "python,no-run",
            "Python",
            "python3",
        ] {
            assert!(purpose(info).is_err(), "{info}");
        }
    }
}
