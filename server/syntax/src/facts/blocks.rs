//! Blocks of the text that a word opens and END closes: SUMMARY, COMMENT, NOTE, TEXT (FORMAT.md, "Blocks").

mod block_words;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::block::{Block, BlockWords, Blocks, REDACTION, WORDS};
use crate::cable::Cable;
use crate::part::PartKind;
use crate::pattern::{ShortPattern, short_pattern};
use crate::scan::{Scan, is_space};
use crate::span::Span;

/// An end that cannot be anything else: nothing but the name of a speaker is before its word.
static PLAIN_END: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^(?i:end(?:\s+of)?\s+(?:embassy\s+|post\s+|mission\s+|bio\s+)?(?:summary|comment|note|action\s+request|introduction|text))\b",
    )
});

/// Where a text has words of blocks, in any case, also with a lost space after them: `Commentand note`. With each the word.
fn words_in(text: &str, wanted: BlockWords) -> impl Iterator<Item = (Range<usize>, BlockWords)> + '_ {
    // Where the rarest letter of each is in it.
    const RARE: [usize; WORDS.len()] = [6, 2, 0, 1, 5, 2];
    let own = WORDS.iter().zip(RARE).filter(move |((_, words), _)| wanted.has(*words));
    own.flat_map(move |((word, words), rare)| {
        let letter = word.as_bytes()[rare];
        let places = memchr::memchr2_iter(letter, letter.to_ascii_lowercase(), text.as_bytes());
        // What an end names is above it, most often near.
        places.rev().filter_map(move |at| Some((whole_word(text, at.checked_sub(rare)?, word)?, *words)))
    })
}

/// The word that begins at a place.
fn whole_word(text: &str, at: usize, word: &str) -> Option<Range<usize>> {
    let mut scan = Scan::at_byte(text, at).filter(Scan::is_word_edge)?;
    let mut parts = word.split(' ');
    let mut is_next = parts.next().is_some_and(|first| scan.take_any_case(first));
    for part in parts {
        is_next = is_next && scan.take_spaces() > 0 && scan.take_any_case(part);
    }
    if !is_next {
        return None;
    }
    if matches!(word, "COMMENT" | "NOTE") {
        scan.take_any_case("s");
    }
    scan.take_any_case("and");
    scan.is_word_edge().then(|| at..scan.at())
}

/// Whether a word may open a block: in small letters it is a word of its sentence, unless a bracket or a colon sets it off.
fn may_open(text: &str, word: &Range<usize>, words: BlockWords) -> bool {
    let is_small = text[word.start..].starts_with(char::is_lowercase) && words != BlockWords::TEXT;
    let before = text[..word.start].trim_end();
    let after = text[word.end..].trim_start();
    let is_set_off = before.ends_with(['(', '[', '-', '.', '\n'])
        || after.starts_with([':', '-'])
        || before
            .len()
            .checked_sub(6)
            .and_then(|at| before.get(at..))
            .is_some_and(|begin| begin.trim_start().eq_ignore_ascii_case("begin"));
    !is_small || is_set_off
}

/// The words that every opening has, and then those that begin an end.
const MARKS: [&str; 14] = [
    "SUMMARY",
    "Summary",
    "COMMENT",
    "Comment",
    "NOTE",
    "Note",
    "ACTION",
    "Action",
    "INTRODUCTION",
    "Introduction",
    "BEGIN",
    "Begin",
    "END",
    "End",
];

/// How many of them are those of openings.
const OPENINGS: usize = 12;

/// Finds them all in one look at the text. Only a search for the leftmost one looks at many bytes at a time, and what it
/// falls back on is the kind that is made soonest.
static MARK: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let kind = Some(AhoCorasickKind::NoncontiguousNFA);
    let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).kind(kind).build(MARKS);
    search.expect("a few short words")
});

/// Where words are that every opening has, and where words that begin an end, in order.
fn marked_words(text: &str) -> (Vec<usize>, Vec<usize>) {
    let bytes = text.as_bytes();
    let (mut openings, mut ends) = (Vec::new(), Vec::new());
    for found in MARK.find_iter(text) {
        let at = found.start();
        if at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric()) {
            continue;
        }
        let (mark, after) = (found.pattern().as_usize(), &bytes[found.end()..]);
        if mark >= OPENINGS {
            if after.first().is_some_and(|byte| !byte.is_ascii_alphanumeric()) {
                ends.push(at);
            }
        } else if may_go_on(MARKS[mark], after) {
            openings.push(at);
        }
    }
    (openings, ends)
}

