//! Numbers without marks that stand where they are missing: inside a line, or without their period at its start
//! (FORMAT.md, "Candidates").

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::decoder::{Candidate, Decision};
use crate::marker::{self, Footing, Marker, Unmarked};
use crate::span::Span;

use super::markers::Found;
use super::role::Role;
use super::{Arranger, Piece};

/// So many numbers may be missing of which not all are there.
const MOST_IN_PART: usize = 3;

/// Wider gaps are none: a wild jump misses nothing.
const MOST: u32 = 30;

/// Numbers that are missing after a paragraph, and the text in which they must stand.
struct Missing {
    numbers: Range<u32>,
    between: Span,
    /// No paragraph follows: the numbers are those that would be next.
    is_open: bool,
}

/// An unmarked number that may supply one that is missing.
struct Site {
    found: Found,
    /// None at the start of a line.
    footing: Option<Footing>,
}

impl Site {
    fn number(&self) -> u32 {
        self.found.marker.literal
    }

    /// Whether it needs no number after it to be believed.
    fn is_sure(&self) -> bool {
        matches!(self.footing, None | Some(Footing::Stop | Footing::Closing))
    }
}

impl Arranger<'_> {
    /// The unmarked numbers that are missing between the paragraphs, and those that go on after the last one.
    pub(super) fn unmarked(
        &self,
        pieces: &[Piece],
        roles: &[Role],
        found: &[Found],
        decisions: &[Decision],
    ) -> Vec<Found> {
        let end = pieces.last().map_or(0, |piece| piece.span.end);
        let first = roles.iter().position(|role| *role == Role::Open);
        let gaps = gaps(found, decisions, end);
        gaps.iter().flat_map(|gap| gap.filled_by(self.sites(pieces, roles, gap, first))).collect()
    }

    /// The numbers in brackets that count the paragraphs of a text without other numbers: from 1 on, each on a line that
    /// stands apart, the first of them at its start.
    pub(super) fn bracketed(&self, pieces: &[Piece], roles: &[Role]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let open = pieces.iter().enumerate().filter(|&(index, _)| roles[index] == Role::Open);
        for (place, (index, piece)) in open.enumerate() {
            let Some(marker) = marker::number_in_brackets(self.slice(piece.span)) else {
                if place == 0 {
                    return found;
                }
                continue;
            };
            if marker.literal as usize != found.len() + 1 || !self.text_directly_before(pieces, roles, index).is_empty()
            {
                return Vec::new();
            }
            let candidate = Candidate::at_line_start(&marker, "");
            let (base, reach) = (piece.span.start, piece.span.end);
            found.push(Found { piece: index, base, reach, marker, candidate, inside_line: false });
        }
        if found.len() > 1 { found } else { Vec::new() }
    }

    /// The unmarked numbers in a gap. A long line may hold several gaps: each looks at its own part.
    fn sites(&self, pieces: &[Piece], roles: &[Role], gap: &Missing, first: Option<usize>) -> Vec<Site> {
        let from = pieces.partition_point(|piece| piece.span.end <= gap.between.start);
        let inside = pieces[from..].iter().enumerate().take_while(|(_, piece)| piece.span.start < gap.between.end);
        let mut sites = Vec::new();
        for (index, piece) in inside.map(|(index, piece)| (from + index, piece)) {
            let own = Span::new(piece.span.start.max(gap.between.start), piece.span.end.min(gap.between.end));
            if roles[index] != Role::Open || own.is_empty() {
                continue;
            }
            let site = |marker: Marker, footing: Option<Footing>| {
                let candidate = match footing {
                    Some(_) => Candidate::inside_line(&marker),
                    None => Candidate::at_line_start(&marker, ""),
                };
                let (base, reach, inside_line) = (own.start, piece.span.end, footing.is_some());
                Site { found: Found { piece: index, base, reach, marker, candidate, inside_line }, footing }
            };
            let begins = own.start == piece.span.start;
            let is_first = gap.numbers.start == 1 && first == Some(index);
            let at_start = begins.then(|| self.at_start(pieces, roles, index, is_first)).flatten();
            sites.extend(at_start.map(|marker| site(marker, None)));
            let inside = marker::unmarked_inside(self.slice(own));
            sites.extend(inside.map(|Unmarked { marker, footing }| site(marker, Some(footing))));
        }
        sites
    }

    /// The number at the start of a piece that lost its period, where nothing stands directly above it, or that stands in
    /// brackets at the start of the text.
    fn at_start(&self, pieces: &[Piece], roles: &[Role], index: usize, is_first: bool) -> Option<Marker> {
        let text = self.slice(pieces[index].span);
        let bracketed = || marker::number_in_brackets(text).filter(|marker| is_first && marker.literal == 1);
        let marker = marker::unmarked_without_period(text).or_else(bracketed)?;
        self.text_directly_before(pieces, roles, index).is_empty().then_some(marker)
    }
}

