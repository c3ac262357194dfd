//! Several processes at once: one indexes, the others read and wait for nothing.

use std::fs::{self, File};
use std::process::Stdio;
use std::thread;
use std::time::SystemTime;

use super::{content_of, file_count, index_in, sizes, with_modules};
use crate::cli::libraries::{PACKAGES, Running, aged, command, environment, large_environment, lock_all, pygloss};

const BUSY: &str = "note: another pygloss is indexing at the moment; this is what is known so far\n";

#[test]
fn many_processes_make_one_index() {
    let folder = aged(with_modules(environment(), 60));
    let cache = folder.path().join("cache");
    pygloss(&folder, "index");
    let expected = content_of(&index_in(&cache));
    fs::remove_dir_all(&cache).unwrap();
    let start = |args| command(&folder, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let all = ["index", "usages yield-from", "index --threads 2", "usages slots-declaration", "index"].map(start);
    for child in all {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("error") && !said.contains("warning"), "{said}");
    }
    assert!(content_of(&index_in(&cache)) == expected);
}

#[test]
fn who_asks_while_another_indexes_is_answered_from_what_is_there() {
    let folder = environment();
    pygloss(&folder, "index");
    // Something is installed, and another process is at it.
    let folder = folder.and(&format!("{PACKAGES}/new.py"), "def new(x):\n    yield from x\n");
    File::open(folder.path().join(PACKAGES)).unwrap().set_modified(SystemTime::now()).unwrap();
    let locks = lock_all(&folder);
    let start =
        || command(&folder, "usages yield-from --limit 50").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    for child in [start(), start(), start()] {
        let output = child.unwrap().wait_with_output().unwrap();
        let (said, shown) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
        assert_eq!((output.status.code(), said.as_ref()), (Some(0), BUSY));
        assert!(shown.contains("one.tree.Tree.__iter__") && !shown.contains("new.py"), "{shown}");
    }
    drop(locks);
    assert!(pygloss(&folder, "usages yield-from --limit 50").out.contains("new.py"));
}

#[test]
fn who_asks_before_anything_is_known_does_not_wait_either() {
    let folder = environment();
    pygloss(&folder, "index");
    let _locks = lock_all(&folder);
    for (path, _) in sizes(&folder.path().join("cache")) {
        fs::remove_file(path).unwrap();
    }
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.ends_with(BUSY), "{}", run.err);
    assert!(run.out.contains("The index isn't whole yet"), "{}", run.out);
    let run = pygloss(&folder, "usages yield-from --format jsonl");
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
}

#[test]
fn a_pass_disturbs_no_question_and_no_question_the_pass() {
    let folder = large_environment();
    let cache = folder.path().join("cache");
    let indexing = Running::until_it_says(&folder, "index --threads 1", "indexing ");
    // It has the right to index all folders when it writes the first file.
    while file_count(&cache) == 0 {
        thread::yield_now();
    }
    let known = [(); 3].map(|()| pygloss(&folder, "usages yield-from --format jsonl --limit 300"));
    indexing.interrupt();
    let indexing = indexing.wait();
    assert_eq!(indexing.code, Some(130), "it was at it all the time: {}{}", indexing.out, indexing.err);
    for run in &known {
        assert_eq!((run.code, run.err.ends_with(BUSY)), (Some(0), true), "{}", run.err);
    }
    let counts = known.map(|run| run.out.lines().count());
    assert!(counts[0] > 0 && counts.is_sorted(), "what is known gets more: {counts:?}");
}