/// Whether what follows a word of an opening may be the rest of it: a sign, the end of the line, another such word.
fn may_go_on(word: &str, after: &[u8]) -> bool {
    const NEXT: [&str; 12] = [
        "and",
        "text",
        "begin",
        "embassy",
        "post",
        "mission",
        "bio",
        "summary",
        "comment",
        "note",
        "action",
        "introduction",
    ];
    let own = after.trim_ascii_start();
    let begins = |next: &str| own.get(..next.len()).is_some_and(|start| start.eq_ignore_ascii_case(next.as_bytes()));
    if word.eq_ignore_ascii_case("action") {
        return begins("request");
    }
    let Some(&first) = after.iter().find(|byte| !matches!(byte, b' ' | b'\t')) else { return true };
    matches!(first, b'\n' | b'\r' | b':' | b'.' | b'-' | b',' | b'/' | b'&' | 0x0b | 0x0c | 0x80..)
        || NEXT.into_iter().any(begins)
}

/// Whether a word after a text begins a line or a sentence there. What was an opening's, up to some byte, begins neither.
fn stands_apart(before: &str, last_end: usize) -> bool {
    let line = before.trim_end_matches([' ', '\t', '"']);
    if line.len() >= last_end && (line.is_empty() || line.ends_with('\n')) {
        return true;
    }
    let is_after_sign = |text: &str, signs: &[char]| {
        let sentence = text.trim_end_matches(is_space);
        let sign = sentence.strip_suffix(signs);
        sentence.len() < text.len() && sign.is_some_and(|sign| sign.len() >= last_end)
    };
    let unquoted = before.strip_suffix('"').unwrap_or(before);
    let signs = ['.', '!', '?', ')', '"', '”', ':'];
    is_after_sign(unquoted, &signs) || is_after_sign(before, &signs) || is_after_sign(before, &['-'])
}

/// The openings of a text, in order. They are looked for only around the words that every opening has.
fn openings(text: &str, hits: &[usize]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for &hit in hits {
        let last = found.last().map_or(0, |last| last.end);
        if hit < last {
            continue;
        }
        let mut start = block_words::first_speaker(text, hit).max(last);
        while start <= hit {
            let is_apart = stands_apart(&text[..start], last);
            if let Some(length) = is_apart.then(|| block_words::opening(&text[start..])).flatten() {
                found.push(start..start + length);
                break;
            }
            start = block_words::next_word(text, start);
        }
    }
    found
}

/// The ends of a text, in order.
fn ends(text: &str, hits: &[usize]) -> Vec<Range<usize>> {
    // No end is longer: a word that has no end is not read again for each END in it.
    const LONGEST: usize = 400;
    let mut found: Vec<Range<usize>> = Vec::new();
    for &hit in hits {
        if found.last().is_none_or(|last| hit >= last.end) {
            let near = (hit..=text.len().min(hit + LONGEST)).rev().find(|&at| text.is_char_boundary(at));
            let near = &text[hit..near.unwrap_or(hit)];
            found.extend(block_words::end(near).map(|length| hit..hit + length));
        }
    }
    found
}

