//! What the neighbours of a line make of it, before the rooms are arranged: page furniture in any order, the header of a
//! later section, the attributes below an archive's text.
//!
//! Furniture is recognized once, here, so that the address list, the header and the text may all be cut by it.

use crate::fields::classification::{self, ClassificationLine};
use crate::fields::page_line;
use crate::furniture::{self, Beside};
use crate::line::{Line, LineKind, Signs};
use crate::smart;
use crate::span::Span;
use crate::white_space::{self, trim};

use super::record_row;

/// The header of a later section is shorter than this many lines.
const LONGEST_HEAD: usize = 120;

/// Lines whose kind the neighbours have settled.
pub(super) struct Settled {
    pub(super) lines: Vec<Line>,
    /// Whether the copy is a released or reviewed one: exemptions stand in it.
    pub(super) is_released: bool,
    /// Where the attributes of an archive stand.
    pub(super) attributes: Option<std::ops::Range<usize>>,
    /// Where on its line the row of a publisher's data base begins that ends the text: the line, and the bytes of the row.
    pub(super) row: Option<(usize, Span)>,
    /// What the classification lines say.
    pub(super) classifications: Classifications,
}

/// What each classification line of a cable says, read once; the columns are those of its text without what is around it.
#[derive(Default)]
pub(super) struct Classifications(Vec<(usize, ClassificationLine)>);

impl Classifications {
    /// What a line says.
    pub(super) fn of(&self, line: usize) -> Option<&ClassificationLine> {
        let at = self.0.binary_search_by_key(&line, |(line, _)| *line).ok()?;
        Some(&self.0[at].1)
    }
}

/// Settles the kinds of the lines of one cable.
pub(super) fn settle(text: &str, lines: &[Line], is_masked: bool) -> Settled {
    let mut settler =
        Settler { text, lines: lines.to_vec(), is_released: false, classifications: Classifications::default() };
    let seen = settler.look_again(is_masked);
    if seen.classification {
        settler.read_classifications();
    }
    let attributes = seen.furniture.then(|| settler.attributes()).flatten();
    settler.is_released = seen.furniture && settler.has_release_stamp();
    if seen.furniture || seen.old_page {
        settler.runs();
    }
    if seen.label {
        settler.level_notes();
    }
    settler.later_sections();
    let row = settler.row_after_signature();
    let Settler { lines, is_released, classifications, .. } = settler;
    Settled { lines, is_released, attributes, row, classifications }
}

/// Which kinds of lines a text has, as far as they decide what has to be settled.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate observation of the text, not a state")]
struct Seen {
    classification: bool,
    furniture: bool,
    old_page: bool,
    label: bool,
}

struct Settler<'a> {
    text: &'a str,
    lines: Vec<Line>,
    is_released: bool,
    classifications: Classifications,
}

/// What a line is in a run of furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A page line; bare when post and serial stand on a line of their own.
    Page {
        bare: bool,
    },
    Stamp,
    Level,
    Rule,
    /// `NNN`: a section ends.
    End,
    Weak(Beside),
}

