//! Lines and columns of places that are asked for in order.

use cable_syntax::Cable;

/// Counts Unicode scalars in stretches of a cable: in most cables they are bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scalars {
    are_bytes: bool,
}

impl Scalars {
    pub(crate) fn of(cable: &Cable) -> Self {
        Self { are_bytes: cable.text().is_ascii() }
    }

    /// How many are in a stretch.
    pub(crate) fn count(self, text: &str) -> usize {
        if self.are_bytes { text.len() } else { text.chars().count() }
    }
}

/// Counts columns in Unicode scalars. A line is counted once, however many places in it are asked for in order.
pub(crate) struct Columns<'a> {
    cable: &'a Cable,
    scalars: Scalars,
    /// The place that was asked for last: its line, its byte and its column from 0.
    line: u32,
    byte: u32,
    column: usize,
}

impl<'a> Columns<'a> {
    pub(crate) const fn of(cable: &'a Cable, scalars: Scalars) -> Self {
        Self { cable, scalars, line: 0, byte: 0, column: 0 }
    }

    /// The column, from 1, of a byte of the cable that stands on a line.
    pub(crate) fn at(&mut self, line: u32, byte: u32) -> usize {
        if line != self.line || byte < self.byte || self.byte == 0 {
            self.line = line;
            self.byte = self.cable.lines().get(line as usize).map_or(0, |line| line.span.start);
            self.column = 0;
        }
        let between = self.cable.text().get(self.byte as usize..byte as usize).unwrap_or_default();
        self.column += self.scalars.count(between);
        self.byte = byte.max(self.byte);
        self.column + 1
    }
}
