//! Input that nobody wants: it costs a warning at most, and the other files are still scanned.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::{Folder, Run};

/// Scan beside a good file: what was said on standard error, once the good one was found to be reported.
fn warnings(name: &str, content: impl AsRef<[u8]>, args: &str) -> String {
    let run = Folder::with(name, content).and("zz.py", "x == None\n").run(&format!("scan {args}"));
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("zz.py:1:3: "), "{}", run.out);
    run.err
}

#[test]
fn bytes_of_no_encoding_are_a_warning() {
    assert_eq!(warnings("a.py", b"x = '\xff'\n", ""), "warning: a.py: not valid UTF-8 at byte 5\n");
    assert_eq!(warnings("a.py", "# coding: klingon\n", ""), "warning: a.py: unknown encoding \"klingon\"\n");
}

#[test]
fn a_large_file_is_a_warning() {
    assert_eq!(warnings("a.py", "#".repeat(1001), "--max-size 1KB"), "warning: a.py: larger than 1 KB; not analysed\n");
    assert_eq!(warnings("a.py", "#".repeat(1000), "--max-size 1KB"), "");
}

#[test]
fn a_line_of_ten_megabytes_is_a_warning() {
    let warning = warnings("a.py", format!("x = [{}]", "1,".repeat(5_000_000)), "");
    assert_eq!(warning, "warning: a.py: larger than 2 MB; not analysed\n");
}

#[test]
fn a_notebook_is_not_read_as_python() {
    let warning = warnings("n.ipynb", "{\"cells\": [], \"x\": 1 is 1}", "n.ipynb zz.py");
    assert!(warning.starts_with("warning: n.ipynb: is a notebook"), "{warning}");
    assert_eq!(warnings("n.ipynb", "{}", "."), "", "a folder's notebooks are no Python files");
}

#[test]
fn a_size_is_a_number_with_a_unit() {
    let folder = Folder::with("a.py", "");
    for size in ["1", "1b", "500KB", "1MiB", "1GB"] {
        assert_eq!(folder.run(&format!("scan --max-size {size}")).code, Some(0), "{size}");
    }
    for size in ["x", "1XB", "-1", "1.5MB", "2GB", "99999999999999999999"] {
        folder.run(&format!("scan --max-size={size}")).assert_refused("invalid value");
    }
}

#[test]
fn a_missing_file_is_a_warning_beside_others_and_an_error_alone() {
    let folder = Folder::with("a.py", "x == None\n");
    let run = folder.run("scan a.py nowhere.py");
    assert_eq!(run.code, Some(0));
    assert!(run.err.starts_with("warning: nowhere.py: "), "{}", run.err);
    folder.run("scan nowhere.py").assert_refused("nothing could be read: see the warnings");
}

#[test]
fn a_folder_without_python_is_refused() {
    let run = Folder::with("a.txt", "").run("scan");
    run.assert_refused("no .py, .pyi or .pyw file in .");
    assert_eq!(run.out, "");
}

#[test]
fn broken_syntax_and_python_2_are_survived() {
    for source in
        ["def f(:\n  x ==\n", "class\n", "'''", "print 'x'\nexec code in {}\nraise E, 'x'\n`x` <> 0777L\n", "\0\0"]
    {
        assert_eq!(warnings("a.py", source, ""), "", "{source}");
    }
}

#[test]
fn a_hundred_thousand_brackets_are_survived() {
    for bracket in ["(", "[", "{", "lambda: ", "not ", "-", "x if y else "] {
        assert_eq!(warnings("a.py", bracket.repeat(100_000), ""), "", "{bracket}");
    }
    let closed = "(".repeat(100_000) + &")".repeat(100_000);
    assert_eq!(warnings("a.py", closed, ""), "");
}

#[cfg(unix)]
#[test]
fn links_in_folders_are_not_followed_and_loops_end() {
    let folder = Folder::with("src/a.py", "x == None\n");
    std::os::unix::fs::symlink("..", folder.path().join("src/up")).unwrap();
    std::os::unix::fs::symlink("a.py", folder.path().join("src/b.py")).unwrap();
    assert_eq!(folder.run("scan --format jsonl").findings().len(), 1);
    assert_eq!(folder.run("scan --format jsonl src/b.py").findings().len(), 1, "it was named");
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_no_text_is_survived() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let name = std::ffi::OsStr::from_bytes(b"\xff\x1b.py");
    std::fs::write(folder.path().join(name), "x == None\n").unwrap();
    for format in ["text", "jsonl", "sarif"] {
        let run = folder.run(&format!("scan --format {format}"));
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(!run.out.contains('\u{1b}'), "{}", run.out);
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let folder =
        (0..100).fold(Folder::new(), |folder, number| folder.and(&format!("{number}.py"), "x == None\n".repeat(100)));
    let mut command = folder.command();
    command.arg("scan").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    let run = Run { code: output.status.code(), out: first, err: String::from_utf8(output.stderr).unwrap() };
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}
