//! Pieces of Markdown, such as names and glosses, as text.

use pulldown_cmark::{Event, Parser, Tag};

/// The words of a piece of Markdown, one line a paragraph, blank lines between; code keeps its backticks, links and
/// emphasis only their words.
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => text.push_str(&words),
            event => push_common(&mut text, event),
        }
    }
    text
}

/// The same as Markdown that shows just these words: what is left has no link, image or HTML in it.
pub fn inert(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => {
                for c in words.chars() {
                    text.extend("\\`*_[]<>#|!&".contains(c).then_some('\\').into_iter().chain([c]));
                }
            }
            event => push_common(&mut text, event),
        }
    }
    text
}

fn push_common(text: &mut String, event: Event<'_>) {
    match event {
        Event::Code(code) => {
            let ticks = "`".repeat(longest_run(&code, '`') + 1);
            let blank = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
            text.extend([&ticks, blank, &code, blank, &ticks]);
        }
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::Start(Tag::Paragraph | Tag::Item) if !text.is_empty() => text.push_str("\n\n"),
        _ => {}
    }
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(|run| run.chars().count()).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inert_text_has_no_links_and_no_html() {
        let cases = [
            ("see [the *docs*](command:evil) now", "see the docs now"),
            ("`x` and ``a`b``", "`x` and ``a`b``"),
            ("<command:evil> <a href='x'>y</a>", "command:evil \\<a href='x'\\>y\\</a\\>"),
            ("[a][b]\n\n[b]: command:evil", "a"),
            ("![i](x)", "i"),
            ("one\n\ntwo\nthree", "one\n\ntwo three"),
            ("\\[a\\](command:evil)", "\\[a\\](command:evil)"),
        ];
        for (markdown, expected) in cases {
            assert_eq!(inert(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn plain_text_keeps_the_words_and_the_backticks_of_code() {
        assert_eq!(plain_text("A [*b*](c.md) and\n`d`.\n\nE"), "A b and `d`.\n\nE");
        assert_eq!(plain_text("rows[0] * 2 * 3"), "rows[0] * 2 * 3");
    }
}
