//! Markdown: front matter, headings, and footnotes for corrections. A block is a paragraph of the file, so that a chunk of it
//! holds what belongs together.

use std::fmt::Write;

use cable_syntax::TextKind;

use super::linked::References;
use super::origins::{Marks, first_line};
use super::spans::{self, Piece};
use super::{Edited, left_out};
use crate::edition::{Correction, EditedBlock};
use crate::escape::{markdown, yaml};
use crate::head::Head;
use crate::notes::{lines_in_words, notes, sign_note};
use crate::shown::shown;

pub(super) fn page(cables: &[Edited<'_>], heads: &[Head], references: &mut References, marks: &mut Marks) -> String {
    let mut page = String::new();
    for (index, (edited, head)) in cables.iter().zip(heads).enumerate() {
        cable(&mut page, edited, head, references, index, marks);
    }
    page
}

fn cable(
    page: &mut String,
    edited: &Edited<'_>,
    head: &Head,
    references: &mut References,
    index: usize,
    marks: &mut Marks,
) {
    marks.set(page.len(), Some(first_line(edited.placed)));
    // Front matter stands at the start of a file and nowhere else.
    if index == 0 {
        front_matter(page, head, edited.file);
    } else {
        page.push_str("\n---\n");
    }
    let subject = head.subject.as_deref().or(head.name.as_deref()).unwrap_or("Cable");
    let _ = write!(page, "\n# {}\n", markdown(&subject.replace('\n', " ")));
    let way =
        [head.from.as_ref().map(|from| from.words.clone()), Some(addresses(&head.to)).filter(|to| !to.is_empty())];
    let way: Vec<String> = way.into_iter().flatten().map(|one| markdown(&one)).collect();
    if !way.is_empty() {
        let _ = write!(page, "\n{}\n", way.join(" → "));
    }
    if let Some(when) = &head.when {
        let _ = write!(page, "\n{}\n", markdown(when));
    }
    if !head.references.is_empty() {
        page.push_str("\nRefers to:\n\n");
        for reference in &head.references {
            page.push_str("* ");
            let start = page.len();
            page.push_str(&markdown(&super::text::reference_in_words(reference)));
            references.extend(reference.id.clone().map(|id| (start..page.len(), id)));
            page.push('\n');
        }
    }
    let (notes, of) = notes(edited.edition);
    let mark = |at: usize| {
        let note: Option<usize> = of.get(at).copied().flatten();
        note.map(|note| format!("[^{}]", note_name(index, &notes[note].letter))).unwrap_or_default()
    };
    let corrections = spans::corrections(edited.edition);
    for (block, corrections) in edited.edition.blocks.iter().zip(&corrections) {
        // The line before a block is blank.
        marks.set(page.len() + 1, Some(block.lines[0]));
        self::block(page, block, corrections, &mark);
    }
    marks.set(page.len(), None);
    if !notes.is_empty() || sign_note(edited.placed).is_some() {
        page.push('\n');
    }
    for note in &notes {
        let name = note_name(index, &note.letter);
        let written = format!("{} ] {}, {}", note.to, note.from, lines_in_words(&note.lines));
        // A footnote that nothing calls would be dropped.
        let sign = if note.block.is_some() { format!("[^{name}]: ") } else { "* ".to_owned() };
        let _ = writeln!(page, "{sign}{}", markdown(&written));
    }
    if let Some(sign) = sign_note(edited.placed) {
        let (written, number, at) = sign.example;
        let words = format!(
            "Paragraph signs were misread in {} ({written} for {number}, line {at}); the numbers are the true ones.",
            sign.paragraphs
        );
        let _ = writeln!(page, "* {}", markdown(&words));
    }
    let left = left_out(edited.edition);
    let left = if left.is_empty() { String::new() } else { format!(" Left out: {left}.") };
    let _ = write!(page, "\n*Source: {}.{}*\n", markdown(edited.file), markdown(&left));
}

fn note_name(index: usize, letter: &str) -> String {
    if index == 0 { letter.to_owned() } else { format!("{letter}{}", index + 1) }
}

fn addresses(all: &[crate::head::Address]) -> String {
    all.iter().map(|one| one.words.clone()).collect::<Vec<_>>().join(", ")
}

fn front_matter(page: &mut String, head: &Head, file: &str) {
    page.push_str("---\n");
    let title = head.subject.as_deref().or(head.name.as_deref()).unwrap_or("Cable");
    let mut single = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(page, "{key}: {}", yaml(value));
        }
    };
    single("title", Some(title));
    single("id", head.id.as_deref());
    single("number", head.number.as_deref());
    single("date", head.iso.as_deref());
    single("from", head.from.as_ref().map(|from| from.written.as_str()));
    single("classification", head.classification.as_deref());
    single("source", Some(file));
    let mut list = |key: &str, values: Vec<&str>| {
        if !values.is_empty() {
            let values: Vec<String> = values.into_iter().map(yaml).collect();
            let _ = writeln!(page, "{key}: [{}]", values.join(", "));
        }
    };
    list("to", head.to.iter().map(|to| to.written.as_str()).collect());
    list("info", head.info.iter().map(|to| to.written.as_str()).collect());
    list("tags", head.tags.iter().map(|(tag, _)| tag.as_str()).collect());
    list("refs", head.references.iter().filter_map(|reference| reference.id.as_deref()).collect());
    page.push_str("---\n");
}

fn block(page: &mut String, block: &EditedBlock, corrections: &[(usize, &Correction)], mark: &dyn Fn(usize) -> String) {
    page.push('\n');
    if block.kind == TextKind::Table {
        table(page, &block.text, corrections, mark);
        return;
    }
    let mut text = String::new();
    for piece in spans::pieces(block, corrections) {
        match piece {
            Piece::Text(words) => text.push_str(&markdown_inside(words, text.is_empty())),
            Piece::Corrected(at, own) => {
                text.push_str(&markdown_inside(&own.to, text.is_empty()));
                text.push_str(&mark(at));
            }
            Piece::Page(_) => {}
        }
    }
    match (block.kind, block.n) {
        (TextKind::Heading, _) => {
            let _ = writeln!(page, "## {}", text.replace("\\\n", " "));
        }
        (TextKind::Paragraph, Some(n)) => {
            let mark = block.mark.as_deref().map(|mark| format!(" ({})", markdown(mark))).unwrap_or_default();
            // The number is a word in bold: a list of Markdown would count for itself.
            let blank = if text.is_empty() { "" } else { " " };
            let _ = writeln!(page, "**{n}.{mark}**{blank}{text}");
        }
        (TextKind::Quote, _) => {
            let _ = writeln!(page, "> {}", text.replace('\n', "\n> "));
        }
        _ => {
            if let Some(mark) = block.own_mark() {
                let _ = write!(page, "**({})** ", markdown(mark));
            }
            let _ = writeln!(page, "{text}");
        }
    }
}

/// Text inside a paragraph; what a line may not begin with matters only at its start.
fn markdown_inside(text: &str, is_start: bool) -> String {
    if is_start { markdown(text) } else { markdown(&format!("x{text}")).split_off(1) }
}

/// Rows as they stand. A fence is longer than any run of its sign inside.
fn table(page: &mut String, text: &str, corrections: &[(usize, &Correction)], mark: &dyn Fn(usize) -> String) {
    let longest = text.split(|next| next != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = writeln!(page, "{fence}text\n{}\n{fence}", shown(text));
    let marks: String = corrections.iter().map(|&(at, _)| mark(at)).collect();
    if !marks.is_empty() {
        let _ = write!(page, "\n{marks}\n");
    }
}
