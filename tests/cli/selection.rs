//! Which findings are reported, and which make a run fail.

use super::Folder;

const SOURCE: &str = "\
if (n := f()) == None:
    g = lambda: n
class P:
    __slots__ = ('a',)
";

fn concepts(args: &str) -> Vec<String> {
    let found = Folder::with("a.py", SOURCE).run(&format!("scan --format jsonl {args}")).findings();
    found.iter().map(|found| found["concept"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn days_and_concepts_add_up() {
    assert_eq!(concepts(""), ["walrus-operator", "eq-none", "pep8-lambda-assignment", "slots-declaration"]);
    assert_eq!(concepts("--topic 17"), ["slots-declaration"]);
    assert_eq!(concepts("--topic slots,7"), ["eq-none", "slots-declaration"]);
    assert_eq!(concepts("--topic 7 --topic 17"), ["eq-none", "slots-declaration"]);
    assert_eq!(concepts("--topic 17 --concept walrus-operator"), ["walrus-operator", "slots-declaration"]);
    assert_eq!(concepts("--concept walrus-operator,eq-none"), ["walrus-operator", "eq-none"]);
}

#[test]
fn pitfalls_narrow_what_is_selected() {
    assert_eq!(concepts("--pitfalls"), ["eq-none", "pep8-lambda-assignment"]);
    assert_eq!(concepts("--pitfalls --topic 7"), ["eq-none"]);
}

#[test]
fn a_run_fails_only_on_what_it_was_asked_to() {
    let folder = Folder::with("a.py", SOURCE);
    let code = |args: &str| folder.run(&format!("scan {args}")).code;
    assert_eq!(code(""), Some(0));
    assert_eq!(code("--fail-on eq-none"), Some(1));
    assert_eq!(code("--fail-on slots-empty"), Some(0));
    assert_eq!(code("--fail-on slots-empty,eq-none"), Some(1));
    assert_eq!(code("--fail-on pitfall"), Some(1));
    assert_eq!(code("--fail-on pitfall --topic 17"), Some(0));
    assert_eq!(code("--fail-on pitfall --format sarif"), Some(1));
}

#[test]
fn an_unknown_concept_is_refused_with_the_nearest() {
    let folder = Folder::with("a.py", SOURCE);
    folder.run("scan --concept walrus-operater").assert_refused("did you mean walrus-operator?");
    folder.run("scan --fail-on eq-nome").assert_refused("did you mean eq-none?");
    folder.run("scan --fail-on zzz").assert_refused("no concept has the id \"zzz\"");
}

#[test]
fn an_unknown_or_unwritten_day_is_refused() {
    let folder = Folder::with("a.py", SOURCE);
    folder.run("scan --topic 71").assert_refused("no day has the number or slug \"71\"");
    folder.run("scan --topic slits").assert_refused("no day has the number or slug \"slits\"");
}
