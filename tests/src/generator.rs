//! Synthetic cables: whole invented documents in which the true number of every marker is known.
//!
//! What real copies do to paragraph numbers is done here on purpose (FORMAT.md, "Artefacts"), so that the reader can be
//! measured
//! against the truth. The options let other tests use the same cables with other line ends, characters and layouts.

mod archive;
mod complete;
mod prose;
mod random;
mod style;

pub use archive::{Planted, archive};
pub use random::Random;
pub use style::Style;

/// What a document of synthetic cables may hold.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of the text that a test turns on by its name")]
pub struct Options {
    /// Cables in the document.
    pub cables: u32,
    /// Fewest and most paragraphs of a cable.
    pub paragraphs: (u32, u32),
    /// The styles of number that occur.
    pub styles: &'static [Style],
    /// Per cent of paragraphs at which the style changes.
    pub style_changes: u32,
    /// Per cent of cables with portion marks.
    pub marked: u32,
    /// Per cent of cables in which one inner paragraph is lost.
    pub dropped: u32,
    /// Per cent of cables with numbered lists and false markers.
    pub disturbed: u32,
    /// Per cent of the paragraphs of such a cable that hold one.
    pub disturbances: u32,
    /// Per cent of marked paragraphs that the copy joined to the line before (PAR015).
    pub joined: u32,
    /// Lines end in CR LF.
    pub crlf: bool,
    /// Words hold characters beyond the Basic Multilingual Plane.
    pub non_bmp: bool,
    /// Page lines are between and inside paragraphs.
    pub page_lines: bool,
    /// Per cent of paragraphs that a blank line splits in mid-sentence.
    pub splits: u32,
    /// Precedences, references that the text cites, a summary, a note and a comment.
    pub complete: bool,
    /// The layout of the header.
    pub layouts: &'static [Layout],
}

impl Default for Options {
    /// The set on which the decoder is measured: one cable of the web edition, everything else mixed.
    fn default() -> Self {
        Self {
            cables: 1,
            paragraphs: (3, 30),
            styles: &Style::ALL,
            style_changes: 30,
            marked: 50,
            dropped: 33,
            disturbed: 33,
            disturbances: 15,
            joined: 0,
            crlf: false,
            non_bmp: false,
            page_lines: false,
            splits: 0,
            complete: false,
            layouts: &[Layout::Envelope, Layout::Extract],
        }
    }
}

impl Options {
    /// Correct cables: plain numbers, nothing lost, nothing false.
    pub fn clean() -> Self {
        Self { styles: &[Style::Plain], dropped: 0, disturbed: 0, ..Self::default() }
    }
}

/// What is above the body (FORMAT.md, "Eras").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Era C with its ACP 127 envelope.
    Envelope,
    /// Era C below the notice of a partial extract.
    Extract,
    /// Era P: page line, distribution and drafting block.
    Distribution,
    /// Era M: labelled fields.
    Labels,
}

impl Layout {
    /// All there are.
    pub const ALL: &[Self] = &[Self::Envelope, Self::Extract, Self::Distribution, Self::Labels];
}

/// A generated document with the truth about it.
#[derive(Debug, Clone)]
pub struct Synthetic {
    /// The text of the document.
    pub text: String,
    /// Its cables, in their order.
    pub cables: Vec<Truth>,
}

/// What is known of one synthetic cable.
#[derive(Debug, Clone)]
pub struct Truth {
    /// The line its first header or envelope line is on, from 1.
    pub first_line: u32,
    /// Post and serial as the classification line has them.
    pub mrn: String,
    /// Every line that begins like a paragraph, from 1, with its true number; `None` for list items and false markers.
    pub markers: Vec<(u32, Option<u32>)>,
    /// The surname that signs it.
    pub signature: String,
}

/// A document made from `seed`: the same seed and options give the same text.
pub fn generate(seed: u64, options: &Options) -> Synthetic {
    let mut random = Random::new(seed);
    let mut document = Writer { lines: Vec::new() };
    let cables = (0..options.cables).map(|index| write_cable(&mut document, &mut random, options, index)).collect();
    let line_end = if options.crlf { "\r\n" } else { "\n" };
    let mut text = document.lines.join(line_end);
    text.push_str(line_end);
    Synthetic { text, cables }
}

