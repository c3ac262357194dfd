//! A broken, foreign or read-only index, and a disk without room: it is told, and there are still answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{content_of, index_in, with_modules};
use crate::cli::Folder;
use crate::cli::libraries::{aged, environment, pygloss};
use crate::tools;

/// An environment that was indexed, and its index's file.
fn indexed() -> (Folder, PathBuf) {
    let folder = environment();
    assert_eq!(pygloss(&folder, "index").code, Some(0));
    let index = index_in(&cache(&folder));
    (folder, index)
}

fn cache(folder: &Folder) -> PathBuf {
    folder.path().join("cache")
}

/// What is wrong, and how it comes about.
type Damage = (&'static str, fn(&mut Vec<u8>));

#[test]
fn a_damaged_index_is_built_anew() {
    let kinds: [Damage; 6] = [
        ("garbage", |bytes| bytes.fill(0x5a)),
        ("a damaged header", |bytes| bytes[16..100].fill(0xff)),
        ("damaged pages", |bytes| bytes[4096..].fill(0xff)),
        ("half of it", |bytes| bytes.truncate(bytes.len() / 2)),
        ("a few bytes", |bytes| bytes.truncate(50)),
        ("nothing", Vec::clear),
    ];
    for (kind, damage) in kinds {
        let (folder, index) = indexed();
        let (expected, answer) = (content_of(&index), pygloss(&folder, "usages yield-from").out);
        let mut bytes = fs::read(&index).unwrap();
        damage(&mut bytes);
        fs::write(&index, bytes).unwrap();
        let run = pygloss(&folder, "usages yield-from");
        assert_eq!((run.code, run.out), (Some(0), answer), "{kind}: {}", run.err);
        assert_eq!(pygloss(&folder, "index").code, Some(0), "{kind}");
        assert!(content_of(&index_in(&cache(&folder))) == expected, "{kind}");
        assert!(pygloss(&folder, "index").err.starts_with("note: "), "{kind}: once is enough");
    }
}

#[test]
fn an_index_of_a_later_version_is_left_alone() {
    let (folder, index) = indexed();
    rusqlite::Connection::open(&index).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&index).unwrap();
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("its schema is 99") && run.err.contains("in memory"), "{}", run.err);
    assert!(run.out.contains("one.tree.Tree.__iter__"), "{}", run.out);
    assert!(fs::read(&index).unwrap() == before);
}

#[test]
fn a_cache_folder_that_is_gone_is_made_again() {
    let (folder, index) = indexed();
    let expected = content_of(&index);
    fs::remove_dir_all(cache(&folder)).unwrap();
    let run = pygloss(&folder, "usages yield-from");
    assert!(run.err.starts_with("note: indexing ") && run.out.contains("one.tree.Tree"), "{}{}", run.out, run.err);
    assert!(content_of(&index) == expected);
}

#[test]
fn a_file_in_the_place_of_the_cache_folder_costs_a_warning() {
    for name in ["cache", "cache/index"] {
        let folder = environment().and(name, "a file");
        let run = pygloss(&folder, "usages yield-from");
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.err.contains("can't be made") && run.err.contains("in memory"), "{}", run.err);
        assert!(run.out.contains("one.tree.Tree.__iter__"), "{}", run.out);
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), "a file");
    }
}

#[test]
fn a_read_only_cache_answers_from_what_it_holds() {
    let (folder, _) = indexed();
    let Some(_guard) = ReadOnly::of(&cache(&folder)) else { return };
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("can't be written") && run.err.contains("is used as it is"), "{}", run.err);
    assert!(run.out.contains("one.tree.Tree.__iter__"), "{}", run.out);
    pygloss(&folder, "index").assert_refused("can't be written");
}

#[test]
fn an_index_that_only_its_owner_writes_is_read_by_others() {
    let (folder, index) = indexed();
    let Some(_guard) = ReadOnly::of(&index) else { return };
    let run = pygloss(&folder, "usages yield-from");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("one.tree.Tree.__iter__") && !run.err.contains("in memory"), "{}{}", run.out, run.err);
}

#[test]
fn a_full_disk_is_told_and_what_was_indexed_before_answers() {
    let folder = environment();
    fs::create_dir(cache(&folder)).unwrap();
    let Some(disk) = Mounted::over(&cache(&folder), &["-t", "tmpfs", "-o", "size=300k", "tmpfs"]) else { return };
    assert_eq!(pygloss(&folder, "index").code, Some(0));
    let folder = aged(with_modules(folder, 200));
    pygloss(&folder, "index").assert_refused("the disk is full");
    let still_known = |what: &str| {
        let run = pygloss(&folder, "usages yield-from --package one");
        assert_eq!(run.code, Some(0), "{what}: {}", run.err);
        assert!(run.out.contains("one.tree.Tree.__iter__") && !run.err.contains("in memory"), "{what}: {}", run.err);
    };
    still_known("the log filled it");
    let content = content_of(&index_in(&cache(&folder)));
    assert!(!content.iter().any(|row| row.starts_with("file -") || row.starts_with("posting -")), "whole files only");
    fill(&cache(&folder));
    still_known("something else fills the rest");
    drop(disk);
    assert_eq!(pygloss(&folder, "index").code, Some(0));
}

/// Write until nothing fits any more.
fn fill(disk: &Path) {
    let full = fs::write(disk.join("filler"), vec![0; 1 << 20]).unwrap_err();
    assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
}

/// A file or folder that can't be written until the test ends.
enum ReadOnly {
    /// The administrator writes whatever its mode says.
    Mounted(#[expect(dead_code, reason = "held until the end")] Mounted),
    Mode(PathBuf),
}

impl ReadOnly {
    fn of(path: &Path) -> Option<Self> {
        set_mode(path, "a-w");
        let probe = if path.is_dir() { path.join("probe") } else { path.to_owned() };
        if fs::File::options().append(true).create(true).open(&probe).is_err() {
            return Some(Self::Mode(path.to_owned()));
        }
        Mounted::over(path, &["--bind", "-o", "ro", path.to_str()?]).map(Self::Mounted)
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        if let Self::Mode(path) = self {
            set_mode(path, "u+w");
        }
    }
}

fn set_mode(path: &Path, mode: &str) {
    assert!(Command::new("chmod").args(["-R", mode]).arg(path).status().unwrap().success());
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
        tools::left_out(&format!("nothing can be mounted on {}: {output:?}", folder.display()));
        None
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
