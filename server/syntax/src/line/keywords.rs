//! The keyword of a header line: at the start of the line, or glued to the last word before it (FORMAT.md, "Header").

use crate::fields::classified_by;
use crate::fields::executive_order;
use crate::fields::misspelt;
use crate::fields::reference;
use crate::fields::subject;
use crate::fields::tags;

use super::kind::Keyword;

/// The header keyword at the very start of a line, well written or one of the mistakes of FORMAT.md, "Header".
pub(crate) fn keyword_at_start(text: &str) -> Option<Keyword> {
    // Two letters decide for nearly every line of the body that this is none.
    let bytes = text.as_bytes();
    let lower = |index: usize| bytes.get(index).map_or(0, u8::to_ascii_lowercase);
    match (lower(0), lower(1)) {
        (b'e', b'.' | b',' | b'o' | b' ') => executive_order::keyword(text).map(|_| Keyword::ExecutiveOrder),
        (b't', b'a' | b'g' | b't') | (b'a', b'g' | b't') => tags::keyword(text).map(|_| Keyword::Tags),
        (b's', b'u' | b'b' | b'j' | b's') | (b'u', b'b' | b's') => subject::keyword(text).map(|_| Keyword::Subject),
        (b'r', b'e' | b'f' | b'r') | (b'e', b'r' | b'f') => reference::keyword(text).map(|_| Keyword::Reference),
        (b'c', b'l') | (b'd', b'e') | (b'(', b'u' | b's' | b'c') => {
            classified_by::keyword(text).map(|_| Keyword::ClassifiedBy)
        }
        // Any other letter may be misread, where a colon ends the first word.
        _ if misspelt::may_be(text) => {
            let tags = || tags::keyword(text).map(|_| Keyword::Tags);
            let subject = || subject::keyword(text).map(|_| Keyword::Subject);
            tags().or_else(subject).or_else(|| reference::keyword(text).map(|_| Keyword::Reference))
        }
        _ => None,
    }
}

/// Where the keyword of the list of references begins that is glued to the last word before it: `THE PRIMEREF: A. ASTANA 1`.
/// After it a list follows, or nothing on its line.
pub(crate) fn glued_reference(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b"REF").find(|&at| {
        at > 0
            && bytes[at - 1].is_ascii_alphanumeric()
            && text.get(at..).is_some_and(|rest| {
                let after = ["REF:", "REFS:", "REFTEL:", "REFTELS:"].iter().find_map(|word| rest.strip_prefix(word));
                after.is_some_and(|after| {
                    let list = after.trim_start();
                    list.is_empty() || reference::starts_with_letter(list) || reference::starts_with_cable(list)
                })
            })
    })
}
