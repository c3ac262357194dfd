//! Pages, read and shown again.

use super::*;
use crate::fence::{LonghandKind, Run, Version};

const PAGE: &str = include_str!("sample.md");

fn read(body: &str) -> (Page, Vec<String>) {
    let (page, problems) = parse("topic.md", &format!("---\n---\n{body}"));
    (page, problems.iter().map(ToString::to_string).collect())
}

/// The one problem of a page with this body, without the path.
fn problem(body: &str) -> String {
    let (_, problems) = read(body);
    assert_eq!(problems.len(), 1, "{body}: {problems:?}");
    problems[0].trim_start_matches("topic.md:").to_owned()
}

#[test]
fn sections_are_read_with_their_lines_in_the_file() {
    let (page, problems) = parse("topic.md", PAGE);
    assert_eq!(problems, []);
    let shown: Vec<_> = page.concepts.iter().map(|(heading, section)| (heading.id.as_str(), section.line)).collect();
    assert_eq!(shown, [("slots-declaration", 12), ("slots-memory", 46)]);
    assert_eq!(page.plain.iter().map(|section| section.line).collect::<Vec<_>>(), [7, 50]);
    assert!(page.source.starts_with("\nAn instance carries") && page.source_line == 7);
}

#[test]
fn a_section_has_gloss_sugar_fences_and_docs() {
    let (page, _) = parse("topic.md", PAGE);
    let section = &page.concepts[0].1;
    assert_eq!(section.gloss, "First line, second line with [a link](https://not.docs).\n\nNext paragraph.");
    let sugar = Longhand { template: "object.__slots__ = {names}".to_owned(), kind: LonghandKind::Sugar };
    assert_eq!(section.longhands, [sugar]);
    assert_eq!(section.docs.as_deref(), Some("https://docs.python.org/3/reference/datamodel.html#slots"));
    let fences: Vec<_> = section.fences.iter().map(|fence| (fence.line, fence.run)).collect();
    let since = Run::Since(Version { major: 3, minor: 12 });
    assert_eq!(fences, [(24, Run::Always), (32, since), (37, Run::Never)]);
    assert_eq!(
        section.fences[0].text,
        "class Point:\n    __slots__ = (\"x\", \"y\")\n#   ^^^^^^^^^ slots-declaration\n"
    );
    let lines: Vec<&str> = PAGE.lines().collect();
    assert!(section.fences.iter().all(|fence| fence.text.starts_with(lines[fence.line as usize - 1].trim())));
}

#[test]
fn a_section_of_text_alone_is_all_gloss() {
    let (page, _) = parse("topic.md", PAGE);
    let section = &page.concepts[1].1;
    assert_eq!(section.gloss, "Measure it; see [the docs](https://docs.python.org/3/).");
    assert_eq!(section.docs, None);
}

#[test]
fn python_outside_of_concepts_is_kept_in_the_plain_sections() {
    let (page, problems) = read("intro\n\n```python\nx = 1\n```\n\n## Practice\n\n```python\ny\n```\n");
    assert_eq!(problems, [""; 0]);
    let fences: Vec<_> = page.plain.iter().map(|section| section.fences[0].text.as_str()).collect();
    assert_eq!(fences, ["x = 1\n", "y\n"]);
    assert_eq!(problem("```python sugar\nx\n```\n"), "3: error: a longhand belongs into the section of a concept");
}

#[test]
fn tilde_fences_are_fences() {
    let (page, problems) = read("## A {#a}\n\ngloss\n\n~~~python no-run\nx\n```\n~~~\n");
    assert_eq!(problems, [""; 0]);
    let section = &page.concepts[0].1;
    assert_eq!((section.gloss.as_str(), section.fences[0].text.as_str()), ("gloss", "x\n```\n"));
}

#[test]
fn a_python_fence_in_a_list_is_an_error_and_left_out() {
    let body = "## A {#a}\n\ngloss\n\n```text\n```\n\n- item\n\n  ```python\n  x\n  ```\n";
    assert!(problem(body).starts_with("12: error: a fence of Python stands outside lists"));
    assert!(read(body).0.concepts[0].1.fences.is_empty());
    assert_eq!(read("- item\n\n  ```text\n  x\n  ```\n").1, [""; 0]);
}

#[test]
fn broken_fences_are_errors_at_their_line() {
    assert!(problem("intro\n\n```python\nx\n").starts_with("5: error: nothing closes the fence"));
    assert!(problem("```python norun\nx\n```\n").starts_with("3: error: unknown word `norun`"));
}

#[test]
fn only_paragraphs_precede_the_first_fence_of_a_concept() {
    for (block, name) in [
        ("- item", "a list"),
        ("| a |\n|---|", "a table"),
        ("> quote", "a quote"),
        ("***", "a rule"),
        ("    code", "an indented block of code"),
        ("<div>", "HTML"),
        ("### Three", "a heading"),
    ] {
        let before = format!("## A {{#a}}\n\ngloss\n\n{block}\n\n```python\nx\n```\n");
        let expected = format!("7: error: {name} can't be hovered");
        assert!(problem(&before).starts_with(&expected), "{block}");
        let after = format!("## A {{#a}}\n\ngloss\n\n```python\nx\n```\n\n{block}\n");
        assert_eq!(read(&after).1, [""; 0], "{block}");
    }
}

#[test]
fn wrong_headings_are_errors_at_their_line() {
    for (body, expected) in [
        ("\n## A {#a .trap}\n", "4: error: unknown class `.trap`"),
        ("## A {#a level=3}\n", "3: error: unknown key `level`"),
        ("## A {#A}\n", "3: error: `A` is no id"),
        ("## A {.pitfall}\n", "3: error: `pitfall` belongs to a concept"),
        ("## The set {1, 2}\n", "3: error: `1,` belongs to a concept"),
        ("## P\n\n### A {#a .idea}\n", "5: error: `idea` belongs to a concept"),
        ("# Title\n", "3: error: a page has no `#` heading"),
        ("> ## A {#a}\n", "3: error: a concept's heading stands outside"),
    ] {
        assert!(problem(body).starts_with(expected), "{body}: {}", problem(body));
    }
}

#[test]
fn a_heading_of_level_1_ends_a_section() {
    let (page, _) = read("## A {#a}\n\ngloss\n\n# B {#b}\n\ntext\n");
    assert_eq!(page.concepts.len(), 1);
    assert_eq!(page.concepts[0].1.gloss, "gloss");
}

#[test]
fn any_cut_of_a_page_is_read() {
    for end in (0..=PAGE.len()).filter(|end| PAGE.is_char_boundary(*end)) {
        let _ = parse("topic.md", &PAGE[..end]);
        let _ = parse("topic.md", &PAGE[end..]);
    }
}

#[test]
fn odd_text_is_read() {
    for body in [
        "## {#a}",
        "##",
        "##\t{#a}\n```python",
        "\r\r## a {#a}\r",
        "\0## a {#b}\0",
        "> ```python\nx\n> ```",
        "{#a}\n---",
        "[a]: b\n---\n",
    ] {
        let _ = read(body);
    }
    let deep = "> ".repeat(20_000) + "## a {#a}";
    assert!(read(&deep).0.concepts.is_empty());
}
