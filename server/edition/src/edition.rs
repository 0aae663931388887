//! The edition of a cable: its blocks with corrections in them, the corrections, and the furniture. These are the keys that
//! `export --text` writes; their names and their order are a public contract.

use std::collections::HashMap;
use std::fmt::Write;

use cable_lint::fix::Repairer;
use cable_lint::{Diagnostic, Settings};
use cable_syntax::{CableText, Document, FurnitureKind, Placed, Span, TextBlock, TextKind, TextRole};
use serde::Serialize;

use crate::columns::{Columns, Scalars};
use crate::corrections::{Slip, repairer, slips};

/// The text of one cable, clean. Lines and columns count from 1 in the document, columns and lengths in Unicode scalars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// What a person reads, in order.
    pub blocks: Vec<EditedBlock>,
    /// What was corrected, in order.
    pub corrections: Vec<Correction>,
    /// Everything else of the file, in order.
    pub furniture: Vec<FurnitureReading>,
}

/// A block of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditedBlock {
    /// Its name in the cable: `p3`; a further block under that number is `p3-2`, a second paragraph of that number `p3_2`.
    pub id: String,
    /// What it is.
    pub kind: TextKind,
    /// The number of the paragraph it stands under.
    pub n: Option<u32>,
    /// The portion mark of that paragraph, or its own where it has no number, without brackets and blanks.
    pub mark: Option<String>,
    /// What it is for.
    pub role: Option<TextRole>,
    /// The headings it stands under, the outer one first.
    pub headings: Vec<String>,
    /// Its text, corrected.
    pub text: String,
    /// Its first and its last line.
    pub lines: [usize; 2],
    /// The stretches of the source it is made of: where each stands in the text, its line, its column and its length.
    pub segments: Vec<[usize; 4]>,
    /// Where another page begins in the text, and its number.
    pub breaks: Vec<(usize, Option<u32>)>,
}

impl EditedBlock {
    /// The portion mark of a block that has no number.
    pub(crate) fn own_mark(&self) -> Option<&str> {
        self.mark.as_deref().filter(|_| self.n.is_none())
    }
}

/// A slip of the transcription and what it was read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The block it stands in; none where it stands in furniture.
    pub block: Option<String>,
    /// Where `to` begins in the text of the block.
    pub at: Option<usize>,
    /// The length of `from`.
    pub length: usize,
    /// Line of the source.
    pub line: usize,
    /// Column of the source.
    pub column: usize,
    /// As it is written.
    pub from: String,
    /// As it is meant.
    pub to: String,
    /// The code of the rule.
    pub rule: &'static str,
}

/// A stretch of the file that is no text of the cable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FurnitureReading {
    /// Line of the source.
    pub line: usize,
    /// Column of the source.
    pub column: usize,
    /// How long it is.
    pub length: usize,
    /// What it is.
    pub kind: FurnitureKind,
}

/// The edition of each cable of a document, in order. Settings choose the rules whose fixes are applied.
pub fn editions(document: &Document, settings: &Settings) -> Vec<Edition> {
    Editor::default().editions(document, settings)
}

/// Makes the editions of one document after another. What settings alone decide is found once, where the next document has
/// the same.
#[derive(Debug, Default)]
pub struct Editor {
    is_without_numbers: bool,
    repairer: Option<(Settings, Repairer)>,
}

impl Editor {
    /// An editor that leaves out the corrections of paragraphs' numbers and marks, for less.
    pub(crate) fn without_numbers() -> Self {
        Self { is_without_numbers: true, repairer: None }
    }

    /// The edition of each cable of a document, in order.
    pub fn editions(&mut self, document: &Document, settings: &Settings) -> Vec<Edition> {
        self.repairer.take_if(|(own, _)| own != settings);
        let make = || (settings.clone(), repairer(settings, !self.is_without_numbers));
        let (_, repairer) = self.repairer.get_or_insert_with(make);
        let found = repairer.check(document);
        editions_of(document, &found, repairer)
    }
}

