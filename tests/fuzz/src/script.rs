//! A text and what a person types into it, as the bytes of one input.
//!
//! The records of an input are divided by `0x1E`. The first is the text. Each other one is an edit: two bytes say where,
//! as a share of the text, one says how many bytes go, and the rest is what comes in their place.

/// Divides the records.
const DIVIDER: u8 = 0x1e;
/// So many edits are made at most.
const EDITS: usize = 16;

/// One edit, as shares of a text that is not known yet.
#[derive(Debug, Clone)]
pub struct Stroke {
    at: u16,
    length: u8,
    /// What comes in.
    pub text: String,
}

impl Stroke {
    /// Where it is in a text of this length. It may begin or end inside a character, or after the text.
    pub fn range(&self, length: usize) -> std::ops::Range<usize> {
        let start = (length + 1) * usize::from(self.at) / usize::from(u16::MAX);
        // Most edits are short; some take half a cable.
        let size = usize::from(self.length);
        start..start + if size < 200 { size % 40 } else { size * 20 }
    }
}

/// The text and the edits of an input. A text alone is edited with its own words.
pub fn read(bytes: &[u8]) -> (String, Vec<Stroke>) {
    let mut records = bytes.split(|&byte| byte == DIVIDER);
    let text = crate::text_of(records.next().unwrap_or_default());
    let mut strokes: Vec<Stroke> = records.take(EDITS).filter_map(stroke).collect();
    if strokes.is_empty() {
        strokes = own_words(&text);
    }
    (text, strokes)
}

fn stroke(record: &[u8]) -> Option<Stroke> {
    let [high, low, length, text @ ..] = record else { return None };
    let text = String::from_utf8_lossy(text).into_owned();
    Some(Stroke { at: u16::from_be_bytes([*high, *low]), length: *length, text })
}

/// Pieces of a text, put elsewhere in it. Which ones depends on nothing but the text.
fn own_words(text: &str) -> Vec<Stroke> {
    let mut state = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as usize
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    (0..6)
        .map(|_| {
            let line = lines.get(next() % lines.len().max(1)).copied().unwrap_or_default();
            let whole = next() % 2 == 0;
            let text: String = line.chars().skip(if whole { 0 } else { next() % 20 }).collect();
            Stroke { at: next() as u16, length: next() as u8, text }
        })
        .collect()
}
