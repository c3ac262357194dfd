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
/// What doesn't stop the run.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What does.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// A text in a style, which ends behind it.
pub(crate) fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The style of a concept's underline.
pub(crate) fn of_kind(kind: pygloss_catalog::Kind) -> Style {
    if kind == pygloss_catalog::Kind::Pitfall { PITFALL } else { CONSTRUCT }
}
