//! Break running text into lines.

use anstream::adapter::strip_str;
use unicode_width::UnicodeWidthStr;

/// Columns that a text with colours takes on the screen.
pub(crate) fn width(text: &str) -> usize {
    strip_str(text).to_string().width()
}

/// Break `text` at its blanks so that no line is wider than `columns`, unless a word is. The first line begins with
/// `first`, the others with `rest`. Each line ends with a line feed.
pub(crate) fn wrap(text: &str, columns: usize, first: &str, rest: &str) -> String {
    let mut lines = String::from(first);
    let mut used = width(first);
    let mut is_fresh = true;
    for word in text.split_whitespace() {
        let word_width = width(word);
        if !is_fresh && used + 1 + word_width > columns {
            lines.push('\n');
            lines.push_str(rest);
            used = width(rest);
            is_fresh = true;
        }
        if !is_fresh {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += word_width;
        is_fresh = false;
    }
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_blanks_and_keep_their_prefix() {
        assert_eq!(wrap("one two three", 9, "- ", "  "), "- one two\n  three\n");
    }

    #[test]
    fn colours_take_no_room() {
        assert_eq!(wrap("\u{1b}[1mone\u{1b}[0m two", 7, "", ""), "\u{1b}[1mone\u{1b}[0m two\n");
    }

    #[test]
    fn a_word_that_is_too_wide_stands_alone() {
        assert_eq!(wrap("a bbbbbb c", 4, "", ""), "a\nbbbbbb\nc\n");
    }
}
