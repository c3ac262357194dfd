//! Byte offsets of a text as the lines and columns that an author reads: both 1-based, columns in characters.

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self { starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line of an offset; one behind the end counts as the last line.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// The line and column of an offset of `text`, which must be the text that this was made of.
    pub(crate) fn place(&self, text: &str, offset: usize) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1];
        let before = text.get(start..offset).unwrap_or_default();
        (line, before.chars().count() as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\né = x\n";
        let places: Vec<_> = [0, 2, 7, 9, 99].map(|offset| Lines::of(text).place(text, offset)).into();
        assert_eq!(places, [(1, 1), (2, 1), (2, 5), (3, 1), (3, 1)]);
    }
}
