//! Lone surrogates in JSON: `"\ud800"` is half a character, which an editor whose texts are UTF-16 may well send and
//! which `serde_json` refuses. It is read as U+FFFD: one unit in UTF-16 as it was, so that every column stays right.

use memchr::{memchr, memmem};

/// Length of `\uXXXX`.
const ESCAPE: usize = 6;
/// What a lone surrogate is read as.
const REPLACEMENT: &[u8; ESCAPE] = br"\ufffd";

/// Replaces the lone surrogates of a JSON text. A text without surrogates is only looked through.
pub(super) fn replace(json: &mut [u8]) {
    if memmem::find(json, br"\ud").is_none() && memmem::find(json, br"\uD").is_none() {
        return;
    }
    let mut at = 0;
    while let Some(found) = json.get(at..).and_then(|rest| memchr(b'\\', rest)) {
        at += found;
        at += match (surrogate(json, at), surrogate(json, at + ESCAPE)) {
            (Some(Half::High), Some(Half::Low)) => 2 * ESCAPE,
            (Some(_), _) => {
                json[at..at + ESCAPE].copy_from_slice(REPLACEMENT);
                ESCAPE
            }
            // Another escape: the sign after the backslash may be one too and begins nothing.
            (None, _) => 2,
        };
    }
}

enum Half {
    High,
    Low,
}

/// The surrogate that is written at a byte, if one is.
fn surrogate(json: &[u8], at: usize) -> Option<Half> {
    let digits = json.get(at..at + ESCAPE)?.strip_prefix(br"\u")?;
    let unit = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    match unit {
        0xD800..=0xDBFF => Some(Half::High),
        0xDC00..=0xDFFF => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn replaced(json: &str) -> String {
        let mut json = json.as_bytes().to_vec();
        replace(&mut json);
        String::from_utf8(json).expect("what was a text is one")
    }

    #[test]
    fn half_a_character_is_replaced_and_a_whole_one_stays() {
        for (json, text) in [
            (r#""a\ud800b""#, "a\u{fffd}b"),
            (r#""\uDC00""#, "\u{fffd}"),
            (r#""\ud83d\ude00""#, "\u{1f600}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\\ud800""#, r"\ud800"),
            (r#""\\\ud800""#, "\\\u{fffd}"),
            (r#""\ud800\n""#, "\u{fffd}\n"),
            (r#""\u00e9\ud800""#, "é\u{fffd}"),
        ] {
            assert_eq!(serde_json::from_str::<String>(&replaced(json)).expect(json), text);
        }
    }

    #[test]
    fn what_is_no_json_is_left_as_it_is() {
        for text in [r"\ud8", r"\ud8zz", r"\u", r"\", "", r"\ud8é"] {
            assert_eq!(replaced(text), text);
        }
    }

    proptest! {
        /// JavaScript's strings are any sequence of units; each is read, and is as long as it was.
        #[test]
        fn any_sequence_of_units_is_read(units in prop::collection::vec(prop_oneof![0xD7FEu16..0xE002, 0u16..0x80], 0..20)) {
            let escaped: Vec<_> = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let escaped = escaped.concat();
            let text: String = serde_json::from_str(&replaced(&format!("\"{escaped}\""))).expect("JSON");
            prop_assert_eq!(&text, &String::from_utf16_lossy(&units));
            prop_assert_eq!(text.encode_utf16().count(), units.len());
        }
    }
}