/// What is opened and what is closed, from the SUBJECT on.
pub(super) fn blocks(cable: &Cable) -> Blocks {
    let from = cable.header.subject.as_ref().map_or(0, |subject| subject.keyword.span.start);
    let text = cable.text().get(from as usize..).unwrap_or_default();
    let at = |range: Range<usize>| Span::of(range).shifted(from);
    let (opening_words, end_words) = marked_words(text);
    let openings = openings(text, &opening_words).into_iter().map(|words| (false, at(words)));
    let ends: Vec<Span> = ends(text, &end_words).into_iter().map(at).collect();
    // The word of an end that begins its line opens nothing.
    let is_end = |span: Span| {
        let next = ends.partition_point(|end| end.end <= span.start);
        ends.get(next).is_some_and(|end| end.overlaps(span))
    };
    let openings = openings.filter(|&(_, span)| !is_end(span));
    let mut found: Vec<(bool, Span)> = openings.chain(ends.iter().map(|&end| (true, end))).collect();
    found.retain(|(_, span)| is_text(cable, *span));
    found.sort_by_key(|(_, span)| (span.start, span.end));

    let mut result = Blocks::default();
    // What may still be closed, for each word by itself, by its place among `opened`.
    let mut open: [Vec<usize>; WORDS.len()] = Default::default();
    let mut opened: Vec<Option<Block>> = Vec::new();
    // Where each word was closed last: what opened it again is after that.
    let mut closed_before = [from; WORDS.len()];
    for (is_end, span) in found {
        let words = BlockWords::of(cable.slice(span));
        if !is_end {
            let after = cable.text()[span.end as usize..].trim_start();
            let is_continued = after.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("continu"));
            if !is_continued {
                let written = cable.slice(span).trim_end_matches([':', '.', '-', ' ', '\t']).len() as u32;
                let span = Span::new(span.start, span.start + written);
                for ((_, bit), open) in WORDS.iter().zip(&mut open) {
                    if words.has(*bit) {
                        open.push(opened.len());
                    }
                }
                opened.push(Some(Block { span, words, is_heading: is_heading(cable, span) }));
            }
            continue;
        }
        result.closes = true;
        let mut is_opened = false;
        for (_, open) in WORDS.iter().zip(&mut open).filter(|((_, bit), _)| words.has(*bit)) {
            // What another of its words has closed is open no more.
            let closed = std::iter::from_fn(|| open.pop()).find_map(|index| opened[index].take());
            if let Some(opening) = closed {
                result.pairs.push((opening.span, span));
                is_opened = true;
                // The heading above a paragraph and the same word in it are one opening.
                let above = open.last().copied();
                let is_said_above = |index: &usize| {
                    let above = opened[*index].as_ref();
                    above.is_some_and(|above| above.is_heading && is_directly_below(cable, above.span, opening.span))
                };
                if let Some(heading) = above.filter(is_said_above).and_then(|index| opened[index].take()) {
                    result.pairs.push((heading.span, span));
                }
            }
        }
        let above = || {
            let own = WORDS.iter().zip(&closed_before).filter(|((_, bit), _)| words.has(*bit));
            let last = own.map(|(_, &closed)| closed).max().unwrap_or(from);
            cable.slice(Span::new(last.min(span.start), span.start))
        };
        let names = |above: &str| words_in(above, words).any(|(place, word)| may_open(above, &place, word));
        if !is_opened && stands_alone(cable, span) && !names(above()) && !is_redacted(above()) {
            result.unopened.push(Block { span, words, is_heading: false });
        }
        for ((_, bit), closed) in WORDS.iter().zip(&mut closed_before) {
            if words.has(*bit) {
                *closed = span.end;
            }
        }
    }
    result.unclosed = opened.into_iter().flatten().collect();
    result
}

/// Whether an opening begins the first paragraph below a heading.
fn is_directly_below(cable: &Cable, heading: Span, opening: Span) -> bool {
    /// A bracket or a quote may be before the word.
    const BEFORE: u32 = 2;
    if heading.end > opening.start {
        return false;
    }
    let paragraphs = &cable.body.paragraphs;
    let own = paragraphs.partition_point(|paragraph| paragraph.marker.span.start <= opening.start).checked_sub(1);
    let own = own.map(|own| paragraphs[own].marker).filter(|marker| marker.span.start >= heading.end);
    let (from, text) =
        own.map_or((opening.start, opening.start), |marker| (marker.span.start, marker.span.start + marker.value.text));
    let between = cable.slice(Span::new(heading.end, from));
    opening.start <= text + BEFORE && !between.contains(char::is_alphanumeric)
}

/// Whether a text ends where something was taken out, perhaps the word that opens a block.
fn is_redacted(text: &str) -> bool {
    text.trim_end_matches(|sign: char| sign == '.' || sign.is_whitespace()).ends_with(REDACTION)
}

/// Whether a stretch is text of the post's own.
fn is_text(cable: &Cable, span: Span) -> bool {
    let kinds = [PartKind::Heading, PartKind::Paragraph, PartKind::Fragment, PartKind::Text];
    cable.part_at(span.start).is_some_and(|part| kinds.contains(&part.kind) && !cable.is_quoted(part.line))
}

/// Whether the word of a block is a heading, or has its line for itself.
fn is_heading(cable: &Cable, span: Span) -> bool {
    let line = cable.line_at(span.start);
    let is_marked = cable.part_at(span.start).is_some_and(|part| part.kind == PartKind::Heading);
    let below = cable.line_text(line + 1).trim();
    let after = &cable.text()[span.end as usize..];
    let is_run_together = after.trim_start_matches([' ', '"', ':', '.']).starts_with("---");
    let is_underlined = below.len() >= 3 && below.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'*' | b' '));
    let alone = cable.line_text(line).trim().trim_matches(['"', ':', '.', '-', ' ']) == cable.slice(span);
    is_marked || is_underlined || is_run_together || alone
}

/// Whether the words say nothing but that a block ends: at the end of a sentence or on a line of their own.
fn stands_alone(cable: &Cable, span: Span) -> bool {
    let before = cable.text()[..span.start as usize].trim_end_matches([' ', '\t']);
    let after = cable.text()[span.end as usize..].trim_start_matches([' ', '\t', '"']);
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', '"', '”', ')', '-', '(', '[', '\n', ']']);
    let ends = after.is_empty() || after.starts_with(['.', ')', ':', ']', '\n', '\r', '-', '!']);
    begins && ends && PLAIN_END.is_match(cable.slice(span))
}
