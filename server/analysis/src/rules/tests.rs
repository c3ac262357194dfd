//! The rule language: its errors, its leniency, and every predicate's documented example.

use std::collections::BTreeMap;

use pygloss_catalog::{Catalog, Folder, strip_carets};

use super::predicates;
use crate::check::check_rules;
use crate::{Finding, Glossary, find};

/// A topic of one concept, `example`, with a page that holds some fences and a rule file.
pub(super) fn glossary(page_body: &str, rules: &str) -> (Glossary, Vec<String>) {
    let syllabus =
        "[[phase]]\nnumber = 1\ntitle = \"One\"\n\n[[day]]\nnumber = 1\nphase = 1\nslug = \"one\"\ntitle = \"One\"\n";
    let page = format!(
        "---\nrelated: []\ndocs: []\n---\n\nIntroduction.\n\n## Example {{#example}}\n\nA gloss.\n\n{page_body}\n"
    );
    let files = [("syllabus.toml", syllabus), ("01-one/topic.md", &page), ("01-one/detect.scm", rules)];
    let files: BTreeMap<String, String> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let (catalog, problems) = Catalog::load(&[Folder { path: "t".to_owned(), from_user: false, files }]);
    assert!(problems.is_empty(), "{problems:?}");
    let (glossary, problems) = Glossary::new(catalog);
    (glossary, problems.iter().map(ToString::to_string).collect())
}

fn found<'t>(rules: &str, text: &'t str) -> Vec<&'t str> {
    let (glossary, problems) = glossary("", rules);
    assert!(problems.is_empty(), "{problems:?}");
    find(text, &glossary).iter().map(|finding| finding.span.of(text)).collect()
}

#[test]
fn malformed_rules_are_errors_with_a_place_and_what_was_expected() {
    let cases = [
        ("(yield (_) @example", "1:20", "expected `)`; the file ends"),
        ("\n  (yeld) @example", "2:3", "unknown node kind `yeld`"),
        ("(assignment lft: (_) @example)", "1:13", "unknown field `lft`"),
        ("(yield) @exmple", "1:9", "no page has a section `{#exmple}`"),
        ("(yield)", "1:1", "expected a capture that names a concept"),
        ("(list (_)* @example)", "1:10", "expected no `*` or `+`"),
        ("\"yeld\" @example", "1:1", "unknown token \"yeld\""),
        (
            "((identifier) @example (#resolve? @example \"a.b\"))",
            "1:25",
            "unknown predicate `#resolve?`; is `#resolves?` meant?",
        ),
        ("((identifier) @example (#eq? @exampel \"a\"))", "1:30", "the rule captures no `@exampel`"),
        ("((identifier) @example (#eq? \"a\" \"b\"))", "1:30", "expected `@capture`"),
        ("((identifier) @example (#eq? @example))", "1:24", "expected (#eq? @capture @capture|\"text\")"),
        ("((identifier) @example (#match? @example \"(\"))", "1:42", "expected a regular expression"),
        ("((identifier) @example (#value? @example \"nmber\"))", "1:42", "expected one of number, string"),
        ("((identifier) @example (#kind? @example \"nmber\"))", "1:41", "unknown node kind `nmber`"),
        (
            "((identifier) @example (#matches? @example \"_later\"))\n(yield) @_later",
            "1:44",
            "expected the name of a private rule further up",
        ),
        ("((identifier) @example (#parameter? @example @example \"0\"))", "1:55", "expected a number from 1 on"),
        ("[] @example", "1:2", "expected a pattern in the brackets"),
        ("(identifier) @", "1:15", "expected a capture's name"),
        ("((identifier) @example (#eq? @example \"a))", "1:39", "expected `\"` at the end of the text"),
        ("not a rule", "1:5", "expected `:` behind a field's name"),
    ];
    for (rules, place, message) in cases {
        let (_, problems) = glossary("", rules);
        let wanted = format!("t/01-one/detect.scm:{place}: error: {message}");
        assert!(
            problems.first().is_some_and(|problem| problem.starts_with(&wanted)),
            "{rules}\n wanted {wanted}\n got {problems:?}"
        );
    }
}

#[test]
fn a_broken_rule_leaves_the_others_working() {
    let (glossary, problems) = glossary("", "(yeld) @example\n(yield \"yield\" @example)");
    assert_eq!(problems.len(), 1);
    assert_eq!(find("x = yield 1\n", &glossary).len(), 1);
}

