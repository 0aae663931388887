//! Plain text: lines wrapped at a width, numbers and marks in the margin.

use std::collections::VecDeque;
use std::fmt::Write;

use cable_syntax::TextKind;

use super::origins::{Marks, first_line, line_starts};
use super::{Edited, left_out, spans};
use crate::edition::{Correction, EditedBlock};
use crate::head::Head;
use crate::notes::{lines_in_words, notes, sign_note};
use crate::shown::shown;

/// Columns for the number of a paragraph and its mark.
const MARGIN: usize = 9;

/// So many columns are left for the words, however narrow the page.
const NARROWEST: usize = 16;

/// No line of a cable is longer, and whoever names a greater width wants it unwrapped.
const WIDEST: usize = 10_000;

pub(super) fn page(cables: &[Edited<'_>], heads: &[Head], width: usize, marks: &mut Marks) -> String {
    let mut page = String::new();
    for (index, (edited, head)) in cables.iter().zip(heads).enumerate() {
        if index > 0 {
            page.push_str("\n\n");
        }
        let words = width.saturating_sub(MARGIN).clamp(NARROWEST, WIDEST);
        let mut sheet = Sheet { page: &mut page, marks: &mut *marks, words };
        sheet.head(edited, head);
        let corrections = spans::corrections(edited.edition);
        for (block, corrections) in edited.edition.blocks.iter().zip(&corrections) {
            sheet.block(block, corrections);
        }
        sheet.foot(edited);
    }
    page
}

/// `A) 07 STATE 126089`
pub(super) fn reference_in_words(reference: &cable_syntax::ReferenceReading) -> String {
    let letter = reference.letter.map(|letter| format!("{letter}) ")).unwrap_or_default();
    format!("{letter}{}", reference.text)
}

/// What is written, and so many columns for the words.
struct Sheet<'a> {
    page: &'a mut String,
    marks: &'a mut Marks,
    words: usize,
}

