//! Marks that a copy put all over a text: HTML, the doubled quotes of CSV, the quoting of mail (FORMAT.md, "HTML marks").
//!
//! The cable is read as if they were not there. For that the arranger sees a text of the same length in which they are
//! blank: every span it makes is true of the text as it stands.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;
use crate::span::Span;
use crate::white_space::is_blank;

/// What kind of copy left a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyMarkKind {
    /// A tag or an entity of a web page.
    Html,
    /// The second of two quotes.
    DoubledQuote,
    /// `>` before a line.
    MailQuote,
}

/// A mark of a copy: what goes, and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyMark {
    /// Bytes of the text.
    pub span: Span,
    /// Which copy left it.
    pub kind: CopyMarkKind,
    /// The character that an entity stands for.
    pub character: Option<char>,
}

/// Stands where a mark was inside a word: it is no character of any text.
const NOTHING: char = '\0';

/// A mark at the start of a text.
static HTML: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?: </?(?i:a|b|i|u|p|br|hr|tt|em|pre|div|span|font|code|strong|td|tr|th|table|tbody|body|html|li|ul|ol|center|blockquote|h[1-6])
            (?:\s[^<>]{0,300})?/?>
        | &(?: (?<name>amp|lt|gt|quot|apos|nbsp) | \#(?<code>\d{2,5}) | \#x(?<hexadecimal>[0-9A-Fa-f]{2,4}) ); )",
    )
});

/// The character of an entity.
fn character_of(found: &regex::Captures<'_>) -> Option<char> {
    if let Some(name) = found.name("name") {
        return Some(match name.as_str() {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => ' ',
        });
    }
    let code = found.name("code").and_then(|code| code.as_str().parse().ok());
    let code = code.or_else(|| u32::from_str_radix(found.name("hexadecimal")?.as_str(), 16).ok())?;
    // A line break has a rule of its own: it ends the line.
    char::from_u32(code).filter(|character| !character.is_control())
}

fn may_have_html(text: &str) -> bool {
    memchr::memchr2(b'<', b'&', text.as_bytes()).is_some()
}

/// Whether a text that begins with `<` or `&` may begin with a mark: `R&D` and `< 5` do not.
fn may_be_html(text: &str) -> bool {
    const ENTITIES: [&str; 7] = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&nbsp;", "&#"];
    let tag = text.strip_prefix('<').map(|tag| tag.strip_prefix('/').unwrap_or(tag));
    tag.map_or_else(
        || ENTITIES.iter().any(|entity| text.starts_with(entity)),
        |tag| tag.starts_with(|first: char| first.is_ascii_alphabetic()),
    )
}

fn html(text: &str) -> impl Iterator<Item = CopyMark> {
    let mut end = 0;
    memchr::memchr2_iter(b'<', b'&', text.as_bytes()).filter_map(move |at| {
        if at < end {
            return None;
        }
        let found = may_be_html(&text[at..]).then(|| HTML.captures(&text[at..])).flatten()?;
        let whole = found.get(0)?;
        end = at + whole.end();
        let character = if whole.as_str().starts_with('<') { None } else { Some(character_of(&found)?) };
        Some(CopyMark { span: Span::of(at..end), kind: CopyMarkKind::Html, character })
    })
}

/// `> ` before a line: every `>` and the space after it.
fn mail_quote(line: &str) -> Option<u32> {
    let mut rest = line;
    while let Some(after) = rest.strip_prefix('>') {
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    let length = line.len() - rest.len();
    (length > 0 && !line.contains("@@@")).then_some(length as u32)
}

/// A line as it would be without the marks that show by themselves, for the first look at it.
pub(crate) fn bare(line: &str) -> Cow<'_, str> {
    if !line.starts_with('>') && !may_have_html(line) {
        return Cow::Borrowed(line);
    }
    let quoted = mail_quote(line).filter(|&length| line.len() > length as usize);
    let marks: Vec<CopyMark> = html(line).collect();
    if marks.is_empty() && quoted.is_none() {
        return Cow::Borrowed(line);
    }
    let mut bytes = line.as_bytes().to_vec();
    for mark in &marks {
        blank(&mut bytes, mark);
    }
    bytes[..quoted.unwrap_or(0) as usize].fill(NOTHING as u8);
    String::from_utf8(bytes).map_or(Cow::Borrowed(line), Cow::Owned)
}

