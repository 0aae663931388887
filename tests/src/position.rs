//! Positions as the protocol counts them: a line, and a column in the units that were agreed on.
//!
//! Written apart from the server's own conversion, so that each can be held against the other. Strict: a position that
//! falls inside a character or after the end of its line is a fault of whoever sent it.

use cable_lint::{TextEdit, fix};
use serde_json::{Value, json};

/// The unit of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    /// The name in `general.positionEncodings`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    /// How many units a text takes.
    pub fn units(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// How many bytes at the beginning of `text` take this many units; `None` inside a character or after the end.
    pub fn bytes(self, text: &str, units: usize) -> Option<usize> {
        let mut left = units;
        for (offset, character) in text.char_indices() {
            if left == 0 {
                return Some(offset);
            }
            left = left.checked_sub(self.units(character.encode_utf8(&mut [0; 4])))?;
        }
        (left == 0).then_some(text.len())
    }
}

/// The lines of a text with the byte each begins at, without their ends: `\n`, `\r\n` or `\r`, and a last one.
pub fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let ends = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            let is_pair = byte == b'\n' && at > start && bytes[at - 1] == b'\r';
            lines.push((start, &text[start..at - usize::from(is_pair)]));
            start = at + 1;
        }
    }
    lines.push((start, &text[start..]));
    lines
}

/// The position of a byte of the text.
pub fn position(text: &str, offset: usize, encoding: Encoding) -> Value {
    let (line, start) = line_at(text, offset);
    json!({ "line": line, "character": encoding.units(&text[start..offset]) })
}

/// The byte a position stands for.
///
/// # Errors
/// When no character begins there.
pub fn offset(text: &str, position: &Value, encoding: Encoding) -> Result<usize, String> {
    let number = |key: &str| position[key].as_u64().and_then(|number| usize::try_from(number).ok());
    let (Some(line), Some(character)) = (number("line"), number("character")) else {
        return Err(format!("{position} is no position"));
    };
    let lines = lines(text);
    let &(start, content) = lines.get(line).ok_or_else(|| format!("{position} is after the last line"))?;
    let column = encoding.bytes(content, character);
    column
        .map(|column| start + column)
        .ok_or_else(|| format!("no character of {content:?} begins at {position}, counted in {}", encoding.name()))
}

/// What a client makes of the server's edits, which are all of the text as it was.
///
/// # Panics
///
/// If an edit is none, or is nowhere in the text.
pub fn applied(text: &str, edits: &Value, encoding: Encoding) -> String {
    let offset = |place: &Value| offset(text, place, encoding).unwrap_or_else(|fault| panic!("{fault}"));
    let edits = edits.as_array().expect("a list").iter().map(|edit| TextEdit {
        range: offset(&edit["range"]["start"])..offset(&edit["range"]["end"]),
        text: edit["newText"].as_str().expect("a text").to_owned(),
    });
    fix::apply(text, &edits.collect::<Vec<_>>())
}

/// The position of a byte as a person counts: `line:column`, both from 1, columns in Unicode scalar values.
pub fn for_people(text: &str, offset: usize) -> String {
    let (line, start) = line_at(text, offset);
    format!("{}:{}", line + 1, text[start..offset].chars().count() + 1)
}

/// Whether a character beyond the Basic Multilingual Plane is before this byte, on its line.
pub fn is_after_astral(text: &str, offset: usize) -> bool {
    let (_, start) = line_at(text, offset);
    text[start..offset].chars().any(|character| character > '\u{ffff}')
}

/// The line of a byte, from 0, and the byte it begins at.
fn line_at(text: &str, offset: usize) -> (usize, usize) {
    let lines = lines(text);
    let line = lines.partition_point(|&(start, _)| start <= offset) - 1;
    (line, lines[line].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_one_position_in_each_encoding() {
        let text = "a\r\n\u{10348}é\rb\n";
        for encoding in Encoding::ALL {
            for (at, character) in text.char_indices().filter(|&(at, _)| at != 2) {
                let position = position(text, at, encoding);
                assert_eq!(offset(text, &position, encoding), Ok(at), "{character:?} {position}");
            }
        }
        assert_eq!(position(text, 9, Encoding::Utf16), json!({ "line": 1, "character": 3 }));
        assert_eq!(for_people(text, 9), "2:3");
        assert!(is_after_astral(text, 7) && !is_after_astral(text, 3) && !is_after_astral(text, 10));
        for wrong in [
            json!({ "line": 1, "character": 1 }),
            json!({ "line": 0, "character": 2 }),
            json!({ "line": 4, "character": 0 }),
        ] {
            assert!(offset(text, &wrong, Encoding::Utf16).is_err(), "{wrong}");
        }
    }
}
