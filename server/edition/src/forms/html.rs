//! A page of HTML that needs nothing but itself: no script, no request, its style allowed by its hash.

use std::fmt::Write;

use cable_syntax::{TextKind, TextRole};

use super::linked::References;
use super::spans::{self, Piece};
use super::{Edited, id_prefix, left_out};
use crate::codes::Glossary;
use crate::edition::{Correction, EditedBlock};
use crate::escape::{push_text, push_xml, xml};
use crate::head::{Head, title_case};
use crate::notes::{Note, lines_in_words, notes, sign_note};

/// The sheet of every page.
pub(crate) const STYLE: &str = include_str!("html/page.css");

/// Its SHA-256 as a policy names it. A test holds it against the sheet.
pub(crate) const STYLE_HASH: &str = "e2Qw29E1UvNYf3wriLsgKTE/bGEkqTzWy7aYhgeNPUk=";

pub(super) fn page(cables: &[Edited<'_>], heads: &[Head], references: &mut References) -> String {
    // Marks and escapes are less than a fifth of a page, but for short ones.
    let source: usize = cables.iter().map(|edited| edited.placed.extent().len()).sum();
    let mut page = String::with_capacity(STYLE.len() + 10_000 + source + source / 5);
    let title = heads.first().map_or_else(|| "Cable".to_owned(), title);
    start(&mut page, &title);
    page.push_str("<main>\n");
    for (index, (edited, head)) in cables.iter().zip(heads).enumerate() {
        let prefix = id_prefix(index);
        Writer::of(&mut page, edited, head, references, &prefix).article();
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Everything before the body's own words.
pub(crate) fn start(page: &mut String, title: &str) {
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; \
         base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        xml(title)
    );
}

/// The subject, as much of it as a tab or a list of results shows, and the number.
fn title(head: &Head) -> String {
    const LONGEST: usize = 70;
    let name = head.name.as_deref().unwrap_or_default();
    let Some(subject) = head.subject.as_deref() else {
        return if name.is_empty() { "Cable".to_owned() } else { name.to_owned() };
    };
    let name = if name.is_empty() { String::new() } else { format!(" · {name}") };
    // Signs that have a name are counted as it is written.
    let sign_width = |sign: char| match sign {
        '<' | '>' => 4,
        '&' => 5,
        '"' => 6,
        ' '..='~' => 1,
        _ => xml(sign.encode_utf8(&mut [0; 4])).chars().count(),
    };
    let room = LONGEST.saturating_sub(name.chars().map(sign_width).sum());
    if subject.chars().map(sign_width).sum::<usize>() <= room {
        return format!("{subject}{name}");
    }
    let mut used = 2;
    let fits = |(_, next): &(usize, char)| {
        used += sign_width(*next);
        used <= room
    };
    let cut = subject.char_indices().take_while(fits).last().map_or(0, |(at, next)| at + next.len_utf8());
    let cut = subject[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …{name}", subject[..cut].trim_end())
}

struct Writer<'a> {
    page: &'a mut String,
    edited: &'a Edited<'a>,
    head: &'a Head,
    references: &'a mut References,
    /// Before every id of a further cable of the file.
    prefix: &'a str,
    glossary: Glossary<'a>,
    notes: Vec<Note<'a>>,
    /// The note of each correction.
    note_of: Vec<Option<usize>>,
}

impl<'a> Writer<'a> {
    fn of(
        page: &'a mut String,
        edited: &'a Edited<'a>,
        head: &'a Head,
        references: &'a mut References,
        prefix: &'a str,
    ) -> Self {
        let (notes, note_of) = notes(edited.edition);
        Self {
            page,
            edited,
            head,
            references,
            prefix,
            glossary: Glossary::of(edited.placed.cable.catalog(), &edited.edition.blocks),
            notes,
            note_of,
        }
    }

    fn article(&mut self) {
        let _ = writeln!(self.page, "<article data-pagefind-body>\n<header id=\"{}head\">", self.prefix);
        self.kicker();
        let subject = self.head.subject.as_deref().or(self.head.name.as_deref()).unwrap_or("Cable");
        let line = self.head.subject_line.map(|line| format!(" data-line=\"{line}\"")).unwrap_or_default();
        let _ = writeln!(self.page, "<h1{line}>{}</h1>", xml(subject));
        self.way();
        self.facts();
        self.page.push_str("</header>\n<div class=\"text\">\n");
        self.blocks();
        self.page.push_str("</div>\n");
        self.foot();
        self.page.push_str("</article>\n");
    }

    fn kicker(&mut self) {
        let head = self.head;
        self.page.push_str("<p class=\"kind\"><span>Telegram</span>");
        if let Some(level) = &head.classification {
            self.marked(" <b>", &title_case(level), if head.is_sensitive { " · Sensitive</b>" } else { "</b>" });
        }
        for words in [head.precedence.as_deref().map(title_case).as_deref(), head.name.as_deref()].into_iter().flatten()
        {
            self.marked(" <span>", words, "</span>");
        }
        self.page.push_str("</p>\n");
    }

    /// Writes words between marks.
    fn marked(&mut self, open: &str, words: &str, close: &str) {
        self.page.push_str(open);
        push_text(self.page, words);
        self.page.push_str(close);
    }

    /// Writes words about addressees or captions, something between them.
    fn joined<T>(&mut self, all: &[T], between: &str, mut write: impl FnMut(&mut Self, &T)) {
        for (index, one) in all.iter().enumerate() {
            self.page.push_str(if index > 0 { between } else { "" });
            write(self, one);
        }
    }

    fn way(&mut self) {
        let head = self.head;
        if head.from.is_some() || !head.to.is_empty() {
            self.page.push_str("<p class=\"way\">");
            if let Some(from) = &head.from {
                self.marked("<span data-pagefind-filter=\"from\">", &from.words, "</span>");
            }
            if !head.to.is_empty() {
                self.page.push_str("<span aria-hidden=\"true\"> → </span><span class=\"hide\"> to </span><span>");
                self.joined(&head.to, " · ", |writer, one| push_text(writer.page, &one.words));
                self.page.push_str("</span>");
            }
            self.page.push_str("</p>\n");
        }
        match (&self.head.when, &self.head.iso, &self.head.group) {
            (Some(when), Some(iso), _) => {
                let (iso, when) = (xml(iso), xml(when));
                let _ = writeln!(self.page, "<p class=\"when\"><time datetime=\"{iso}\">{when}</time></p>");
            }
            (_, _, Some(group)) => {
                let _ = writeln!(self.page, "<p class=\"when\">{}</p>", xml(group));
            }
            _ => {}
        }
    }

    fn facts(&mut self) {
        let head = self.head;
        let start = self.page.len();
        self.page.push_str("<dl class=\"facts\">\n");
        let empty = self.page.len();
        self.fact("Copies to", !head.info.is_empty(), |writer| {
            writer.joined(&head.info, " · ", |writer, one| push_text(writer.page, &one.words));
        });
        self.fact("Captions", !head.captions.is_empty(), |writer| {
            writer.joined(&head.captions, "; ", |writer, (caption, meaning)| {
                writer.marked("<b>", caption, "</b>");
                writer.small(meaning);
            });
        });
        let level = head.level();
        self.fact("Classification", level.is_some() || !head.fate.is_empty(), |writer| {
            push_text(writer.page, level.as_deref().unwrap_or_default());
            writer.page.push_str(if level.is_some() && !head.fate.is_empty() { " ·" } else { "" });
            writer.small(&head.fate.join("; "));
        });
        self.fact("Subjects", !head.tags.is_empty(), |writer| {
            writer.page.push_str("<ul class=\"tags\">");
            writer.joined(&head.tags, "", |writer, (tag, meaning)| {
                writer.marked("<li><b data-pagefind-filter=\"tag\">", tag, "</b>");
                writer.small(meaning);
                writer.page.push_str("</li>");
            });
            writer.page.push_str("</ul>");
        });
        self.fact("Refers to", !head.references.is_empty(), |writer| {
            writer.page.push_str("<ul class=\"refs\">");
            writer.joined(&head.references, "", |writer, reference| {
                writer.page.push_str("<li>");
                let start = writer.page.len();
                push_text(writer.page, &super::text::reference_in_words(reference));
                writer.references.extend(reference.id.clone().map(|id| (start..writer.page.len(), id)));
                writer.page.push_str("</li>");
            });
            writer.page.push_str("</ul>");
        });
        if self.page.len() == empty {
            self.page.truncate(start);
        } else {
            self.page.push_str("</dl>\n");
        }
    }

    /// A line of the facts, where there is something to say.
    fn fact(&mut self, name: &str, is_known: bool, write: impl FnOnce(&mut Self)) {
        if is_known {
            let _ = write!(self.page, "<dt>{name}</dt><dd>");
            write(self);
            self.page.push_str("</dd>\n");
        }
    }

    /// Quiet words after others.
    fn small(&mut self, words: &str) {
        if !words.is_empty() {
            self.marked(" <small>", words, "</small>");
        }
    }

    fn blocks(&mut self) {
        let edition = self.edited.edition;
        let corrections = spans::corrections(edition);
        let (mut is_open, mut is_list) = (false, false);
        let mut summaries = 0;
        for (block, corrections) in edition.blocks.iter().zip(&corrections) {
            let is_summary = block.role == Some(TextRole::Summary);
            let is_item = block.kind == TextKind::Item;
            if is_list && (!is_item || is_open != is_summary) {
                self.page.push_str("</ul>\n");
                is_list = false;
            }
            if is_open && !is_summary {
                self.page.push_str("</section>\n");
            }
            if is_summary && !is_open {
                summaries += 1;
                let count = if summaries > 1 { format!(" {summaries}") } else { String::new() };
                let cable = if self.prefix.is_empty() {
                    String::new()
                } else {
                    format!(" {}", self.prefix.trim_end_matches('-'))
                };
                let _ = writeln!(self.page, "<section class=\"summary\" aria-label=\"Summary{count}{cable}\">");
            }
            is_open = is_summary;
            if is_item && !is_list {
                self.page.push_str("<ul>\n");
                is_list = true;
            }
            self.block(block, corrections);
        }
        if is_list {
            self.page.push_str("</ul>\n");
        }
        if is_open {
            self.page.push_str("</section>\n");
        }
    }

    fn block(&mut self, block: &EditedBlock, corrections: &[(usize, &Correction)]) {
        let (open, further, close) = match block.kind {
            TextKind::Heading => ("<h2", ">", "</h2>\n"),
            TextKind::Item => ("<li", ">", "</li>\n"),
            TextKind::Quote => ("<blockquote", "><p>", "</p></blockquote>\n"),
            TextKind::Table => ("<pre", " tabindex=\"0\">", "</pre>\n"),
            TextKind::Signature => ("<p class=\"signed\"", ">", "</p>\n"),
            _ => ("<p", ">", "</p>\n"),
        };
        // The number stands beside the text, so that the text is all that the element holds.
        if let (TextKind::Paragraph, Some(n)) = (block.kind, block.n) {
            self.page.extend(["<a href=\"#", self.prefix, &block.id]);
            let _ = write!(self.page, "\">{n}");
            if let Some(mark) = &block.mark {
                self.marked(" <span>", mark, "</span>");
            }
            self.page.push_str("</a>");
        } else if let Some(mark) = block.own_mark() {
            self.marked("<span class=\"mark\"><span>", mark, "</span></span>");
        }
        self.page.extend([open, " id=\"", self.prefix, &block.id, "\"", further]);
        self.words(block, corrections);
        self.page.push_str(close);
    }

    /// The text of a block, with its corrections, its pages and short forms.
    fn words(&mut self, block: &EditedBlock, corrections: &[(usize, &Correction)]) {
        if block.breaks.is_empty() && corrections.is_empty() {
            self.glossed(&block.text);
            return;
        }
        for piece in spans::pieces(block, corrections) {
            match piece {
                Piece::Text(text) => self.glossed(text),
                Piece::Corrected(at, own) => {
                    let note = self.note_of.get(at).copied().flatten().and_then(|note| self.notes.get(note));
                    let Some(Note { letter, .. }) = note else {
                        push_text(self.page, &own.to);
                        continue;
                    };
                    let (note, back) = (self.id("note", letter), self.id("back", letter));
                    let _ = write!(self.page, "<a class=\"fix\" href=\"#{note}\" id=\"{back}\">");
                    push_text(self.page, &own.to);
                    let _ = write!(self.page, "<sup>{letter}</sup></a>");
                }
                Piece::Page(page) => {
                    let page = page.map(|page| format!("page {page}")).unwrap_or_default();
                    let _ = write!(self.page, "<span data-page=\"{page}\"></span>");
                }
            }
        }
    }

    fn id(&self, kind: &str, letter: &str) -> String {
        format!("{}{kind}-{letter}", self.prefix)
    }

    /// Text in which each short form is explained where it stands first.
    fn glossed(&mut self, text: &str) {
        let mut copied = 0;
        for (place, entry) in self.glossary.first_met(text) {
            push_text(self.page, &text[copied..place.start]);
            self.page.push_str("<abbr title=\"");
            push_xml(self.page, entry.title);
            self.page.push_str("\">");
            push_text(self.page, &text[place.clone()]);
            self.page.push_str("</abbr>");
            copied = place.end;
        }
        push_text(self.page, &text[copied..]);
    }

    fn foot(&mut self) {
        let edition = self.edited.edition;
        self.page.push_str("<footer data-pagefind-ignore>\n");
        let sign = sign_note(self.edited.placed);
        if !self.notes.is_empty() || sign.is_some() {
            self.page.push_str("<h2>Textual notes</h2>\n<ol class=\"notes\">\n");
            for note in &self.notes {
                let letter = &note.letter;
                let (own, back) = (self.id("note", letter), self.id("back", letter));
                let sign = match note.block {
                    Some(_) => format!("<a href=\"#{back}\"><b>{letter}</b></a>"),
                    None => format!("<b>{letter}</b>"),
                };
                let why = cable_lint::rule(note.rule).map(|rule| format!(" ({})", xml(&rule.name.replace('-', " "))));
                let _ = writeln!(
                    self.page,
                    "<li id=\"{own}\">{sign}<span><b>{}</b> ] <s>{}</s>, {}{}</span></li>",
                    xml(note.to),
                    xml(note.from),
                    lines_in_words(&note.lines),
                    why.unwrap_or_default()
                );
            }
            if let Some(sign) = sign {
                let (written, number, line) = sign.example;
                let _ = writeln!(
                    self.page,
                    "<li><b>¶</b><span>Paragraph signs were misread in {} (<s>{}</s> for {number}, line {line}); the \
                     numbers shown are the true ones</span></li>",
                    sign.paragraphs,
                    xml(&written)
                );
            }
            self.page.push_str("</ol>\n");
        }
        if !self.glossary.explained().is_empty() {
            self.page.push_str("<h2>Codes in this telegram</h2>\n<ul class=\"codes\">\n");
            for (code, title) in self.glossary.explained() {
                self.page.push_str("<li><b>");
                push_text(self.page, code);
                self.page.push_str("</b> ");
                push_text(self.page, title);
                self.page.push_str("</li>\n");
            }
            self.page.push_str("</ul>\n");
        }
        let number: Vec<String> =
            [&self.head.number, &self.head.group].into_iter().flatten().map(|one| xml(one)).collect();
        let number = if number.is_empty() { String::new() } else { format!("{}; ", number.join(", ")) };
        let left = left_out(edition);
        let left = if left.is_empty() { String::new() } else { format!(" Left out of the text: {left}.") };
        let _ = writeln!(
            self.page,
            "<h2>Source</h2>\n<p>{number}reading edition made by cable-lsp from <code>{}</code>.{left}</p>",
            xml(self.edited.file)
        );
        if !self.head.envelope.is_empty() {
            let _ = writeln!(
                self.page,
                "<details class=\"sent\"><summary>Envelope as sent</summary>\n<pre tabindex=\"0\">{}</pre></details>",
                xml(&self.head.envelope)
            );
        }
        self.page.push_str("</footer>\n");
    }
}
