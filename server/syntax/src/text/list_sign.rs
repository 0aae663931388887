//! The sign that opens an item of a list: `--`, `a.`, `(ii)`, `3)` (FORMAT.md, "Subparagraphs").

/// How an item is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListSign {
    /// A dash, a star or a bullet.
    Dash,
    /// By letters, from 0, and whether they are capitals.
    Letter(u32, bool),
    /// By figures.
    Number(u32),
    /// By small roman figures; a letter may be one.
    Roman(u32),
}

impl ListSign {
    /// Whether it is the first of its list.
    pub(super) const fn is_first(self) -> bool {
        matches!(self, Self::Dash | Self::Letter(0, _) | Self::Number(1) | Self::Roman(1))
    }

    /// Whether it may follow another in one list.
    pub(super) fn may_follow(self, before: Self) -> bool {
        match (before, self) {
            (Self::Dash, Self::Dash) => true,
            (Self::Letter(before, capital), Self::Letter(own, same)) => capital == same && own == before + 1,
            (Self::Number(before), Self::Number(own)) | (Self::Roman(before), Self::Roman(own)) => own == before + 1,
            _ => false,
        }
    }
}

/// The signs that a line may begin with, the likeliest first, and how many bytes they are.
pub(super) fn list_sign(line: &str) -> Option<([Option<ListSign>; 2], usize)> {
    let first = line.chars().next()?;
    if matches!(first, '-' | '*' | '•' | '·' | '–' | '—' | '●' | '▪') {
        return dash(line, first);
    }
    let is_open = first == '(';
    let inner = if is_open { &line[1..] } else { line };
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).take(5).count();
    let (word, after) = inner.split_at(length);
    let close = after.bytes().next()?;
    let fits = if is_open { close == b')' } else { matches!(close, b'.' | b')') };
    if !fits || !matches!(after.as_bytes().get(1), None | Some(b' ' | b'\t')) {
        return None;
    }
    let signs = counted(word)?;
    Some((signs, usize::from(is_open) + length + 1))
}

fn dash(line: &str, first: char) -> Option<([Option<ListSign>; 2], usize)> {
    let length = line.len() - line.trim_start_matches(first).len();
    let rest = &line[length..];
    let count = length / first.len_utf8();
    // `--Text` is written as often as `-- Text`; one dash before a small letter is a sign of its word.
    let is_glued = first == '-' && (count == 2 || (count == 1 && rest.starts_with(char::is_uppercase)));
    let is_apart = rest.starts_with([' ', '\t']) || is_glued;
    let is_bullet = !first.is_ascii() && count == 1 && first != '–' && first != '—';
    (count <= 3 && !rest.trim().is_empty() && (is_apart || is_bullet)).then_some(([Some(ListSign::Dash), None], length))
}

/// A letter, a figure of at most two places, or a small roman one.
fn counted(word: &str) -> Option<[Option<ListSign>; 2]> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = word.parse().ok().filter(|_| (1..=2).contains(&word.len()))?;
        return Some([Some(ListSign::Number(number)), None]);
    }
    let small = word.to_ascii_lowercase();
    let roman = ROMAN.iter().position(|roman| *roman == small).map(|at| ListSign::Roman(at as u32 + 1));
    let letter = match word.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => {
            let from = letter.to_ascii_lowercase() - b'a';
            Some(ListSign::Letter(u32::from(from), letter.is_ascii_uppercase()))
        }
        _ => None,
    };
    (roman.is_some() || letter.is_some()).then_some([letter, roman])
}
