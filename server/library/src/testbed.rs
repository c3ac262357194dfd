//! Folders of modules to test on, each with an index of its own.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use pygloss_analysis::Glossary;
use pygloss_catalog::{ConceptIndex, Folder};
use tempfile::TempDir;

use crate::environment::Root;
use crate::{Answer, Library, Options, Progress, Query, Source, Summary, Usage, Watcher};

pub(crate) static GLOSSARY: LazyLock<Arc<Glossary>> =
    LazyLock::new(|| Arc::new(Glossary::load(&[Folder::built_in()]).0));

/// Nobody looks, nobody stops it; or it is stopped after so many files.
pub(crate) struct StopAfter(usize, AtomicUsize);

impl StopAfter {
    pub(crate) fn files(count: usize) -> Self {
        Self(count, AtomicUsize::new(0))
    }

    pub(crate) fn never() -> Self {
        Self::files(usize::MAX)
    }
}

impl Watcher for StopAfter {
    fn advanced(&self, progress: Progress) {
        self.1.store(progress.files, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        self.1.load(Ordering::Relaxed) >= self.0
    }
}

/// A folder of modules and an index, both thrown away at the end.
pub(crate) struct Bench {
    pub(crate) folder: TempDir,
    pub(crate) root: Root,
    pub(crate) library: Library,
}

impl Bench {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().canonicalize().unwrap().join("lib");
        fs::create_dir(&path).unwrap();
        let library = Library::open(Some(&folder.path().join("cache")), Arc::clone(&GLOSSARY));
        assert_eq!(library.notice(), None);
        let bench = Self { root: Root::of_folder(path), folder, library };
        for (name, text) in files {
            bench.write(name, text);
        }
        bench
    }

    /// Write a file as if it had been there for a while, so that its time of change tells something.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.root.path.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(3600);
        fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    }

    pub(crate) fn index(&self) -> Summary {
        self.pass(1, &StopAfter::never())
    }

    pub(crate) fn pass(&self, threads: usize, watcher: &StopAfter) -> Summary {
        let options = Options { threads, ..Options::default() };
        self.library.index(&[Source::Installed(&self.root)], &options, watcher).unwrap()
    }

    /// `module.block` of all usages of a concept, in their order.
    pub(crate) fn usages(&self, concept: &str) -> Vec<String> {
        let answer = self.ask(&query(concept));
        let count = self.library.count(std::slice::from_ref(&self.root.path), concept_of(concept)).unwrap();
        assert_eq!(answer.total, count);
        answer.usages.iter().map(Usage::symbol).collect()
    }

    pub(crate) fn ask(&self, query: &Query) -> Answer {
        self.library.usages(std::slice::from_ref(&self.root.path), query).unwrap()
    }
}

pub(crate) fn concept_of(id: &str) -> ConceptIndex {
    GLOSSARY.catalog.find(id).unwrap()
}

pub(crate) fn query(concept: &str) -> Query {
    Query::of(vec![concept_of(concept)], 100)
}
