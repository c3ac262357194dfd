//! What `pygloss index` says at its end.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::Place;
use super::pass::Outcome;
use crate::cli::figures::{count, grouped, seconds, size};
use crate::cli::snippet::visible;
use crate::cli::style::{DIM, STRONG, paint};

/// What was done, and what there is now.
pub(super) fn text(place: &Place, outcome: &Outcome, index: Option<&Path>) -> String {
    let summary = &outcome.summary;
    let mut text = format!("{} {} (found by {})\n", headline(outcome), visible(&place.name()), place.origin());
    let mut row = |name: &str, said: &str| {
        let _ = writeln!(text, "  {} {}", paint(DIM, format_args!("{name:8}")), visible(said));
    };
    if !summary.is_cancelled || summary.read > 0 {
        row("files", &format!("{}, of {}", grouped(summary.files), place.contents()));
    }
    if summary.read > 0 {
        let (read, bytes, time) = (grouped(summary.read), size(summary.bytes), seconds(outcome.time));
        row("read", &format!("{read} of them, {bytes} in {time}"));
    }
    if summary.removed > 0 {
        row("gone", &count(summary.removed, "file"));
    }
    let left_out = place.notes.len() + summary.problems.len();
    if left_out > 0 {
        row("left out", &format!("{}: see the warnings", grouped(left_out)));
    }
    match index {
        Some(path) => row("index", &format!("{} in {}", size(size_of(path)), path.display())),
        None => row("index", "in memory, gone when this ends"),
    }
    if summary.is_cancelled {
        text.push_str("What was read stays, and usages are found in it; `pygloss index` goes on from here.\n");
    }
    text
}

fn headline(outcome: &Outcome) -> String {
    let summary = &outcome.summary;
    let said = if summary.is_cancelled && !summary.busy.is_empty() {
        "Stopped waiting for another pygloss, which is indexing".to_owned()
    } else if summary.is_cancelled {
        format!("Stopped after {} of {} of", grouped(summary.read), count(outcome.wanted, "file"))
    } else if summary.read == 0 && summary.removed == 0 {
        "Nothing changed in".to_owned()
    } else {
        "Indexed".to_owned()
    };
    paint(STRONG, said)
}

/// Of the index and of what SQLite keeps beside it.
pub(crate) fn size_of(path: &Path) -> u64 {
    let log = path.with_extension("sqlite-wal");
    [path, &log].iter().filter_map(|path| fs::metadata(path).ok()).map(|metadata| metadata.len()).sum()
}
