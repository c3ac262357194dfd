//! What is scanned, and how it is reported.

use super::Folder;

const SOURCE: &str = "\
class Point:
    __slots__ = ()
    x: int = 0


def check(a, b):
    return a == None or (n := b) is 3
";

#[test]
fn text_shows_place_name_line_and_underline() {
    let folder = Folder::with("src/point.py", SOURCE).and("src/empty.py", "");
    insta::assert_snapshot!(folder.run("scan").out);
}

#[test]
fn text_keeps_tabs_and_pads_wide_characters() {
    let folder = Folder::with("a.py", "if x:\n\ty = '漢字' == None\n");
    insta::assert_snapshot!(folder.run("scan a.py").out);
}

#[test]
fn text_cuts_a_long_line_around_the_finding() {
    let line = format!("x = [{}y == None{}]\n", "1, ".repeat(100), ", 2".repeat(100));
    insta::assert_snapshot!(Folder::with("a.py", line).run("scan").out);
}

#[test]
fn text_shows_no_control_characters() {
    let run = Folder::with("a.py", "x = '\u{1b}[31m\u{7}' == None\n").run("--color always scan a.py");
    assert!(run.out.contains("x = '␛[31m␇' == None"), "{}", run.out);
}

#[test]
fn no_findings_are_said() {
    let folder = Folder::with("a.py", "x = 1\n").and("b.py", "");
    assert_eq!(folder.run("scan").out, "No findings in 2 files.\n");
}

#[test]
fn colour_is_for_screens_and_for_those_who_ask() {
    let folder = Folder::with("a.py", SOURCE);
    assert!(!folder.run("scan").out.contains('\u{1b}'));
    assert!(folder.run("--color always scan").out.contains("\u{1b}["));
    assert!(!folder.run("--color never scan").out.contains('\u{1b}'));
}

#[test]
fn json_has_the_promised_keys_in_order() {
    let run = Folder::with("a.py", "\nx == None\n").run("scan --format jsonl");
    let expected = r#"{"path":"a.py","concept":"eq-none","day":7,"line":2,"column":3,"end_line":2,"end_column":5,"start_byte":3,"end_byte":5}"#;
    assert_eq!(run.out, format!("{expected}\n"));
}

#[test]
fn json_gives_every_finding_and_text_those_for_people() {
    let source = "import weakref\nclass P:\n    __slots__ = ()\ndef f(x) -> int: ...\n";
    let folder = Folder::with("a.py", source);
    let of = |args: &str| folder.run(args).out.matches("pep484-function-annotation").count();
    assert_eq!(of("scan --format jsonl"), 1);
    assert_eq!(of("scan"), 0, "it is everywhere");
    assert_eq!(of("scan --all"), 1);
    assert_eq!(of("scan --concept pep484-function-annotation"), 1, "it was named");
    assert_eq!(of("scan --fail-on pep484-function-annotation"), 1, "the run fails on it");
}

#[test]
fn files_come_in_the_order_of_their_paths() {
    let folder = Folder::new();
    let names = ["b/a.py", "a.py", "b.pyi", "a/z.pyw", "a/b.py"];
    let folder = names.iter().fold(folder, |folder, name| folder.and(name, "x == None\n"));
    let paths = |args: &str| -> Vec<String> {
        folder.run(args).findings().iter().map(|found| found["path"].as_str().unwrap().to_owned()).collect()
    };
    let sorted = ["a.py", "a/b.py", "a/z.pyw", "b.pyi", "b/a.py"];
    assert_eq!(paths("scan --format jsonl"), sorted);
    assert_eq!(paths("scan --format jsonl b ./b.pyi a ./a.py a.py"), sorted, "each once");
}

#[test]
fn folders_are_searched_for_python_that_is_not_ignored() {
    let folder = Folder::with(".gitignore", "build/\nnot_*.py\n")
        .and("a.py", "x == None\n")
        .and("readme.txt", "x == None\n")
        .and("build/b.py", "x == None\n")
        .and("not_me.py", "x == None\n")
        .and(".hidden/c.py", "x == None\n");
    let count = |args: &str| folder.run(args).findings().len();
    assert_eq!(count("scan --format jsonl"), 1);
    assert_eq!(count("scan --format jsonl --no-ignore"), 3);
    assert_eq!(count("scan --format jsonl not_me.py readme.txt"), 2, "named files are always read");
}

#[test]
fn many_files_are_reported_in_order() {
    let names: Vec<_> = (100..300).map(|number| format!("m{number}.py")).collect();
    let folder = names.iter().fold(Folder::new(), |folder, name| folder.and(name, "x == None\n"));
    let found = folder.run("scan --format jsonl").findings();
    let paths: Vec<_> = found.iter().map(|found| found["path"].as_str().unwrap()).collect();
    assert_eq!(paths, names);
}

#[test]
fn standard_input_is_a_file() {
    let run = Folder::new().run_with("scan --format jsonl -", b"x == None\n");
    assert_eq!(run.findings()[0]["path"], "<stdin>");
}

#[test]
fn a_file_called_minus_is_no_standard_input() {
    let folder = Folder::with("-", "x == None\n");
    assert_eq!(folder.run("scan --format jsonl ./-").findings()[0]["path"], "./-");
}
