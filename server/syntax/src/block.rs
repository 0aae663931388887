//! A block of the text, which a word opens and END closes: SUMMARY, COMMENT, NOTE, TEXT (FORMAT.md, "Blocks").

use crate::span::Span;

/// What publishers and the Department's reviewers put in place of what they took out.
pub const REDACTION: &str = "XXXX";

/// The words of a block: `Summary and comment` has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockWords(u8);

/// Every word of a block.
pub(crate) const WORDS: [(&str, BlockWords); 6] = [
    ("SUMMARY", BlockWords::SUMMARY),
    ("COMMENT", BlockWords(2)),
    ("NOTE", BlockWords(4)),
    ("ACTION REQUEST", BlockWords(8)),
    ("INTRODUCTION", BlockWords(16)),
    ("TEXT", BlockWords::TEXT),
];

impl BlockWords {
    /// SUMMARY alone.
    pub const SUMMARY: Self = Self(1);
    /// What the post says between: COMMENT and NOTE.
    pub const REMARKS: Self = Self(2 | 4);
    /// TEXT alone.
    pub const TEXT: Self = Self(32);
    /// An INTRODUCTION or ACTION REQUEST fills its paragraph, and few cables close it.
    pub const OFTEN_CLOSED: Self = Self(1 | 2 | 4 | 32);

    /// The block words that are in a text, in letters of any case.
    pub fn of(text: &str) -> Self {
        let at = |at: usize, byte: u8| match byte.to_ascii_uppercase() {
            b'S' | b'C' | b'N' | b'A' | b'I' | b'T' => Self::at_start(&text[at..]),
            _ => 0,
        };
        Self(text.bytes().enumerate().fold(0, |words, (place, byte)| words | at(place, byte)))
    }

    /// The block words that a text begins with.
    fn at_start(text: &str) -> u8 {
        let begins = |(word, _): &&(&str, Self)| match *word {
            "ACTION REQUEST" => after_any_case(text, "ACTION").is_some_and(|after| {
                let next = after.trim_start();
                next.len() < after.len() && after_any_case(next, "REQUEST").is_some()
            }),
            word => after_any_case(text, word).is_some(),
        };
        WORDS.iter().filter(begins).fold(0, |words, (_, bit)| words | bit.0)
    }

    /// Whether one of them is among others.
    pub const fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// The first of them, which END must name: `SUMMARY`.
    pub fn name(self) -> &'static str {
        WORDS.iter().find(|(_, bit)| self.has(*bit)).map_or("block", |(word, _)| word)
    }
}

/// What is after a word of ASCII, in any case, that a text begins with.
fn after_any_case<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (start, after) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(after)
}

/// An opening or an end.
#[derive(Debug, Clone)]
pub struct Block {
    /// The words that open or end it, in the cable.
    pub span: Span,
    /// What it is.
    pub words: BlockWords,
    /// Whether its words are a heading, or have their line for themselves.
    pub is_heading: bool,
}

impl Block {
    /// Whether a person would still write its end: a heading opens nothing, unless it says BEGIN TEXT.
    pub fn wants_end(&self) -> bool {
        !self.is_heading || self.words == BlockWords::TEXT
    }
}

/// What is opened and closed in a cable, each in order.
#[derive(Debug, Clone, Default)]
pub struct Blocks {
    /// Openings that nothing closes.
    pub unclosed: Vec<Block>,
    /// Ends of what was never opened.
    pub unopened: Vec<Block>,
    /// The words that open a block and the words that end it, `Summary` and `End summary`, of each that has both. One end
    /// may close several.
    pub pairs: Vec<(Span, Span)>,
    /// Whether the cable closes any block.
    pub closes: bool,
}
