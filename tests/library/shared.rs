//! Several processes at once: one indexes, the others read and wait for nothing.

use std::fs::File;
use std::process::Stdio;
use std::time::SystemTime;

use super::{content_of, index_in, with_modules};
use crate::cli::libraries::{PACKAGES, aged, command, environment, lock_all, pygloss};

#[test]
fn many_processes_make_one_index() {
    let folder = aged(with_modules(environment(), 60));
    let cache = folder.path().join("cache");
    pygloss(&folder, "index");
    let expected = content_of(&index_in(&cache));
    std::fs::remove_dir_all(&cache).unwrap();
    let start = |args| command(&folder, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let running: Vec<_> =
        ["index", "usages yield-from", "index --threads 2", "usages slots-declaration", "index"].map(start).into();
    for child in running {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("error") && !said.contains("broken"), "{said}");
    }
    assert!(content_of(&index_in(&cache)) == expected);
}

#[test]
fn who_asks_while_another_indexes_is_answered_from_what_is_there() {
    let folder = aged(environment());
    pygloss(&folder, "index");
    // Something is installed, and another process is at it.
    let folder = folder.and(&format!("{PACKAGES}/new.py"), "def new(x):\n    yield from x\n");
    File::open(folder.path().join(PACKAGES)).unwrap().set_modified(SystemTime::now()).unwrap();
    let locks = lock_all(&folder);
    let run = pygloss(&folder, "usages yield-from --limit 50");
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("another pygloss is indexing at the moment"), "{}", run.err);
    assert!(run.out.contains("one.tree.Tree.__iter__") && !run.out.contains("new.py"), "{}", run.out);
    drop(locks);
    assert!(pygloss(&folder, "usages yield-from --limit 50").out.contains("new.py"));
}
