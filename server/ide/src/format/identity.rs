//! What a cable says, apart from its layout: two cables with the same identity read the same.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use cable_lint::{Settings, check};
use cable_syntax::{Cable, Document, Era, PartKind, Placed, Reading, Zone};

use super::differences;

/// What formatting keeps: what is read from a cable, and the silence of the rules.
pub(super) struct Identity<'a> {
    document: &'a Document,
    content: Content<'a>,
    /// The rules that find something: looked for when those do that check another layout.
    rules: OnceCell<BTreeSet<&'static str>>,
}

impl<'a> Identity<'a> {
    /// That of the only cable of a document; none when there are several.
    pub(super) fn of(document: &'a Document) -> Option<Self> {
        let [Placed { cable, .. }] = document.cables() else { return None };
        Some(Self { document, content: Content::of(cable), rules: OnceCell::new() })
    }

    /// Whether a document holds the same cable in another layout, in which no rule finds what none found before.
    pub(super) fn is_that_of(&self, document: &Document) -> bool {
        let is_same = Identity::of(document).is_some_and(|other| other.content == self.content);
        is_same && {
            let found = rules(document);
            found.is_empty() || found.is_subset(self.rules.get_or_init(|| rules(self.document)))
        }
    }
}

/// The codes of the rules that find something.
fn rules(document: &Document) -> BTreeSet<&'static str> {
    check(document, &Settings::default()).iter().map(|diagnostic| diagnostic.rule.code).collect()
}

/// Everything read from a cable, with places counted in words and not in lines.
#[derive(PartialEq)]
struct Content<'a> {
    reading: Reading,
    era: Era,
    cut_off: bool,
    /// Who owns each word. The fields of the header are sorted, because their order is layout.
    words: Vec<(PartKind, &'a str)>,
    header: Vec<(PartKind, &'a str)>,
    /// The words at which paragraphs, markers that are none, and quoted texts begin.
    paragraphs: Vec<usize>,
    rejected: Vec<usize>,
    quotes: Vec<usize>,
}

impl<'a> Content<'a> {
    fn of(cable: &'a Cable) -> Self {
        let (mut words, mut header) = (Vec::new(), Vec::new());
        let mut starts = Vec::new();
        for part in &cable.parts {
            // Where a paragraph's first line ends is layout.
            let kind = if part.kind == PartKind::Fragment { PartKind::Paragraph } else { part.kind };
            let text = cable.slice(part.span);
            let own = if kind.zone() == Zone::Header { &mut header } else { &mut words };
            for word in differences::words(text) {
                starts.push(part.span.start + word.start as u32);
                own.push((kind, &text[word]));
            }
        }
        header.sort_by_key(|&(kind, _)| kind);
        let place = |offset: u32| starts.partition_point(|&start| start < offset);
        let line = |line: u32| place(cable.lines().get(line as usize).map_or(0, |line| line.span.start));
        Self {
            reading: without_lines(Reading::of(cable, 0)),
            era: cable.era,
            cut_off: cable.cut_off,
            words,
            header,
            paragraphs: cable.body.paragraphs.iter().map(|paragraph| place(paragraph.marker.span.start)).collect(),
            rejected: cable.body.rejected.iter().map(|field| place(field.span.start)).collect(),
            quotes: cable.body.quotes.iter().map(|&(from, _)| line(from)).collect(),
        }
    }
}

/// A reading without the numbers of lines. Which lines go on with a field or a paragraph, [`Content`] knows by words.
fn without_lines(mut reading: Reading) -> Reading {
    let places = [&mut reading.tags_line, &mut reading.signature_line];
    for place in places.into_iter().flatten() {
        *place = 0;
    }
    macro_rules! forget {
        ($($field:ident),*) => { $(for entry in reading.$field.iter_mut() { entry.line = 0; })* };
    }
    forget!(notice, transmission_id, routing, de, opsig, section, classified_by);
    forget!(to, info, caption_lines, handling, refs, paragraphs, headings, page_lines, trailer, stray_captions);
    reading.fragments.clear();
    reading.subject_lines.clear();
    let lines = &mut reading.header_lines;
    let places = [
        &mut lines.ti,
        &mut lines.routing,
        &mut lines.de,
        &mut lines.opsig,
        &mut lines.dtg,
        &mut lines.from,
        &mut lines.classification,
    ];
    for place in places.into_iter().flatten() {
        *place = 0;
    }
    for list in [
        &mut lines.to,
        &mut lines.info,
        &mut lines.captions,
        &mut lines.handling,
        &mut lines.eo,
        &mut lines.tags,
        &mut lines.subject,
        &mut lines.r#ref,
        &mut lines.classified_by,
    ] {
        list.clear();
    }
    reading
}
