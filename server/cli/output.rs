//! The only place that prints. A [`Terminal`] is handed to every subcommand: text goes to it with its colours, which it
//! takes out where nobody wants them.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};

use anstream::{AutoStream, ColorChoice};

use super::snippet::visible;
use super::style::{ERROR, NOTE, WARNING, paint};

/// The width of what is laid out for nobody's screen in particular.
const USUAL_WIDTH: usize = 80;

/// Standard output and standard error.
pub(crate) struct Terminal {
    out: BufWriter<AutoStream<Stdout>>,
    err: AutoStream<Stderr>,
    /// Columns of the screen, if standard output is one.
    screen: Option<usize>,
    has_color: bool,
}

impl Terminal {
    /// Open both streams. Neither is locked, since the language server writes to standard output too.
    pub(crate) fn new(color: ColorChoice) -> Self {
        let out = AutoStream::new(io::stdout(), color);
        Self {
            has_color: !matches!(out.current_choice(), ColorChoice::Never),
            screen: io::stdout().is_terminal().then(screen_width),
            out: BufWriter::new(out),
            err: AutoStream::new(io::stderr(), color),
        }
    }

    /// Print as it is; the text brings its own line ends.
    pub(crate) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Hand over what is buffered, so that a reader sees it now.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Say on standard error what is wrong but stops nothing. A closed standard error stops nothing either.
    pub(crate) fn warn(&mut self, message: impl Display) {
        let message = visible(&message.to_string());
        let _ = writeln!(self.err, "{} {message}", paint(WARNING, "warning:"));
    }

    /// Say on standard error what goes on, or why an answer is as it is.
    pub(crate) fn note(&mut self, message: impl Display) {
        let _ = self.out.flush();
        let message = visible(&message.to_string());
        let _ = writeln!(self.err, "{} {message}", paint(NOTE, "note:"));
    }

    /// Say on standard error what ended the run, with its causes.
    pub(crate) fn error(&mut self, error: &anyhow::Error) {
        let _ = self.out.flush();
        let lines: Vec<_> = format!("{error:#}").lines().map(visible).collect();
        let _ = writeln!(self.err, "{} {}", paint(ERROR, "error:"), lines.join("\n"));
    }

    /// Whether a person looks at standard output, so that text is laid out for the screen.
    pub(crate) fn is_screen(&self) -> bool {
        self.screen.is_some()
    }

    /// Whether a person looks at standard output and types into standard input, so that an editor can run here.
    pub(crate) fn is_interactive(&self) -> bool {
        let is_dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
        self.is_screen() && io::stdin().is_terminal() && !is_dumb
    }

    /// Whether colours of standard output are seen.
    pub(crate) fn has_color(&self) -> bool {
        self.has_color
    }

    /// Columns for running text: as many as are comfortable to read.
    pub(crate) fn text_width(&self) -> usize {
        self.screen.unwrap_or(USUAL_WIDTH).min(USUAL_WIDTH)
    }

    /// Columns of the screen, or `otherwise` where there is none.
    pub(crate) fn width_or(&self, otherwise: usize) -> usize {
        self.screen.unwrap_or(otherwise)
    }
}

/// A program that reads the screen may say that it has no width; layout needs some room in any case.
fn screen_width() -> usize {
    let width = terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0));
    if width == 0 { USUAL_WIDTH } else { width.max(20) }
}
