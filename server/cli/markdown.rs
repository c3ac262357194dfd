//! Markdown on a screen: headings bold, code coloured, links with their address, running text wrapped.

mod inline;
mod page;

use pulldown_cmark::{Options, Parser};

use super::output::Terminal;
use page::Page;

/// How to lay a page out.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// Where running text ends.
    pub(crate) columns: usize,
    /// Without colours, Markdown's own signs say what is a heading and what is code.
    pub(crate) has_color: bool,
}

impl Layout {
    /// For this terminal.
    pub(crate) fn of(terminal: &Terminal) -> Self {
        Self { columns: terminal.text_width(), has_color: terminal.has_color() }
    }
}

/// Lay Markdown out for a screen.
pub(crate) fn render(markdown: &str, layout: Layout) -> String {
    let mut page = Page::new(layout);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.event(event);
    }
    page.finish()
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::{Layout, render};

    fn laid_out(markdown: &str) -> String {
        strip_str(&render(markdown, Layout { columns: 30, has_color: true })).to_string()
    }

    #[test]
    fn running_text_is_wrapped_and_code_is_not() {
        let markdown = "# A *day*\n\nSome `code` and a [link](https://x.org/a).\n\n```python\nx = 1  # as long as it is, to the end\n```\n";
        let expected = "A day\n\nSome code and a link\n(https://x.org/a).\n\n```python\nx = 1  # as long as it is, to the end\n```\n";
        assert_eq!(laid_out(markdown), expected);
    }

    #[test]
    fn items_hang_on_their_marker() {
        let markdown = "text\n\n1. first item, which is longer than a line\n2. second\n   - inner\n\n> quoted";
        let expected = "text\n\n1. first item, which is longer\n   than a line\n2. second\n   - inner\n\n│ quoted\n";
        assert_eq!(laid_out(markdown), expected);
    }

    #[test]
    fn tables_have_columns() {
        assert_eq!(laid_out("| a | b |\n|---|---|\n| `long` | c |"), "a     b\n────  ─\nlong  c\n");
    }

    #[test]
    fn a_style_goes_on_behind_code() {
        let rendered = render("**a `b` c**", Layout { columns: 30, has_color: true });
        assert_eq!(rendered, "\u{1b}[1ma \u{1b}[36mb\u{1b}[0m\u{1b}[1m c\u{1b}[0m\n");
    }

    #[test]
    fn without_colour_the_signs_stay() {
        let rendered = render("## A `b`", Layout { columns: 30, has_color: false });
        assert_eq!(strip_str(&rendered).to_string(), "## A `b`\n");
    }
}
