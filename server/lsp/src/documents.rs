//! The open files, by URI.
//!
//! A text is followed whatever its size, so that a file that shrinks is analysed again. If applying an edit panics, the
//! text isn't the client's any more: the file is lost until the client sends its whole text or opens it again.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pygloss_analysis::{Change, Document, Encoding, Snapshot};

/// All open Python files. The key is the URI exactly as the client spells it.
pub(crate) struct Documents {
    open: HashMap<String, Entry>,
    /// The size in bytes over which a file is not analysed.
    limit: usize,
}

/// What there is to read of a file.
pub(crate) enum Reading {
    /// Its newest version.
    Ready(Snapshot),
    /// The number of its newest version, which is over the limit.
    TooLarge(i32),
    /// An edit went wrong; the text is not known.
    Lost,
    /// It is not open, or not Python.
    Unknown,
}

enum Entry {
    Synced { document: Document, was_too_large: bool },
    Lost,
}

impl Documents {
    /// None, of a size up to this.
    pub(crate) fn new(limit: usize) -> Self {
        Self { open: HashMap::new(), limit }
    }

    /// Analyse files up to this size from now on; whether it was another before.
    pub(crate) fn set_limit(&mut self, limit: usize) -> bool {
        std::mem::replace(&mut self.limit, limit) != limit
    }

    /// Forget what was found in all files, because other topics are looked for from now on.
    pub(crate) fn forget_findings(&mut self) {
        for entry in self.open.values_mut() {
            if let Entry::Synced { document, .. } = entry {
                document.forget_findings();
            }
        }
    }

    /// Follow a file; whether it is too large, which is to be said once.
    pub(crate) fn open(&mut self, uri: &str, text: &str, version: i32) -> bool {
        let mut entry = guard(uri, version, || Entry::new(text, version)).unwrap_or(Entry::Lost);
        let is_newly_too_large = entry.is_newly_too_large(self.limit);
        self.open.insert(uri.to_owned(), entry);
        is_newly_too_large
    }

    /// Apply an edit to a file that is open; whether it has become too large for the first time.
    pub(crate) fn change(&mut self, uri: &str, changes: &[Change], version: i32, encoding: Encoding) -> bool {
        let Some(entry) = self.open.get_mut(uri) else {
            return false;
        };
        if guard(uri, version, || entry.apply(changes, version, encoding)).is_none() {
            *entry = Entry::Lost;
        }
        entry.is_newly_too_large(self.limit)
    }

    /// Forget a file.
    pub(crate) fn close(&mut self, uri: &str) {
        self.open.remove(uri);
    }

    /// The newest version of every file; none of those that are too large or lost.
    pub(crate) fn all(&self) -> impl Iterator<Item = (String, Option<Snapshot>)> {
        self.open.keys().map(|uri| match self.read(uri) {
            Reading::Ready(snapshot) => (uri.clone(), Some(snapshot)),
            _ => (uri.clone(), None),
        })
    }

    /// Let a file be analysed anew, if it is open.
    pub(crate) fn renew(&mut self, uri: &str) {
        if let Some(Entry::Synced { document, .. }) = self.open.get_mut(uri) {
            document.renew();
        }
    }

    /// Whether some files are too large together. One whose text isn't known counts nothing.
    pub(crate) fn are_too_large<'u>(&self, uris: impl Iterator<Item = &'u str>) -> bool {
        let size = uris.filter_map(|uri| match self.open.get(uri)? {
            Entry::Synced { document, .. } => Some(document.len_bytes()),
            Entry::Lost => None,
        });
        size.sum::<usize>() > self.limit
    }

    /// What there is to read of a file.
    pub(crate) fn read(&self, uri: &str) -> Reading {
        match self.open.get(uri) {
            Some(Entry::Synced { document, .. }) if document.len_bytes() > self.limit => {
                Reading::TooLarge(document.version())
            }
            Some(Entry::Synced { document, .. }) => Reading::Ready(document.snapshot()),
            Some(Entry::Lost) => Reading::Lost,
            None => Reading::Unknown,
        }
    }
}

impl Entry {
    fn new(text: &str, version: i32) -> Self {
        Self::Synced { document: Document::new(text, version), was_too_large: false }
    }

