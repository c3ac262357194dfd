use super::*;
use crate::{Folder, Severity};

const SYLLABUS: &str = "[[phase]]\nnumber = 1\ntitle = \"P\"\n\
    [[day]]\nnumber = 1\nphase = 1\nslug = \"one\"\ntitle = \"One\"\n\
    [[day]]\nnumber = 2\nphase = 1\nslug = \"two\"\ntitle = \"Two\"\n\
    [[day]]\nnumber = 3\nphase = 1\nslug = \"three\"\ntitle = \"Three\"\n";

const GOOD: &str = "## A {#a}\n\ngloss\n\n```python\nx\n```\n\n## I {#i .idea}\n\ntext\n\n## In the wild\n";

fn load(files: &[(&str, String)]) -> Catalog {
    let others = [("syllabus.toml", SYLLABUS), ("01-one/practice.py", ""), ("01-one/solution.py", "")];
    let others = others.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).chain(others);
    let folder = Folder { path: "topics".to_owned(), from_user: false, files: files.collect() };
    let (catalog, problems) = Catalog::load(&[folder]);
    assert_eq!(problems, []);
    catalog
}

/// The problems of day 1 with a page of this front matter and body.
fn check(front_matter: &str, body: &str) -> Vec<String> {
    let problems = check_pages(&load(&[("01-one/topic.md", format!("---\n{front_matter}---\n{body}"))]));
    assert!(problems.iter().all(|problem| problem.severity == Severity::Error));
    problems.iter().map(|problem| problem.to_string().replace("topics/01-one/topic.md:", "")).collect()
}

fn one(front_matter: &str, body: &str) -> String {
    let problems = check(front_matter, body);
    assert_eq!(problems.len(), 1, "{front_matter}{body}: {problems:?}");
    problems[0].clone()
}

#[test]
fn a_good_page_has_no_problems() {
    let front = "related: [2, 3]\ndocs: [https://docs.python.org]\nlibrary:\n  - {symbol: a.b_c, concept: a, why: w}\npractice: {uses: [a]}\n";
    assert_eq!(check(front, GOOD), [""; 0]);
}

#[test]
fn front_matter_leads_to_what_exists() {
    for (front, expected) in [
        ("related: [2,\n  9]\n", "3: error: `related`: the syllabus has no day 9"),
        ("related: [1]\n", "2: error: `related`: day 1 is this page's own"),
        ("docs:\n  - datamodel.html\n", "3: error: `docs`: `datamodel.html` is no link to the web"),
        ("library:\n  - {symbol: a, concept: nope, why: w}\n", "3: error: `library`: no page explains `nope`"),
        (
            "library:\n  - {symbol: a b, concept: a, why: w}\n",
            "3: error: `library`: `a b` is no name to import, such as `fractions.Fraction`",
        ),
        ("library:\n  - {symbol: a, concept: a, why: \"\"}\n", "3: error: `library`: `why` is empty"),
        ("practice:\n  uses: [nope]\n", "3: error: `practice`: no page explains `nope`"),
        ("practice:\n  uses: [a, i]\n", "3: error: `practice`: `i` is an idea, which no code shows"),
    ] {
        assert_eq!(one(front, GOOD), expected);
    }
}

#[test]
fn a_hover_has_1_to_600_characters() {
    let body = |gloss: &str| format!("## A {{#a}}\n\n{gloss}\n\n```python\nx\n```\n");
    assert_eq!(check("", &body(&"é".repeat(600))), [""; 0]);
    assert!(
        one("", &body(&"é".repeat(601)))
            .starts_with("3: error: the text of `a` before its first fence has 601 characters")
    );
    assert!(one("", &body("")).starts_with("3: error: `a` has no text before its first fence"));
}

#[test]
fn only_an_idea_needs_no_example() {
    assert!(one("", "## A {#a}\n\ngloss\n").starts_with("3: error: `a` has no example"));
    assert!(
        one("", "## A {#a .pitfall}\n\ngloss\n\n```python sugar\nx\n```\n").starts_with("3: error: `a` has no example")
    );
    assert_eq!(check("", "## A {#a .idea}\n\ngloss\n"), [""; 0]);
}

#[test]
fn also_names_other_days() {
    let body = GOOD.replace("{#a}", "{#a also=1,2,9}");
    assert_eq!(
        check("", &body),
        ["3: error: `also`: day 1 is this page's own", "3: error: `also`: the syllabus has no day 9"]
    );
}

#[test]
fn links_lead_to_written_pages_and_their_headings() {
    let fine = "[a](#a) [b](#in-the-wild) [c](topic.md#i) [d](../01-one/topic.md) [e](https://x) <f@g.hi>";
    assert_eq!(check("", &format!("{fine}\n\n{GOOD}")), [""; 0]);
    for (target, expected) in [
        ("#nope", "the link `#nope` leads to no heading: the page of `01-one` has no `#nope`"),
        ("#", "the link `#` leads to no heading: the page of `01-one` has no `#`"),
        ("../02-two/topic.md#b", "day 2 isn't written yet: name it without a link"),
        ("../99-no/topic.md", "`99-no` is no day of the syllabus"),
        (
            "practice.py",
            "the link `practice.py` leads nowhere: pages link to `../17-slots/topic.md#anchor`, `#anchor` or the web",
        ),
        (
            "command:x",
            "the link `command:x` leads nowhere: pages link to `../17-slots/topic.md#anchor`, `#anchor` or the web",
        ),
    ] {
        assert_eq!(one("", &format!("\n[x]({target})\n\n{GOOD}")), format!("4: error: {expected}"));
    }
}

#[test]
fn links_to_another_page_need_its_anchor() {
    let page = |body: &str| format!("---\n---\n{body}");
    let files = [
        ("01-one/topic.md", page("[x](../02-two/topic.md#b) [y](../02-two/topic.md#c)\n")),
        ("02-two/topic.md", page("## B {#b .idea}\n\ntext\n")),
        ("02-two/practice.py", String::new()),
        ("02-two/solution.py", String::new()),
    ];
    let problems: Vec<_> = check_pages(&load(&files)).iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "topics/01-one/topic.md:3: error: the link `../02-two/topic.md#c` leads to no heading: the page of `02-two` has no `#c`"
        ]
    );
}

#[test]
fn both_practice_files_are_there() {
    let empty = || "---\n---\n".to_owned();
    let files = [("01-one/topic.md", empty()), ("02-two/topic.md", empty()), ("02-two/practice.py", String::new())];
    let problems: Vec<_> = check_pages(&load(&files)).iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        ["topics/02-two/solution.py: error: the file is missing: each page has a practice and its solution"]
    );
}
