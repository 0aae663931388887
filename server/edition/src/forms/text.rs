//! Plain text: lines wrapped at a width, numbers and marks in the margin.

use std::fmt::Write;

use cable_syntax::TextKind;

use super::{Edited, left_out};
use crate::edition::EditedBlock;
use crate::head::Head;
use crate::notes::{lines_in_words, notes, sign_note};
use crate::shown::shown;

/// Columns for the number of a paragraph and its mark.
const MARGIN: usize = 9;

/// So many columns are left for the words, however narrow the page.
const NARROWEST: usize = 16;

pub(super) fn page(cables: &[Edited<'_>], width: usize) -> String {
    let mut page = String::new();
    for (index, edited) in cables.iter().enumerate() {
        if index > 0 {
            page.push_str("\n\n");
        }
        cable(&mut page, edited, width);
    }
    page
}

fn cable(page: &mut String, edited: &Edited<'_>, width: usize) {
    let head = Head::of(edited.placed);
    let words = width.saturating_sub(MARGIN).max(NARROWEST);
    let kicker = [
        head.classification.clone().map(|level| if head.is_sensitive { level + " / SENSITIVE" } else { level }),
        head.precedence.clone(),
        head.name.clone(),
    ];
    line(page, "", &kicker.into_iter().flatten().collect::<Vec<_>>().join("   "), words);
    if let Some(subject) = &head.subject {
        page.push('\n');
        line(page, "", subject, words);
    }
    page.push('\n');
    let list = |all: &[crate::head::Address]| all.iter().map(|one| one.words.clone()).collect::<Vec<_>>().join(", ");
    if let Some(from) = &head.from {
        line(page, "From", &from.words, words);
    }
    line(page, "To", &list(&head.to), words);
    line(page, "Copies", &list(&head.info), words);
    line(page, "Sent", head.when.as_deref().or(head.group.as_deref()).unwrap_or_default(), words);
    let tags: Vec<&str> = head.tags.iter().map(|(tag, _)| tag.as_str()).collect();
    line(page, "TAGS", &tags.join(", "), words);
    for reference in &head.references {
        line(page, "Ref", &reference_in_words(reference), words);
    }
    line(page, "Level", &head.fate.join("; "), words);
    for block in &edited.edition.blocks {
        self::block(page, block, words);
    }
    foot(page, edited, words);
}

/// `A) 07 STATE 126089`
pub(super) fn reference_in_words(reference: &cable_syntax::ReferenceReading) -> String {
    let letter = reference.letter.map(|letter| format!("{letter}) ")).unwrap_or_default();
    format!("{letter}{}", reference.text)
}

fn block(page: &mut String, block: &EditedBlock, words: usize) {
    page.push('\n');
    let margin = match (block.kind, block.n) {
        (TextKind::Paragraph, Some(n)) => {
            let mark = block.mark.as_deref().map(|mark| format!(" {mark}")).unwrap_or_default();
            format!("{n}{}", shown(&mark))
        }
        _ => String::new(),
    };
    match block.kind {
        TextKind::Table => block.text.split('\n').for_each(|row| {
            let _ = writeln!(page, "{:MARGIN$}{}", "", shown(row).trim_end());
        }),
        TextKind::Signature => {
            let _ = writeln!(page, "{:MARGIN$}{:>words$}", "", shown(&block.text));
        }
        _ => line(page, &margin, &block.text, words),
    }
    if block.text.is_empty() && !margin.is_empty() {
        let _ = writeln!(page, "{margin}");
    }
}

/// Writes words, wrapped, with something in the margin of their first line. Nothing where there are no words.
fn line(page: &mut String, margin: &str, text: &str, words: usize) {
    let mut margin = margin;
    for own in shown(text).split('\n').filter(|own| !own.is_empty()) {
        for wrapped in wrap(own, words) {
            // A long mark leaves the margin a blank at least.
            let gap = MARGIN.saturating_sub(margin.chars().count()).max(usize::from(!margin.is_empty()));
            let _ = writeln!(page, "{margin}{:gap$}{wrapped}", "");
            margin = "";
        }
    }
}

/// Cuts a text into lines of so many characters, at blanks. A longer word has its line for itself.
fn wrap(text: &str, width: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut length) = (0, 0, 0);
    let mut at = 0;
    for word in text.split(' ') {
        let own = word.chars().count();
        let gap = at - end;
        if end > start && length + gap + own > width && own > 0 {
            lines.push(&text[start..end]);
            (start, length) = (at, own);
            end = at + word.len();
        } else if own > 0 {
            length += gap + own;
            end = at + word.len();
        }
        at += word.len() + 1;
    }
    if end > start {
        lines.push(&text[start..end]);
    }
    lines
}

fn foot(page: &mut String, edited: &Edited<'_>, words: usize) {
    let (notes, _) = notes(edited.edition);
    let sign = sign_note(edited.placed);
    page.push('\n');
    for note in &notes {
        let written = format!("{} ] {}, {}", note.to, note.from, lines_in_words(&note.lines));
        line(page, &note.letter, &written, words);
    }
    if let Some(sign) = sign {
        let (written, number, at) = sign.example;
        let words_of = format!(
            "Paragraph signs were misread in {} ({written} for {number}, line {at}); the numbers are the true ones",
            sign.paragraphs
        );
        line(page, "¶", &words_of, words);
    }
    let left = left_out(edited.edition);
    let left = if left.is_empty() { String::new() } else { format!("; left out: {left}") };
    line(page, "Source", &format!("{}{left}", edited.file), words);
}
