//! The colours, each for one meaning.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

/// What is looked for first: a name, a heading.
pub(crate) const STRONG: Style = Style::new().bold();
/// Stress in running text.
pub(crate) const EMPHASIS: Style = Style::new().italic();
/// What the eye may pass over: gutters, fences, hints.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Code in running text.
pub(crate) const CODE: Style = AnsiColor::Cyan.on_default();
/// Where a link leads.
pub(crate) const LINK: Style = AnsiColor::Blue.on_default().underline();
/// A construct worth knowing.
pub(crate) const CONSTRUCT: Style = AnsiColor::Green.on_default().bold();
/// A trap.
pub(crate) const PITFALL: Style = AnsiColor::Yellow.on_default().bold();
/// What is good to know.
pub(crate) const NOTE: Style = Style::new().bold();
/// What doesn't stop the run.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What does.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// `def`, `yield`, `is not`.
pub(crate) const KEYWORD: Style = AnsiColor::Magenta.on_default();
/// The name that a `def` or `class` gives.
pub(crate) const DEFINITION: Style = AnsiColor::Blue.on_default();
/// A string, without what stands in the braces of an f-string.
pub(crate) const STRING: Style = AnsiColor::Green.on_default();
/// A number, `None`, `True`, `...`.
pub(crate) const LITERAL: Style = AnsiColor::Cyan.on_default();
/// A comment.
pub(crate) const COMMENT: Style = AnsiColor::BrightBlack.on_default();

/// A text in a style, which ends behind it.
pub(crate) fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The style of a concept's underline.
pub(crate) fn of_kind(kind: pygloss_catalog::Kind) -> Style {
    if kind == pygloss_catalog::Kind::Pitfall { PITFALL } else { CONSTRUCT }
}