/// Whether a text is a copy of mail: nearly every line of it is quoted.
fn is_mail(text: &str) -> bool {
    const FEWEST: usize = 5;
    if memchr::memchr(b'>', text.as_bytes()).is_none() {
        return false;
    }
    let (mut quoted, mut written) = (0, 0);
    for line in text.lines().filter(|line| !line.chars().all(is_blank)) {
        written += 1;
        quoted += usize::from(line.starts_with('>'));
    }
    quoted >= FEWEST && quoted * 5 >= written * 4
}

/// The marks that a copy left in a text, in order.
pub(crate) fn copy_marks(text: &str) -> Vec<CopyMark> {
    let mut marks: Vec<CopyMark> = html(text).collect();
    if is_mail(text) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(length) = mail_quote(line.trim_end_matches(['\n', '\r'])) {
                let span = Span::new(start, start + length);
                marks.push(CopyMark { span, kind: CopyMarkKind::MailQuote, character: None });
            }
            start += line.len() as u32;
        }
    }
    marks.extend(doubled_quotes(text));
    marks.sort_by_key(|mark| mark.span);
    marks.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    marks
}

/// The second quote of each pair, where a text doubles nearly all of its quotes.
fn doubled_quotes(text: &str) -> Vec<CopyMark> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    if memchr::memmem::find(bytes, b"\"\"").is_none() {
        return found;
    }
    let (mut doubled, mut single) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'"', &bytes[at..]) {
        let start = at + next;
        let length = bytes[start..].iter().take_while(|&&byte| byte == b'"').count();
        at = start + length;
        if length % 2 == 1 {
            single += 1;
            continue;
        }
        doubled += 1;
        for pair in (start..at).step_by(2) {
            let span = Span::of(pair + 1..pair + 2);
            found.push(CopyMark { span, kind: CopyMarkKind::DoubledQuote, character: None });
        }
    }
    if doubled <= single { Vec::new() } else { found }
}

/// A text of the same length in which the marks are blank. None where there are none.
pub(crate) fn masked(text: &str) -> Option<Box<str>> {
    let marks = copy_marks(text);
    if marks.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for mark in &marks {
        blank(&mut bytes, mark);
    }
    String::from_utf8(bytes).ok().map(String::into_boxed_str)
}

fn blank(bytes: &mut [u8], mark: &CopyMark) {
    let range = mark.span.range();
    // A tag may be between two words; one between two letters, and the other marks, are inside one.
    let is_letter = |at: Option<&u8>| at.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == NOTHING as u8);
    let is_inside = range.start > 0 && is_letter(bytes.get(range.start - 1)) && is_letter(bytes.get(range.end));
    let parts_words = mark.kind == CopyMarkKind::Html && mark.character.is_none() && !is_inside;
    for byte in &mut bytes[range.clone()] {
        // Never what stood there, so that it can be told from the text.
        *byte = match (parts_words, *byte) {
            (false, _) => NOTHING as u8,
            (true, b' ') => b'\t',
            (true, _) => b' ',
        };
    }
    if let Some(character) = mark.character {
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer).as_bytes();
        bytes[range.start..range.start + encoded.len()].copy_from_slice(encoded);
    }
}

/// A stretch of a text as it reads without the marks that are blank in the masked one.
pub(crate) fn unmasked<'a>(text: &'a str, masked: &str) -> Cow<'a, str> {
    if text == masked {
        return Cow::Borrowed(text);
    }
    let kept = text.bytes().zip(masked.bytes()).filter_map(|(written, read)| {
        let is_mark = written != read && matches!(read, b' ' | b'\t' | 0);
        (!is_mark).then_some(read)
    });
    String::from_utf8(kept.collect()).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> String {
        masked(text).map_or_else(|| text.to_owned(), |masked| unmasked(text, &masked).into_owned())
    }

    #[test]
    fn a_text_reads_as_if_the_marks_were_not_there() {
        assert_eq!(reads("SUBJECT: FERRY &amp; HARBOR<br />"), "SUBJECT: FERRY & HARBOR");
        assert_eq!(reads("THE <b>F</b>ERRY <i>AND</i> <a href='/x'>IT</a>"), "THE FERRY AND IT");
        assert_eq!(reads("He said \"\"no\"\" to it."), "He said \"no\" to it.");
        assert_eq!(reads("> 1. One\n> 2. Two\n>\n>> 3. Three\n> 4.\n> 5."), "1. One\n2. Two\n\n3. Three\n4.\n5.");
        for text in ["He said \"no\" twice.", "a < b and b > c", "A&B; <THE END>", "> a line\nand others\n"] {
            assert_eq!(masked(text), None, "{text}");
        }
        let text = "caf\u{e9} &#8217;s <b>x</b>";
        assert_eq!(masked(text).map(|masked| masked.len()), Some(text.len()));
    }
}
