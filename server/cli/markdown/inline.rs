//! Running text with its styles: what stands in a paragraph, a heading, a cell.

use anstyle::Style;

use crate::cli::snippet::visible;
use crate::cli::style::{CODE, LINK, paint};

/// A text that grows, with the styles and links that are open in it.
pub(super) struct Inline {
    has_color: bool,
    text: String,
    /// The innermost last.
    styles: Vec<Style>,
    /// The addresses of the links around, the innermost last.
    links: Vec<String>,
}

impl Inline {
    /// No text yet.
    pub(super) fn new(has_color: bool) -> Self {
        Self { has_color, text: String::new(), styles: Vec::new(), links: Vec::new() }
    }

    /// Add words.
    pub(super) fn push(&mut self, words: &str) {
        self.text.push_str(&visible(&words.replace('\n', " ")));
    }

    /// Add code. Without colours it keeps its backticks.
    pub(super) fn code(&mut self, code: &str) {
        let code = visible(code);
        let shown = if self.has_color { code } else { format!("`{code}`") };
        self.text.push_str(&paint(CODE, shown));
        self.resume();
    }

    /// What follows is in a style, too.
    pub(super) fn open(&mut self, style: Style) {
        self.text.push_str(&style.render().to_string());
        self.styles.push(style);
    }

    /// The innermost style ends. A terminal knows only "all styles off", so that those around are put on again.
    pub(super) fn close(&mut self) {
        if let Some(style) = self.styles.pop() {
            self.text.push_str(&style.render_reset().to_string());
        }
        self.resume();
    }

    /// What follows leads somewhere.
    pub(super) fn open_link(&mut self, url: &str) {
        self.links.push(visible(url));
    }

    /// The innermost link ends. Its address follows the text, unless it is the text.
    pub(super) fn close_link(&mut self) {
        let Some(url) = self.links.pop() else { return };
        if self.text.ends_with(&url) {
            self.text.truncate(self.text.len() - url.len());
            self.text.push_str(&paint(LINK, url));
        } else {
            self.text.push_str(" (");
            self.text.push_str(&paint(LINK, url));
            self.text.push(')');
        }
        self.resume();
    }

    /// Hand the text over and begin a new one.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    fn resume(&mut self) {
        for style in &self.styles {
            self.text.push_str(&style.render().to_string());
        }
    }
}
