//! The TAGS line: its keyword and its tokens (FORMAT.md, "TAGS").

use std::sync::LazyLock;

use crate::fields::misspelt;
use crate::near::is_one_letter_from;
use crate::pattern::{ShortPattern, short_pattern};
use crate::scan::{Scan, is_space};
use crate::span::Span;
use cable_catalog::Catalog;

/// One tag of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// The tag as written, with its link markup and the name that belongs to it.
    pub span: Span,
    /// The code itself.
    pub code: Span,
    /// `(KISSINGER, HENRY A.)`: the person after a personal tag, brackets included.
    pub name: Option<Span>,
    /// Whether link markup is around the code: `[PREL](#)`.
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

/// What is between the keyword and its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// A colon, or what was typed for it.
    Sign(u8),
    Dash,
    /// Spaces, or nothing.
    Nothing,
}

/// The keyword as it is written, what is after it, and where the list begins.
fn written(text: &str) -> Option<(&str, Between, usize)> {
    const WORDS: [&str; 7] = ["TAG", "TAS", "TABS", "TGS", "AGS", "Tags", "tags"];
    let mut scan = Scan::new(text);
    let is_tags = scan.take("TAG") && {
        scan.take("E");
        scan.take_signs(|byte| byte == b'S') > 0
    };
    if is_tags {
        scan.take("C");
        if let Some((between, end)) = between(scan) {
            return Some((&text[..scan.at()], between, end));
        }
    }
    WORDS.iter().find_map(|word| {
        let mut scan = Scan::new(text);
        let (between, end) = scan.take(word).then(|| between(scan)).flatten()?;
        Some((*word, between, end))
    })
}

/// What is after the keyword, and where that ends.
fn between(mut scan: Scan<'_>) -> Option<(Between, usize)> {
    let mut ahead = scan;
    ahead.take(" ");
    let sign = ahead.next();
    if let Some(sign @ (b':' | b';' | b',' | b'/' | b'.' | b'-')) = sign {
        ahead.take_sign(|_| true);
        ahead.take(" ");
        return Some((if sign == b'-' { Between::Dash } else { Between::Sign(sign) }, ahead.at()));
    }
    (scan.take_spaces() > 0 || scan.is_at_end()).then(|| (Between::Nothing, scan.at()))
}

/// One token of a list as it is written, before it is known to be a tag.
struct Token {
    whole: Span,
    code: Span,
    name: Option<Span>,
    linked: bool,
}

/// The tokens of a list; what is between them is passed over.
fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut scan = Scan::new(text);
    std::iter::from_fn(move || {
        while let Some(next) = scan.next() {
            let token = match next {
                b'[' => linked(&mut scan),
                b'(' => bracketed(&mut scan).map(|lone| Token { whole: lone, code: lone, name: None, linked: false }),
                _ => plain(&mut scan),
            };
            if token.is_some() {
                return token;
            }
            scan.take_chars(1, |_| true);
        }
        None
    })
}

/// `[PREL](#)`, perhaps with the name that belongs to it.
fn linked(scan: &mut Scan<'_>) -> Option<Token> {
    const LONGEST: usize = 24;
    /// What is longer is no address, and is not read again for each bracket in it.
    const LONGEST_ADDRESS: usize = 1024;
    let start = scan.at();
    let mut ahead = *scan;
    ahead.take("[");
    let code = ahead.span_of(|scan| scan.take_chars(LONGEST, |sign| sign != ']' && !is_space(sign)));
    if code.is_empty() || !ahead.take("](") {
        return None;
    }
    ahead.take_chars(LONGEST_ADDRESS, |sign| sign != ')' && !is_space(sign));
    if !ahead.take(")") {
        return None;
    }
    let name = name(&mut ahead);
    *scan = ahead;
    Some(Token { whole: Span::of(start..scan.at()), code, name, linked: true })
}

/// A code or a term, perhaps with the name that belongs to it.
fn plain(scan: &mut Scan<'_>) -> Option<Token> {
    const TERMS: [&str; 3] = ["HUMAN RIGHTS", "MEDIA REACTION REPORT", "MEDIA REACTION"];
    let start = scan.at();
    if scan.take_one_of(&TERMS).is_some() {
        let whole = Span::of(start..scan.at());
        return Some(Token { whole, code: whole, name: None, linked: false });
    }
    let parts = |sign: char| is_space(sign) || matches!(sign, ',' | ';' | '(' | ')' | '[' | ']' | '\\');
    let code = scan.span_of(|scan| scan.take_chars(usize::MAX, |sign| !parts(sign)));
    if code.is_empty() {
        return None;
    }
    let name = name(scan);
    Some(Token { whole: Span::of(start..scan.at()), code, name, linked: false })
}

/// The name in brackets after a code.
fn name(scan: &mut Scan<'_>) -> Option<Span> {
    let mut ahead = *scan;
    ahead.take(" ");
    let name = bracketed(&mut ahead)?;
    *scan = ahead;
    Some(name)
}

/// `(KISSINGER, HENRY A.)`
fn bracketed(scan: &mut Scan<'_>) -> Option<Span> {
    /// What is longer is no name, and is not read again for each bracket in it.
    const LONGEST: usize = 256;
    let start = scan.at();
    let mut ahead = *scan;
    let is_name = ahead.take("(") && ahead.take_sign(|sign| sign.is_ascii_uppercase()) && {
        ahead.take_chars(LONGEST, |sign| sign != ')');
        ahead.take(")")
    };
    is_name.then(|| {
        *scan = ahead;
        Span::of(start..scan.at())
    })
}

