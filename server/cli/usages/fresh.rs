//! Before the index is asked: read what it doesn't know yet.

use pygloss_library::{Library, Options, State};

use super::scope::Scope;
use crate::cli::index::pass::{self, Busy};
use crate::cli::output::Terminal;

/// Bring the folders up to date, and say whether the index knows all of them. What stands in the way is a warning: what is known
/// already still answers.
pub(super) fn refresh(library: &Library, scope: &Scope, terminal: &mut Terminal) -> anyhow::Result<bool> {
    let sources = scope.sources();
    let state = library.state(&sources)?;
    // An edit changes no folder, so a workspace is always looked at.
    if state == State::Complete && matches!(scope, Scope::Libraries(_)) {
        return Ok(true);
    }
    let what = (state == State::Missing).then(|| format!("{}, once", scope.name()));
    let outcome = match pass::run(library, &sources, &Options::default(), Busy::Leave, what.as_deref(), terminal) {
        Ok(outcome) => outcome,
        Err(error) => {
            terminal.warn(format_args!("{error:#}"));
            return Ok(state != State::Missing);
        }
    };
    if !outcome.summary.busy.is_empty() {
        terminal.note("another pygloss is indexing at the moment; this is what is known so far");
    } else if outcome.summary.is_cancelled {
        terminal.note("stopped; this is what is known so far, and `pygloss index` goes on");
    }
    Ok(!outcome.summary.is_cancelled && outcome.summary.busy.is_empty())
}