#[test]
fn nesting_without_end_is_an_error_and_no_overflow() {
    let (_, problems) = glossary("", &"(_ ".repeat(100_000));
    assert!(problems[0].contains("nested less deeply"), "{problems:?}");
}

#[test]
fn several_captures_of_one_name_make_one_span() {
    assert_eq!(found("(yield \"yield\" @example \"from\" @example)", "x = yield from rows\n"), ["yield from"]);
}

#[test]
fn comments_are_passed_over() {
    let rule = "(argument_list . (integer) @example . (integer))";
    assert_eq!(found(rule, "f(  # one\n    1,  # two\n    2,\n)\n"), ["1"]);
}

#[test]
fn parentheses_are_seen_through_unless_named() {
    assert_eq!(found("(assignment right: (integer) @example)", "x = ((1))\n"), ["1"]);
    assert_eq!(found("(assignment right: (parenthesized_expression) @example)", "x = (1)\ny = 1\n"), ["(1)"]);
}

#[test]
fn anchors_hold_neighbours_together() {
    let rule = "(list . (integer) @example . (string) .)";
    assert_eq!(found(rule, "[1, 'a']\n[1, x, 'a']\n[x, 1, 'a']\n[1, 'a', x]\n"), ["1"]);
}

#[test]
fn siblings_may_have_others_between_them() {
    assert_eq!(found("(list (integer) @example (string))", "[1, x, 2, 'a', 3]\n"), ["1", "2"]);
}

#[test]
fn an_optional_part_may_be_missing() {
    let rule = "(lambda \"lambda\" @example parameters: (lambda_parameters)? @example body: (integer))";
    assert_eq!(found(rule, "f(lambda: 1, lambda x: 2, lambda: y)\n"), ["lambda", "lambda x"]);
}

#[test]
fn an_absent_field_must_be_absent() {
    assert_eq!(
        found("(while_statement \"while\" @example !alternative)", "while a:\n    b\nwhile c:\n    d\nelse:\n    e\n")
            .len(),
        1
    );
}

#[test]
fn quadratic_sibling_pairs_end() {
    let text = format!("x = [{}]\n", "1, ".repeat(20_000));
    assert!(!found("(list (integer) @example (integer))", &text).is_empty());
}

#[test]
fn a_hundred_thousand_nested_brackets_and_operators_are_survived() {
    let rules = "(list (_) @_a (_) @example)\n((binary_operator) @example (#set-expression? @example))\n((_) @example (#resolves? @example \"a.b\"))\n(_ (yield) @example)";
    for text in [
        "(".repeat(100_000) + &")".repeat(100_000),
        "[".repeat(100_000),
        format!("import a\nx = {}1\n", "a.b + ".repeat(20_000)),
        format!("import a\na{}\n", ".b".repeat(20_000)),
    ] {
        let _ = found(rules, &text);
    }
}

/// Each `### #name?` of `topics/README.md` has a rule and an example whose carets hold, and each predicate has such a section.
#[test]
fn every_predicate_is_documented_by_an_example_that_holds() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../topics/README.md")).unwrap();
    let sections: Vec<(&str, &str)> =
        readme.split("\n### #").skip(1).filter_map(|section| section.split_once('\n')).collect();
    let documented: Vec<&str> = sections.iter().map(|(name, _)| *name).collect();
    let known: Vec<&str> = predicates::names().collect();
    assert_eq!(documented, known, "the sections of topics/README.md are the predicates, in the order of the table");
    for (name, section) in sections {
        let section = section.split("\n## ").next().unwrap_or_default();
        let (rule, example) = (fence(section, "scheme"), fence(section, "python"));
        assert!(rule.contains(&format!("#{name}")), "#{name}: the rule shows the predicate");
        let (glossary, problems) = glossary(&format!("```python no-run\n{example}```"), rule);
        assert!(problems.is_empty(), "#{name}: {problems:?}");
        let problems = check_rules(&glossary);
        let findings = find(&strip_carets(example).0, &glossary);
        assert!(problems.is_empty(), "#{name}: {problems:#?}\n{:?}", spans(&findings));
    }
}

fn fence<'t>(section: &'t str, language: &str) -> &'t str {
    let behind = section.split_once(&format!("```{language}\n")).map_or("", |(_, behind)| behind);
    behind.split_once("```").map_or("", |(fence, _)| fence)
}

fn spans(findings: &[Finding]) -> Vec<(u32, u32)> {
    findings.iter().map(|finding| (finding.span.start, finding.span.end)).collect()
}