impl Sheet<'_> {
    fn head(&mut self, edited: &Edited<'_>, head: &Head) {
        let first = first_line(edited.placed);
        self.comes_from(Some(first));
        let kicker = [
            head.classification.clone().map(|level| if head.is_sensitive { level + " / SENSITIVE" } else { level }),
            head.precedence.clone(),
            head.name.clone(),
        ];
        self.line("", &kicker.into_iter().flatten().collect::<Vec<_>>().join("   "));
        if let Some(subject) = &head.subject {
            self.page.push('\n');
            self.comes_from(head.subject_line);
            self.line("", subject);
        }
        self.comes_from(Some(first));
        self.page.push('\n');
        let list =
            |all: &[crate::head::Address]| all.iter().map(|one| one.words.clone()).collect::<Vec<_>>().join(", ");
        if let Some(from) = &head.from {
            self.line("From", &from.words);
        }
        self.line("To", &list(&head.to));
        self.line("Copies", &list(&head.info));
        self.line("Sent", head.when.as_deref().or(head.group.as_deref()).unwrap_or_default());
        let tags: Vec<&str> = head.tags.iter().map(|(tag, _)| tag.as_str()).collect();
        self.line("TAGS", &tags.join(", "));
        for reference in &head.references {
            self.comes_from(Some(reference.line));
            self.line("Ref", &reference_in_words(reference));
        }
        self.comes_from(Some(first));
        self.line("Level", &head.fate.join("; "));
    }

    fn block(&mut self, block: &EditedBlock, corrections: &[(usize, &Correction)]) {
        self.page.push('\n');
        self.comes_from(Some(block.lines[0]));
        let margin = match (block.kind, block.n) {
            (TextKind::Paragraph, Some(n)) => {
                let mark = block.mark.as_deref().map(|mark| format!(" {mark}")).unwrap_or_default();
                format!("{n}{}", shown(&mark))
            }
            _ => block.own_mark().map(|mark| shown(mark).into_owned()).unwrap_or_default(),
        };
        let text = shown(&block.text);
        match block.kind {
            TextKind::Table => {
                let mut starts = Starts::of(block, corrections);
                let mut at = 0;
                for row in text.split('\n') {
                    starts.reach(at, self);
                    let _ = writeln!(self.page, "{:MARGIN$}{}", "", row.trim_end());
                    at += row.len() + 1;
                }
            }
            TextKind::Signature if width(&text) <= self.words => {
                let _ = writeln!(self.page, "{:MARGIN$}{text:>words$}", "", words = self.words);
            }
            _ => self.wrapped(&margin, &text, &mut Starts::of(block, corrections)),
        }
        if text.is_empty() && !margin.is_empty() {
            let _ = writeln!(self.page, "{margin}");
        }
    }

    fn foot(&mut self, edited: &Edited<'_>) {
        let (notes, _) = notes(edited.edition);
        let sign = sign_note(edited.placed);
        self.comes_from(None);
        self.page.push('\n');
        for note in &notes {
            let written = format!("{} ] {}, {}", note.to, note.from, lines_in_words(&note.lines));
            self.comes_from(note.lines.first().copied());
            self.line(&note.letter, &written);
        }
        if let Some(sign) = sign {
            let (written, number, at) = sign.example;
            let words_of = format!(
                "Paragraph signs were misread in {} ({written} for {number}, line {at}); the numbers are the true ones",
                sign.paragraphs
            );
            self.comes_from(Some(at));
            self.line("¶", &words_of);
        }
        self.comes_from(None);
        let left = left_out(edited.edition);
        let left = if left.is_empty() { String::new() } else { format!("; left out: {left}") };
        self.line("Source", &format!("{}{left}", edited.file));
    }

    /// What follows comes from a line of the source.
    fn comes_from(&mut self, line: Option<usize>) {
        self.marks.set(self.page.len(), line);
    }

    /// Writes words, wrapped, with something in the margin of their first line. Nothing where there are no words.
    fn line(&mut self, margin: &str, text: &str) {
        self.wrapped(margin, &shown(text), &mut Starts::default());
    }

    fn wrapped(&mut self, margin: &str, text: &str, starts: &mut Starts) {
        // A long mark leaves a blank after it and takes its room from the words of its line.
        let lead = MARGIN.max(width(margin) + 1);
        let mut first = (self.words + MARGIN).saturating_sub(lead);
        let mut margin = margin;
        if lead > MARGIN && text.split([' ', '\n']).next().is_some_and(|word| width(word) > first) {
            let _ = writeln!(self.page, "{margin}");
            (margin, first) = ("", self.words);
        }
        let mut at = 0;
        for own in text.split('\n') {
            for (start, wrapped) in wrap(own, first, self.words) {
                starts.reach(at + start, self);
                let gap = MARGIN.max(width(margin) + 1) - width(margin);
                let _ = writeln!(self.page, "{margin}{:gap$}{wrapped}", "");
                (margin, first) = ("", self.words);
            }
            at += own.len() + 1;
        }
    }
}

/// How many columns a text takes.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// The lines of the source that begin in a text, by their byte in it.
#[derive(Default)]
struct Starts(VecDeque<(usize, usize)>);

impl Starts {
    fn of(block: &EditedBlock, corrections: &[(usize, &Correction)]) -> Self {
        Self(line_starts(block, corrections, str::len).into())
    }

    /// A line of the page begins with this byte of the text.
    fn reach(&mut self, at: usize, sheet: &mut Sheet<'_>) {
        while self.0.front().is_some_and(|&(start, _)| start <= at) {
            sheet.comes_from(self.0.pop_front().map(|(_, line)| line));
        }
    }
}

/// Cuts a text into lines of so many columns, the first of another number, at blanks, each with the byte that it begins with.
/// A longer word has its line for itself.
fn wrap(text: &str, first: usize, others: usize) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut length) = (0, 0, 0);
    let mut at = 0;
    let mut most = first;
    for word in text.split(' ') {
        let own = width(word);
        let gap = at - end;
        if end > start && length + gap + own > most && own > 0 {
            lines.push((start, &text[start..end]));
            (start, length, most) = (at, own, others);
            end = at + word.len();
        } else if own > 0 {
            length += gap + own;
            end = at + word.len();
        }
        at += word.len() + 1;
    }
    if end > start {
        lines.push((start, &text[start..end]));
    }
    lines
}
