//! The markers of the text, and which paragraph each is: what the decoder is asked, and what it is told of a marker's place.

use std::ops::Range;

use crate::decoder::{self, Candidate, Decision, Decoded, Wanted};
use crate::line::LineKind;
use crate::marker::{self, Behind, Inside, Marker, Separator, Sign};
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
    pub(super) fn decode_markers(&self, pieces: &[Piece], roles: &[Role]) -> Vec<(Found, Decision)> {
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
        let mut listed = self.take_contents(pieces, &mut found);
        listed.extend(take_lists(&mut found));
        let candidates: Vec<Candidate> = found.iter().map(|found| found.candidate).collect();
        let is_later_section = self.is_later_section();
        let decisions = decoder::decode_section(&candidates, is_later_section);
        // A number that is missing, or would come next, may have been run together with the paragraph before it. What
        // stands in the middle of a text is one only when all else has been read and its number is still missing.
        let mut decisions = decisions;
        let mut inside = self.markers_inside(pieces, roles);
        for may_be_words in [false, true] {
            let wanted =
                decoder::wanted_numbers(&found.iter().map(|found| found.candidate).collect::<Vec<_>>(), &decisions);
            let taken: Vec<Found> = inside
                .extract_if(.., |(found, behind)| is_wanted(found, *behind, &wanted, may_be_words))
                .map(|(found, _)| found)
                .collect();
            if !taken.is_empty() {
                found.extend(taken);
                found.sort_by_key(|found| found.base + found.marker.span.start);
                let candidates: Vec<Candidate> = found.iter().map(|found| found.candidate).collect();
                decisions = decoder::decode_section(&candidates, is_later_section);
            }
        }
        let missing = numbers_missing_inside(&found, &decisions);
        let unmarked = self.unmarked(pieces, roles, &missing);
        if !unmarked.is_empty() {
            found.extend(unmarked);
            found.sort_by_key(|found| found.base + found.marker.span.start);
            let candidates: Vec<Candidate> = found.iter().map(|found| found.candidate).collect();
            decisions = decoder::decode_section(&candidates, is_later_section);
        }
        let item = Decision { decoded: Decoded::ListItem, margin: decoder::MARGIN_LIMIT };
        let items = listed.into_iter().map(|found| (found, item));
        let mut decided: Vec<(Found, Decision)> = found.into_iter().zip(decisions).chain(items).collect();
        decided.sort_by_key(|(found, _)| found.base + found.marker.span.start);
        self.doubt_pilcrows(pieces, &mut decided);
        decided
    }

    /// The markers inside the lines of the text, with what they follow.
    fn markers_inside(&self, pieces: &[Piece], roles: &[Role]) -> Vec<(Found, Behind)> {
        let mut inside = Vec::new();
        for (index, piece) in pieces.iter().enumerate().filter(|&(index, _)| roles[index] == Role::Open) {
            for Inside { marker, behind } in marker::markers_inside(self.slice(piece.span)) {
                let candidate = Candidate::inside_line(&marker);
                let (base, reach) = (piece.span.start, piece.span.end);
                inside.push((Found { piece: index, base, reach, marker, candidate, inside_line: true }, behind));
            }
        }
        inside
    }

    /// The numbers without marks that stand where they are missing: behind a sentence, or without their period at the start
    /// of a line. Where another such number stands beside one, both are items of a list.
    fn unmarked(&self, pieces: &[Piece], roles: &[Role], missing: &[Missing]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for gap in missing {
            let from = pieces.partition_point(|piece| piece.span.end <= gap.between.start);
            let inside = pieces[from..].iter().enumerate().take_while(|(_, piece)| piece.span.start < gap.between.end);
            let mut own: Vec<Found> = Vec::new();
            let mut has_list = false;
            for (index, piece) in inside.map(|(index, piece)| (from + index, piece)) {
                if roles[index] != Role::Open {
                    continue;
                }
                // A long line may hold several gaps: each looks at its own part.
                let own_part = Span::new(piece.span.start.max(gap.between.start), piece.span.end.min(gap.between.end));
                if own_part.is_empty() {
                    continue;
                }
                let text = self.slice(own_part);
                let begins = own_part.start == piece.span.start;
                let at_start = begins.then(|| self.without_period(pieces, roles, index)).flatten();
                let inside = marker::unmarked_inside(text).map(|marker| (marker, true));
                for (marker, inside_line) in at_start.map(|marker| (marker, false)).into_iter().chain(inside) {
                    if !gap.numbers.contains(&marker.literal) {
                        has_list |= inside_line;
                        continue;
                    }
                    let candidate = if inside_line {
                        Candidate::inside_line(&marker)
                    } else {
                        Candidate::at_line_start(&marker, "")
                    };
                    let (base, reach) = (own_part.start, piece.span.end);
                    own.push(Found { piece: index, base, reach, marker, candidate, inside_line });
                }
            }
            let mut numbers: Vec<u32> = own.iter().map(|one| one.marker.literal).collect();
            numbers.dedup();
            let are_in_order = numbers.len() == own.len() && numbers.is_sorted();
            if !has_list && are_in_order {
                found.append(&mut own);
            }
        }
        found
    }

    /// The number at the start of a piece that lost its period, where nothing stands directly above it.
    fn without_period(&self, pieces: &[Piece], roles: &[Role], index: usize) -> Option<Marker> {
        let marker = marker::unmarked_without_period(self.slice(pieces[index].span))?;
        self.text_directly_before(pieces, roles, index).is_empty().then_some(marker)
    }

    /// Takes a contents list out of the markers at the top of a text: numbers on lines directly below each other, most of
    /// which come again, with the same words, below them.
    fn take_contents(&self, pieces: &[Piece], found: &mut Vec<Found>) -> Vec<Found> {
        const FEWEST: usize = 3;
        const MOST: usize = 40;
        let line = |one: &Found| pieces[one.piece].line;
        let follows = |(index, one): (usize, &Found)| {
            let is_next = index == 0 || line(one) == line(&found[index - 1]) + 1;
            is_next && one.marker.mark.is_none() && one.marker.literal as usize == index + 1
        };
        let count = found.iter().enumerate().take_while(|&one| follows(one)).count();
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
        let is_open = text.rfind('(').is_some_and(|at| !text[at..].contains(')') && text[at..].contains('/'));
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
    fn text_directly_before(&self, pieces: &[Piece], roles: &[Role], index: usize) -> &str {
        let Some(above) = index.checked_sub(1) else { return "" };
        let adjacent = pieces[above].line + 1 >= pieces[index].line;
        if adjacent && roles[above] == Role::Open { self.slice(pieces[above].span) } else { "" }
    }
}

