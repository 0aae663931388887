//! JSON that stays JSON while it is changed: a byte flipped in a frame is nearly always a frame that nobody reads.

use serde_json::Value;

/// Chance, as a seed that is used up.
pub struct Chance(u64);

impl Chance {
    /// Begins with a seed.
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed) << 1 | 1)
    }

    /// A number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    /// One of some; none of none.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Numbers that positions, versions and lengths are wrong at.
const NUMBERS: [i64; 14] =
    [0, 1, 2, 3, 7, 40, 79, 1_000, -1, 65_535, 2_147_483_647, 2_147_483_648, 4_294_967_295, i64::MAX];
/// Texts that make lines, cables and names of another kind.
const TEXTS: [&str; 16] = [
    "",
    "\n",
    "\r\n",
    "\u{fffd}",
    "𝄞",
    "\u{2028}",
    " ",
    "1. (U) One.\n",
    "UNCLAS ASTANA 000012\n\nTAGS: KZ\nSUBJECT: X\n\n1. (U) One.\n",
    "QUOTE\n",
    "¶",
    "utf-8",
    "utf-16",
    "file:///a.cable",
    "untitled:a",
    "cable.repair",
];

/// Changes one value somewhere in a tree. Not recursive: a tree may be deep.
pub fn change(value: &mut Value, chance: &mut Chance) {
    let mut at = value;
    // Deeper with each step, or here.
    while chance.below(5) > 0 {
        let children = match at {
            Value::Array(list) => list.len(),
            Value::Object(map) => map.len(),
            _ => 0,
        };
        if children == 0 {
            break;
        }
        let index = chance.below(children);
        at = match at {
            Value::Array(list) => &mut list[index],
            Value::Object(map) => map.values_mut().nth(index).expect("one of them"),
            _ => unreachable!("it has children"),
        };
    }
    match (&mut *at, chance.below(6)) {
        (Value::Array(list), 0) if !list.is_empty() => {
            list.remove(chance.below(list.len()));
        }
        (Value::Array(list), 1..=3) if !list.is_empty() => {
            let copy = list[chance.below(list.len())].clone();
            list.insert(chance.below(list.len() + 1), copy);
        }
        (Value::Object(map), 0) if !map.is_empty() => {
            let key = map.keys().nth(chance.below(map.len())).cloned().unwrap_or_default();
            map.remove(&key);
        }
        (Value::String(text), 0..=3) => splice(text, chance),
        (Value::Number(number), 0..=2) => {
            let near = number.as_i64().unwrap_or_default().wrapping_add(chance.below(7) as i64 - 3);
            *at = near.into();
        }
        _ => {
            *at = match chance.below(8) {
                0 => Value::Null,
                1 => Value::Bool(chance.below(2) == 0),
                2..=4 => chance.pick(&NUMBERS).copied().unwrap_or_default().into(),
                5 | 6 => chance.pick(&TEXTS).copied().unwrap_or_default().into(),
                _ => Value::Array(Vec::new()),
            };
        }
    }
}

/// Puts a text into a text, or takes some of it away.
fn splice(text: &mut String, chance: &mut Chance) {
    let floor = |text: &str, mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = chance.below(text.len() + 1);
    let start = floor(text, start);
    let end = (start + chance.below(30)).min(text.len());
    let end = floor(text, end).max(start);
    let new = if chance.below(3) == 0 { "" } else { chance.pick(&TEXTS).copied().unwrap_or_default() };
    let range = if chance.below(2) == 0 { start..start } else { start..end };
    text.replace_range(range, new);
}