impl Missing {
    /// Those of the numbers in it that fill it, in their order. A list numbers its items in the same way, from 1
    /// on, or from the number of the paragraph that it stands in: then all are items.
    fn filled_by(&self, mut sites: Vec<Site>) -> Vec<Found> {
        let before = self.numbers.start - 1;
        let is_item = |site: &Site| {
            let is_wanted = self.numbers.contains(&site.number());
            let begins_list = site.footing.is_some() && [1, before].contains(&site.number());
            !is_wanted && (begins_list || (site.footing.is_some() && site.is_sure()))
        };
        if sites.iter().any(is_item) {
            return Vec::new();
        }
        sites.retain(|site| self.numbers.contains(&site.number()) && site.footing != Some(Footing::Words));
        let sure: Vec<u32> = sites.iter().filter(|site| site.is_sure()).map(Site::number).collect();
        // A number may be printed twice, not more often.
        if !sure.is_sorted() || sure.windows(3).any(|same| same[0] == same[2]) {
            return Vec::new();
        }
        // After a title a number counts only where it is in its place among the sure ones.
        let mut last = before;
        let mut next_sure = sure.iter().copied().peekable();
        sites.retain(|site| {
            let is_taken = match next_sure.peek() {
                Some(&next) if site.is_sure() => {
                    next_sure.next();
                    last = next;
                    return true;
                }
                Some(&next) => site.number() == last + 1 && site.number() < next,
                None => site.number() == last + 1,
            };
            if is_taken {
                last = site.number();
            }
            is_taken
        });
        if self.is_open {
            // The last number has none after it: only the end of a sentence tells.
            while sites.last().is_some_and(|site| site.footing != Some(Footing::Stop)) {
                sites.pop();
            }
        }
        let mut numbers: Vec<u32> = sites.iter().map(Site::number).collect();
        numbers.dedup();
        let is_unbroken = numbers.iter().copied().eq(self.numbers.start..self.numbers.start + numbers.len() as u32);
        let is_whole = numbers.len() == self.numbers.len();
        let is_enough = if self.is_open { is_unbroken } else { is_whole || self.numbers.len() <= MOST_IN_PART };
        if is_enough { sites.into_iter().map(|site| site.found).collect() } else { Vec::new() }
    }
}

/// The gaps between the paragraphs that were read, and the text after the last of them.
fn gaps(found: &[Found], decisions: &[Decision], end: u32) -> Vec<Missing> {
    let mut gaps = Vec::new();
    let (mut last, mut start) = (0, 0);
    for (one, decision) in found.iter().zip(decisions) {
        let Some(number) = decision.decoded.number() else { continue };
        let at = one.base + one.marker.span.start;
        if number > last + 1 && number - last - 1 <= MOST {
            gaps.push(Missing { numbers: last + 1..number, between: Span::new(start, at), is_open: false });
        }
        last = one.marker.through.unwrap_or(number);
        start = one.base + one.marker.span.end;
    }
    if last > 0 && start < end {
        gaps.push(Missing { numbers: last + 1..last + 1 + MOST, between: Span::new(start, end), is_open: true });
    }
    gaps
}
