//! Positions as the protocol counts them ↔ byte offsets in the rope.
//!
//! A protocol column counts code units of the encoding agreed at `initialize`. Whatever a client sends is clamped:
//! a line beyond the text is its end, a column beyond its line is the line's end (before `\r\n`, never inside it), a
//! column inside a character is the character's start.

use std::ops::Range;

use ropey::Rope;
use tower_lsp::lsp_types::{Position, PositionEncodingKind, Range as LspRange};

use crate::lsp::analysis::{Document, Placed, Span};

/// The longest stretch of a line, in bytes, whose columns are counted one by one.
const COUNTED: u32 = 256;

/// The unit a protocol column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what a client means that says nothing.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The first of the client's offers, in its order, that needs no counting of UTF-16 units; UTF-16 if there is none.
    pub(in crate::lsp) fn negotiate(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered.iter().find_map(known).unwrap_or(Self::Utf16)
    }

    /// The name for the answer to `initialize`.
    pub(in crate::lsp) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The byte offset of `position`, clamped to the text.
    pub(in crate::lsp) fn offset(self, rope: &Rope, position: Position) -> usize {
        let line = position.line as usize;
        if line >= rope.len_lines() {
            return rope.len_bytes();
        }
        let (start, end) = content(rope, line);
        let column = position.character as usize;
        let char = match self {
            Self::Utf8 => rope.byte_to_char((rope.char_to_byte(start) + column).min(rope.len_bytes())),
            Self::Utf16 => rope.utf16_cu_to_char((rope.char_to_utf16_cu(start) + column).min(rope.len_utf16_cu())),
            Self::Utf32 => start + column,
        };
        rope.char_to_byte(char.min(end))
    }

    /// The position of byte `offset`, clamped to the text.
    pub(in crate::lsp) fn position(self, rope: &Rope, offset: usize) -> Position {
        let char = rope.byte_to_char(offset.min(rope.len_bytes()));
        let line = rope.char_to_line(char);
        let (start, end) = content(rope, line);
        let char = char.min(end);
        let column = match self {
            Self::Utf8 => rope.char_to_byte(char) - rope.char_to_byte(start),
            Self::Utf16 => rope.char_to_utf16_cu(char) - rope.char_to_utf16_cu(start),
            Self::Utf32 => char - start,
        };
        Position::new(line as u32, column as u32)
    }

    /// How many units a text within one line is long.
    pub(in crate::lsp) fn length(self, text: &str) -> u32 {
        let length = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        };
        length as u32
    }

    /// The bytes between two positions; the other way round if they come the wrong way.
    pub(in crate::lsp) fn span(self, rope: &Rope, range: LspRange) -> Range<usize> {
        let (start, end) = (self.offset(rope, range.start), self.offset(rope, range.end));
        start.min(end)..start.max(end)
    }

    /// The positions around a range of bytes.
    pub(in crate::lsp) fn range(self, rope: &Rope, span: &Range<usize>) -> LspRange {
        LspRange::new(self.position(rope, span.start), self.position(rope, span.end))
    }
}

/// The positions in one cable, with lines that count from its first.
pub(in crate::lsp) struct CablePositions<'a> {
    encoding: Encoding,
    document: &'a Document,
    placed: &'a Placed,
    /// Then a column is a number of bytes, in every encoding.
    is_ascii: bool,
}

impl<'a> CablePositions<'a> {
    /// The positions in a cable of a document.
    pub(in crate::lsp) fn new(encoding: Encoding, document: &'a Document, placed: &'a Placed) -> Self {
        Self { encoding, document, placed, is_ascii: placed.cable.text().is_ascii() }
    }

    /// The positions around a range of bytes of the cable.
    pub(in crate::lsp) fn range(&self, span: &Range<usize>) -> LspRange {
        LspRange::new(self.position(span.start), self.position(span.end))
    }

    fn position(&self, offset: usize) -> Position {
        let cable = &self.placed.cable;
        if offset >= cable.text().len() && cable.text().ends_with(['\n', '\r']) {
            return Position::new(cable.lines().len() as u32, 0);
        }
        let line = cable.line_at(offset as u32);
        let Some(span) = cable.lines().get(line as usize).map(|line| line.span) else { return Position::default() };
        let before = Span::new(span.start, span.end.min(offset as u32));
        let column = if self.is_ascii {
            before.end - before.start
        } else if before.end - before.start <= COUNTED {
            self.encoding.length(cable.slice(before))
        } else {
            // Finds a column without counting from the start of the line.
            self.encoding.position(self.document.rope(), self.placed.start + offset).character
        };
        Position::new(line, column)
    }
}

