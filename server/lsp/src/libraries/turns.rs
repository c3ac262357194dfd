//! Whose turn it is: which parts of the index wait, which are being indexed, and which stay as they are because their user
//! cancelled that.

use std::time::{Duration, Instant};

use super::Scope;

/// So long a walk over the workspace is good for, where nobody tells of changed files.
const FRESH: Duration = Duration::from_secs(2);

/// Parts of the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) libraries: bool,
    pub(crate) workspace: bool,
}

/// What waits, what is going on, and what isn't to go on.
#[derive(Debug, Default)]
pub(super) struct Turns {
    waiting: Wanted,
    running: Wanted,
    /// Cancelled, and not asked for since.
    stopped: Wanted,
    /// Asked for since the start.
    asked: Wanted,
    /// When the workspace was walked last.
    walked: Option<Instant>,
}

impl Wanted {
    /// All that a scope needs.
    pub(crate) fn of(scope: Scope) -> Self {
        Self { libraries: scope == Scope::Libraries, workspace: scope == Scope::Workspace }
    }

    pub(crate) fn is_nothing(self) -> bool {
        self == Self::default()
    }

    fn has(self, scope: Scope) -> bool {
        match scope {
            Scope::Libraries => self.libraries,
            Scope::Workspace => self.workspace,
        }
    }

    fn and(self, other: Self) -> Self {
        Self { libraries: self.libraries || other.libraries, workspace: self.workspace || other.workspace }
    }

    fn without(self, other: Self) -> Self {
        Self { libraries: self.libraries && !other.libraries, workspace: self.workspace && !other.workspace }
    }
}

impl Turns {
    /// Somebody asks for usages: what these need is brought up to date, though it was cancelled before.
    pub(super) fn ask(&mut self, wanted: Wanted) {
        self.asked = self.asked.and(wanted);
        self.stopped = self.stopped.without(wanted);
        self.waiting = self.waiting.and(wanted);
    }

    /// Something changed: bring it up to date, unless that was cancelled.
    pub(super) fn refresh(&mut self, wanted: Wanted) {
        self.waiting = self.waiting.and(wanted.without(self.stopped));
    }

    /// What waits begins.
    pub(super) fn next(&mut self) -> Wanted {
        self.running = std::mem::take(&mut self.waiting);
        self.running
    }

    /// What was going on has come to its end.
    pub(super) fn end(&mut self) {
        if self.running.workspace {
            self.walked = Some(Instant::now());
        }
        self.running = Wanted::default();
    }

    /// The user has cancelled what was going on, and with it what was asked for until then.
    pub(super) fn stop(&mut self) {
        self.stopped = self.stopped.and(self.running);
        self.waiting = self.waiting.without(self.running);
        self.running = Wanted::default();
    }

    /// What was asked for since the start.
    pub(super) fn asked(&self) -> Wanted {
        self.asked
    }

    /// Whether more usages of a scope may come.
    pub(super) fn is_indexing(&self, scope: Scope) -> bool {
        self.waiting.has(scope) || self.running.has(scope)
    }

    /// Whether the workspace was walked a moment ago.
    pub(super) fn is_fresh(&self) -> bool {
        self.walked.is_some_and(|walked| walked.elapsed() < FRESH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIBRARIES: Wanted = Wanted { libraries: true, workspace: false };
    const WORKSPACE: Wanted = Wanted { libraries: false, workspace: true };
    const NOTHING: Wanted = Wanted { libraries: false, workspace: false };

    #[test]
    fn what_is_asked_for_during_a_pass_is_done_by_the_next() {
        let mut turns = Turns::default();
        turns.ask(LIBRARIES);
        assert_eq!(turns.next(), LIBRARIES);
        turns.ask(LIBRARIES);
        turns.end();
        assert!(turns.is_indexing(Scope::Libraries) && !turns.is_indexing(Scope::Workspace));
        assert_eq!((turns.next(), turns.next()), (LIBRARIES, NOTHING));
    }

    #[test]
    fn a_cancelled_part_waits_for_somebody_to_ask_again() {
        let mut turns = Turns::default();
        turns.ask(LIBRARIES);
        turns.next();
        turns.ask(LIBRARIES);
        turns.ask(WORKSPACE);
        turns.stop();
        turns.refresh(LIBRARIES);
        assert!(!turns.is_indexing(Scope::Libraries), "files that change don't begin it again");
        assert_eq!(turns.next(), WORKSPACE, "the other part goes on");
        turns.ask(LIBRARIES);
        assert_eq!(turns.next(), LIBRARIES);
        turns.end();
        turns.refresh(LIBRARIES);
        assert_eq!(turns.next(), LIBRARIES);
    }

    #[test]
    fn a_walk_over_the_workspace_is_good_for_a_moment() {
        let mut turns = Turns::default();
        turns.ask(LIBRARIES);
        turns.next();
        turns.end();
        assert!(!turns.is_fresh(), "the libraries are none of it");
        turns.ask(WORKSPACE);
        turns.next();
        assert!(!turns.is_fresh());
        turns.end();
        assert!(turns.is_fresh());
    }
}
