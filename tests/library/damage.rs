//! A broken, foreign or read-only index, and a disk without room: it is told, and there are still answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{content_of, index_in, with_modules};
use crate::cli::Folder;
use crate::cli::libraries::{aged, environment, pygloss};

/// An environment that was indexed, and its index's file.
fn indexed() -> (Folder, PathBuf) {
    let folder = aged(environment());
    assert_eq!(pygloss(&folder, "index").code, Some(0));
    let index = index_in(&folder.path().join("cache"));
    // What is still in the log belongs to the file that is going to be damaged.
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", index.display()));
    }
    (folder, index)
}

fn damage(index: &Path, how: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(index).unwrap();
    how(&mut bytes);
    fs::write(index, bytes).unwrap();
}

#[test]
fn a_damaged_index_is_built_anew() {
    let kinds: [(&str, fn(&mut Vec<u8>)); 5] = [
        ("garbage", |bytes| bytes.fill(0x5a)),
        ("a damaged header", |bytes| bytes[16..100].fill(0xff)),
        ("damaged pages", |bytes| bytes[4096..].fill(0xff)),
        ("half of it", |bytes| bytes.truncate(bytes.len() / 2)),
        ("a few bytes", |bytes| bytes.truncate(50)),
    ];
    for (kind, how) in kinds {
        let (folder, index) = indexed();
        let expected = content_of(&index);
        damage(&index, how);
        let run = pygloss(&folder, "usages yield-from");
        assert_eq!(run.code, Some(0), "{kind}: {}", run.err);
        assert!(run.out.contains("one.tree.Tree.__iter__"), "{kind}: {}\n{}", run.out, run.err);
        let again = pygloss(&folder, "index");
        assert_eq!(again.code, Some(0), "{kind}: {}", again.err);
        assert!(content_of(&index_in(&folder.path().join("cache"))) == expected, "{kind}");
    }
}

#[test]
fn an_index_of_a_later_version_is_left_alone() {
    let (folder, index) = indexed();
    rusqlite::Connection::open(&index).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("its schema is 99") && run.err.contains("in memory"), "{}", run.err);
    assert!(run.out.contains("one.tree.Tree.__iter__"), "{}", run.out);
}

#[test]
fn a_read_only_cache_still_answers() {
    let (folder, _) = indexed();
    let cache = folder.path().join("cache");
    let Some(_mounted) = Mounted::over(&cache, &["--bind", "-o", "ro", cache.to_str().unwrap()]) else { return };
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("one.tree.Tree.__iter__"), "{}\n{}", run.out, run.err);
}

#[test]
fn a_full_disk_is_told_and_what_was_indexed_answers() {
    let folder = aged(with_modules(environment(), 400));
    let cache = folder.path().join("cache");
    fs::create_dir(&cache).unwrap();
    let Some(mounted) = Mounted::over(&cache, &["-t", "tmpfs", "-o", "size=250k", "tmpfs"]) else { return };
    let run = pygloss(&folder, "index");
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(run.err.contains("the disk is full"), "{}", run.err);
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0), "{}", run.err);
    drop(mounted);
    assert_eq!(pygloss(&folder, "index").code, Some(0));
}

/// A file system that is mounted until the test ends.
struct Mounted(PathBuf);

impl Mounted {
    /// Only the administrator may mount: others leave the test out, unless nothing may be left out.
    fn over(folder: &Path, args: &[&str]) -> Option<Self> {
        let output = Command::new("mount").args(args).arg(folder).output();
        if output.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(Self(folder.to_owned()));
        }
        let is_complete = std::env::var_os("PYGLOSS_TESTS_COMPLETE").is_some_and(|it| it == "1");
        assert!(!is_complete, "nothing can be mounted on {}: {output:?}", folder.display());
        println!("skipped: nothing can be mounted on {}", folder.display());
        None
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