/// The lines written so far.
struct Writer {
    lines: Vec<String>,
}

impl Writer {
    fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    /// Adds a line and returns its number.
    fn numbered(&mut self, text: String) -> u32 {
        self.lines.push(text);
        self.lines.len() as u32
    }

    /// Takes a last line that is too short to have been wrapped off, and the full stop before it: what follows is
    /// to continue the sentence.
    fn end_with_full_line(&mut self) {
        let above = self.lines.len().checked_sub(2).map(|above| self.lines[above].len());
        if self.lines.last().is_some_and(|last| last.len() < 50) && above.is_some_and(|length| length >= 50) {
            self.lines.pop();
        }
        if let Some(last) = self.lines.last_mut() {
            last.truncate(last.trim_end_matches('.').len());
        }
    }

    /// Adds `text` to the last line that holds any, if that ends a sentence. Returns whether it did.
    fn join(&mut self, text: &str) -> bool {
        let Some(last) = self.lines.iter().rposition(|line| !line.is_empty()) else { return false };
        if !self.lines[last].ends_with('.') {
            return false;
        }
        self.lines.truncate(last + 1);
        self.lines[last].push(' ');
        self.lines[last].push_str(text);
        true
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }
}

/// A post, its routing indicator and the country tag.
#[derive(Clone, Copy)]
struct Post {
    name: &'static str,
    indicator: &'static str,
    country: &'static str,
}

const POSTS: [Post; 4] = [
    Post { name: "ASTANA", indicator: "RUEHTA", country: "KZ" },
    Post { name: "LONDON", indicator: "RUEHLO", country: "UK" },
    Post { name: "BEIJING", indicator: "RUEHBJ", country: "CH" },
    Post { name: "BERLIN", indicator: "RUEHRL", country: "GM" },
];

/// What the header and the body of one cable share.
struct Plan {
    post: Post,
    serial: u32,
    /// The marks that occur, the overall level first; empty in a cable without marks.
    marks: &'static [&'static str],
    paragraphs: u32,
    sections: u32,
    /// See [`Options::complete`].
    complete: bool,
}

fn write_cable(document: &mut Writer, random: &mut Random, options: &Options, index: u32) -> Truth {
    if !document.lines.is_empty() {
        document.blank();
    }
    let marked = random.chance(options.marked);
    let plan = Plan {
        post: random.pick(&POSTS),
        // A new cable is known by its serial, so no two of a document may share one.
        serial: 100 + index * 97 + random.between(0, 96),
        marks: if !marked {
            &[]
        } else if random.once_in(2) {
            &["C", "U", "SBU", "C//NF"]
        } else {
            &["SBU", "U"]
        },
        paragraphs: random.between(options.paragraphs.0, options.paragraphs.1),
        sections: if options.page_lines { random.between(2, 4) } else { 1 },
        complete: options.complete,
    };
    let first_line = document.lines.len() as u32 + 1;
    let layout = random.pick(options.layouts);
    write_header(document, random, &plan, layout);
    let markers = write_body(document, random, options, &plan);
    let signature = prose::name(random).to_uppercase();
    document.blank();
    document.line(signature.clone());
    Truth { first_line, mrn: mrn(&plan), markers, signature }
}

fn mrn(plan: &Plan) -> String {
    format!("{} {:06}", plan.post.name, plan.serial)
}

impl Plan {
    fn is_confidential(&self) -> bool {
        self.marks.first() == Some(&"C")
    }
}

const MONTHS: [(&str, u32); 12] = [
    ("JAN", 31),
    ("FEB", 28),
    ("MAR", 31),
    ("APR", 30),
    ("MAY", 31),
    ("JUN", 30),
    ("JUL", 31),
    ("AUG", 31),
    ("SEP", 30),
    ("OCT", 31),
    ("NOV", 30),
    ("DEC", 31),
];