/// The same where it is known what is wrong in the document.
pub fn editions_of(document: &Document, found: &[Diagnostic], repairer: &mut Repairer) -> Vec<Edition> {
    let slips = slips(document, found, repairer);
    document.cables().iter().zip(slips).map(|(placed, slips)| edition(placed, &slips)).collect()
}

fn edition(placed: &Placed, slips: &[Slip]) -> Edition {
    let cable = &*placed.cable;
    let text = CableText::of(cable);
    let scalars = Scalars::of(cable);
    let mut writer = Writer {
        placed,
        slips,
        scalars,
        segments: Columns::of(cable, scalars),
        ids: Ids::default(),
        blocks: Vec::with_capacity(text.blocks.len()),
        corrections: Vec::new(),
    };
    for block in &text.blocks {
        writer.block(block);
    }
    let Writer { blocks, mut corrections, .. } = writer;
    corrections.extend(beside(placed, slips, &text, scalars));
    corrections.sort_by_key(|correction| (correction.line, correction.column));
    let mut columns = Columns::of(cable, scalars);
    let furniture = text.furniture.iter().map(|piece| FurnitureReading {
        line: line(placed, piece.line),
        column: columns.at(piece.line, piece.span.start),
        length: scalars.count(cable.slice(piece.span)),
        kind: piece.kind,
    });
    Edition { furniture: furniture.collect(), blocks, corrections }
}

const fn line(placed: &Placed, line: u32) -> usize {
    placed.first_line + line as usize + 1
}

struct Writer<'a> {
    placed: &'a Placed,
    /// Those that come after the last segment, and then some.
    slips: &'a [Slip],
    scalars: Scalars,
    segments: Columns<'a>,
    ids: Ids,
    blocks: Vec<EditedBlock>,
    corrections: Vec<Correction>,
}

impl Writer<'_> {
    fn block(&mut self, block: &TextBlock) {
        let cable = &*self.placed.cable;
        let paragraph = block.paragraph.and_then(|index| cable.body.paragraphs.get(index as usize));
        let n = paragraph.map(|paragraph| paragraph.number);
        let id = self.ids.next(block.kind, n);
        let mark = block.mark.or_else(|| {
            let marker = paragraph?.marker;
            Some(marker.at(marker.value.mark?.text))
        });
        let mark = mark.map(|mark| cable.slice(mark).split_whitespace().collect());
        let mut edited = EditedBlock {
            kind: block.kind,
            n,
            mark,
            role: block.role,
            headings: block.headings.iter().filter_map(|&index| Some(self.blocks.get(index)?.text.clone())).collect(),
            text: String::new(),
            lines: [line(self.placed, block.lines.0), line(self.placed, block.lines.1)],
            segments: Vec::with_capacity(block.segments.len()),
            breaks: Vec::new(),
            id,
        };
        let most: usize = block.segments.iter().map(|segment| segment.span.range().len() + 1).sum();
        let mut written = Written { text: String::with_capacity(most), length: 0 };
        let mut breaks = block.breaks.iter().peekable();
        for (index, segment) in block.segments.iter().enumerate() {
            written.push_source(segment.joiner.text(), self.scalars);
            while let Some(page) = breaks.next_if(|page| page.segment <= index) {
                edited.breaks.push((written.length, page.page));
            }
            self.segment(segment.line, segment.span, &mut written, &mut edited);
        }
        edited.text = written.text;
        self.blocks.push(edited);
    }

    /// Writes a segment with the corrections that lie in it.
    fn segment(&mut self, at_line: u32, span: Span, written: &mut Written, block: &mut EditedBlock) {
        let cable = &*self.placed.cable;
        let passed = self.slips.iter().take_while(|slip| slip.span.start < span.start).count();
        self.slips = &self.slips[passed..];
        // What is put in before the first word stands in furniture.
        let at_start = self.slips.iter().take_while(|slip| slip.span.end <= span.start).count();
        let inside = self.slips[at_start..].iter().take_while(|slip| slip.span.end <= span.end).count();
        let inside = &self.slips[at_start..at_start + inside];
        let line = line(self.placed, at_line);
        let mut from = span.start;
        for slip in inside {
            self.stretch(at_line, Span::new(from, slip.span.start), written, block);
            let source = cable.slice(slip.span);
            self.corrections.push(Correction {
                block: Some(block.id.clone()),
                at: Some(written.length),
                length: source.chars().count(),
                line,
                column: self.segments.at(at_line, slip.span.start),
                from: source.to_owned(),
                to: slip.to.clone(),
                rule: slip.rule,
            });
            written.push(&slip.to);
            from = slip.span.end;
        }
        self.stretch(at_line, Span::new(from, span.end), written, block);
    }

    fn stretch(&mut self, at_line: u32, span: Span, written: &mut Written, block: &mut EditedBlock) {
        if span.is_empty() {
            return;
        }
        let at = written.length;
        written.push_source(self.placed.cable.slice(span), self.scalars);
        let column = self.segments.at(at_line, span.start);
        block.segments.push([at, line(self.placed, at_line), column, written.length - at]);
    }
}