impl Settler<'_> {
    fn written(&self, line: usize) -> &str {
        trim(self.lines[line].span.text(self.text))
    }

    fn is_blank(&self, line: usize) -> bool {
        matches!(self.lines[line].kind, LineKind::Blank | LineKind::Residue)
    }

    /// Each line alone was taken for one of a web page or of mail; the whole text has told whether it is.
    fn look_again(&mut self, is_masked: bool) -> Seen {
        let mut seen = Seen::default();
        for line in &mut self.lines {
            if is_masked || self.text.as_bytes().get(line.span.start as usize) == Some(&b'>') {
                let text = line.span.text(self.text);
                line.signs = Signs::of(text);
                line.kind = crate::line::classify_bare(text, line.signs);
            }
            match line.kind {
                LineKind::Classification => seen.classification = true,
                LineKind::Furniture => seen.furniture = true,
                LineKind::OldPageLine => seen.old_page = true,
                LineKind::SmartLabel => seen.label = true,
                _ => {}
            }
        }
        seen
    }

    fn read_classifications(&mut self) {
        let are = (0..self.lines.len()).filter(|&line| self.lines[line].kind == LineKind::Classification);
        let read = are.filter_map(|line| {
            // An export's backslash is no text of the line.
            let text = self.written(line);
            let text = if text.ends_with('\\') { text.trim_end_matches(white_space::is_residue) } else { text };
            Some((line, classification::read(text)?))
        });
        self.classifications = Classifications(read.collect());
    }

    fn has_release_stamp(&self) -> bool {
        (0..self.lines.len())
            .any(|line| self.lines[line].kind == LineKind::Furniture && !self.written(line).starts_with("Message "))
    }

    /// `Message Attributes` and everything below it, up to the text of the same copy, is the archive's.
    fn attributes(&mut self) -> Option<std::ops::Range<usize>> {
        let is =
            |line: &Line, words: &str| line.kind == LineKind::Furniture && trim(line.span.text(self.text)) == words;
        let start = self.lines.iter().position(|line| is(line, "Message Attributes"))?;
        let end = self.lines[start..].iter().position(|line| is(line, "Message Text"));
        let end = end.map_or(self.lines.len(), |length| start + length);
        for line in &mut self.lines[start..end] {
            if line.kind != LineKind::Blank {
                line.kind = LineKind::Furniture;
            }
        }
        Some(start..end)
    }

    /// A publisher's copy may go on after the signature with a row of its data base, on the same line or below, and with
    /// the beginning of the text once more: nothing of that is the cable's. Gives the row where it shares its line.
    fn row_after_signature(&mut self) -> Option<(usize, Span)> {
        let first = self.lines.iter().position(|line| line.kind == LineKind::Marker)?;
        let from = self.lines[first].span.start as usize;
        let at = from + record_row::row_at(&self.text[from..])?;
        let row = self.lines.partition_point(|line| (line.span.end as usize) < at);
        let whole = self.lines[row].span;
        let before = trim(&self.text[whole.start as usize..at]);
        let is_shared = !before.is_empty();
        if is_shared {
            let kind = crate::line::classify(before);
            self.lines[row].span.end = at as u32;
            self.lines[row].kind = kind;
            self.read_classifications();
        }
        for line in row + usize::from(is_shared)..self.lines.len() {
            let kind = self.lines[line].kind;
            // Another copy of the whole cable may follow.
            let begins_copy = kind == LineKind::Classification
                && self
                    .classifications
                    .of(line)
                    .is_some_and(|read| read.section.is_none_or(|section| section.number <= 1));
            if begins_copy {
                break;
            }
            if kind != LineKind::Blank {
                self.lines[line].kind = LineKind::Metadata;
            }
        }
        is_shared.then(|| (row, Span::new(at as u32, whole.end)))
    }

    /// Runs of furniture: what is only furniture beside a page line or a stamp is settled with the run it stands in.
    fn runs(&mut self) {
        let mut run: Vec<(usize, Role)> = Vec::new();
        for line in 0..self.lines.len() {
            if self.is_blank(line) {
                continue;
            }
            if let Some(role) = self.role(line) {
                run.push((line, role));
            } else {
                self.settle_run(&run);
                run.clear();
            }
        }
        self.settle_run(&run);
    }

    fn role(&self, line: usize) -> Option<Role> {
        let text = self.written(line);
        match self.lines[line].kind {
            LineKind::OldPageLine => {
                let page = page_line::read_old(text)?;
                // What a copy put after the page line on the same line is text, and the run ends with it.
                (page.span.end as usize >= text.len()).then_some(Role::Page { bare: page.serial.is_empty() })
            }
            LineKind::Furniture => Some(Role::Stamp),
            LineKind::ClassificationWord => Some(Role::Level),
            LineKind::Rule => Some(Role::Rule),
            LineKind::Trailer => Some(Role::End),
            LineKind::Text | LineKind::Marker | LineKind::Counter | LineKind::Metadata | LineKind::Keyword(_) => {
                furniture::beside(text).map(Role::Weak)
            }
            _ => None,
        }
    }

    fn settle_run(&mut self, run: &[(usize, Role)]) {
        let has = |role: fn(&Role) -> bool| run.iter().any(|(_, one)| role(one));
        let has_page = has(|role| matches!(role, Role::Page { .. }));
        let has_stamp = has(|role| matches!(role, Role::Stamp));
        let is_center = has(|role| matches!(role, Role::Weak(Beside::Center)));
        let reviews = run.iter().filter(|(_, role)| matches!(role, Role::Weak(Beside::Review))).count();
        for (index, &(line, role)) in run.iter().enumerate() {
            let near = |role: fn(&Role) -> bool| Self::is_near(run, index, role);
            let settled = match role {
                Role::Weak(Beside::PageRest) => near(|role| matches!(role, Role::Page { bare: true })),
                Role::Weak(Beside::Number | Beside::Level | Beside::Center) => has_page,
                Role::Weak(Beside::Exemption) => self.is_released,
                Role::Weak(Beside::Name) => {
                    matches!(run.get(index + 1), Some((_, Role::Stamp | Role::Weak(Beside::Review)))) && has_stamp
                }
                Role::End => run[index..].iter().any(|(_, role)| matches!(role, Role::Page { .. })),
                Role::Weak(Beside::Review) => has_stamp || (reviews >= 2 && has_page),
                Role::Rule => {
                    is_center && has_page && index > 0 && matches!(run[index - 1].1, Role::Weak(Beside::Center))
                }
                Role::Page { .. } | Role::Stamp | Role::Level => false,
            };
            if settled {
                self.lines[line].kind = LineKind::Furniture;
            }
        }
    }

    /// Whether a line of the wanted role stands beside one of a run, levels and stamps between.
    fn is_near(run: &[(usize, Role)], index: usize, wanted: fn(&Role) -> bool) -> bool {
        let passes = |role: &Role| matches!(role, Role::Stamp | Role::Level | Role::Weak(Beside::Number));
        let before = run[..index].iter().rev().find(|(_, role)| !passes(role));
        let after = run[index + 1..].iter().find(|(_, role)| !passes(role));
        before.is_some_and(|(_, role)| wanted(role)) || after.is_some_and(|(_, role)| wanted(role))
    }

    /// `SBU` beside the level is a part of the head or the foot of a SMART page.
    fn level_notes(&mut self) {
        let written: Vec<usize> = (0..self.lines.len()).filter(|&line| !self.is_blank(line)).collect();
        for pair in written.windows(2) {
            for (note, level) in [(pair[0], pair[1]), (pair[1], pair[0])] {
                let is_note = self.lines[note].kind == LineKind::Text && smart::is_level_note(self.written(note));
                if is_note && self.lines[level].kind == LineKind::ClassificationWord {
                    self.lines[note].kind = LineKind::Furniture;
                }
            }
        }
    }

    /// Each later section was sent with a header of its own: page line, distribution, addresses, classification line.
    fn later_sections(&mut self) {
        let Some(first) = self.first_header() else { return };
        let number = self.number_of(first);
        let mut line = first + 1;
        while line < self.lines.len() {
            if !begins_head(self.lines[line].kind) {
                line += 1;
                continue;
            }
            let Some(end) = self.head_end(line, number) else {
                line += 1;
                continue;
            };
            for inside in &mut self.lines[line..end] {
                let kept = matches!(
                    inside.kind,
                    LineKind::Blank | LineKind::OldPageLine | LineKind::ClassificationWord | LineKind::Trailer
                );
                if !kept {
                    inside.kind = LineKind::Furniture;
                }
            }
            line = end.max(line + 1);
        }
    }

    /// The classification line of the first section, or its FM line where that is lost.
    fn first_header(&self) -> Option<usize> {
        let of = |kind| self.lines.iter().position(|line| line.kind == kind);
        of(LineKind::Classification).or_else(|| of(LineKind::From))
    }

    fn number_of(&self, line: usize) -> Option<u32> {
        self.classifications.of(line).map(|read| read.reference_number.number)
    }

    /// One past the addresses of a later section whose header begins at a line; none when it is no such header.
    fn head_end(&self, start: usize, number: Option<u32>) -> Option<usize> {
        #[derive(PartialEq)]
        enum Room {
            Head,
            Distribution,
            Counter,
            Group,
            Addresses,
        }
        let mut room = Room::Head;
        let mut seen_from = false;
        let mut later_page = false;
        let mut last = None;
        for line in start..self.lines.len().min(start + LONGEST_HEAD) {
            let text = self.written(line);
            match self.lines[line].kind {
                LineKind::Blank
                | LineKind::Residue
                | LineKind::ClassificationWord
                | LineKind::Furniture
                | LineKind::Counter
                | LineKind::TransmissionId
                | LineKind::Routing
                | LineKind::RoutingMore
                | LineKind::De
                | LineKind::OperatingSignal
                | LineKind::Trailer => {}
                LineKind::OldPageLine => {
                    let page = page_line::read_old(text)?;
                    later_page |= page.section.is_some_and(|section| section > 1);
                    // `PAGE 01 ROME 01196 02 OF 02 082031Z ACTION EUR-00`: run together with the distribution.
                    let rest = trim(&text[page.span.end as usize..]);
                    match crate::line::classify(rest) {
                        LineKind::Blank => {}
                        LineKind::Distribution => room = Room::Distribution,
                        _ => break,
                    }
                }
                LineKind::Distribution | LineKind::Drafting => room = Room::Distribution,
                LineKind::Dashes => room = Room::Counter,
                LineKind::DateTimeGroup => (room, last) = (Room::Group, Some(line)),
                LineKind::From => (room, seen_from, last) = (Room::Group, true, Some(line)),
                LineKind::To | LineKind::Info | LineKind::Exempt | LineKind::Addressee if seen_from => {
                    (room, last) = (Room::Addresses, Some(line));
                }
                // `INFO LOG-00 ... /38 O 291359Z MAR 07 FM AMEMBASSY ASTANA TO SECSTATE WASHDC INFO ...`: the whole of it on
                // one line.
                LineKind::Info if room == Room::Distribution && runs_to_addresses(text) => {
                    (room, seen_from, last) = (Room::Addresses, true, Some(line));
                }
                LineKind::Info if room == Room::Distribution => {}
                LineKind::BreakText if seen_from => last = Some(line),
                LineKind::Classification => {
                    let read = self.classifications.of(line)?;
                    let is_later = read.section.is_some_and(|section| section.number > 1);
                    let is_same = number.is_none_or(|number| number == read.reference_number.number);
                    // The same number again may be another copy of the whole cable: only the page line tells.
                    return match seen_from {
                        true if is_later => Some(line),
                        true if is_same && later_page => Some(line + 1),
                        _ => None,
                    };
                }
                LineKind::Text | LineKind::Marker if room == Room::Distribution && text.len() <= 72 => {}
                LineKind::Text if room == Room::Counter && text.len() <= 24 => {}
                LineKind::Text
                    if room == Room::Addresses && text.len() <= 72 && super::is_upper(text) && !text.ends_with('.') => {
                }
                _ => break,
            }
        }
        // Without its classification line the header of a page that begins a section goes as far as its addresses.
        (seen_from && later_page).then_some(last? + 1)
    }
}

/// Whether a line of a distribution list runs on to the sender and the addressees: a counter, a group and FM are in it.
fn runs_to_addresses(text: &str) -> bool {
    let Some((list, from)) = text.split_once(" FM ") else { return false };
    let is_group =
        |word: &str| word.len() == 7 && word.ends_with('Z') && word[..6].bytes().all(|sign| sign.is_ascii_digit());
    list.contains("-----") && list.rsplit(' ').take(4).any(is_group) && from.contains(" TO ")
}

/// Lines that a section's own header may begin with.
const fn begins_head(kind: LineKind) -> bool {
    matches!(
        kind,
        LineKind::OldPageLine
            | LineKind::Distribution
            | LineKind::Dashes
            | LineKind::TransmissionId
            | LineKind::Routing
            | LineKind::De
            | LineKind::OperatingSignal
            | LineKind::DateTimeGroup
            | LineKind::From
    )
}
