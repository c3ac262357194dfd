//! What was found, as text for people and JSON for programs.

use serde::Serialize;

use crate::cli::snippet::visible;
use crate::cli::style::{CONSTRUCT, DIM, STRONG, WARNING, paint};
use crate::cli::wrap::wrap;

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// As it should be.
    Ok,
    /// Neither right nor wrong.
    Note,
    /// It couldn't be found out.
    Unknown,
    /// Something is to be mended.
    Warning,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Check {
    /// The group's heading.
    group: &'static str,
    /// A stable name within the group.
    name: String,
    /// How it is.
    pub(super) status: Status,
    /// What was found, on one line.
    message: String,
    /// What to do, as running text.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
    /// What to write for it, line by line.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'static str>,
}

impl Check {
    /// A check without advice.
    pub(super) fn new(
        group: &'static str,
        name: impl Into<String>,
        status: Status,
        message: impl Into<String>,
    ) -> Self {
        Self { group, name: name.into(), status, message: message.into(), advice: None, example: None }
    }

    /// The same with what to do.
    pub(super) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The same with what to write.
    pub(super) fn example(mut self, example: &'static str) -> Self {
        self.example = Some(example);
        self
    }
}

/// Wide enough for a mark and its distance from the text.
const INDENT: &str = "        ";

/// The checks under their headings, and a sentence that sums up.
pub(super) fn text(checks: &[Check], columns: usize) -> String {
    let mut text = String::new();
    for group in checks.chunk_by(|one, other| one.group == other.group) {
        text.extend(group.first().map(|check| format!("{}\n", paint(STRONG, check.group))));
        text.extend(group.iter().map(|check| lines(check, columns)));
        text.push('\n');
    }
    let wrong = checks.iter().filter(|check| check.status == Status::Warning).count();
    text + &match wrong {
        0 => "Nothing is wrong.\n".to_owned(),
        1 => "1 thing is wrong (warn).\n".to_owned(),
        _ => format!("{wrong} things are wrong (warn).\n"),
    }
}

/// The message stays on one line, since it holds paths that somebody may copy.
fn lines(check: &Check, columns: usize) -> String {
    let (style, mark) = match check.status {
        Status::Ok => (CONSTRUCT, "ok"),
        Status::Note => (DIM, "-"),
        Status::Unknown => (DIM, "?"),
        Status::Warning => (WARNING, "warn"),
    };
    let mut lines = format!("  {}{} {}\n", paint(style, mark), " ".repeat(5 - mark.len()), visible(&check.message));
    if let Some(advice) = &check.advice {
        lines.push_str(&wrap(advice, columns, INDENT, INDENT));
    }
    for line in check.example.into_iter().flat_map(str::lines) {
        lines.extend([format!("{INDENT}  {line}").trim_end(), "\n"]);
    }
    lines
}

#[derive(Serialize)]
struct Report<'a> {
    version: &'static str,
    /// Whether nothing is wrong.
    ok: bool,
    checks: &'a [Check],
}

/// The same as one object.
pub(super) fn json(checks: &[Check]) -> serde_json::Result<String> {
    let ok = checks.iter().all(|check| check.status != Status::Warning);
    let report = Report { version: env!("CARGO_PKG_VERSION"), ok, checks };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}
