//! Page lines: what the merge of the sections, or an old printer, left between the lines of the text
//! (FORMAT.md, "Page lines").

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::confusable::as_digits;
use crate::pattern::pattern;
use crate::scan::is_word_sign;
use crate::span::Span;

/// A page line, of either form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLine {
    /// The page line itself; text before and after it is the cable's.
    pub span: Span,
    /// Post, perhaps cut to ten characters.
    pub post: Span,
    /// Serial as written.
    pub serial: Span,
    /// Number of the section, where one is.
    pub section: Option<u32>,
    /// Digits after the dot; their meaning is not known.
    pub suffix: Option<u32>,
    /// Number of sections.
    pub of: Option<u32>,
    /// Page number of the old form.
    pub page: Option<u32>,
}

impl PageLine {
    /// Reads a page line of the years before 2003; spans are columns of `text`.
    pub fn read_old(text: &str) -> Option<Self> {
        read_old(text)
    }
}

/// The pieces of a page line of the merged sections.
struct Merged {
    post: Range<usize>,
    serial: Range<usize>,
    section: Range<usize>,
    suffix: Option<Range<usize>>,
    of: Range<usize>,
}

impl Merged {
    /// Reads backward from the first figure of the number of sections.
    fn ending_at(text: &str, of: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(|&byte| is_figure(byte));
        let are_digits = |range: Range<usize>| range.end <= bytes.len() && range.clone().all(is_digit);
        let of = of..of + 3;
        if !are_digits(of.clone()) || bytes.get(of.end).is_some_and(|&next| is_word_sign(next)) {
            return None;
        }
        // `OF`, with one of its letters misread.
        let mut end = of.start.checked_sub(4)?;
        let is_of = matches!(
            &bytes[end..of.start],
            [b' ', b'O' | b'o' | b'0' | b'G' | b'Q' | b'C' | b'D', b'F' | b'f', b' ']
                | [b' ', b'O' | b'o' | b'0', b'P' | b'E' | b'T' | b'R', b' ']
        );
        if !is_of {
            return None;
        }
        // `003.2 OF 012`, `003.10`, and a blank where the dot was.
        let digits = bytes[..end].iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let sign = end.checked_sub(digits + 1).map(|at| bytes[at]);
        let is_suffixed = matches!((digits, sign), (1 | 2, Some(b'.')) | (1, Some(b' ')));
        let suffix = is_suffixed.then(|| end - digits..end);
        end -= if is_suffixed { digits + 1 } else { 0 };
        let section = end.checked_sub(3)?..end;
        let serial_end = spaces_before(bytes, section.start)?;
        let serial = serial_end.checked_sub(8)?..serial_end;
        let post_end = spaces_before(bytes, serial.start)?;
        if !are_digits(section.clone()) || !are_digits(serial.clone()) {
            return None;
        }
        Some(Self { post: post_before(bytes, post_end)?..post_end, serial, section, suffix, of })
    }
}

/// A figure, or a letter that is read for one.
const fn is_figure(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'O' | b'Q' | b'I' | b'l')
}

/// Where the text before one space or two ends.
fn spaces_before(bytes: &[u8], at: usize) -> Option<usize> {
    let spaces = bytes[..at].iter().rev().take(2).take_while(|&&byte| byte == b' ').count();
    (spaces > 0).then(|| at - spaces)
}

/// Where the name of a post begins that ends somewhere: up to three words with capitals. Its first word may be glued to
/// what is before it.
fn post_before(bytes: &[u8], end: usize) -> Option<usize> {
    const MOST_WORDS: usize = 3;
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'\'' | b'-');
    let mut start = None;
    let mut end = end;
    for _ in 0..MOST_WORDS {
        let length = bytes[..end].iter().rev().take_while(|byte| is_letter(byte)).count();
        let word = &bytes[end - length..end];
        let Some(capital) = word.iter().position(u8::is_ascii_uppercase) else { break };
        start = Some(end - length + capital);
        if capital > 0 || !bytes[..end - length].ends_with(b" ") {
            break;
        }
        end -= length + 1;
    }
    start
}

static OLD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^ (?: (?:NNNN?|UNCLASSIFIED|UNCLAS|LIMITED\ OFFICIAL\ USE|CONFIDENTIAL|SECRET) \s* )? PAGE \ +(?<page>[0-9O]{2}) (?: \ OF\ \d{2} )? (?: \ +(?<post>[A-Z][A-Z.'-]*(?:\ [A-Z][A-Z.'-]*){0,2}) \ +(?<serial>\d{4,6})
        (?: \ +(?<n>[0-9OQIlC]{2})\ +[O0][FP]\ +(?<of>[0-9OQIlC]{2}) \b )? (?: \ +[0-9OQIl]{6}\ ?[Z21]\b )?
        (?: \ +DTG:\ [0-9OQIl]{6}Z\ [A-Z]{3}\ \d{2} )? (?: \ +PSN:\ ?\d+ )? )?
        (?: \ +(?:TOSEC|SECTO)\ \d+ )? (?: \ +POSS\ DUPE )?",
    )
});

/// So many of the digits of a page line may be letters.
const MOST_LETTERS: usize = 4;

