//! Invented words, sentences and names: nothing in a synthetic cable is quoted from anywhere.

use super::random::Random;

const SYLLABLES: [&str; 24] = [
    "ba", "ri", "ton", "le", "mar", "ku", "ve", "sin", "do", "pal", "ne", "gra", "hul", "mi", "sor", "ta", "wen", "li",
    "fo", "dra", "ces", "yu", "pen", "ol",
];

const SMALL_WORDS: [&str; 8] = ["the", "of", "and", "in", "to", "with", "for", "on"];

const BEYOND_THE_BASIC_PLANE: [&str; 3] = ["𝄞", "🚢", "𐍈"];

/// An invented word in lower case.
pub(super) fn word(random: &mut Random) -> String {
    (0..random.between(2, 3)).map(|_| random.pick(&SYLLABLES)).collect()
}

/// An invented surname: `Tavenor`.
pub(super) fn name(random: &mut Random) -> String {
    capitalised(&word(random))
}

/// `word` with its first letter in upper case.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `words` words without a full stop, the first in upper case.
pub(super) fn clause(random: &mut Random, words: u32, non_bmp: bool) -> String {
    let mut text = name(random);
    for index in 1..words {
        text.push(' ');
        if non_bmp && random.once_in(12) {
            text.push_str(random.pick(&BEYOND_THE_BASIC_PLANE));
        } else if index + 1 < words && random.once_in(3) {
            text.push_str(random.pick(&SMALL_WORDS));
        } else {
            text.push_str(&word(random));
        }
    }
    text
}

/// A sentence of an invented language, with its full stop.
pub(super) fn sentence(random: &mut Random, non_bmp: bool) -> String {
    let words = random.between(6, 18);
    clause(random, words, non_bmp) + "."
}

/// Several sentences.
pub(super) fn sentences(random: &mut Random, non_bmp: bool) -> String {
    let count = random.between(2, 5);
    let all: Vec<_> = (0..count).map(|_| sentence(random, non_bmp)).collect();
    all.join(if random.once_in(2) { " " } else { "  " })
}

/// `text` broken at spaces into lines of at most `width` characters; a word is never cut.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
