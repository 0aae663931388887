//! Positions as people and their tools count them: lines and columns from 1, columns in characters.

use std::ops::Range;

/// Finds lines and columns in one text.
#[derive(Debug)]
pub(super) struct Positions<'a> {
    text: &'a str,
    /// Byte offset of the start of each line. Line breaks are LF, CR LF and lone CR, as in the language server.
    starts: Vec<usize>,
}

/// A place: line and column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'a> Positions<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The place of a byte.
    pub(super) fn at(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// The bytes of the lines that hold a range, and the number of the first of them.
    pub(super) fn lines(&self, range: &Range<usize>) -> (Range<usize>, usize) {
        let first = self.starts.partition_point(|&start| start <= range.start);
        let last = self.starts.partition_point(|&start| start < range.end.max(range.start + 1));
        let end = self.starts.get(last).copied().unwrap_or(self.text.len());
        (self.starts[first - 1]..end, first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters() {
        let text = "a¶c\r\n𝄞b\rlast";
        let positions = Positions::new(text);
        let at = |needle: &str| {
            let position = positions.at(text.find(needle).expect("it is there"));
            (position.line, position.column)
        };
        assert_eq!((at("a"), at("c"), at("b"), at("last")), ((1, 1), (1, 3), (2, 2), (3, 1)));
        assert_eq!(positions.at(text.len()), Position { line: 3, column: 5 });
        let c = text.find('c').expect("it is there");
        assert_eq!(positions.lines(&(c..c + 1)), (0..6, 1));
    }
}
