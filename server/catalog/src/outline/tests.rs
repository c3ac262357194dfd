//! How a page is cut into sections.

use super::*;

fn check(source: &str, expected: &[&str]) {
    let shown: Vec<String> = elements(source).iter().map(shown).collect();
    assert_eq!(shown, expected, "{source}");
}

fn shown(element: &Element) -> String {
    let nested = if element.nested { "nested " } else { "" };
    match &element.what {
        What::Heading(heading) => format!("{nested}h{} {} [{}]", heading.level, heading.name, heading.plain),
        What::Fence(fence) => format!("{nested}fence {} {:?} {}", fence.info, fence.text, fence.closed),
        What::Link(target) => format!("link {target}"),
        What::Paragraph => "paragraph".to_owned(),
        What::Block(name) => (*name).to_owned(),
    }
}

#[test]
fn a_heading_keeps_its_markup_and_loses_its_attributes() {
    check("## A `b` *c* {#id .pitfall since=3.8}\n", &["h2 A `b` *c* [A b c]"]);
    check("## \\*a\\* & [b](c) ##\n", &["h2 \\*a\\* & [b](c) [*a* & b]", "link c"]);
    check("Two\nlines {#id}\n---\n", &["h2 Two lines [Two lines]"]);
    check("#no\n---\n", &["h2 #no [#no]"]);
    check("## {#id}\n", &["h2  []"]);
    check("> ### q\n", &["a quote", "nested h3 q [q]"]);
}

#[test]
fn fences_of_both_kinds_are_read() {
    check("```python sugar\nx\n\ny\n```\n", &["fence python sugar \"x\\n\\ny\\n\" true"]);
    check("~~~~ text\n~~~\n~~~~", &["fence text \"~~~\\n\" true"]);
    check("  ```\n    x\n  ```\n", &["fence  \"  x\\n\" true"]);
    check("- item\n\n  ```python\n  x\n  ```\n", &["a list", "nested fence python \"x\\n\" true"]);
}

#[test]
fn an_unclosed_fence_is_told_from_a_closed_one() {
    for source in ["```", "```\n", "```python\nx\n", "````\n```", "```\n~~~", "```\n``` x\n"] {
        let found = elements(source);
        assert!(matches!(&found[0].what, What::Fence(fence) if !fence.closed), "{source}");
    }
}

#[test]
fn links_of_all_forms_have_their_target() {
    check(
        "[a](b#c) <https://d.e> <f@g.h> [i]\n\n[i]: https://j\n",
        &["paragraph", "link b#c", "link https://d.e", "link mailto:f@g.h", "link https://j"],
    );
    check("`[a](b)`\n", &["paragraph"]);
}

#[test]
fn other_blocks_have_names() {
    check(
        "a\n\n---\n\n1. b\n   - c\n\n|a|\n|-|\n\n<div>\n\n    code\n",
        &["paragraph", "a rule", "a list", "a table", "HTML", "an indented block of code"],
    );
}
