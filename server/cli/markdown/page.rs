//! The blocks of a page: headings, paragraphs, lists, quotations, code, tables.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::Layout;
use super::inline::Inline;
use crate::cli::snippet::visible;
use crate::cli::style::{DIM, EMPHASIS, STRONG, paint};
use crate::cli::wrap::{width, wrap};

/// What is laid out so far, and where in the page we are.
pub(super) struct Page {
    layout: Layout,
    out: String,
    /// Running text that isn't laid out yet.
    inline: Inline,
    /// What each line begins with: one part for each list item and quotation around it.
    margins: Vec<String>,
    /// The bullet or number of an item whose first line is to come.
    marker: Option<String>,
    /// The next number of each list around; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The cells of the table around, row by row.
    rows: Vec<Vec<String>>,
    is_code: bool,
}

impl Page {
    /// An empty page.
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            layout,
            out: String::new(),
            inline: Inline::new(layout.has_color),
            margins: Vec::new(),
            marker: None,
            lists: Vec::new(),
            rows: Vec::new(),
            is_code: false,
        }
    }

    /// Take in the next part of the page.
    pub(super) fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => self.code_block(&text),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.inline.push(&text),
            Event::Code(code) => self.inline.code(&code),
            Event::SoftBreak => self.inline.push(" "),
            Event::HardBreak => self.flush(),
            Event::Rule => {
                self.gap();
                let columns = self.layout.columns.min(20);
                self.line(&paint(DIM, "─".repeat(columns)));
            }
            _ => {}
        }
    }

    /// The page as it is printed.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.out
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph | Tag::Table(_) => self.gap(),
            Tag::Heading { level, .. } => self.start_heading(level as usize),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::BlockQuote(_) => {
                self.gap();
                self.margins.push(paint(DIM, "│ "));
            }
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.start_item(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            Tag::Emphasis => self.inline.open(EMPHASIS),
            Tag::Strong => self.inline.open(STRONG),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.inline.open_link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(_) => {
                self.inline.close();
                self.flush();
            }
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.line(&paint(DIM, "```"));
            }
            TagEnd::BlockQuote(_) => drop(self.margins.pop()),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Item => {
                self.flush();
                self.marker = None;
                self.margins.pop();
            }
            TagEnd::TableCell => {
                let cell = self.inline.take();
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.table(),
            TagEnd::Emphasis | TagEnd::Strong => self.inline.close(),
            TagEnd::Link | TagEnd::Image => self.inline.close_link(),
            _ => {}
        }
    }

    fn start_heading(&mut self, level: usize) {
        self.gap();
        if !self.layout.has_color {
            self.inline.push(&"#".repeat(level));
            self.inline.push(" ");
        }
        self.inline.open(STRONG);
    }

    fn start_code(&mut self, kind: &CodeBlockKind) {
        self.gap();
        self.is_code = true;
        let language = if let CodeBlockKind::Fenced(language) = kind { visible(language) } else { String::new() };
        self.line(&paint(DIM, format_args!("```{language}")));
    }

    fn start_list(&mut self, first: Option<u64>) {
        self.flush();
        if self.lists.is_empty() {
            self.gap();
        }
        self.lists.push(first);
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

    fn code_block(&mut self, text: &str) {
        for line in text.lines() {
            self.line(&visible(line));
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
            self.line(padded.join("  ").trim_end());
            if number == 0 {
                let rule: Vec<_> = widths.iter().map(|wide| "─".repeat(*wide)).collect();
                self.line(&paint(DIM, rule.join("  ")));
            }
        }
    }

    /// Lay out the running text.
    fn flush(&mut self) {
        let text = self.inline.take();
        if text.trim().is_empty() {
            return;
        }
        let (first, rest) = (self.first_margin(), self.margins.concat());
        self.out.push_str(&wrap(&text, self.layout.columns, &first, &rest));
    }

    /// Put a line as it is.
    fn line(&mut self, text: &str) {
        let margin = self.first_margin();
        self.out.push_str(&margin);
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// The margin of the next line, with the marker of an item that it begins.
    fn first_margin(&mut self) -> String {
        let Some(marker) = self.marker.take() else { return self.margins.concat() };
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
