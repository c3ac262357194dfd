//! The layer above pure detection: what was found before a file broke, while it is broken.
//!
//! A half-typed line makes tree-sitter lose constructs far from it. So a document keeps the findings of the last
//! version that was analysed and had no syntax error, and gives them until the file is whole again. Invariants:
//!
//! 1. While the tree has no error, the findings are exactly those of [`detect()`](crate::detect()).
//! 2. While it has errors, they are the fresh ones and each kept one that no edit has touched, moved along with the
//!    edits and marked stale, unless a fresh one holds the same concept at the same span. An edit touches the lines of
//!    the text before it that its range covers, in full; whole lines that are put in or taken out touch no line beside
//!    them. A finding goes when one of its lines or of its roles' lines is touched.
//! 3. A replacement of the whole text forgets everything that was kept.

use std::sync::Arc;

use ropey::Rope;
use rustc_hash::FxHashSet;

use crate::finding::{Finding, Span};
use crate::position::line_end;

/// Findings of the last whole version, where they stand now. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    findings: Arc<Vec<Finding>>,
}

/// A replacement in the text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edit {
    /// Where the replaced text begins.
    pub(crate) start: usize,
    /// Where it ended.
    pub(crate) old_end: usize,
    /// Where the new text ends.
    pub(crate) new_end: usize,
}

impl Kept {
    /// Keep what was found in a version without errors.
    pub(crate) fn new(findings: &[Finding]) -> Self {
        Self { findings: Arc::new(findings.to_vec()) }
    }

    /// Follow an edit: drop what it touches, move what comes after it.
    pub(crate) fn follow(&mut self, edit: Edit, touched: Span) {
        if self.findings.is_empty() {
            return;
        }
        let findings = Arc::make_mut(&mut self.findings);
        findings.retain(|finding| spans(finding).all(|span| !touches(touched, span)));
        for finding in findings {
            move_along(&mut finding.span, edit, touched);
            for role in &mut finding.roles {
                move_along(&mut role.span, edit, touched);
            }
        }
    }

    /// The fresh findings of a broken version together with the kept ones, in the order of `detect`.
    pub(crate) fn merge(&self, mut fresh: Vec<Finding>) -> Vec<Finding> {
        let found: FxHashSet<_> = fresh.iter().map(|finding| (finding.concept, finding.span)).collect();
        let stale = self.findings.iter().filter(|kept| !found.contains(&(kept.concept, kept.span)));
        fresh.extend(stale.map(|kept| Finding { stale: true, ..kept.clone() }));
        fresh.sort_by_key(|finding| (finding.span.start, std::cmp::Reverse(finding.span.end), finding.concept));
        fresh
    }
}

/// What an edit touches, in the text before it: from the start of its first line to the end of its last; only what is
/// replaced if that and the new text are whole lines.
pub(crate) fn touched_lines(before: &Rope, start: usize, end: usize, text: &str) -> Span {
    let (first, last) = (before.byte_to_line(start), before.byte_to_line(end));
    let first_start = before.line_to_byte(first);
    let is_whole_lines = start == first_start
        && end == before.line_to_byte(last)
        && (text.ends_with(['\n', '\r']) || text.is_empty() && end > start);
    let (start, end) = if is_whole_lines { (start, end) } else { (first_start, line_end(before, last)) };
    Span { start: start as u32, end: end as u32 }
}

fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    std::iter::once(finding.span).chain(finding.roles.iter().map(|role| role.span))
}

/// An empty place touches what lies around it, not what begins or ends there.
fn touches(touched: Span, span: Span) -> bool {
    span.start < touched.end && span.end > touched.start
}

fn move_along(span: &mut Span, edit: Edit, touched: Span) {
    if span.start >= touched.end && span.end > touched.start {
        let moved = |offset: u32| (offset as usize + edit.new_end - edit.old_end) as u32;
        *span = Span { start: moved(span.start), end: moved(span.end) };
    }
}

#[cfg(test)]
mod tests {
    use pygloss_catalog::ConceptIndex;

    use super::*;
    use crate::Role;

    const TEXT: &str = "aa\nbb\n\ncc(\n  dd)\nee\n";

