//! Text inside marks: what HTML, XML and Markdown would take for their own is written so that it is read as text.

use crate::shown::{is_odd, plain_length, push_shown, shown};

/// Text between or inside the tags of HTML or XML.
pub(crate) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    push_xml(&mut escaped, text);
    escaped
}

/// The same, at the end of a page.
pub(crate) fn push_xml(page: &mut String, text: &str) {
    push_escaped(page, text, |byte| is_odd(byte) | matches!(byte, b'&' | b'<' | b'>' | b'"'));
}

/// Text between the tags of HTML, at the end of a page: a quote means nothing there.
pub(crate) fn push_text(page: &mut String, text: &str) {
    push_escaped(page, text, |byte| is_odd(byte) | matches!(byte, b'&' | b'<' | b'>'));
}

/// Writes a text with the names of those signs that `is_sign` finds.
#[inline]
fn push_escaped(page: &mut String, text: &str, is_sign: impl Fn(u8) -> bool + Copy) {
    let mut rest = text;
    loop {
        let plain = plain_length(rest.as_bytes(), is_sign);
        page.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(sign) = rest.chars().next() else { return };
        match sign {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            _ => push_shown(page, sign),
        }
        rest = &rest[sign.len_utf8()..];
    }
}

/// Text of Markdown. Whatever could open a mark has a backslash, and what a line may not begin with has one too.
pub(crate) fn markdown(text: &str) -> String {
    let text = shown(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            // Two lines stay two.
            escaped.push_str("\\\n");
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        for (at, character) in line.char_indices() {
            let opens_line = at == 0 && matches!(character, '-' | '+' | '=' | '#')
                || (digits > 0 && digits < 10 && at == digits && matches!(character, '.' | ')'));
            // A dash that a blank follows would open a list; so would a figure with its period.
            if opens_line
                || matches!(
                    character,
                    '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$'
                )
                || (character == '!' && line[at + 1..].starts_with('['))
                || (character == '^' && escaped.ends_with("\\["))
                || (character == ':' && line[at + 1..].starts_with("//"))
                || (character == '@' && at > 0)
            {
                escaped.push('\\');
            }
            escaped.push(if character == '\t' { ' ' } else { character });
        }
    }
    escaped
}

/// A value of YAML, in double quotes.
pub(crate) fn yaml(text: &str) -> String {
    let text = shown(text);
    let mut escaped = String::with_capacity(text.len() + 2);
    escaped.push('"');
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            _ => escaped.push(character),
        }
    }
    escaped.push('"');
    escaped
}
