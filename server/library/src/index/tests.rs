//! Passes over small folders: what is read again, what is forgotten, and what stays the same.

use std::fs;
use std::sync::Arc;

use super::*;
use crate::testbed::{Bench, GLOSSARY, StopAfter, query};
use crate::{Library, State};

const WALK: &str = "def walk(tree):\n    yield from tree\n";
const SLOTS: &str = "class Point:\n    __slots__ = ('x', 'y')\n";

#[test]
fn a_second_pass_reads_only_what_changed() {
    let bench = Bench::new(&[("a.py", WALK), ("b/__init__.py", SLOTS)]);
    let first = bench.index();
    assert_eq!((first.files, first.read, first.removed), (2, 2, 0));
    assert_eq!(bench.index().read, 0);
    bench.write("a.py", SLOTS.replace("Point", "Place").as_str());
    assert_eq!(bench.index().read, 1);
    assert_eq!(bench.usages("yield-from"), Vec::<String>::new());
    assert_eq!(bench.usages("slots-declaration"), ["a.Place", "b.Point"]);
}

#[test]
fn what_is_gone_is_forgotten() {
    let bench = Bench::new(&[("a.py", WALK), ("b.py", SLOTS)]);
    bench.index();
    fs::remove_file(bench.root.path.join("a.py")).unwrap();
    assert_eq!(bench.index().removed, 1);
    assert_eq!(bench.usages("yield-from"), Vec::<String>::new());
}

#[test]
fn an_edit_that_keeps_size_and_time_is_seen_while_the_clock_may_hide_it() {
    let bench = Bench::new(&[]);
    let path = bench.root.path.join("a.py");
    fs::write(&path, WALK).unwrap();
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    bench.index();
    fs::write(&path, WALK.replace("walk", "talk")).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(bench.index().read, 1);
    assert_eq!(bench.usages("yield-from"), ["a.talk"]);
}

#[test]
fn equal_files_are_kept_once_and_shown_once() {
    let bench = Bench::new(&[("a.py", WALK), ("_vendor/a.py", WALK)]);
    bench.index();
    let rows = bench.library.usages(std::slice::from_ref(&bench.root.path), &query("yield-from")).unwrap();
    assert_eq!(rows.total, 1);
    assert_eq!(bench.usages("yield-from"), ["a.walk"], "the copy isn't the one that is shown");
}

#[test]
fn a_pass_that_was_stopped_is_completed_by_the_next() {
    let files: Vec<_> = (0..40).map(|n| (format!("m{n:02}.py"), WALK.replace("walk", &format!("walk_{n}")))).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let bench = Bench::new(&files);
    let sources = [Source::Installed(&bench.root)];
    assert_eq!(bench.library.state(&sources).unwrap(), State::Missing);
    let stopped = bench.pass(2, &StopAfter::files(10));
    assert!(stopped.is_cancelled && stopped.read == 10, "{stopped:?}");
    assert_eq!(bench.usages("yield-from").len(), stopped.read, "what was read is there");
    assert_eq!(bench.library.state(&sources).unwrap(), State::Missing);
    assert_eq!(bench.index().read, 40 - stopped.read);
    assert_eq!(bench.usages("yield-from").len(), 40);
    assert_eq!(bench.library.state(&sources).unwrap(), State::Complete);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let texts = GLOSSARY.catalog.topics().iter().filter_map(|topic| topic.practice.clone());
    let files: Vec<_> = texts
        .enumerate()
        .flat_map(|(n, text)| (0..4).map(move |m| (format!("p{n}/m{m}.py"), format!("{text}\n# {m}\n"))))
        .collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let bench = Bench::new(&files);
    let bytes = |threads: usize| {
        let folder = bench.folder.path().join(format!("cache-{threads}"));
        let library = Library::open(Some(&folder), Arc::clone(&GLOSSARY));
        let options = Options { threads, ..Options::default() };
        library.index(&[Source::Installed(&bench.root)], &options, &StopAfter::never()).unwrap();
        let copy = folder.join("copy");
        let connection = rusqlite::Connection::open(library.path().unwrap()).unwrap();
        connection.execute("VACUUM INTO ?", [copy.to_str().unwrap()]).unwrap();
        fs::read(copy).unwrap()
    };
    let one = bytes(1);
    assert!(one.len() > 10_000);
    assert!(one == bytes(2) && one == bytes(4));
}

#[test]
fn what_cannot_be_read_is_told_once_and_stops_nothing() {
    let bench = Bench::new(&[("a.py", WALK)]);
    fs::write(bench.root.path.join("bad.py"), b"\xff\xfe\x00 = 1").unwrap();
    bench.write("long.py", &"x = 1\n".repeat(400_000));
    let summary = bench.index();
    assert_eq!(summary.read, 3);
    assert_eq!(summary.problems.len(), 2, "{:?}", summary.problems);
    bench.write("bad.py", "x = 1");
    assert!(bench.index().problems.is_empty());
    assert_eq!(bench.usages("yield-from"), ["a.walk"]);
}

#[test]
fn who_does_not_get_the_lock_leaves_the_root_to_the_other() {
    let bench = Bench::new(&[("a.py", WALK)]);
    let store = Store::open(Some(&bench.folder.path().join("cache/index")), GLOSSARY.fingerprint(), &[]);
    let lock = store.lock(&bench.root.path);
    let summary = bench.index();
    assert_eq!((summary.read, summary.busy), (0, vec![bench.root.path.clone()]));
    drop(lock);
    assert_eq!(bench.index().read, 1);
}

#[test]
fn a_root_that_vanished_is_forgotten() {
    let bench = Bench::new(&[("a.py", WALK)]);
    let other = Root::of_folder(bench.root.path.with_file_name("other"));
    fs::create_dir(&other.path).unwrap();
    fs::write(other.path.join("b.py"), SLOTS).unwrap();
    let index = |root: &Root| {
        bench.library.index(&[Source::Installed(root)], &Options::default(), &StopAfter::never()).unwrap()
    };
    index(&other);
    fs::remove_dir_all(&other.path).unwrap();
    index(&bench.root);
    let answer = bench.library.usages(&[other.path], &query("slots-declaration")).unwrap();
    assert_eq!(answer.total, 0);
}
