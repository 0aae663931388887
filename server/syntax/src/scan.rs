//! Reads a text from left to right, sign by sign: for what is too simple to make a pattern for.
//!
//! A pattern costs more to make than a file of a few pages costs to read, so what is on every cable is read by hand.

use crate::span::Span;

/// A place in a text, and what comes next there.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    /// The start of a text.
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// A place in a text, where a character begins.
    pub fn at_byte(text: &'t str, at: usize) -> Option<Self> {
        text.is_char_boundary(at).then_some(Self { text, at })
    }

    /// How many bytes have been read.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// What has not been read.
    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// So many bytes before this place.
    pub fn before(&self, count: usize) -> &'t str {
        self.at.checked_sub(count).and_then(|start| self.text.get(start..self.at)).unwrap_or_default()
    }

    /// Whether all has been read.
    pub const fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// The next byte.
    pub fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes words, where they come next.
    pub fn take(&mut self, words: &str) -> bool {
        let is_next = self.text.as_bytes()[self.at..].starts_with(words.as_bytes());
        self.at += if is_next { words.len() } else { 0 };
        is_next
    }

    /// The same in any case.
    pub fn take_any_case(&mut self, words: &str) -> bool {
        let next = self.text.as_bytes().get(self.at..self.at + words.len());
        let is_next = next.is_some_and(|next| next.eq_ignore_ascii_case(words.as_bytes()));
        self.at += if is_next { words.len() } else { 0 };
        is_next
    }

    /// Takes a word whose letters may stand apart by one space each, and that ends there.
    pub fn take_spaced(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        for (index, letter) in word.bytes().enumerate() {
            let _ = index > 0 && ahead.take(" ");
            if !ahead.take_sign(|sign| sign == letter) {
                return false;
            }
        }
        let is_next = ahead.is_word_edge();
        if is_next {
            *self = ahead;
        }
        is_next
    }

    /// Takes the first of some words that comes next.
    pub fn take_one_of(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.take(word))
    }

    /// Takes one sign of a kind. Only ASCII signs may be of it.
    pub fn take_sign(&mut self, is: impl Fn(u8) -> bool) -> bool {
        self.take_most(1, is) == 1
    }

    /// Takes the signs of a kind that come next, however many. Only ASCII signs may be of it.
    pub fn take_signs(&mut self, is: impl Fn(u8) -> bool) -> usize {
        self.take_most(usize::MAX, is)
    }

    /// The same of so many at most.
    pub fn take_most(&mut self, most: usize, is: impl Fn(u8) -> bool) -> usize {
        let bytes = &self.text.as_bytes()[self.at..];
        let count = bytes.iter().take(most).take_while(|byte| byte.is_ascii() && is(**byte)).count();
        self.at += count;
        count
    }

    /// The same of any signs.
    pub fn take_chars(&mut self, most: usize, is: impl Fn(char) -> bool) -> usize {
        let taken = self.rest().chars().take(most).take_while(|sign| is(*sign)).map(char::len_utf8).sum::<usize>();
        self.at += taken;
        taken
    }

    /// Goes to the next sign of a kind; whether there is one. Only ASCII signs may be of it.
    pub fn skip_to(&mut self, is: impl Fn(u8) -> bool) -> bool {
        let found = self.text.as_bytes()[self.at..].iter().position(|&byte| byte.is_ascii() && is(byte));
        self.at = found.map_or(self.text.len(), |found| self.at + found);
        found.is_some()
    }

    /// What is taken by a reader.
    pub fn span_of<T>(&mut self, take: impl FnOnce(&mut Self) -> T) -> Span {
        let start = self.at;
        take(self);
        Span::of(start..self.at)
    }

    /// Takes the spaces that come next.
    pub fn take_spaces(&mut self) -> usize {
        self.take_signs(|byte| is_space(char::from(byte)))
    }

    /// Whether a word begins or ends here: letters, figures and `_` on one side alone.
    pub fn is_word_edge(&self) -> bool {
        let bytes = self.text.as_bytes();
        let is_word = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().is_some_and(is_word_sign);
        is_word(self.at.checked_sub(1)) != is_word(Some(self.at))
    }
}

/// White space within ASCII, as the patterns have it.
pub const fn is_space(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\x0C' | '\r' | ' ')
}

/// A sign of a word: a letter or figure of ASCII, or `_`.
pub const fn is_word_sign(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where words are in a text in any case, as whole words; both are ASCII.
pub fn find_any_case(text: &str, words: &str) -> Option<usize> {
    let (bytes, words) = (text.as_bytes(), words.as_bytes());
    let first = *words.first()?;
    let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    memchr::memchr2_iter(small, capital, bytes)
        .find(|&at| bytes.get(at..at + words.len()).is_some_and(|found| found.eq_ignore_ascii_case(words)))
}
