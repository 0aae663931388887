//! The TAGS line: its keyword and its tokens (FORMAT.md A.4).

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;
use crate::span::Span;

/// One tag of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// The tag as written, with its link markup and the name that belongs to it.
    pub span: Span,
    /// The code itself.
    pub code: Span,
    /// `(KISSINGER, HENRY A.)`: the person behind a personal tag, brackets included.
    pub name: Option<Span>,
    /// Whether link markup stands around the code: `[PREL](#)`.
    pub linked: bool,
}

/// The keyword at the start of a TAGS line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagsKeyword {
    /// The word, without its colon.
    pub word: Span,
    /// Whether the word is `TAGS` and a colon follows.
    pub well_formed: bool,
    /// Whether the word itself is right and only the colon is missing.
    pub lacks_colon: bool,
    /// Where the list begins.
    pub end: u32,
}

static KEYWORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?<word>TAGE?S+|TAGS|TAG|TAS|TABS|TGS|AGS|Tags|tags)(?:(?<separator> ?[:;,/.] ?)|\s+|$)")
});

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) \[ (?<linked>[^\]\s]{1,24}) \] \( [^)\s]* \) (?:\ ?(?<name2>\([A-Z][^)]*\)))?
        | (?<term>HUMAN\ RIGHTS|MEDIA\ REACTION(?:\ REPORT)?)
        | (?<code>[^\s,;()\[\]\\]+) (?:\ ?(?<name>\([A-Z][^)]*\)))?
        | (?<lone>\([A-Z][^)]*\))",
    )
});

/// Reads the keyword at the start of `text`. Without a colon the list must follow: `TAGS` is also a word.
pub(crate) fn keyword(text: &str) -> Option<TagsKeyword> {
    let found = KEYWORD.captures(text)?;
    let word = found.name("word")?;
    let separator = found.name("separator").map(|m| m.as_str().trim());
    let end = found.get(0)?.end();
    let tags = word.as_str() == "TAGS";
    if separator.is_none() {
        let list = &text[end..];
        let looks_listed = list.starts_with('[')
            || (tags_only(list) && short_codes(list) * 2 >= read(list).count())
            || (tags && list.trim().is_empty());
        if !looks_listed || !tags {
            return None;
        }
    }
    Some(TagsKeyword {
        word: Span::of(word.range()),
        well_formed: tags && separator == Some(":"),
        lacks_colon: tags && separator != Some(":"),
        end: end as u32,
    })
}

/// Whether a text reads as a list of tags: capitals and digits in short words, names in brackets.
pub(crate) fn is_list(text: &str) -> bool {
    read(text).count() * 3 <= short_codes(text) * 4 && tags_only(text)
}

/// How many codes are as short as subject and country codes are.
fn short_codes(text: &str) -> usize {
    read(text).filter(|tag| tag.code.len() <= 5).count()
}

fn tags_only(text: &str) -> bool {
    let mut codes = 0;
    let tags_only = read(text).all(|tag| {
        let code = tag.code.text(text);
        codes += 1;
        (2..=24).contains(&code.len())
            && code
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b' '))
            && code.as_bytes()[0].is_ascii_uppercase()
    });
    tags_only && codes > 0
}

/// The tags of a list; spans are columns of `text`.
pub(crate) fn read(text: &str) -> impl Iterator<Item = Tag> {
    TOKEN.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        let linked = found.name("linked");
        let code =
            linked.or_else(|| found.name("term")).or_else(|| found.name("code")).or_else(|| found.name("lone"))?;
        let name = found.name("name").or_else(|| found.name("name2"));
        // Stray punctuation between the tags is no tag, nor is the pilcrow that the web edition made a link of.
        if !code.as_str().bytes().any(|byte| byte.is_ascii_alphanumeric()) || linked.is_some_and(|m| m.as_str() == "1") {
            return None;
        }
        let trimmed = code.as_str().trim_end_matches(['.', ':']);
        Some(Tag {
            span: Span::of(whole.range()),
            code: Span::of(code.start()..code.start() + trimmed.len()),
            name: name.map(|m| Span::of(m.range())),
            linked: linked.is_some(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&str> {
        read(text).map(|tag| tag.code.text(text)).collect()
    }

    #[test]
    fn reads_lists_of_every_kind() {
        assert_eq!(codes("[PREL](#) [PGOV](#) [KZ](#)"), ["PREL", "PGOV", "KZ"]);
        assert_eq!(codes("[1](#)PREL [KZ](#)[1](#)"), ["PREL", "KZ"]);
        assert_eq!(codes("PGOV, PINS, ZI, MDC, ZANU-PF"), ["PGOV", "PINS", "ZI", "MDC", "ZANU-PF"]);
        assert_eq!(codes("PREL G-8, HUMAN RIGHTS"), ["PREL", "G-8", "HUMAN RIGHTS"]);
        let text = "OVIP (DOE, JOHN A.), ACOM";
        assert_eq!(codes(text), ["OVIP", "ACOM"]);
        assert_eq!(read(text).next().and_then(|tag| tag.name).map(|name| name.text(text)), Some("(DOE, JOHN A.)"));
    }

    #[test]
    fn reads_the_keyword_and_its_slips() {
        for (text, end) in [
            ("TAGS: PREL", 6),
            ("TAGS PREL", 5),
            ("TAGES: PREL", 7),
            ("TAGS; PREL", 6),
            ("TAGS/ PBOR, EFIS", 6),
            ("TAGS:PINS, IR", 5),
            ("TAGS", 4),
        ] {
            assert_eq!(keyword(text).map(|keyword| keyword.end), Some(end), "{text}");
        }
        for text in ["TAGSX", "TAGS are used", "TAG ALONG", "TASK: X"] {
            assert_eq!(keyword(text), None, "{text}");
        }
    }
}
