//! Makes blocks of units: each opens a block or goes on with the one above.

use super::kept_lines::{self, Layout};
use super::list_sign::{ListSign, list_sign};
use super::measure::{self, begins_anew, is_cut_word, is_finished};
use super::units::{Page, Start, Unit};
use super::{Furniture, FurnitureKind, Joiner, PageBreak, Segment, TextBlock, TextKind};
use crate::block::REDACTION;
use crate::cable::Cable;
use crate::footer;
use crate::marker::read_mark;
use crate::span::Span;
use crate::white_space::is_blank;

/// A heading has no more lines.
const MOST_LINES: u32 = 4;

/// The footer of a post is among the last so many lines.
const LONGEST_FOOT: usize = 10;

/// So many headings are above each other, one for each part of a part.
const MOST_HEADINGS: usize = 3;

/// The blocks that some units make, and the marks before paragraphs without a number.
pub(super) fn compose(cable: &Cable, units: &[Unit]) -> (Vec<TextBlock>, Vec<Furniture>) {
    let width = measure::width(units);
    let layouts = kept_lines::layout(cable, units, width);
    let is_double_spaced = measure::is_double_spaced(cable, units, width);
    let mut composer = Composer {
        cable,
        width,
        is_double_spaced,
        blocks: Vec::new(),
        paragraph: None,
        headings: Vec::new(),
        is_heading_open: false,
        sign: None,
        page: None,
        marks: Vec::new(),
        stands_above_text: false,
    };
    for (at, unit) in units.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &units[before]);
        let is_foot = unit.start == Start::Text && units.len() - at <= LONGEST_FOOT;
        if is_foot && footer::begins(composer.slice(unit)) {
            composer.open_footer(unit, layouts[at]);
        } else {
            let next = units.get(at + 1);
            composer.stands_above_text = next.is_some_and(|next| next.start == Start::Text);
            composer.unit(unit, before, layouts[at]);
        }
    }
    (composer.blocks, composer.marks)
}

struct Composer<'a> {
    cable: &'a Cable,
    /// Where lines were wrapped; none where they are paragraphs.
    width: Option<usize>,
    /// Whether a blank line ends nothing.
    is_double_spaced: bool,
    blocks: Vec<TextBlock>,
    /// The paragraph under whose number the text is.
    paragraph: Option<u32>,
    /// The headings it is under.
    headings: Vec<usize>,
    /// Whether the block before is a heading: the next one is below it.
    is_heading_open: bool,
    /// The sign of the last item, while its list may go on.
    sign: Option<ListSign>,
    /// A page that begins with the next segment.
    page: Option<Page>,
    /// The marks before paragraphs without a number.
    marks: Vec<Furniture>,
    /// Whether more text is below a unit.
    stands_above_text: bool,
}

/// What becomes of a unit.
enum Place {
    Opens(TextKind),
    GoesOn(Joiner),
}

