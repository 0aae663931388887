//! The markers of the text, and which paragraph each is: what the decoder is asked, and what it is told of a marker's place.

use std::sync::LazyLock;

use regex::Regex;

use crate::decoder::{self, Candidate, Decision, Decoded, Wanted};
use crate::line::{LineKind, Signs};
use crate::marker::{self, Follows, Inside, Marker, Separator, Sign};
use crate::pattern::pattern;
use crate::span::Span;

use super::pilcrows::{self, Numbered};
use super::role::Role;
use super::{Arranger, Piece};

/// A marker candidate and where it stands.
pub(super) struct Found {
    pub(super) piece: usize,
    /// Columns of the marker's line from which it was read.
    pub(super) base: u32,
    /// One past the last byte it was read from.
    pub(super) reach: u32,
    pub(super) marker: Marker,
    pub(super) candidate: Candidate,
    pub(super) inside_line: bool,
}

impl Arranger<'_> {
    /// Which paragraph each marker of the text is.
    pub(super) fn decode_markers(&mut self, pieces: &[Piece], roles: &[Role]) -> Vec<(Found, Decision)> {
        let mut found: Vec<Found> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            if roles[index] != Role::Open || piece.kind != LineKind::Marker {
                continue;
            }
            if let Some((marker, reach)) = self.marker_of(pieces, roles, index) {
                let before = self.text_directly_before(pieces, roles, index);
                let mut candidate = Candidate::at_line_start(&marker, before);
                // What was taken out had its mark.
                candidate.marked |= self.is_taken_out(piece.span, &marker);
                found.push(Found {
                    piece: index,
                    base: piece.span.start,
                    reach,
                    marker,
                    candidate,
                    inside_line: piece.cut && piece.span.start > self.trimmed(piece.line).start,
                });
            }
        }
        if found.is_empty() {
            found = self.bracketed(pieces, roles);
        }
        let mut listed = self.take_contents(pieces, &mut found);
        listed.extend(take_lists(&mut found));
        listed.extend(self.take_titles(pieces, &mut found));
        listed.extend(self.take_quoted(pieces, &mut found));
        let decisions = self.decode(&found);
        // A number that is missing, or would come next, may have been run together with the paragraph before it. What
        // stands in the middle of a text is one only when all else has been read and its number is still missing, or next.
        let mut decisions = decisions;
        let mut inside = self.markers_inside(pieces, roles);
        for may_be_words in [false, true] {
            let wanted =
                decoder::wanted_numbers(&found.iter().map(|found| found.candidate).collect::<Vec<_>>(), &decisions);
            let mut next = wanted.next.start;
            let taken: Vec<Found> = inside
                .extract_if(.., |(found, follows)| is_wanted(found, *follows, &wanted, &mut next, may_be_words))
                .map(|(found, _)| found)
                .collect();
            if !taken.is_empty() {
                found.extend(taken);
                found.sort_by_key(|found| found.base + found.marker.span.start);
                decisions = self.decode(&found);
            }
        }
        let unmarked = self.unmarked(pieces, roles, &found, &decisions);
        if !unmarked.is_empty() {
            found.extend(unmarked);
            found.sort_by_key(|found| found.base + found.marker.span.start);
            decisions = self.decode(&found);
        }
        let item = Decision { decoded: Decoded::ListItem, margin: decoder::MARGIN_LIMIT };
        let items = listed.into_iter().map(|found| (found, item));
        let mut decided: Vec<(Found, Decision)> = found.into_iter().zip(decisions).chain(items).collect();
        decided.sort_by_key(|(found, _)| found.base + found.marker.span.start);
        self.doubt_pilcrows(pieces, &mut decided);
        decided
    }

    fn decode(&mut self, found: &[Found]) -> Vec<Decision> {
        let is_later_section = self.is_later_section();
        let candidates = found.iter().map(|found| found.candidate).collect();
        self.decodings.decode(candidates, is_later_section, self.decodings_before)
    }

    /// The markers inside the lines of the text, with what they follow.
    fn markers_inside(&self, pieces: &[Piece], roles: &[Role]) -> Vec<(Found, Follows)> {
        let mut inside = Vec::new();
        for (index, piece) in pieces.iter().enumerate().filter(|&(index, _)| roles[index] == Role::Open) {
            // A mark stands in brackets.
            if !self.lines[piece.line].signs.has(Signs::BRACKET) {
                continue;
            }
            for Inside { marker, follows } in marker::markers_inside(self.slice(piece.span)) {
                let candidate = Candidate::inside_line(&marker);
                let (base, reach) = (piece.span.start, piece.span.end);
                inside.push((Found { piece: index, base, reach, marker, candidate, inside_line: true }, follows));
            }
        }
        inside
    }

    /// Takes a contents list out of the markers at the top of a text: numbers on lines directly below each other, most of
    /// which come again, with the same words, below them.
    fn take_contents(&self, pieces: &[Piece], found: &mut Vec<Found>) -> Vec<Found> {
        const FEWEST: usize = 3;
        const MOST: usize = 40;
        let line = |one: &Found| pieces[one.piece].line;
        let goes_on = |(index, one): (usize, &Found)| {
            let is_next = index == 0 || line(one) == line(&found[index - 1]) + 1;
            is_next && one.marker.mark.is_none() && one.marker.literal as usize == index + 1
        };
        let count = found.iter().enumerate().take_while(|&one| goes_on(one)).count();
        if !(FEWEST..=MOST).contains(&count) {
            return Vec::new();
        }
        let words = |one: &Found| {
            let text = self.slice(pieces[one.piece].span).get(one.marker.text as usize..).unwrap_or_default();
            text.chars().filter(|sign| sign.is_alphanumeric()).take(20).collect::<String>().to_lowercase()
        };
        let mut again = found[count..].iter();
        let repeated = found[..count]
            .iter()
            .filter(|item| {
                let mut rest = again.clone();
                let is_there = rest.any(|one| one.marker.literal == item.marker.literal && words(one) == words(item));
                if is_there {
                    again = rest;
                }
                is_there
            })
            .count();
        if repeated * 2 > count { found.drain(..count).collect() } else { Vec::new() }
    }

    /// Takes out the number of a title with its rule on one line, `14. The harbour ------`, where the paragraph below it has
    /// the same number.
    fn take_titles(&self, pieces: &[Piece], found: &mut Vec<Found>) -> Vec<Found> {
        let next: Vec<u32> = found.iter().skip(1).map(|next| next.marker.literal).collect();
        let mut next = next.into_iter();
        let has_rule = |one: &Found| {
            let piece = pieces[one.piece];
            // The rule, and the words before it, may have been cut off.
            let mut cut = pieces[one.piece + 1..].iter().take(2).take_while(|cut| cut.line == piece.line);
            self.slice(piece.span).ends_with("-----") || cut.any(|cut| cut.kind == LineKind::Rule)
        };
        let is_title =
            |one: &mut Found| next.next() == Some(one.marker.literal) && one.marker.mark.is_none() && has_rule(one);
        found.extract_if(.., is_title).collect()
    }

    /// Takes out the numbers of a text that a paragraph quotes, `5. (U) Begin text of agreement`: numbers without marks,
    /// where the paragraphs above have theirs. The next number, and one not far above it, is the cable's own, unless it
    /// goes on with those of the quoted text.
    fn take_quoted(&self, pieces: &[Piece], found: &mut Vec<Found>) -> Vec<Found> {
        const FAR: u32 = 5;
        let is_bare = |one: &Found| !one.candidate.marked;
        let goes_astray =
            |pair: &[Found]| is_bare(&pair[1]) && pair[1].candidate.literal != pair[0].candidate.literal + 1;
        if found.iter().all(is_bare) || !found.windows(2).any(goes_astray) {
            return Vec::new();
        }
        let (mut marked, mut own, mut last) = (0, 0, 0);
        // The last number of the quoted text; 0 where it has just begun.
        let mut quoted: Option<u32> = None;
        let mut taken = vec![false; found.len()];
        let mut next = 0;
        for (index, piece) in pieces.iter().enumerate() {
            while let Some(one) = found.get(next).filter(|one| one.piece == index) {
                let number = one.candidate.literal;
                let is_quoted = |item: u32| {
                    let is_far = number <= last || number > last + FAR;
                    is_bare(one) && (is_far || (item > 0 && number == item + 1))
                };
                taken[next] = quoted.is_some_and(is_quoted);
                if taken[next] {
                    quoted = Some(number);
                } else {
                    quoted = None;
                    own += 1;
                    marked += usize::from(one.candidate.marked);
                    last = one.candidate.through;
                }
                next += 1;
            }
            match turn_of_quotation(self.slice(piece.span)) {
                Some(true) if quoted.is_none() && marked * 2 > own => quoted = Some(0),
                Some(false) => quoted = None,
                _ => {}
            }
        }
        let mut taken = taken.into_iter();
        found.extract_if(.., |_| taken.next() == Some(true)).collect()
    }

    fn is_later_section(&self) -> bool {
        let classification = self.header.classification.as_ref();
        classification.and_then(|line| line.value.section).is_some_and(|section| section.number > 1)
    }

    /// Takes a leading 1 as it is written where nothing but the width of a gap says that it is a misread pilcrow.
    fn doubt_pilcrows(&self, pieces: &[Piece], decided: &mut [(Found, Decision)]) {
        let is_later_section = self.is_later_section();
        let numbered: Vec<Numbered> = decided
            .iter()
            .enumerate()
            .filter_map(|(index, (found, decision))| match decision.decoded {
                Decoded::Paragraph { number, stripped } => Some(Numbered {
                    index,
                    number,
                    last: found.marker.through.unwrap_or(number),
                    literal: found.marker.literal,
                    stripped,
                    has_sign: found.marker.sign != Sign::None || found.marker.dash || found.marker.split.is_some(),
                    is_quoted: crate::cable::is_within(&self.body.quotes, pieces[found.piece].line as u32),
                }),
                Decoded::ListItem | Decoded::Rejected => None,
            })
            .collect();
        for doubtful in pilcrows::doubtful(&numbered, is_later_section) {
            let (found, decision) = &mut decided[doubtful];
            decision.decoded = Decoded::Paragraph { number: found.marker.literal, stripped: false };
            decision.margin = decision.margin.min(pilcrows::DOUBTFUL);
        }
    }

    /// The marker at the start of a piece, and where the text ends that it was read from. A portion mark may run over the
    /// end of the line: `(S//REL NORTHLAND,` and `WESTLAND)` below it.
    fn marker_of(&self, pieces: &[Piece], roles: &[Role], index: usize) -> Option<(Marker, u32)> {
        let piece = pieces[index];
        let text = self.slice(piece.span);
        let last = memchr::memrchr(b'(', text.as_bytes());
        let is_open = last.is_some_and(|at| !text[at..].contains(')') && text[at..].contains('/'));
        let next = pieces.get(index + 1).filter(|next| {
            is_open && next.line == piece.line + 1 && roles[index + 1] == Role::Open && next.kind == LineKind::Text
        });
        let over_two_lines = next.and_then(|next| {
            let both = marker::read_marker(self.slice(Span::new(piece.span.start, next.span.end)))?;
            let runs_over = both.mark.is_some_and(|mark| mark.well_formed && mark.span.end > piece.span.len());
            runs_over.then_some((both, next.span.end))
        });
        over_two_lines.or_else(|| Some((marker::read_marker(text)?, piece.span.end)))
    }

    /// Whether nothing but a number is left of a paragraph: `2. XXXXXXXXXXXX`.
    fn is_taken_out(&self, span: Span, marker: &Marker) -> bool {
        let rest =
            self.slice(Span::new((span.start + marker.text).min(span.end), span.end)).trim_end_matches(['.', ' ']);
        marker.separator == Separator::Period && rest.len() >= 8 && rest.bytes().all(|byte| byte == b'X')
    }

    /// The text of the line directly above, when no blank line stands between.
    pub(super) fn text_directly_before(&self, pieces: &[Piece], roles: &[Role], index: usize) -> &str {
        let Some(above) = index.checked_sub(1) else { return "" };
        let adjacent = pieces[above].line + 1 >= pieces[index].line;
        if adjacent && roles[above] == Role::Open { self.slice(pieces[above].span) } else { "" }
    }
}