/// Numbers that are missing between two paragraphs, and the text in which they must stand.
struct Missing {
    numbers: Range<u32>,
    between: Span,
}

/// The gaps between the paragraphs that were read. Of wide ones the numbers are no paragraphs of this text.
fn numbers_missing_inside(found: &[Found], decisions: &[Decision]) -> Vec<Missing> {
    const MOST: u32 = 3;
    let mut gaps = Vec::new();
    let (mut last, mut start) = (0, 0);
    for (one, decision) in found.iter().zip(decisions) {
        let Some(number) = decision.decoded.number() else { continue };
        let at = one.base + one.marker.span.start;
        if number > last + 1 && number - last - 1 <= MOST {
            gaps.push(Missing { numbers: last + 1..number, between: Span::new(start, at) });
        }
        last = one.marker.through.unwrap_or(number);
        start = one.base + one.marker.span.end;
    }
    gaps
}

/// Whether a marker inside a line may supply a number that is wanted.
fn is_wanted(found: &Found, behind: Behind, wanted: &Wanted, may_be_words: bool) -> bool {
    let Candidate { literal, stripped, .. } = found.candidate;
    let is_missing = found.candidate.gives(&wanted.missing);
    let is_next = || wanted.next.contains(&literal) || wanted.next.contains(&stripped);
    match behind {
        Behind::Sentence => is_missing || is_next(),
        Behind::Heading => is_missing || wanted.next.start == literal,
        Behind::Words => may_be_words && wanted.missing.binary_search(&literal).is_ok(),
    }
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