impl Composer<'_> {
    fn unit(&mut self, unit: &Unit, before: Option<&Unit>, layout: Layout) {
        self.page = unit.gap.page.or(self.page);
        let place = match unit.start {
            Start::Paragraph(index) => {
                self.paragraph = Some(index);
                self.sign = None;
                Place::Opens(TextKind::Paragraph)
            }
            Start::Heading => self.heading(unit, before),
            Start::Signature => match self.blocks.last() {
                Some(last) if last.kind == TextKind::Signature => Place::GoesOn(Joiner::Blank),
                _ => Place::Opens(TextKind::Signature),
            },
            Start::QuotedCable => match self.blocks.last() {
                Some(last) if last.kind == TextKind::Quote && !unit.gap.blank_line => Place::GoesOn(Joiner::LineEnd),
                _ => Place::Opens(TextKind::Quote),
            },
            Start::Text => self.text(unit, before, layout),
        };
        match place {
            Place::Opens(TextKind::Heading) => self.open_heading(unit, layout),
            Place::Opens(kind) => self.open(unit, kind, layout),
            Place::GoesOn(joiner) => self.go_on(unit, joiner, layout),
        }
    }

    /// Opens the footer of a post: no part of the paragraph above it.
    fn open_footer(&mut self, unit: &Unit, layout: Layout) {
        self.page = unit.gap.page.or(self.page);
        self.paragraph = None;
        self.headings.clear();
        self.is_heading_open = false;
        self.sign = None;
        self.open(unit, TextKind::Prose, layout);
    }

    fn heading(&self, unit: &Unit, before: Option<&Unit>) -> Place {
        let goes_on = before.is_some_and(|before| {
            let above = self.slice(before);
            before.start == Start::Heading
                && before.line + 1 == unit.line
                && self
                    .blocks
                    .last()
                    .is_some_and(|last| last.kind == TextKind::Heading && unit.line < last.lines.0 + MOST_LINES)
                && !unit.gap.rule
                && !above.ends_with(':')
                && is_upper(above) == is_upper(self.slice(unit))
        });
        if goes_on { Place::GoesOn(Joiner::Blank) } else { Place::Opens(TextKind::Heading) }
    }

    fn text(&self, unit: &Unit, before: Option<&Unit>, layout: Layout) -> Place {
        let (Some(before), Some(last)) = (before, self.blocks.last()) else {
            return Place::Opens(self.first_kind(unit, layout, None));
        };
        if matches!(last.kind, TextKind::Heading | TextKind::Signature) {
            return Place::Opens(self.first_kind(unit, layout, None));
        }
        // The words of a paragraph may begin below its number.
        if last.segments.is_empty() {
            return Place::GoesOn(Joiner::Nothing);
        }
        let is_quoted = self.cable.is_quoted(unit.line);
        let was_quoted = last.kind == TextKind::Quote;
        if layout.is_row {
            let is_next = last.kind == TextKind::Table && unit.line <= before.line + 2;
            return if is_next { Place::GoesOn(Joiner::LineEnd) } else { Place::Opens(TextKind::Table) };
        }
        if last.kind == TextKind::Table || (is_quoted != was_quoted && last.kind != TextKind::Item) {
            return Place::Opens(self.first_kind(unit, layout, Some(before)));
        }
        if self.opens_item(unit, Some(before)).is_some() {
            return Place::Opens(self.first_kind(unit, layout, Some(before)));
        }
        let (above, own) = (self.slice(before), self.slice(unit));
        let joiner = if is_cut_word(above, own) { Joiner::Nothing } else { Joiner::Blank };
        let is_finished = is_finished(above);
        let length = before.length;
        let opens = if unit.gap.is_torn {
            true
        } else if unit.gap.blank_line {
            let is_continued = own.chars().next().is_some_and(char::is_lowercase) && !above.ends_with(':');
            let is_full = self.is_full(length, 75);
            let is_cut = unit.gap.page.is_some();
            let goes_on = if is_finished {
                is_continued || ((is_cut || self.is_double_spaced) && is_full)
            } else {
                // What was taken out may be the end of a sentence or its middle.
                let begins = own.chars().next().is_some_and(char::is_uppercase) && !own.starts_with(REDACTION);
                is_continued || is_full || is_cut || above.ends_with([',', '-']) || (!begins && !begins_quote(own))
            };
            !goes_on
        } else if unit.line == before.line || unit.gap.is_interrupted() {
            false
        } else {
            // Below a sentence that ends far from the margin another paragraph begins.
            let is_long = self.width.is_none() && length > 100;
            is_finished && begins_anew(own) && !layout.is_kept && (is_long || !self.is_full(length, 60))
        };
        if opens {
            let kind = self.first_kind(unit, layout, Some(before));
            return Place::Opens(kind);
        }
        Place::GoesOn(if layout.is_kept { Joiner::LineEnd } else { joiner })
    }

    /// Whether a line reaches so many hundredths of the width.
    fn is_full(&self, length: usize, share: usize) -> bool {
        self.width.map_or(length > 100, |width| length * 100 >= width * share)
    }

    /// What a unit of text opens.
    fn first_kind(&self, unit: &Unit, layout: Layout, before: Option<&Unit>) -> TextKind {
        if layout.is_row {
            TextKind::Table
        } else if self.cable.is_quoted(unit.line) {
            TextKind::Quote
        } else if self.opens_item(unit, before).is_some() {
            TextKind::Item
        } else if self.paragraph.is_some() {
            TextKind::Continuation
        } else {
            TextKind::Prose
        }
    }

    /// The sign of the item that a unit opens. `before` is what it would go on otherwise.
    fn opens_item(&self, unit: &Unit, before: Option<&Unit>) -> Option<ListSign> {
        let own = self.slice(unit);
        let (signs, length) = list_sign(own)?;
        let mut signs = signs.into_iter().flatten();
        if let Some(last) = self.sign
            && let Some(next) = signs.clone().find(|sign| sign.may_follow(last))
            && (next != ListSign::Dash || before.is_none_or(|before| self.may_list(unit, before, length)))
        {
            return Some(next);
        }
        let Some(before) = before else { return signs.find(|sign| sign.is_first()) };
        let above = self.slice(before);
        let may_begin = match signs.clone().next()? {
            ListSign::Dash => self.may_list(unit, before, length),
            _ => is_finished(above) || above.ends_with(',') || unit.gap.blank_line,
        };
        if !may_begin {
            return None;
        }
        // A list may have lost its beginning, where lines stand apart.
        let is_apart = unit.gap.blank_line && is_finished(above);
        let first = signs.clone().find(|sign| sign.is_first());
        first.or_else(|| signs.find(|_| is_apart))
    }

    /// Whether a dash of so many bytes at the start of a line opens an item: it may also be one inside a sentence.
    fn may_list(&self, unit: &Unit, before: &Unit, dash: usize) -> bool {
        let above = self.slice(before);
        let begins = begins_anew(self.slice(unit)[dash..].trim_start());
        // A dash inside a sentence is on a line of its own words only where the line above has no room for it.
        let had_room = self.width.is_some_and(|width| before.length + 1 + dash <= width);
        let is_item = self.blocks.last().is_some_and(|last| last.kind == TextKind::Item);
        is_finished(above)
            || above.ends_with(',')
            || unit.gap.blank_line
            || (is_item && !self.is_full(before.length, 80))
            || (is_item && begins && had_room)
            || (begins && !self.is_full(before.length, 80))
    }

    /// Opens a heading. One after the number of its paragraph, `2. (S) The War Economy`, is above it.
    fn open_heading(&mut self, unit: &Unit, layout: Layout) {
        let is_after = |last: &TextBlock| last.segments.is_empty() && last.lines.0 == unit.line;
        let held = self.blocks.pop_if(|last| is_after(last));
        self.paragraph = None;
        self.open(unit, TextKind::Heading, layout);
        if let Some(paragraph) = held {
            self.paragraph = paragraph.paragraph;
            self.is_heading_open = false;
            self.blocks.push(TextBlock { headings: self.headings.clone(), ..paragraph });
        }
    }

    fn open(&mut self, unit: &Unit, kind: TextKind, layout: Layout) {
        match kind {
            TextKind::Item => self.sign = self.opens_item(unit, None).or_else(|| first_sign(self.slice(unit))),
            TextKind::Paragraph | TextKind::Heading | TextKind::Signature => self.sign = None,
            TextKind::Continuation | TextKind::Prose | TextKind::Table | TextKind::Quote => {}
        }
        let index = self.blocks.len();
        if kind == TextKind::Heading {
            if !self.is_heading_open || self.headings.len() == MOST_HEADINGS {
                self.headings.clear();
            }
        } else if kind == TextKind::Signature {
            self.headings.clear();
        }
        let block = TextBlock {
            kind,
            paragraph: if kind == TextKind::Signature { None } else { self.paragraph },
            mark: None,
            role: None,
            headings: self.headings.clone(),
            lines: (unit.line, unit.line),
            segments: Vec::new(),
            breaks: Vec::new(),
        };
        self.blocks.push(block);
        if kind == TextKind::Heading {
            self.headings.push(index);
        }
        self.is_heading_open = kind == TextKind::Heading;
        match self.marked(unit, kind) {
            Some(text) => self.go_on(&text, Joiner::Nothing, layout),
            None => self.go_on(unit, Joiner::Nothing, layout),
        }
    }

    /// What is after the portion mark that a paragraph without a number begins with: `(C) The ferry left`. Owns the mark.
    fn marked(&mut self, unit: &Unit, kind: TextKind) -> Option<Unit> {
        let &(first, _) = unit.pieces.first().filter(|_| kind == TextKind::Prose)?;
        let text = self.cable.slice(first);
        let mark = read_mark(text).filter(|mark| !mark.entire_text && mark.well_formed)?;
        let after = &text[mark.span.end as usize..];
        let own = after.trim_start_matches(is_blank);
        let is_alone = own.is_empty();
        let is_written_so = !mark.text.text(text).contains(char::is_lowercase);
        if !is_written_so
            || own.starts_with("ENTIRE")
            || (is_alone && (unit.pieces.len() > 1 || !self.stands_above_text))
        {
            return None;
        }
        let block = self.blocks.last_mut()?;
        block.mark = Some(mark.text.shifted(first.start));
        self.marks.push(Furniture { line: unit.line, span: mark.span.shifted(first.start), kind: FurnitureKind::Mark });
        let mut text = unit.clone();
        if is_alone {
            text.pieces.clear();
        } else {
            text.pieces[0].0 = Span::new(first.end - own.len() as u32, first.end);
        }
        Some(text)
    }

    /// Adds a unit to the last block.
    fn go_on(&mut self, unit: &Unit, joiner: Joiner, layout: Layout) {
        let indent = if layout.is_row { self.indent(unit) } else { 0 };
        let Some(block) = self.blocks.last_mut() else { return };
        block.lines.1 = unit.line;
        for (index, &(span, is_glued)) in unit.pieces.iter().enumerate() {
            let joiner = match index {
                _ if block.segments.is_empty() => Joiner::Nothing,
                0 => joiner,
                _ if is_glued => Joiner::Nothing,
                _ => Joiner::Blank,
            };
            // The columns of a table are below each other only with the spaces before its rows.
            let span = if index == 0 { Span::new(span.start - indent, span.end) } else { span };
            if let Some(Page(page)) = self.page.take() {
                block.breaks.push(PageBreak { segment: block.segments.len(), page });
            }
            block.segments.push(Segment { line: unit.line, span, joiner });
        }
    }

    /// How many spaces are before a row on its line.
    fn indent(&self, unit: &Unit) -> u32 {
        let Some(line) = self.cable.lines().get(unit.line as usize) else { return 0 };
        let before = self.cable.slice(Span::new(line.span.start, unit.span().start));
        if before.bytes().all(|byte| byte == b' ') { before.len() as u32 } else { 0 }
    }

    fn slice(&self, unit: &Unit) -> &str {
        self.cable.slice(unit.span())
    }
}

fn first_sign(text: &str) -> Option<ListSign> {
    list_sign(text)?.0.into_iter().flatten().next()
}

/// Whether a text begins with a quote or a bracket.
fn begins_quote(text: &str) -> bool {
    text.starts_with(['"', '“', '(', '['])
}

/// Whether a text has no small letter.
fn is_upper(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}
