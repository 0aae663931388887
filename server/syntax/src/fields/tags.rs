//! The TAGS line: its keyword and its tokens (FORMAT.md, "TAGS").

use std::sync::LazyLock;

use cable_catalog::Catalog;
use regex::Regex;

use crate::fields::misspelt;
use crate::pattern::{ShortPattern, pattern, short_pattern};
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
    pattern(r"^(?<word>TAGE?S+C?|TAG|TAS|TABS|TGS|AGS|Tags|tags)(?:(?<separator> ?[:;,/.] ?)|(?<dash> ?- ?)|\s+|$)")
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
    let Some(found) = KEYWORD.captures(text) else {
        let slip = misspelt::keyword(text, &["TAGS"]).filter(|slip| {
            let list = &text[slip.end..];
            looks_listed(list) && CODES.is_match(list)
        })?;
        return Some(TagsKeyword {
            word: slip.word,
            well_formed: false,
            lacks_colon: !slip.colon,
            end: slip.end as u32,
        });
    };
    let word = found.name("word")?;
    let separator = found.name("separator").map(|m| m.as_str().trim());
    let end = found.get(0)?.end();
    let tags = word.as_str() == "TAGS";
    if separator.is_none() {
        let list = &text[end..];
        let is_alone = tags && list.trim().is_empty() && found.name("dash").is_none();
        let listed = match word.as_str() {
            "TAGS" => is_alone || looks_listed(list) || LISTED.is_match(list),
            // `TAG` is a word too: only a list parted by commas is sure.
            "TAG" => LISTED.is_match(list),
            _ => false,
        };
        if !listed {
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

/// `PREL, KZ`: what only a list of tags begins with, whatever terms follow.
static LISTED: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^[A-Z]{2,4}, ?[A-Z]{2,5}\b"));

/// Subjects have four letters: behind a keyword that is none, a sentence in capitals must not pass for a list.
static CODES: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^\[?(?:[A-Z]{2}[, ] ?)?[A-Z]{4}\b"));

/// Whether nothing but a list of tags follows a keyword without its colon.
fn looks_listed(list: &str) -> bool {
    list.starts_with('[') || (tags_only(list) && short_codes(list) * 2 >= read(list).count())
}

/// Whether a text reads as a list of tags: capitals and digits in short words, names in brackets.
pub(crate) fn is_list(text: &str) -> bool {
    read(text).count() * 3 <= short_codes(text) * 4 && tags_only(text)
}

/// Whether a line that lacks its keyword is surely a list of tags all the same: `EFIN, ECON, PGOV, CH`.
pub(crate) fn is_list_alone(text: &str) -> bool {
    static SUBJECTS: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^[A-Z]{4},? [A-Z]{4}\b"));
    SUBJECTS.is_match(text) && is_list(text) && read(text).count() >= 3 && short_codes(text) == read(text).count()
}

/// Whether a TAGS line, keyword and all, says that there are none: `TAGS: N/A`.
pub(crate) fn is_not_applicable(text: &str) -> bool {
    keyword(text).is_some_and(|keyword| matches!(text[keyword.end as usize..].trim(), "N/A" | "NA" | "NONE"))
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
        if !code.as_str().bytes().any(|byte| byte.is_ascii_alphanumeric()) || linked.is_some_and(|m| m.as_str() == "1")
        {
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

/// A TAG with a letter too many, or with another behind it.
fn is_slip(code: &str, catalog: &Catalog) -> bool {
    let without = |at: usize| format!("{}{}", &code[..at], &code[at + 1..]);
    code.is_ascii()
        && code.len() >= 5
        && (catalog.is_tag(&code[..4]) || (code.len() == 5 && (0..5).any(|at| catalog.is_tag(&without(at)))))
}

/// Joins the words of a term, `USEU BRUSSELS`, and gives a person's TAG the name behind it. What the tables know is a TAG
/// of its own, and so is a token that begins with one: that is a slip.
pub(crate) fn join_words(text: &str, tags: impl Iterator<Item = Tag>, catalog: &Catalog) -> Vec<Tag> {
    let code = |tag: &Tag| tag.code.text(text).to_ascii_uppercase();
    let is_free = |tag: &Tag| !tag.linked && tag.name.is_none() && !catalog.is_tag(&code(tag));
    let is_word = |tag: &Tag| {
        let code = code(tag);
        code.len() >= 5 && code.is_ascii() && !is_slip(&code, catalog)
    };
    let stands_alone = |tag: &Tag| catalog.acronym(&code(tag)).is_some() || is_slip(&code(tag), catalog);
    let mut joined: Vec<Tag> = Vec::new();
    let mut tags = tags.peekable();
    while let Some(mut tag) = tags.next() {
        let is_person = !tag.linked && tag.name.is_none() && catalog.tag_needs_name(&code(&tag));
        let mut run: Vec<Tag> = Vec::new();
        if is_person || is_free(&tag) {
            let mut end = tag.span.end;
            while let Some(next) = tags.next_if(|next| {
                is_free(next) && next.span.start > end && Span::new(end, next.span.start).text(text).trim().is_empty()
            }) {
                end = next.span.end;
                run.push(next);
            }
        }
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            joined.push(tag);
            continue;
        };
        if is_person {
            tag.name = Some(Span::new(first.code.start, last.code.end));
            tag.span.end = last.span.end;
            joined.push(tag);
        } else if catalog.post(Span::new(tag.code.start, last.code.end).text(text)).is_some()
            || ((is_word(&tag) || run.iter().any(is_word)) && !stands_alone(&tag) && !run.iter().any(stands_alone))
        {
            tag.code.end = last.code.end;
            tag.span.end = last.span.end;
            joined.push(tag);
        } else {
            joined.push(tag);
            joined.extend(run);
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_words_that_are_no_tags() {
        let catalog = Catalog::built_in();
        let joined = |text: &str| {
            let whole = |tag: &Tag| Span::new(tag.code.start, tag.name.map_or(tag.code.end, |name| name.end));
            let tags = join_words(text, read(text), &catalog);
            tags.iter().map(|tag| whole(tag).text(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(joined("PREL OVIP ROE JANE KZ USEU BRUSSELS"), ["PREL", "OVIP ROE JANE", "KZ", "USEU BRUSSELS"]);
        assert_eq!(joined("PREL, EAST-WEST RELATIONS, KZ"), ["PREL", "EAST-WEST RELATIONS", "KZ"]);
        assert_eq!(joined("OVIP (DOE, JANE) PREL"), ["OVIP (DOE, JANE)", "PREL"]);
        assert_eq!(joined("PREL QQX ZZX KZ"), ["PREL", "QQX", "ZZX", "KZ"]);
        assert_eq!(joined("PRELP PGOVE, KZ"), ["PRELP", "PGOVE", "KZ"]);
        assert_eq!(joined("YM PARMS COUNTER, ASEAN ELECTIONS"), ["YM", "PARMS", "COUNTER", "ASEAN", "ELECTIONS"]);
    }

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
    fn a_list_alone_is_told_by_its_codes() {
        assert!(is_list_alone("EFIN, ECON, PGOV, KZ") && is_list_alone("EFIN ECON KZ"));
        assert!(!is_list_alone("OADR, N/A") && !is_list_alone("DECL: OADR") && !is_list_alone("WITH THE NEXT LINE"));
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
            ("TAGS- PREL, KZ", 6),
            ("TGAS: PREL, KZ", 6),
            ("TAGSC: PREL", 7),
            ("TAG PREL, KZ", 4),
            ("TAGS PREL, KZ, East-West Relations", 5),
        ] {
            assert_eq!(keyword(text).map(|keyword| keyword.end), Some(end), "{text}");
        }
        for text in ["TAGSX", "TAGS are used", "TAG ALONG", "TASK: X", "TAGS - they are", "TASS: THE NEWS OF THE DAY"] {
            assert_eq!(keyword(text), None, "{text}");
        }
    }
}
