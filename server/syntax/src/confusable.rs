//! Letters that character recognition puts for digits, in fields that can only hold digits.

/// The digit that a letter was read for.
pub const fn confusable_digit(letter: char) -> Option<char> {
    match letter {
        'O' | 'o' | 'Q' => Some('0'),
        'I' | 'l' => Some('1'),
        _ => None,
    }
}

/// A text with the digits that its letters were read for.
pub fn as_digits(text: &str) -> String {
    text.chars().map(|letter| confusable_digit(letter).unwrap_or(letter)).collect()
}