fn write_header(document: &mut Writer, random: &mut Random, plan: &Plan, layout: Layout) {
    let Post { name, indicator, country } = plan.post;
    let (serial, mrn) = (plan.serial, mrn(plan));
    let month = random.between(0, 11) as usize;
    let day = random.between(1, MONTHS[month].1);
    let day_of_year = MONTHS[..month].iter().map(|(_, days)| days).sum::<u32>() + day;
    let time = format!("{:02}{:02}", random.between(0, 23), random.between(0, 59));
    let month = MONTHS[month].0;
    let section = if plan.sections > 1 { format!("SECTION 01 OF {:02} ", plan.sections) } else { String::new() };
    let level = if plan.is_confidential() { "C O N F I D E N T I A L" } else { "UNCLAS" };
    match layout {
        Layout::Envelope => {
            document.line(format!("VZCZCXRO{:04}", random.between(1, 9999)));
            let (letter, word) = if plan.complete { complete::precedence(random) } else { ('R', "") };
            document.line(format!("{letter}{letter} RUEHDBU"));
            document.line(format!("DE {indicator} #{serial:04}/01 {day_of_year:03}{time}"));
            document.line(if plan.is_confidential() { "ZNY CCCCC ZZH" } else { "ZNR UUUUU ZZH" });
            document.line(format!("{letter} {day:02}{time}Z {month} 07"));
            document.line(format!("FM AMEMBASSY {name}"));
            document.line(format!("TO RUEHC/SECSTATE WASHDC {word}{:04}", random.between(1, 9999)));
            document.line("INFO RUCNCIS/CIS COLLECTIVE");
            if plan.complete {
                document.line("RUEHKO/AMEMBASSY TOKYO");
            }
            document.blank();
        }
        Layout::Extract => {
            document.line(
                "This record is a partial extract of the original cable. The full text of the original cable is not available.",
            );
            document.blank();
        }
        Layout::Distribution => {
            document.line(format!("PAGE 01 {name} {serial:05} {day:02}{time}Z"));
            document.line("ACTION EUR-12");
            document.line("INFO OCT-01 ISO-00 /026 R");
            document.line(format!("--------------------- {:06}", random.between(1, 99_999)));
            document.line(format!("R {day:02}{time}Z {month} 75"));
            document.line(format!("FM AMEMBASSY {name}"));
            document.line("TO SECSTATE WASHDC");
        }
        Layout::Labels => {
            document.line(if plan.is_confidential() { "CONFIDENTIAL" } else { "UNCLASSIFIED" });
            document.blank();
            document.line(format!("MRN: 12 {name} {serial}"));
            document.line(format!(
                "Date/DTG: {} {day:02}, 2012 / {day:02}{time}Z {month} 12",
                prose::capitalised(&month.to_lowercase())
            ));
            document.line(format!("From: AMEMBASSY {name}"));
            document.line("Action: WASHDC, SECSTATE ROUTINE");
            document.line("E.O.: 13526");
            if plan.is_confidential() {
                document.line(format!(
                    "DECL: {}/{day:02}/2022",
                    MONTHS.iter().position(|entry| entry.0 == month).unwrap_or(0) + 1
                ));
            }
            document.line(format!("TAGS: PREL, PGOV, {country}"));
            document.line(format!("Subject: {}", prose::clause(random, 6, false)));
            document.blank();
            return;
        }
    }
    document.line(format!("{level} {section}{mrn}"));
    document.blank();
    if plan.marks.first() == Some(&"SBU") {
        document.line("SENSITIVE");
    }
    document.line("SIPDIS");
    document.blank();
    let order = if layout == Layout::Distribution { "11652" } else { "12958" };
    let instruction = match (plan.is_confidential(), layout) {
        (false, _) => "N/A",
        (true, Layout::Distribution) => "GDS",
        (true, _) => "DECL: 01/15/2017",
    };
    document.line(format!("E.O. {order}: {instruction}"));
    document.line(format!("TAGS: PREL PGOV {country}"));
    document.line(format!("SUBJECT: {}", prose::clause(random, 7, false).to_uppercase()));
    document.blank();
    if plan.complete {
        complete::references(document, random);
    } else if random.once_in(2) {
        document.line(format!("REF: {name} {}", serial.saturating_sub(random.between(1, 90)).max(1)));
        document.blank();
    }
    if plan.is_confidential() && layout != Layout::Distribution {
        document.line(format!("Classified By: DCM {}. Reasons: 1.4 (b) and (d).", prose::name(random)));
        document.blank();
    }
}