/// The characters of a line without its line break (`\n`, `\r\n` or `\r`), as indexes into the rope.
fn content(rope: &Rope, line: usize) -> (usize, usize) {
    let start = rope.line_to_char(line);
    let mut end = rope.line_to_char(line + 1);
    for break_char in ['\n', '\r'] {
        if end > start && rope.char(end - 1) == break_char {
            end -= 1;
        }
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lsp::analysis::Analysis;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn offsets(text: &str, line: u32, column: u32) -> [usize; 3] {
        ALL.map(|encoding| encoding.offset(&Rope::from_str(text), Position::new(line, column)))
    }

    #[test]
    fn the_client_chooses_among_what_is_better_than_utf_16() {
        let kinds = |names: &[&'static str]| names.iter().map(|&name| name.into()).collect::<Vec<_>>();
        assert_eq!(Encoding::negotiate(&[]), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(&kinds(&["utf-16"])), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(&kinds(&["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(Encoding::negotiate(&kinds(&["utf-32", "utf-8"])), Encoding::Utf32);
        assert_eq!(Encoding::negotiate(&kinds(&["utf-7"])), Encoding::Utf16);
    }

    #[test]
    fn counts_columns_in_each_encoding() {
        // é: 2 bytes, 1 unit; 𐍈: 4 bytes, 2 units.
        assert_eq!(offsets("aé𐍈b", 0, 1), [1, 1, 1]);
        assert_eq!(offsets("aé𐍈b", 0, 3), [3, 3, 7]);
        assert_eq!(offsets("aé𐍈b", 0, 4), [3, 7, 8]);
        assert_eq!(offsets("aé𐍈b", 0, 7), [7, 8, 8]);
        let at_b = ALL.map(|encoding| encoding.position(&Rope::from_str("x\naé𐍈b"), 9));
        assert_eq!(at_b, [7, 4, 3].map(|column| Position::new(1, column)));
    }

    #[test]
    fn clamps_to_the_line_and_to_the_text() {
        assert_eq!(offsets("ab\ncd", 0, 99), [2; 3]);
        assert_eq!(offsets("ab\ncd", 9, 0), [5; 3]);
        assert_eq!(offsets("ab\ncd\n", 2, 5), [6; 3]);
        assert_eq!(offsets("", 0, 0), [0; 3]);
        assert_eq!(offsets("ab", u32::MAX, u32::MAX), [2; 3]);
        assert_eq!(Encoding::Utf16.position(&Rope::from_str("ab"), 99), Position::new(0, 2));
    }

    #[test]
    fn never_stands_inside_a_line_break() {
        for column in [2, 3, 4] {
            assert_eq!(offsets("ab\r\ncd", 0, column), [2; 3]);
        }
        assert_eq!(Encoding::Utf8.position(&Rope::from_str("ab\r\ncd"), 3), Position::new(0, 2));
    }

    #[test]
    fn breaks_lines_where_the_protocol_does() {
        assert_eq!(offsets("a\rb", 1, 0), [2; 3]);
        assert_eq!(offsets("a\r\nb", 1, 0), [3; 3]);
        // Form feed, line separator and next line are characters like others.
        assert_eq!(offsets("a\u{c}b\u{2028}c\u{85}d\ne", 1, 0)[2], "a\u{c}b\u{2028}c\u{85}d\n".len());
    }

    #[test]
    fn a_backward_range_is_turned_round() {
        let backward = LspRange::new(Position::new(1, 1), Position::new(0, 1));
        assert_eq!(Encoding::Utf8.span(&Rope::from_str("ab\ncd"), backward), 1..4);
    }

    proptest! {
        #[test]
        fn an_offset_survives_the_way_there_and_back(text in "[a\r\né𐍈\u{301}\u{feff}]{0,60}") {
            let rope = Rope::from_str(&text);
            for encoding in ALL {
                for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let inside_break = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                    let back = encoding.offset(&rope, encoding.position(&rope, offset));
                    prop_assert_eq!(back, offset - usize::from(inside_break));
                }
            }
        }

        #[test]
        fn a_cable_has_the_positions_of_its_document(
            text in "(VZCZCXRO0001\r?\n|UNCLAS ASTANA 000001\n|TAGS: é KZ\r|1\\. \\(U\\) 𐍈\n|\n|x|é{150}){0,12}",
        ) {
            let document = Analysis::default().parse(&text);
            let rope = document.rope();
            for encoding in ALL {
                for placed in document.cables() {
                    let positions = CablePositions::new(encoding, &document, placed);
                    let cable = placed.cable.text();
                    for (offset, _) in cable.char_indices().chain([(cable.len(), ' ')]) {
                        let Position { line, character } = positions.position(offset);
                        let moved = Position::new(line + placed.first_line as u32, character);
                        prop_assert_eq!(moved, encoding.position(rope, placed.start + offset));
                    }
                }
            }
        }

        #[test]
        fn any_position_is_a_character_boundary(text in "[a\r\né𐍈]{0,40}", line in 0u32..50, column in 0u32..99) {
            let rope = Rope::from_str(&text);
            for encoding in ALL {
                let offset = encoding.offset(&rope, Position::new(line, column));
                prop_assert!(text.is_char_boundary(offset));
                prop_assert_eq!(encoding.offset(&rope, encoding.position(&rope, offset)), offset);
            }
        }
    }
}
