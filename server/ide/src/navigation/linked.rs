//! Places that must stay equal while one of them is typed in: the serial of the cable, wherever it is with the same
//! digits (FORMAT.md, "Serials").

use std::ops::Range;

use cable_syntax::{Document, Span};

use super::{cable_at, number};

/// The serials that are written like the one at a byte offset of the document, that one among them; none where it
/// stands alone. Each is nothing but digits.
pub fn linked_ranges(document: &Document, offset: usize) -> Vec<Range<usize>> {
    let Some((placed, offset)) = cable_at(document, offset) else { return Vec::new() };
    let cable = &placed.cable;
    let serials: Vec<Span> = number::copies(cable).into_iter().map(|copy| copy.serial).collect();
    let Some(own) = serials.iter().find(|serial| serial.touches(offset)).map(|&serial| cable.slice(serial)) else {
        return Vec::new();
    };
    let is_plain = own.bytes().all(|byte| byte.is_ascii_digit());
    let mut equal: Vec<Span> = serials.into_iter().filter(|&serial| cable.slice(serial) == own).collect();
    equal.sort_unstable();
    if !is_plain || equal.len() < 2 {
        return Vec::new();
    }
    equal.into_iter().map(|serial| placed.range(serial)).collect()
}
