//! What `explain` says at a place.

use super::Folder;

const SOURCE: &str = "class P:\n    __slots__ = 'ab'\nif (n := f()) == None: pass\n";

#[test]
fn a_place_is_explained() {
    insta::assert_snapshot!(Folder::with("a.py", SOURCE).run("explain a.py:2:17").out);
}

#[test]
fn all_of_a_line_is_explained() {
    insta::assert_snapshot!(Folder::with("a.py", SOURCE).run("explain a.py:3").out);
}

#[test]
fn columns_are_characters_and_a_byte_order_mark_is_none() {
    let folder = Folder::with("a.py", "\u{feff}'ü' == None\n");
    assert!(folder.run("explain a.py:1:5").out.contains("== None"));
    assert!(folder.run("explain a.py:1:4").out.starts_with("Nothing"));
}

#[test]
fn nothing_is_no_failure() {
    let folder = Folder::with("a.py", SOURCE);
    for (place, said) in [("a.py:1:1", "a.py:1:1"), ("a.py:1", "a.py:1"), ("a.py:1:900", "a.py:1:900")] {
        let run = folder.run(&format!("explain {place}"));
        assert_eq!((run.code, run.out), (Some(0), format!("Nothing to explain at {said}\n")));
    }
}

#[test]
fn standard_input_and_paths_with_colons_are_read() {
    let run = Folder::new().run_with("explain -:1:3", b"x == None");
    assert!(run.out.contains("== None"), "{}", run.out);
    #[cfg(unix)]
    assert!(Folder::with("a:b.py", "x == None").run("explain a:b.py:1:3").out.contains("== None"));
}

#[test]
fn a_place_that_is_none_is_refused() {
    let folder = Folder::with("a.py", SOURCE);
    for place in ["a.py", "a.py:0", "a.py:x", "a.py:1:0", "a.py:x:1"] {
        folder.run(&format!("explain {place}")).assert_refused("expected FILE:LINE:COL or FILE:LINE");
    }
    folder.run("explain a.py:4").assert_refused("a.py has 3 lines; there is no line 4");
    folder.run("explain b.py:1").assert_refused("b.py: ");
}