    /// A finding on each of these parts, after one edit that puts `text` in the place of `start..end`.
    fn kept_after(start: usize, end: usize, text: &str) -> Vec<(u32, String)> {
        let mut kept = Kept::new(&["aa", "bb", "cc(\n  dd)", "dd", "ee"].map(|part| finding(part, None)));
        kept.follow(Edit { start, old_end: end, new_end: start + text.len() }, touched(start, end, text));
        let mut after = TEXT.to_owned();
        after.replace_range(start..end, text);
        let part = |it: &Finding| after[it.span.start as usize..it.span.end as usize].to_owned();
        kept.findings.iter().map(|it| (it.span.start, part(it))).collect()
    }

    fn touched(start: usize, end: usize, text: &str) -> Span {
        touched_lines(&Rope::from_str(TEXT), start, end, text)
    }

    fn finding(part: &str, role: Option<&str>) -> Finding {
        let role = role.map(|name| Role { name: Arc::from(name), span: span(name), loose: false });
        Finding { span: span(part), concept: ConceptIndex(0), roles: Vec::from_iter(role), stale: false }
    }

    fn span(part: &str) -> Span {
        let start = TEXT.find(part).expect("the part is in the text") as u32;
        Span { start, end: start + part.len() as u32 }
    }

    fn parts(kept: &[(u32, String)]) -> Vec<&str> {
        kept.iter().map(|(_, part)| part.as_str()).collect()
    }

    #[test]
    fn an_edit_drops_its_line_and_moves_what_follows() {
        let kept = kept_after(4, 5, "xyz");
        assert_eq!(parts(&kept), ["aa", "cc(\n  dd)", "dd", "ee"]);
        assert_eq!(kept[1].0, 9);
    }

    #[test]
    fn an_edit_drops_a_construct_of_several_lines_if_it_touches_one() {
        assert_eq!(parts(&kept_after(10, 10, "x")), ["aa", "bb", "dd", "ee"]);
    }

    #[test]
    fn an_edit_over_lines_drops_all_of_them() {
        assert_eq!(parts(&kept_after(1, 5, "")), ["cc(\n  dd)", "dd", "ee"]);
    }

    #[test]
    fn whole_lines_that_are_put_in_touch_no_line_beside_them() {
        for text in ["new\n", "new\r\n", "one\ntwo\n", "\n"] {
            assert_eq!(parts(&kept_after(3, 3, text)), ["aa", "bb", "cc(\n  dd)", "dd", "ee"], "{text:?}");
        }
        assert_eq!(parts(&kept_after(3, 3, "new")), ["aa", "cc(\n  dd)", "dd", "ee"]);
    }

    #[test]
    fn whole_lines_that_are_taken_out_touch_no_line_beside_them() {
        assert_eq!(parts(&kept_after(3, 6, "")), ["aa", "cc(\n  dd)", "dd", "ee"]);
    }

    #[test]
    fn a_whole_line_put_inside_a_construct_touches_it() {
        assert_eq!(parts(&kept_after(11, 11, "x,\n")), ["aa", "bb", "dd", "ee"]);
    }

    #[test]
    fn typing_in_an_empty_line_touches_no_other() {
        assert_eq!(kept_after(6, 6, "x").len(), 5);
        assert_eq!(kept_after(TEXT.len(), TEXT.len(), "x").len(), 5);
    }

    #[test]
    fn a_finding_goes_with_its_roles_and_they_move_with_it() {
        let mut kept = Kept::new(&[finding("aa", Some("bb")), finding("cc", Some("ee"))]);
        kept.follow(Edit { start: 4, old_end: 4, new_end: 5 }, touched(4, 4, "x"));
        let [left] = kept.findings.as_slice() else { panic!("one is left") };
        assert_eq!(left.span, Span { start: 8, end: 10 });
        assert_eq!(left.roles[0].span.start, span("ee").start + 1);
    }

    #[test]
    fn a_kept_finding_is_stale_unless_it_was_found_again() {
        let kept = Kept::new(&[finding("aa", None), finding("ee", None)]);
        let merged = kept.merge(vec![finding("bb", None), finding("ee", None)]);
        let seen: Vec<_> = merged.iter().map(|it| (it.span.start, it.stale)).collect();
        assert_eq!(seen, [(0, true), (3, false), (17, false)]);
    }
}