/// How the lines of a body are laid out.
struct Body {
    /// Columns at which lines are wrapped; `None` where the copy joined each paragraph into one line.
    width: Option<usize>,
    /// A blank line is between paragraphs.
    spaced: bool,
}

fn write_body(document: &mut Writer, random: &mut Random, options: &Options, plan: &Plan) -> Vec<(u32, Option<u32>)> {
    let body = Body { width: random.once_in(2).then_some(66), spaced: !random.once_in(5) };
    let lost = (plan.paragraphs >= 3 && random.chance(options.dropped)).then(|| random.between(2, plan.paragraphs - 1));
    let disturbed = random.chance(options.disturbed);
    let mut markers = Vec::new();
    let mut style = random.pick(options.styles);
    let mut page = 1;
    for number in (1..=plan.paragraphs).filter(|&number| Some(number) != lost) {
        if number > 1 && random.chance(options.style_changes) {
            style = random.pick(options.styles);
        }
        if random.once_in(5) {
            document.blank();
            let words = random.between(2, 5);
            document.line(prose::clause(random, words, false).to_uppercase());
            document.blank();
        }
        let joins = !plan.marks.is_empty() && number > 1 && random.chance(options.joined);
        // The web edition puts its sign only where a line begins.
        let mut start = if joins { Style::Plain } else { style }.write(number, !plan.marks.is_empty(), random);
        // The first paragraph carries the overall level: a cable has at least one that does.
        let mark = if number == 1 { plan.marks.first().copied() } else { random.choose(plan.marks) };
        if let Some(mark) = mark {
            start = format!("{start} ({mark})");
        }
        let mut text = prose::sentences(random, options.non_bmp);
        if plan.complete {
            text = complete::text(number, plan.paragraphs, &text);
        }
        let disturbance = disturbed && random.chance(options.disturbances);
        let is_list = disturbance && random.once_in(2);
        if is_list {
            text = format!("{text} {}:", prose::clause(random, 5, options.non_bmp));
        } else if disturbance {
            text = format!("{text} {}", prose::clause(random, 6, options.non_bmp));
        }
        let line = if joins && document.join(&format!("{start} {text}")) {
            document.lines.len() as u32
        } else {
            write_paragraph(document, random, options, &body, &format!("{start} {text}"))
        };
        if disturbance && !is_list {
            document.end_with_full_line();
        }
        markers.push((line, Some(number)));
        if is_list {
            let item_style = if random.once_in(2) { style } else { Style::Plain };
            for item in 1..=random.between(2, 4) {
                let text =
                    format!("{} {}", item_style.write(item, false, random), prose::sentence(random, options.non_bmp));
                markers.push((document.numbered(text), None));
            }
        } else if disturbance {
            // A wrapped sentence: the line before ends without a full stop, this one begins with a date.
            let false_style = if random.once_in(2) { style } else { Style::Kept };
            let day = random.between(1, 31);
            let text =
                format!("{} {}", false_style.write(day, false, random), prose::sentences(random, options.non_bmp));
            markers.push((document.numbered(text), None));
        }
        if page < plan.sections && random.once_in(4) {
            page += 1;
            document.blank();
            document.line(format!("{} {:08} {page:03} OF {:03}", plan.post.name, plan.serial, plan.sections));
            document.blank();
        } else if body.spaced {
            document.blank();
        }
    }
    markers
}

/// Writes a paragraph and returns the number of its first line.
fn write_paragraph(document: &mut Writer, random: &mut Random, options: &Options, body: &Body, text: &str) -> u32 {
    let lines = prose::wrapped(text, body.width.unwrap_or(usize::MAX));
    let first = document.lines.len() as u32 + 1;
    let split = random.chance(options.splits);
    for (index, line) in lines.into_iter().enumerate() {
        if split && index == 1 {
            document.blank();
        }
        if split && index == 0 && body.width.is_none() {
            // One long line: cut it at the last space of its first half.
            let half = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(offset, _)| offset);
            let (before, after) = line[..half].rfind(' ').map_or((line.as_str(), ""), |cut| line.split_at(cut));
            document.line(before);
            document.blank();
            document.line(after.trim_start());
        } else {
            document.line(line);
        }
    }
    first
}
