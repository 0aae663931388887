//! Lines and columns of places that are asked for in order.

use cable_syntax::Cable;

/// Counts columns in Unicode scalars. A line is counted once, however many places in it are asked for in order.
pub(crate) struct Columns<'a> {
    cable: &'a Cable,
    /// The place that was asked for last: its line, its byte and its column from 0.
    line: u32,
    byte: u32,
    column: usize,
}

impl<'a> Columns<'a> {
    pub(crate) fn of(cable: &'a Cable) -> Self {
        Self { cable, line: 0, byte: 0, column: 0 }
    }

    /// The column, from 1, of a byte of the cable that stands on a line.
    pub(crate) fn at(&mut self, line: u32, byte: u32) -> usize {
        if line != self.line || byte < self.byte || self.byte == 0 {
            self.line = line;
            self.byte = self.cable.lines().get(line as usize).map_or(0, |line| line.span.start);
            self.column = 0;
        }
        let between = self.cable.text().get(self.byte as usize..byte as usize).unwrap_or_default();
        self.column += between.chars().count();
        self.byte = byte.max(self.byte);
        self.column + 1
    }
}