/// Whether a marker inside a line may supply a number that is wanted. After a heading the `next` one counts, which goes up
/// with each that is taken: one line may hold the whole text.
fn is_wanted(found: &Found, follows: Follows, wanted: &Wanted, next: &mut u32, may_be_words: bool) -> bool {
    let Candidate { literal, stripped, .. } = found.candidate;
    let is_missing = found.candidate.gives(&wanted.missing);
    let is_taken = match follows {
        Follows::Sentence => is_missing || wanted.next.contains(&literal) || wanted.next.contains(&stripped),
        Follows::Heading => is_missing || *next == literal,
        Follows::Words => {
            let is_next = *next == literal && found.marker.separator == Separator::Period;
            may_be_words && (is_next || wanted.missing.binary_search(&literal).is_ok())
        }
    };
    if is_taken && *next == literal {
        *next = found.candidate.through + 1;
    }
    is_taken
}

/// Words that open a quoted text, and those that close it.
static QUOTATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?<opens>begin (?:[a-z]+ )?text\b|full text of\b|text of [^.:]{1,80}:|text follows\b)|end (?:of )?(?:text|quote)\b|unquote\b)",
    )
});

/// Whether a line opens a quoted text that numbers for itself, or closes it: what it does last.
fn turn_of_quotation(text: &str) -> Option<bool> {
    QUOTATION.captures_iter(text).last().map(|found| found.name("opens").is_some())
}

/// Takes the items of lists out of the markers: `1)`, `2) (C)` below a paragraph that is numbered `n.`. They may carry
/// marks as paragraphs do, and begin anew under each head.
fn take_lists(found: &mut Vec<Found>) -> Vec<Found> {
    let mut has_paragraph = false;
    let mut item = 0;
    let mut is_item = |found: &mut Found| {
        let marker = &found.marker;
        if matches!(marker.separator, Separator::Parenthesis | Separator::Brackets) && marker.sign == Sign::None {
            let begins = marker.literal == 1 && has_paragraph;
            let goes_on = item > 0 && marker.literal == item + 1;
            item = if begins || goes_on { marker.literal } else { 0 };
            return begins || goes_on;
        }
        if marker.separator == Separator::Period {
            has_paragraph = true;
            item = 0;
        }
        false
    };
    found.extract_if(.., |found| is_item(found)).collect()
}
