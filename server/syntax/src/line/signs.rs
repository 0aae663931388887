//! Which signs a line has: one look at its bytes, so that a reader need not look for what is not there.

/// The signs of one line, as far as readers and rules ask for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs(u8);

impl Signs {
    /// A tab.
    pub const TAB: Self = Self(1);
    /// `<` or `&`: what a web page or a table of marks begins with.
    pub const MARKUP: Self = Self(2);
    /// `/`.
    pub const SLASH: Self = Self(4);
    /// A figure.
    pub const DIGIT: Self = Self(8);
    /// `(` or `)`.
    pub const BRACKET: Self = Self(16);
    /// What a table of signs misread puts in place of quotes: `&`, `8`, `Q`, `?`, or a byte beyond ASCII.
    pub const MISREAD: Self = Self(32);
    /// `-`, `=` or `*`: what rules are made of.
    pub const RULE: Self = Self(64);

    /// The signs of a text.
    pub fn of(text: &str) -> Self {
        let of = |bytes: &[u8]| bytes.iter().fold(0, |signs, &byte| signs | SIGNS[usize::from(byte)]);
        let (eights, rest) = text.as_bytes().as_chunks::<8>();
        Self(eights.iter().fold(of(rest), |signs, eight| signs | of(eight)))
    }

    /// Whether one of some signs is there.
    pub const fn has(self, signs: Self) -> bool {
        self.0 & signs.0 != 0
    }
}

/// The signs of each byte.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let own = match byte as u8 {
            b'\t' => Signs::TAB.0,
            b'<' => Signs::MARKUP.0,
            b'&' => Signs::MARKUP.0 | Signs::MISREAD.0,
            b'/' => Signs::SLASH.0,
            b'8' => Signs::DIGIT.0 | Signs::MISREAD.0,
            b'0'..=b'9' => Signs::DIGIT.0,
            b'(' | b')' => Signs::BRACKET.0,
            b'-' | b'=' | b'*' => Signs::RULE.0,
            b'Q' | b'?' | 0x80.. => Signs::MISREAD.0,
            _ => 0,
        };
        signs[byte] = own;
        byte += 1;
    }
    signs
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_which_signs_a_line_has() {
        let signs = Signs::of("1. (U) They said so");
        assert!(signs.has(Signs::DIGIT) && signs.has(Signs::BRACKET));
        for other in [Signs::TAB, Signs::MARKUP, Signs::SLASH, Signs::MISREAD, Signs::RULE] {
            assert!(!signs.has(other), "{other:?}");
        }
        assert!(Signs::of("a\tb").has(Signs::TAB));
        assert!(Signs::of("é").has(Signs::MISREAD));
        assert_eq!(Signs::of("They said so"), Signs::default());
    }
}
