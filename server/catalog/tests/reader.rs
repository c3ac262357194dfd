//! A page as its reader sees it.

use pygloss_catalog::{Catalog, Folder};

const SYLLABUS: &str = "[[phase]]\nnumber = 1\ntitle = \"P\"\n[[day]]\nnumber = 17\nphase = 1\nslug = \"slots\"\ntitle = \"`__slots__`\"\n\
    [[day]]\nnumber = 18\nphase = 1\nslug = \"other\"\ntitle = \"Other\"\n";

fn load(body: &str) -> Catalog {
    let page = format!("---\nrelated: []\n---\n{body}");
    let files = [("syllabus.toml", SYLLABUS), ("17-slots/topic.md", &page)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    Catalog::load(&[Folder { path: "topics".to_owned(), from_user: false, files }]).0
}

fn shown(body: &str) -> String {
    let catalog = load(body);
    catalog.day(17).expect("day 17").markdown(&catalog)
}

fn check(body: &str, expected: &str) {
    assert_eq!(shown(body), format!("# Day 17 · `__slots__`\n\n{expected}"));
}

#[test]
fn a_title_precedes_the_source() {
    check("\n\nIntro [x](../07-identity-equality/topic.md#a).\n", "Intro [x](../07-identity-equality/topic.md#a).\n");
    check("", "");
}

#[test]
fn headings_lose_their_attributes() {
    check("## A `{b}` {#a .pitfall since=3.8}\ntext\n### C {#c}\n", "## A `{b}`\ntext\n### C\n");
    check("A {#a}\n---\ntext\n\n## B ##\n", "## A\ntext\n\n## B ##\n");
    check("## A {#a}", "## A");
}

#[test]
fn python_fences_lose_their_words_and_carets() {
    check(
        "```python since=3.12\ntype X = int\n# <~4 type-statement\n#    ^ !x\n#> 1\n# comment\n```\n",
        "```python\ntype X = int\n#> 1\n# comment\n```\n",
    );
    check("~~~  python no-run\nx\n~~~\n", "~~~  python\nx\n~~~\n");
    check("  ```python\n  x\n  # <- a\n  ```", "  ```python\n  x\n  ```");
}

#[test]
fn sugar_keeps_its_placeholders_and_other_fences_their_text() {
    check("```python sugar\nfor x in {iterable}:\n```\n", "```python\nfor x in {iterable}:\n```\n");
    let text = "```text since=3.8\n#  ^ a\n```\n\n    # ^ indented code\n\n`` ```python sugar ``\n";
    check(text, text);
}

#[test]
fn a_concept_is_found_at_its_line() {
    let body =
        "\nIntro\nof two lines\n\n## A {#a}\n\n```python\nx\n# ^ a\n# ^ b\n```\n\nB {#b}\n---\n\n## C {#c .idea}\n";
    let catalog = load(body);
    let topic = catalog.day(17).expect("day 17");
    let text = topic.markdown(&catalog);
    for (id, heading) in [("a", "## A"), ("b", "## B"), ("c", "## C")] {
        let line = topic.line_of(&catalog, id).expect("a line");
        assert_eq!(text.lines().nth(line as usize), Some(heading));
    }
    assert_eq!(topic.line_of(&catalog, "nope"), None);
    assert_eq!(catalog.day(18).expect("day 18").line_of(&catalog, "a"), None);
}

#[test]
fn a_day_that_is_not_written_has_a_title_alone() {
    let catalog = load("");
    assert_eq!(catalog.day(18).expect("day 18").markdown(&catalog), "# Day 18 · Other\n\n");
}

#[test]
fn any_page_is_shown() {
    let page =
        "é\n\n## A {#a}\n\n- x\n  ```python sugar\n  # ^ a\n\n> B {#b}\n> ---\n> ~~~python\n> # ^ a\n\n```python\nx";
    for end in (0..=page.len()).filter(|end| page.is_char_boundary(*end)) {
        assert!(shown(&page[..end]).starts_with("# Day 17"));
        assert!(shown(&page[end..]).starts_with("# Day 17"));
    }
}