/// A text that knows its length in Unicode scalars.
struct Written {
    text: String,
    length: usize,
}

impl Written {
    /// Adds what is written in a cable.
    fn push_source(&mut self, text: &str, scalars: Scalars) {
        self.text.push_str(text);
        self.length += scalars.count(text);
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }
}

/// The corrections that stand in furniture. One that is neither there nor inside a segment is left out: the text stays as it
/// is written.
fn beside(placed: &Placed, slips: &[Slip], text: &CableText, scalars: Scalars) -> Vec<Correction> {
    let cable = &*placed.cable;
    let mut columns = Columns::of(cable, scalars);
    let pieces = &text.furniture;
    let mut first = 0;
    let mut found = Vec::new();
    for slip in slips {
        while pieces.get(first).is_some_and(|piece| piece.span.end < slip.span.start) {
            first += 1;
        }
        // It may reach over several pieces, such as a number and its mark.
        let mut at = slip.span.start;
        for piece in pieces[first..].iter().take_while(|piece| piece.span.start <= slip.span.end) {
            let between = cable.slice(Span::new(at.min(piece.span.start), piece.span.start));
            if between.trim().is_empty() {
                at = at.max(piece.span.end);
            }
        }
        let is_own = at >= slip.span.end && pieces.get(first).is_some_and(|piece| piece.span.start <= slip.span.start);
        if is_own {
            let at_line = cable.line_at(slip.span.start);
            let source = cable.slice(slip.span);
            found.push(Correction {
                block: None,
                at: None,
                length: source.chars().count(),
                line: line(placed, at_line),
                column: columns.at(at_line, slip.span.start),
                from: source.to_owned(),
                to: slip.to.clone(),
                rule: slip.rule,
            });
        }
    }
    found
}

/// Gives each block a name of its own.
#[derive(Default)]
struct Ids {
    /// How often each number has been seen.
    numbers: HashMap<u32, usize>,
    headings: usize,
    signatures: usize,
    /// Blocks without a number, and blocks under the last number.
    texts: usize,
    under: usize,
    /// The name of the last paragraph.
    last: String,
}

impl Ids {
    fn next(&mut self, kind: TextKind, n: Option<u32>) -> String {
        let counted = |count: &mut usize| {
            *count += 1;
            *count
        };
        match (kind, n) {
            (TextKind::Signature, _) => match counted(&mut self.signatures) {
                1 => "signature".to_owned(),
                again => format!("signature-{again}"),
            },
            (TextKind::Heading, _) => format!("h{}", counted(&mut self.headings)),
            (TextKind::Paragraph, Some(n)) => {
                self.under = 1;
                let before = self.numbers.entry(n).or_default();
                self.last.clear();
                // Writing to a string does not fail.
                let _ = write!(self.last, "p{n}");
                if counted(before) > 1 {
                    let _ = write!(self.last, "_{before}");
                }
                self.last.clone()
            }
            (_, Some(_)) => format!("{}-{}", self.last, counted(&mut self.under)),
            (_, None) => format!("t{}", counted(&mut self.texts)),
        }
    }
}