    fn apply(&mut self, changes: &[Change], version: i32, encoding: Encoding) {
        match self {
            Self::Synced { document, .. } => document.apply(changes, version, encoding),
            Self::Lost => self.find_again(changes, version, encoding),
        }
    }

    fn find_again(&mut self, changes: &[Change], version: i32, encoding: Encoding) {
        if let Some(whole) = changes.iter().rposition(|change| change.range.is_none()) {
            *self = Self::new(&changes[whole].text, version);
            self.apply(&changes[whole + 1..], version, encoding);
        }
    }

    fn is_newly_too_large(&mut self, limit: usize) -> bool {
        match self {
            Self::Synced { document, was_too_large } if document.len_bytes() > limit => {
                !std::mem::replace(was_too_large, true)
            }
            _ => false,
        }
    }
}

/// What an update gives, or `None` if it panics: then the file is lost, and the session goes on.
fn guard<T>(uri: &str, version: i32, update: impl FnOnce() -> T) -> Option<T> {
    let updated = catch_unwind(AssertUnwindSafe(update));
    if updated.is_err() {
        tracing::error!("the update to version {version} of {uri} panicked; the file is lost until it is sent in full");
    }
    updated.ok()
}

#[cfg(test)]
mod tests {
    use pygloss_analysis::Position;

    use super::*;

    const URI: &str = "untitled:1";
    const LIMIT: usize = 100;

    fn whole(text: &str) -> Change {
        Change { range: None, text: text.to_owned() }
    }

    fn insert(text: &str) -> Change {
        let start = Position { line: 0, column: 0 };
        Change { range: Some((start, start)), text: text.to_owned() }
    }

    fn version_and_end(documents: &Documents) -> Option<(i32, u32)> {
        let Reading::Ready(snapshot) = documents.read(URI) else {
            return None;
        };
        let far = Position { line: u32::MAX, column: 0 };
        Some((snapshot.version(), snapshot.byte(far, Encoding::Utf8)))
    }

    #[test]
    fn a_lost_file_is_found_with_its_next_full_text() {
        let mut documents = Documents::new(LIMIT);
        documents.open.insert(URI.to_owned(), Entry::Lost);
        documents.change(URI, &[insert("x")], 2, Encoding::Utf8);
        assert!(matches!(documents.read(URI), Reading::Lost));
        documents.change(URI, &[insert("x"), whole("abc"), insert("x")], 3, Encoding::Utf8);
        assert_eq!(version_and_end(&documents), Some((3, 4)));
    }

    #[test]
    fn a_lost_file_is_found_when_it_is_opened_again() {
        let mut documents = Documents::new(LIMIT);
        documents.open.insert(URI.to_owned(), Entry::Lost);
        documents.open(URI, "abc", 1);
        assert_eq!(version_and_end(&documents), Some((1, 3)));
    }

    #[test]
    fn a_file_that_is_too_large_is_told_once_and_recovers() {
        let mut documents = Documents::new(LIMIT);
        assert!(documents.open(URI, &"x".repeat(LIMIT + 1), 1));
        assert!(matches!(documents.read(URI), Reading::TooLarge(1)));
        assert!(!documents.change(URI, &[insert("y")], 2, Encoding::Utf16));
        assert!(!documents.change(URI, &[whole("abc")], 3, Encoding::Utf16));
        assert_eq!(version_and_end(&documents), Some((3, 3)));
        assert!(!documents.change(URI, &[whole(&"x".repeat(LIMIT + 1))], 4, Encoding::Utf16));
    }

    #[test]
    fn a_panic_in_an_update_ends_nothing_else() {
        assert_eq!(guard(URI, 1, || panic!("as the test wants it")), None::<()>);
        assert_eq!(guard(URI, 1, || 1), Some(1));
    }

    #[test]
    fn an_edit_of_a_file_that_is_not_open_opens_none() {
        let mut documents = Documents::new(LIMIT);
        assert!(!documents.change(URI, &[whole("abc")], 2, Encoding::Utf8));
        assert!(matches!(documents.read(URI), Reading::Unknown));
    }
}
