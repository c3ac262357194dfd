//! What a newcomer sees first.

use super::Folder;

#[test]
fn the_sample_is_annotated() {
    let run = Folder::new().run("try");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    insta::assert_snapshot!(run.out);
}

#[test]
fn a_file_of_ones_own_is_annotated() {
    let run = Folder::new().run_with("try -", b"def f(x) -> int:\n\treturn not x is None\n");
    insta::assert_snapshot!(run.out);
}

#[test]
fn an_empty_file_has_one_empty_line() {
    assert!(Folder::new().run_with("try -", b"").out.starts_with("1 │\n\nRead on:"));
}