/// Finds a page line of the merged sections in `text`: alone, with text after it, or in mid-sentence. Some of its digits
/// may be letters that were read for them.
pub(crate) fn read(text: &str) -> Option<PageLine> {
    // ` OF 0`, perhaps with one letter of OF misread, is in every one of them and in hardly any other line; zeros, and
    // capitals read for them, are rare.
    let bytes = text.as_bytes();
    let is_total = |&zero: &usize| {
        zero >= 4
            && matches!(bytes[zero - 4..zero], [b' ', first, second, b' ']
                if matches!(first, b'O' | b'o') || matches!(second, b'F' | b'f') || first == b'0')
    };
    if text.len() < 24 {
        return None;
    }
    let mut totals = memchr::memchr2_iter(b'0', b'O', bytes).filter(is_total);
    let Merged { post, serial, section, suffix, of } = totals.find_map(|of| Merged::ending_at(text, of))?;
    let digits = [&serial, &section, &of].into_iter().flat_map(|range| &bytes[range.clone()]);
    if digits.filter(|byte| byte.is_ascii_alphabetic()).count() > MOST_LETTERS {
        return None;
    }
    // The post is at most ten characters, and its words are all written alike: `In CAIRO` ends a sentence.
    let words = &text[post.clone()];
    let is_upper = |word: &str| !word.bytes().any(|byte| byte.is_ascii_lowercase());
    let last_is_upper = words.rsplit(' ').next().is_some_and(is_upper);
    let cut = std::iter::once(0)
        .chain(words.match_indices(' ').map(|(at, _)| at + 1))
        .find(|&at| words.len() - at <= 10 && words[at..].split(' ').all(|word| is_upper(word) == last_is_upper))
        .unwrap_or(0);
    let number = |range: Range<usize>| as_digits(&text[range]).parse().ok();
    Some(PageLine {
        span: Span::of(post.start + cut..of.end),
        post: Span::of(post.start + cut..post.end),
        serial: Span::of(serial),
        section: number(section),
        suffix: suffix.and_then(number),
        of: number(of),
        page: None,
    })
}

/// Reads a page line of the years before 2003 at the start of `text`.
pub(crate) fn read_old(text: &str) -> Option<PageLine> {
    let found = OLD.captures(text)?;
    let whole = found.get(0)?;
    // `O1 OF C4`: letters are read for the zeros.
    let digits = |text: &str| as_digits(&text.replace('C', "0")).parse().ok();
    let number = |name| found.name(name).and_then(|m| digits(m.as_str()));
    let at = |name| found.name(name).map_or(Span::default(), |m| Span::of(m.range()));
    // `PAGE 02` is a page line only when nothing else is there: the text itself may speak of a page.
    if found.name("post").is_none() && whole.end() < text.trim_end().len() {
        return None;
    }
    Some(PageLine {
        span: Span::of(whole.range()),
        post: at("post"),
        serial: at("serial"),
        section: number("n"),
        suffix: None,
        of: number("of"),
        page: number("page"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_page_lines_alone_and_in_mid_sentence() {
        for (text, page) in [
            ("ASTANA 00002541 002 OF 002", "ASTANA 00002541 002 OF 002"),
            ("GENEVA 00002654  001.2 OF 004", "GENEVA 00002654  001.2 OF 004"),
            ("GENEVA 00002654  001.12 OF 004", "GENEVA 00002654  001.12 OF 004"),
            ("GENEVA 00002654 001 2 OF 004", "GENEVA 00002654 001 2 OF 004"),
            ("Khartoum 00000881 002 of 002", "Khartoum 00000881 002 of 002"),
            ("BUENOS AIR 00002214  002 OF 002", "BUENOS AIR 00002214  002 OF 002"),
            ("Read more. In CAIRO 00002214  002 OF 002", "CAIRO 00002214  002 OF 002"),
            ("ASTANA 000O2541 0Q2 OF 0l2", "ASTANA 000O2541 0Q2 OF 0l2"),
            ("a road to the NORTH TEL AVIV 00003258  002 OF 003   was shut", "TEL AVIV 00003258  002 OF 003"),
        ] {
            assert_eq!(read(text).map(|line| line.span.text(text)), Some(page), "{text}");
        }
        assert_eq!(read("ASTANA OOOOOOOO lll OF OOO"), None);
        assert_eq!(read("ASTANA 000O2541 0Q2 OF 0l2").map(|line| (line.section, line.of)), Some((Some(2), Some(12))));
        assert_eq!(read("ASTANA 2541 002 OF 002"), None);
        assert_eq!(read("ASTANA 00002541 02 OF 02"), None);
    }

    #[test]
    fn reads_old_page_lines() {
        let text = "PAGE 03 HARARE 05461 01 OF 02 271458Z THAT THE TALKS";
        let line = read_old(text).expect("a page line");
        assert_eq!(line.span.text(text), "PAGE 03 HARARE 05461 01 OF 02 271458Z");
        assert_eq!((line.page, line.section, line.of), (Some(3), Some(1), Some(2)));
        assert!(read_old("PAGE 01 STATE 150591").is_some() && read_old("PAGE 01").is_some());
        // The end of the section before, or the level, may be glued in front.
        assert!(read_old("NNNNPAGE 01 KAMPAL 02211 02 OF 02 140833Z").is_some_and(|line| line.section == Some(2)));
        assert!(read_old("CONFIDENTIAL PAGE 02 STATE 112207").is_some_and(|line| line.page == Some(2)));
        assert_eq!(read_old("PAGE 12 of the annex was missing."), None);
    }
}
