//! Markdown on a screen: headings bold, code coloured, links with their address, running text wrapped.

use std::fmt::Write as _;

use anstyle::Style;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::output::Terminal;
use super::snippet::visible;
use super::style::{CODE, DIM, EMPHASIS, LINK, STRONG, paint};
use super::wrap::{width, wrap};

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
    page.flush();
    page.out
}

/// What is laid out so far, and where in the page we are.
struct Page {
    layout: Layout,
    out: String,
    /// Running text that isn't laid out yet.
    line: String,
    /// Styles that are on in it, the innermost last.
    styles: Vec<Style>,
    /// What each line begins with: one part for each list item and quotation around it.
    margins: Vec<String>,
    /// The bullet or number of an item whose first line is to come.
    marker: Option<String>,
    /// The next number of each list around; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The address of each link around.
    links: Vec<String>,
    /// The cells of the table around, row by row.
    rows: Vec<Vec<String>>,
    is_code: bool,
}

impl Page {
    fn new(layout: Layout) -> Self {
        Self {
            layout,
            out: String::new(),
            line: String::new(),
            styles: Vec::new(),
            margins: Vec::new(),
            marker: None,
            lists: Vec::new(),
            links: Vec::new(),
            rows: Vec::new(),
            is_code: false,
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => self.code_block(&text),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.line.push_str(&visible(&text.replace('\n', " ")));
            }
            Event::Code(code) => self.code_span(&code),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.flush(),
            Event::Rule => {
                self.gap();
                self.out.push_str(&paint(DIM, "─".repeat(self.layout.columns.min(20))));
                self.out.push('\n');
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => self.gap(),
            Tag::Heading { level, .. } => {
                self.gap();
                if !self.layout.has_color {
                    self.line.push_str(&"#".repeat(level as usize));
                    self.line.push(' ');
                }
                self.open(STRONG);
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::BlockQuote(_) => {
                self.gap();
                self.margins.push(paint(DIM, "│ "));
            }
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::Table(_) => self.gap(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            Tag::Emphasis => self.open(EMPHASIS),
            Tag::Strong => self.open(STRONG),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.start_link(dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(_) => {
                self.close();
                self.flush();
            }
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.fence("```");
            }
            TagEnd::BlockQuote(_) => {
                self.margins.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.marker = None;
                self.margins.pop();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.table(),
            TagEnd::Emphasis | TagEnd::Strong => self.close(),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn open(&mut self, style: Style) {
        self.line.push_str(&style.render().to_string());
        self.styles.push(style);
    }

    /// The terminal knows only "all styles off", so that those around are put on again.
    fn close(&mut self) {
        if let Some(style) = self.styles.pop() {
            self.line.push_str(&style.render_reset().to_string());
        }
        self.resume();
    }

    fn resume(&mut self) {
        for style in &self.styles {
            self.line.push_str(&style.render().to_string());
        }
    }

    fn code_span(&mut self, code: &str) {
        let code = visible(code);
        let shown = if self.layout.has_color { code } else { format!("`{code}`") };
        self.line.push_str(&paint(CODE, shown));
        self.resume();
    }

    fn start_link(&mut self, url: CowStr) {
        self.links.push(visible(&url));
    }

    /// The address follows the text, unless it is the text.
    fn end_link(&mut self) {
        let Some(url) = self.links.pop() else { return };
        if self.line.ends_with(&url) {
            self.line.truncate(self.line.len() - url.len());
            self.line.push_str(&paint(LINK, url));
        } else {
            let _ = write!(self.line, " ({})", paint(LINK, url));
        }
        self.resume();
    }

    fn start_item(&mut self) {
        self.flush();
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.margins.push(" ".repeat(marker.len()));
        self.marker = Some(marker);
    }

    fn start_code(&mut self, kind: &CodeBlockKind) {
        self.flush();
        self.gap();
        self.is_code = true;
        let language = if let CodeBlockKind::Fenced(language) = kind { visible(language) } else { String::new() };
        self.fence(&format!("```{language}"));
    }

    fn fence(&mut self, text: &str) {
        let first = self.first_margin();
        let _ = writeln!(self.out, "{first}{}", paint(DIM, text));
    }

    fn code_block(&mut self, text: &str) {
        for line in text.lines() {
            let margin = self.margins.concat();
            let _ = writeln!(self.out, "{margin}{}", visible(line));
        }
    }

    /// Columns as wide as their widest cell; the first row is the head.
    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
        let widths: Vec<_> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
        for (number, row) in rows.iter().enumerate() {
            let cells = row.iter().zip(&widths);
            let padded: Vec<_> =
                cells.map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide - width(cell)))).collect();
            let text = padded.join("  ");
            let margin = self.first_margin();
            let _ = writeln!(self.out, "{margin}{}", text.trim_end());
            if number == 0 {
                let rule: Vec<_> = widths.iter().map(|wide| "─".repeat(*wide)).collect();
                let _ = writeln!(self.out, "{}{}", self.margins.concat(), paint(DIM, rule.join("  ")));
            }
        }
    }

    /// Lay out the running text.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        let (first, rest) = (self.first_margin(), self.margins.concat());
        self.out.push_str(&wrap(&line, self.layout.columns, &first, &rest));
    }

    /// The margin of the next line, with the marker of an item that it begins.
    fn first_margin(&mut self) -> String {
        let Some(marker) = self.marker.take() else {
            return self.margins.concat();
        };
        let outer = self.margins.len().saturating_sub(1);
        self.margins[..outer].concat() + &marker
    }

    /// Put a blank line between blocks, but none between an item's marker and its text.
    fn gap(&mut self) {
        self.flush();
        if self.marker.is_none() && !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
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
