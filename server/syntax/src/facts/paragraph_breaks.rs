//! Blank lines inside a paragraph.

use crate::cable::Cable;
use crate::paragraph_break::ParagraphBreak;
use crate::part::{Part, PartKind};
use crate::span::Span;

/// Fragments below a blank line with text of the same paragraph directly above it.
pub(super) fn paragraph_breaks(cable: &Cable) -> Vec<ParagraphBreak> {
    let is_text = |part: &Part| matches!(part.kind, PartKind::Paragraph | PartKind::Fragment);
    let found = cable.parts.iter().enumerate().filter_map(|(index, fragment)| {
        let above = cable.parts.get(index.checked_sub(1)?)?;
        if fragment.kind != PartKind::Fragment || !is_text(above) || fragment.line < above.line + 2 {
            return None;
        }
        let mut first = above;
        for part in cable.parts[..index].iter().rev() {
            if !is_text(part) || part.line + 1 < first.line {
                break;
            }
            first = part;
        }
        let block = Span::new(first.span.start, above.span.end);
        (!is_point(cable.slice(fragment.span))).then_some(ParagraphBreak { fragment: *fragment, block })
    });
    found.collect()
}

/// Whether a text begins as a point of a paragraph does (FORMAT.md, "Subparagraphs").
fn is_point(text: &str) -> bool {
    let is_count = |inner: &[u8]| matches!(inner.len(), 1 | 2) && inner.iter().all(u8::is_ascii_digit);
    let is_roman = |inner: &[u8]| !inner.is_empty() && inner.iter().all(|sign| matches!(sign, b'i' | b'v' | b'x'));
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else { return false };
    match first {
        b'-' | b'*' | b'+' | b'>' => true,
        b'(' => memchr::memchr(b')', bytes).is_some_and(|close| {
            let inner = &bytes[1..close];
            matches!(inner, [b'a'..=b'z']) || is_roman(inner) || is_count(inner)
        }),
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
            let Some(sign) = bytes.iter().position(|byte| matches!(byte, b'.' | b')')) else { return false };
            let (inner, after) = (&bytes[..sign], bytes.get(sign + 1));
            let is_letter = inner.len() == 1 && inner[0].is_ascii_alphabetic();
            (is_letter && after.is_some_and(|next| matches!(next, b'\t'..=b'\r' | b' ')))
                || is_count(inner)
                || (inner.len() <= 4 && is_roman(inner))
        }
        _ => text.starts_with(['•', '–']),
    }
}

#[cfg(test)]
mod tests {
    use super::is_point;

    #[test]
    fn points_begin_with_a_sign_or_a_count() {
        for text in [
            "-- so", "* so", "• so", "– so", "> so", "(a) so", "(iv) so", "(12) so", "b. so", "B)\tso", "1.so",
            "12) so", "xvi. so",
        ] {
            assert!(is_point(text), "{text}");
        }
        for text in ["so", "(A) so", "(ab) so", "(123) so", "b.so", "ab. so", "123. so", "xviii) so", "(a so", "", "é"]
        {
            assert!(!is_point(text), "{text}");
        }
    }
}
