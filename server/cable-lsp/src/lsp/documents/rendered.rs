//! JSON that moves with its cable: written once, with lines that count from the cable's first.
//!
//! The protocol's own types are serialised; only the numbers of lines are left open. So what is put together of many
//! cables is what serialising all of it anew would give.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Stands before the four bytes of an open line. JSON has no such byte.
const OPEN: u8 = 0;

/// Values of one cable, each as JSON.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Rendered {
    bytes: Vec<u8>,
    /// Where each value ends.
    ends: Vec<u32>,
}

impl Rendered {
    /// Writes values whose lines count from the first of their cable.
    pub(in crate::lsp) fn of(values: impl IntoIterator<Item = impl Serialize>) -> Self {
        let mut rendered = Self::default();
        for value in values {
            let before = rendered.bytes.len();
            let mut serializer = Serializer::with_formatter(&mut rendered.bytes, OpenLines::default());
            if let Err(error) = value.serialize(&mut serializer) {
                eprintln!("cable-lsp: an answer could not be written as JSON: {error}");
                rendered.bytes.truncate(before);
                continue;
            }
            rendered.ends.push(rendered.bytes.len() as u32);
        }
        rendered.bytes.shrink_to_fit();
        rendered.ends.shrink_to_fit();
        rendered
    }

    /// Adds the values to a JSON array that was opened, for a cable that begins on `first_line`.
    pub(in crate::lsp) fn append_to(&self, array: &mut Vec<u8>, first_line: u32) {
        self.append_some(array, first_line, |_| true);
    }

    /// The same of those values whose index is wanted.
    pub(in crate::lsp) fn append_some(
        &self,
        array: &mut Vec<u8>,
        first_line: u32,
        mut is_wanted: impl FnMut(usize) -> bool,
    ) {
        array.reserve(self.bytes.len());
        let mut start = 0;
        for (index, &end) in self.ends.iter().enumerate() {
            let value = &self.bytes[start..end as usize];
            start = end as usize;
            if is_wanted(index) {
                if array.last() != Some(&b'[') {
                    array.push(b',');
                }
                close_lines(array, value, first_line);
            }
        }
    }
}

/// Writes a value with its lines counted from the document's first.
fn close_lines(json: &mut Vec<u8>, mut value: &[u8], first_line: u32) {
    while let Some(at) = memchr::memchr(OPEN, value) {
        let (before, rest) = value.split_at(at);
        json.extend_from_slice(before);
        let Some((line, rest)) = rest[1..].split_first_chunk() else { return };
        let mut digits = itoa::Buffer::new();
        json.extend_from_slice(digits.format(first_line + u32::from_le_bytes(*line)).as_bytes());
        value = rest;
    }
    json.extend_from_slice(value);
}

/// Leaves the numbers of lines open.
#[derive(Debug, Default)]
struct OpenLines {
    is_key: bool,
    /// Whether the value at hand is a line.
    is_line: bool,
}

impl Formatter for OpenLines {
    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        (self.is_key, self.is_line) = (true, false);
        CompactFormatter.begin_object_key(writer, first)
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        self.is_line = self.is_key && matches!(fragment, "line" | "startLine" | "endLine");
        CompactFormatter.write_string_fragment(writer, fragment)
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.is_key = false;
        CompactFormatter.end_object_key(writer)
    }

    fn write_u32<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u32) -> io::Result<()> {
        if !std::mem::take(&mut self.is_line) {
            return CompactFormatter.write_u32(writer, value);
        }
        writer.write_all(&[OPEN])?;
        writer.write_all(&value.to_le_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tower_lsp::lsp_types::{FoldingRange, Position, Range};

    use super::*;

    fn array(rendered: &Rendered, first_line: u32) -> Value {
        let mut array = vec![b'['];
        rendered.append_to(&mut array, first_line);
        array.push(b']');
        serde_json::from_slice(&array).expect("it is JSON")
    }

    #[test]
    fn lines_move_and_nothing_else() {
        let range = Range::new(Position::new(0, 7), Position::new(300, 0));
        let fold = FoldingRange { start_line: 1, end_line: 2, ..FoldingRange::default() };
        let folds = Rendered::of([fold]);
        assert_eq!(array(&folds, 0), json!([{ "startLine": 1, "endLine": 2 }]));
        assert_eq!(array(&folds, 10), json!([{ "startLine": 11, "endLine": 12 }]));
        let text = json!({ "message": "line", "line": "a \u{0} line", "number": 5 });
        let both = Rendered::of([serde_json::to_value(range).expect("JSON"), text.clone()]);
        // The library's tree has numbers of its own, which are no lines here.
        assert_eq!(array(&both, 10)[1], text);
        let place = json!({ "start": { "line": 10, "character": 7 }, "end": { "line": 310, "character": 0 } });
        assert_eq!(array(&Rendered::of([range]), 10), json!([place]));
    }

    #[test]
    fn values_are_left_out_one_by_one() {
        let rendered = Rendered::of([1, 2, 3]);
        let mut some = vec![b'['];
        rendered.append_some(&mut some, 0, |index| index != 1);
        assert_eq!(some, b"[1,3");
        Rendered::of([(); 0]).append_to(&mut some, 0);
        assert_eq!(some, b"[1,3");
    }
}
