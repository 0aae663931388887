//! JSON that no reader of lines can stumble over: what [`crate::visible`] calls acting is written as `\uXXXX`.
//!
//! A strict reader gets the same values. A careless one, that parts lines where Unicode does or shows them on a
//! terminal, finds one record a line and nothing that steers it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::visible::acts;

/// Writes a value in one line.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn write<T: Serialize + ?Sized>(output: &mut impl Write, value: &T) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(output, Escaping(CompactFormatter)))?)
}

/// Writes a value in lines, indented, and ends the last one.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn write_pretty<T: Serialize + ?Sized>(output: &mut impl Write, value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *output, Escaping(PrettyFormatter::new())))?;
    output.write_all(b"\n")
}

/// A layout whose strings are escaped further than JSON asks for.
struct Escaping<F>(F);

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut copied = 0;
        // Nearly all text is ASCII, where but DEL is left to escape here.
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return self.0.write_string_fragment(writer, fragment);
        }
        for (at, character) in fragment.char_indices().filter(|&(_, character)| acts(character)) {
            self.0.write_string_fragment(writer, &fragment[copied..at])?;
            // None of them lies beyond the first plane, so one unit stands for each.
            write!(writer, "\\u{:04x}", u32::from(character))?;
            copied = at + character.len_utf8();
        }
        self.0.write_string_fragment(writer, &fragment[copied..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn strings_and_keys_come_back_and_nothing_acts() {
        let hostile: String = ('\0'..='\u{2100}').collect::<String>() + "\u{7f}x\u{10ffff}é";
        let value = json!({ hostile.clone(): [hostile, "", 1, null, {}, [], { "a": true }] });
        let mut lines: [Vec<u8>; 2] = Default::default();
        write(&mut lines[0], &value).expect("memory takes all");
        write_pretty(&mut lines[1], &value).expect("memory takes all");
        for written in lines.map(|bytes| String::from_utf8(bytes).expect("text")) {
            assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), value);
            let acting: Vec<char> = written.chars().filter(|&character| character != '\n' && acts(character)).collect();
            assert!(acting.is_empty(), "{acting:?}");
        }
    }

    #[test]
    fn the_layout_is_that_of_json() {
        let value = json!([{ "a": [1, "b\u{7f}"], "c": {} }, []]);
        let mut written = Vec::new();
        write(&mut written, &value).expect("memory takes all");
        assert_eq!(String::from_utf8(written).expect("text"), r#"[{"a":[1,"b\u007f"],"c":{}},[]]"#);
        let mut written = Vec::new();
        write_pretty(&mut written, &json!([{ "a": [1, "é"] }])).expect("memory takes all");
        let plain = serde_json::to_string_pretty(&json!([{ "a": [1, "é"] }])).expect("JSON") + "\n";
        assert_eq!(String::from_utf8(written).expect("text"), plain);
    }
}
