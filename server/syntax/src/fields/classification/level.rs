//! The level as it is written: in one word, letter-spaced, or with a letter lost, doubled or in another's place.

use super::Classification;

/// Words of the levels, longest first where one starts another.
const LEVELS: [(&str, Classification); 6] = [
    ("UNCLASSIFIED", Classification::Unclassified),
    ("UNCLAS", Classification::Unclassified),
    ("LIMITEDOFFICIALUSE", Classification::LimitedOfficialUse),
    ("CONFIDENTIAL", Classification::Confidential),
    ("TOPSECRET", Classification::TopSecret),
    ("SECRET", Classification::Secret),
];

/// The level that a text begins with.
pub(crate) fn level_of(text: &str) -> Option<Classification> {
    read_level(text).map(|(level, _)| level)
}

/// Whether a trimmed line may start with a level: a look at its first letters only.
pub(crate) fn may_start(text: &str) -> bool {
    let mut letters = text.bytes().filter(u8::is_ascii_alphabetic).map(|byte| byte.to_ascii_uppercase());
    let start = [letters.next(), letters.next(), letters.next()].map(Option::unwrap_or_default);
    let is_level = matches!(
        &start,
        b"UNC" | b"UUN" | b"LIM" | b"CON" | b"CCO" | b"ONF" | b"SEC" | b"SSE" | b"ECR" | b"TOP" | b"CAB" | b"NCL"
    );
    // With a letter lost, doubled or in another's place.
    let is_damaged =
        || matches!(&start, b"UNL" | b"UNN" | b"UCL" | b"UCN" | b"NUC" | b"COF" | b"CNF" | b"CNO" | b"OCN");
    let is_spaced = || matches!(text.as_bytes(), [_, b' ', ..]);
    is_level || is_damaged() || is_spaced() && spaced_letters(text).nth(LEAST_SPACED - 1).is_some()
}

/// Fewer letters that stand apart are no level's.
const LEAST_SPACED: usize = 5;

/// The letters at the start of a text that stand apart by spaces, each with its end.
fn spaced_letters(text: &str) -> impl Iterator<Item = (char, usize)> + '_ {
    let words = text.split(' ').scan(0, |at, word| {
        let end = *at + word.len();
        *at = end + 1;
        Some((word, end))
    });
    let letters = words.filter(|(word, _)| !word.is_empty()).map_while(|(word, end)| {
        let is_letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_letter.then(|| word.chars().next().map(|letter| (letter, end))).flatten()
    });
    letters.take("LIMITEDOFFICIALUSE".len() + 1)
}

/// A level at the start of `text` that is one letter off, which only an MRN after it makes sure: `UNCLLAS`,
/// `C O N I D E N T I A L`. Gives its end.
pub(super) fn read_damaged_level(text: &str) -> Option<(Classification, usize)> {
    let is_misspelled = |word: &str, level: &str| strsim::osa_distance(word, level) == 1;
    let word = text.split(' ').next().unwrap_or_default();
    if word.len() > LEAST_SPACED
        && word.len() <= "UNCLASSIFIED".len() + 1
        && word.bytes().all(|b| b.is_ascii_uppercase())
    {
        // `SECRETS` is a word of the text.
        let level = LEVELS.iter().find(|(level, _)| !level.ends_with("SECRET") && is_misspelled(word, level))?;
        return Some((level.1, word.len()));
    }
    let letters: Vec<(char, usize)> = spaced_letters(text).collect();
    let word: String = letters.iter().map(|letter| letter.0).collect();
    LEVELS.iter().find_map(|&(level, meant)| {
        let lengths = [level.len(), level.len() + 1, level.len() - 1];
        let length = lengths
            .into_iter()
            .filter(|&length| length >= LEAST_SPACED)
            .find(|&length| word.get(..length).is_some_and(|word| is_misspelled(word, level)))?;
        Some((meant, letters.get(length - 1)?.1))
    })
}

/// Reads the level at the start of `text`: spaced or not, its first letter lost or doubled. Gives its end.
pub(super) fn read_level(text: &str) -> Option<(Classification, usize)> {
    LEVELS.iter().find_map(|&(word, level)| {
        let lost = &word[1..];
        let end = letters_of(text, word)
            .or_else(|| {
                text.get(1..)
                    .filter(|_| text.starts_with(&word[..1]))
                    .and_then(|t| Some(letters_of(t.trim_start(), word)? + text.len() - t.trim_start().len()))
            })
            .or_else(|| letters_of(text, lost).filter(|_| word.len() > 5))?;
        Some((level, end))
    })
}

/// Where `word` ends in `text` when its letters may stand apart by spaces; none when it is only a longer word's start.
fn letters_of(text: &str, word: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    for (index, letter) in word.bytes().enumerate() {
        while index > 0 && bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        if !bytes.get(at)?.eq_ignore_ascii_case(&letter) {
            return None;
        }
        at += 1;
    }
    let goes_on = bytes.get(at).is_some_and(u8::is_ascii_lowercase) || text[at..].starts_with("ARY");
    (!goes_on).then_some(at)
}
