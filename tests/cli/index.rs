//! `pygloss index`: what is read, what is said of it, and what ends it.

#![cfg(unix)]

use std::fs;
use std::process::Stdio;

use super::libraries::{
    PACKAGES, Running, command, environment, isolated, large_environment, lock_all, package, pygloss, redacted,
};
use super::{Folder, run};
use crate::tools;

#[test]
fn a_second_run_finds_nothing_changed() {
    let folder = environment();
    let first = pygloss(&folder, "index");
    assert_eq!((first.code, first.err.matches("note: indexing ").count()), (Some(0), 1), "{}", first.err);
    insta::assert_snapshot!("index_first", redacted(&folder, &first.out));
    let second = pygloss(&folder, "index");
    assert_eq!(second.code, Some(0));
    insta::assert_snapshot!("index_second", redacted(&folder, &second.out));
}

#[test]
fn what_changed_is_read_again_and_what_is_gone_is_told() {
    let folder = environment();
    pygloss(&folder, "index");
    let folder = package(folder, "four", "__init__.py", "x = 1\n");
    fs::remove_dir_all(folder.path().join(PACKAGES).join("two")).unwrap();
    insta::assert_snapshot!(redacted(&folder, &pygloss(&folder, "index").out));
}

#[test]
fn what_is_left_out_is_warned_of_a_few_times_and_counted() {
    let folder =
        (0..7).fold(environment(), |folder, n| folder.and(&format!("{PACKAGES}/one/bad{n}.py"), b"x = '\xff'"));
    let run = pygloss(&folder, "index");
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err.matches("not valid UTF-8").count(), 5, "{}", run.err);
    assert!(run.err.contains("warning: and 2 more that were left out\n"), "{}", run.err);
    assert!(run.out.contains("left out 7: see the warnings"), "{}", run.out);
}

#[test]
fn a_size_limit_leaves_files_out() {
    let run = pygloss(&environment(), "index --max-size 100B --threads 1");
    assert!(run.err.contains("tree.py: larger than 100 bytes"), "{}", run.err);
}

#[test]
fn an_environment_is_named_by_its_folder_its_interpreter_or_its_packages() {
    let folder = environment().and(".venv/bin/python3", "");
    for path in [".venv", ".venv/bin/python3", PACKAGES, "base"] {
        let run = pygloss(&folder, &format!("index --env {path}"));
        assert_eq!(run.code, Some(0), "{path}: {}", run.err);
        assert!(run.out.contains("(found by --env)"), "{}", run.out);
    }
}

#[test]
fn a_name_that_leads_to_no_environment_is_refused_though_there_is_another() {
    let folder = environment().and("notes/a.txt", "").and("file.txt", "");
    for (path, why) in [
        ("nowhere", "nowhere isn't there (--env)"),
        ("notes", "notes holds no environment of Python (--env)"),
        ("file.txt", "file.txt has no standard library of Python beside it (--env)"),
    ] {
        let run = pygloss(&folder, &format!("index --env {path}"));
        run.assert_refused(why);
        run.assert_refused("--env takes an environment's folder, its interpreter, or a folder of packages");
    }
}

#[test]
fn without_an_environment_it_says_what_it_looked_for_and_what_to_do() {
    let folder = Folder::with("a.py", "");
    let run = pygloss(&folder, "index");
    run.assert_refused("no Python environment found for ");
    insta::assert_snapshot!(redacted(&folder, &run.err));
}

#[test]
fn an_environment_where_nothing_is_installed_is_no_error() {
    let folder = Folder::with(".venv/pyvenv.cfg", "version = 3.11.7\n").and(&format!("{PACKAGES}/readme.txt"), "");
    let run = pygloss(&folder, "index");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("files    0, of an environment without packages"), "{}", run.out);
}

#[test]
fn bad_numbers_are_refused() {
    let folder = Folder::new();
    for args in ["--threads 0", "--threads 257", "--threads x", "--max-size 3XB"] {
        pygloss(&folder, &format!("index {args}")).assert_refused("invalid value");
    }
}

#[test]
fn a_cache_that_cannot_be_made_costs_a_warning() {
    let folder = environment().and("cache", "a file");
    let run = pygloss(&folder, "index");
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("the index is kept in memory until the end"), "{}", run.err);
    assert!(run.out.contains("in memory, gone when this ends"), "{}", run.out);
}

#[test]
fn names_of_folders_steer_no_terminal() {
    let folder = environment();
    fs::rename(folder.path().join(".venv"), folder.path().join("\u{1b}[31mred")).unwrap();
    let run = pygloss(&folder, "--color always index --env \u{1b}[31mred");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("␛[31mred") && !run.out.contains("\u{1b}[31m"), "{}", run.out);
}

#[test]
fn the_first_interrupt_keeps_what_was_read_and_the_next_run_goes_on() {
    let folder = large_environment();
    let running = Running::until_it_says(&folder, "index --threads 1", "indexing ");
    running.interrupt();
    let stopped = running.wait();
    assert_eq!(stopped.code, Some(130), "{}", stopped.out);
    assert!(stopped.out.starts_with("Stopped after "), "{}", stopped.out);
    assert!(stopped.out.contains("`pygloss index` goes on from here.\n"), "{}", stopped.out);
    let rest = pygloss(&folder, "index");
    assert!(rest.code == Some(0) && rest.out.starts_with("Indexed "), "{}", rest.out);
    assert!(pygloss(&folder, "index").out.starts_with("Nothing changed "));
}

#[test]
fn another_process_that_indexes_is_waited_for() {
    let folder = environment();
    pygloss(&folder, "index");
    let folder = folder.and(&format!("{PACKAGES}/one/new.py"), "x = 1\n");
    let locks = lock_all(&folder);
    let running = Running::until_it_says(&folder, "index", "waiting for it");
    drop(locks);
    let run = running.wait();
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("read     1 of them"), "{}", run.out);
}

#[test]
fn an_interrupt_ends_the_wait_for_another_process() {
    let folder = environment();
    pygloss(&folder, "index");
    let _locks = lock_all(&folder);
    let running = Running::until_it_says(&folder, "index", "waiting for it");
    running.interrupt();
    let run = running.wait();
    assert_eq!(run.code, Some(130), "{}", run.err);
    assert!(run.out.starts_with("Stopped waiting for another pygloss"), "{}", run.out);
}

#[test]
fn two_processes_at_once_end_well() {
    let folder = environment();
    let mut first = command(&folder, "index").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let second = pygloss(&folder, "index");
    assert!(first.wait().unwrap().success());
    assert_eq!(second.code, Some(0), "{}", second.err);
    assert!(pygloss(&folder, "index").out.starts_with("Nothing changed "));
}

#[test]
fn a_screen_shows_files_speed_and_time() {
    let folder = large_environment();
    let Some(on_terminal) = tools::on_terminal(&super::program()) else { return };
    let run = run(isolated(&folder, on_terminal, "index --threads 1"), b"");
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.contains(" of 305 files, ") && run.out.contains(" left"), "{}", run.out);
    assert!(!run.out.contains("note: "), "{}", run.out);
}
