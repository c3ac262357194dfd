//! What is wrong with a topic, and where.

use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The check fails.
    Error,
    /// Worth a look; the check passes.
    Warning,
}

/// Something wrong in a topic folder, in terms of the author's own files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as the author would open it: the folder's own path joined with the file's.
    pub path: String,
    /// 1-based; 0 if the problem concerns the file as a whole.
    pub line: u32,
    /// 1-based, in characters; 0 if the problem concerns the whole line.
    pub column: u32,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what was expected, in one sentence without a full stop.
    pub message: String,
}

impl Problem {
    /// An error at a place. `line` and `column` are 1-based, 0 meaning "the whole of it".
    pub fn error(path: &str, line: u32, column: u32, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, column, severity: Severity::Error, message: message.into() }
    }

    /// A warning at a place. `line` and `column` are 1-based, 0 meaning "the whole of it".
    pub fn warning(path: &str, line: u32, column: u32, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, line, column, message) }
    }
}

impl fmt::Display for Problem {
    /// `path:line:column: error: message`, the form that editors and terminals make clickable.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        for number in [self.line, self.column].into_iter().take_while(|number| *number > 0) {
            write!(f, ":{number}")?;
        }
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, ": {severity}: {}", self.message)
    }
}