/// Reads the keyword at the start of `text`. Without a colon the list must follow: `TAGS` is also a word.
pub(crate) fn keyword(text: &str) -> Option<TagsKeyword> {
    let Some((word, between, end)) = written(text) else {
        let misspelled = misspelt::keyword(text, &["TAGS"]).filter(|misspelled| {
            let list = &text[misspelled.end..];
            looks_listed(list) && CODES.is_match(list)
        })?;
        return Some(TagsKeyword {
            word: misspelled.word,
            well_formed: false,
            lacks_colon: !misspelled.colon,
            end: misspelled.end as u32,
        });
    };
    let tags = word == "TAGS";
    if matches!(between, Between::Dash | Between::Nothing) {
        let list = &text[end..];
        let is_alone = tags && list.trim().is_empty() && between == Between::Nothing;
        let listed = match word {
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
        word: Span::of(0..word.len()),
        well_formed: tags && between == Between::Sign(b':'),
        lacks_colon: tags && between != Between::Sign(b':'),
        end: end as u32,
    })
}

/// `PREL, KZ`: what only a list of tags begins with, whatever terms follow.
static LISTED: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^[A-Z]{2,4}, ?[A-Z]{2,5}\b"));

/// Subjects have four letters: after a keyword that is none, a sentence in capitals must not pass for a list.
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
    tokens(text).filter_map(|token| {
        let code = token.code.text(text);
        // Stray punctuation between the tags is no tag, nor is the pilcrow that the web edition made a link of.
        if !code.bytes().any(|byte| byte.is_ascii_alphanumeric()) || (token.linked && code == "1") {
            return None;
        }
        let trimmed = code.trim_end_matches(['.', ':']);
        let code = Span::new(token.code.start, token.code.start + trimmed.len() as u32);
        Some(Tag { span: token.whole, code, name: token.name, linked: token.linked })
    })
}

/// A TAG with a letter too many, or with a few or a whole TAG after it. `ELECTIONS` is a word.
fn is_malformed(code: &str, catalog: &Catalog) -> bool {
    let without = |at: usize| format!("{}{}", &code[..at], &code[at + 1..]);
    if !code.is_ascii() || code.len() < 5 {
        return false;
    }
    let begins = catalog.is_tag(&code[..4]) && code.get(4..8).is_none_or(|next| catalog.is_tag(next));
    begins || (code.len() == 5 && (0..5).any(|at| catalog.is_tag(&without(at))))
}

/// Whether a token after a person's TAG is no name but a mistake of a TAG or a known short form: most names have more than
/// four letters, or another name beside them.
pub fn is_no_name(code: &str, catalog: &Catalog) -> bool {
    catalog.malformed_tag(code).is_some_and(|malformed| !malformed.doubtful)
        || catalog.acronym(code).is_some()
        || (code.len() == 4
            && catalog.frequent_tags().any(|tag| tag.code.len() == 4 && is_one_letter_from(code, tag.code)))
}

/// Joins the words of a term, `USEU BRUSSELS`, and gives a person's TAG the name after it. What the tables know is a TAG
/// of its own, and so is a token that begins with one: that is a mistake.
pub(crate) fn join_words(text: &str, tags: impl Iterator<Item = Tag>, catalog: &Catalog) -> Vec<Tag> {
    let code = |tag: &Tag| tag.code.text(text).to_ascii_uppercase();
    let is_free = |tag: &Tag| !tag.linked && tag.name.is_none() && !catalog.is_tag(&code(tag));
    let is_word = |tag: &Tag| {
        let code = code(tag);
        code.len() >= 5 && code.is_ascii() && !is_malformed(&code, catalog)
    };
    let stands_alone = |tag: &Tag| catalog.acronym(&code(tag)).is_some() || is_malformed(&code(tag), catalog);
    let mut joined: Vec<Tag> = Vec::new();
    let mut tags = tags.map(|tag| (is_free(&tag), tag)).peekable();
    while let Some((is_free, mut tag)) = tags.next() {
        let is_person = !is_free && !tag.linked && tag.name.is_none() && catalog.tag_needs_name(&code(&tag));
        let mut run: Vec<Tag> = Vec::new();
        if is_person || is_free {
            let mut end = tag.span.end;
            while let Some((_, next)) = tags.next_if(|(is_free, next)| {
                *is_free && next.span.start > end && Span::new(end, next.span.start).text(text).trim().is_empty()
            }) {
                end = next.span.end;
                run.push(next);
            }
        }
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            joined.push(tag);
            continue;
        };
        if is_person && !run.iter().all(|tag| is_no_name(&code(tag), catalog)) {
            tag.name = Some(Span::new(first.code.start, last.code.end));
            tag.span.end = last.span.end;
            joined.push(tag);
        } else if is_person {
            joined.push(tag);
            joined.extend(run);
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
        assert_eq!(joined("PREL IT ITALY NATIONAL ELECTIONS"), ["PREL", "IT", "ITALY NATIONAL ELECTIONS"]);
        assert_eq!(joined("OVIP (DOE, JANE) PREL"), ["OVIP (DOE, JANE)", "PREL"]);
        assert_eq!(joined("OVIP PRLE KZ"), ["OVIP", "PRLE", "KZ"]);
        assert_eq!(joined("OVIP RICE JANE KZ"), ["OVIP RICE JANE", "KZ"]);
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
    fn reads_the_keyword_and_its_misspellings() {
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
