//! Completion of lines of the body that stand alone: page lines, a quoted text, who signs, and the end of the
//! transmission (FORMAT.md, "Ending").

use std::sync::LazyLock;

use cable_syntax::{PageLine, PartKind, pattern};
use regex::Regex;

use super::place::Place;
use super::wording::begins;
use super::{Completion, CompletionKind, Completions};

/// The number of an old page line.
static OLD_PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^PAGE +(?<number>\d{2})\b"));
/// What a line that signs may be: a name in capitals.
static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[A-Z][A-Z .'-]{0,30}$"));

/// So many letters of a line of its own must be before a page or a quoted text is meant.
const LETTERS: usize = 2;

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let typed = place.before();
    let body_begun = place.cable.body.paragraphs.first().is_some_and(|first| first.marker.line < place.line);
    if !place.at_line_end() || typed.len() > 32 || !body_begun || place.cable.is_quoted(place.line) {
        return Completions::default();
    }
    let above = place.line.checked_sub(1).map_or("", |line| place.cable.line_text(line)).trim();
    let after_blank = above.is_empty();
    let mut found: Vec<Line> = Vec::new();
    // After running text a line goes on with it.
    if after_blank || NAME.is_match(above) || above.starts_with('#') {
        found.extend(end(place));
    }
    if after_blank && typed.len() >= LETTERS {
        found.extend(page(place));
        found.push(Line::new("BEGIN TEXT:\n\n", CompletionKind::BlockWord, "a text that the cable quotes"));
    }
    if after_blank && !typed.is_empty() && place.cable.signature.as_ref().is_none_or(|name| name.line >= place.line) {
        let names = place.signatures.iter().filter(|name| NAME.is_match(name));
        found.extend(names.map(|name| Line::new(name.as_str(), CompletionKind::BlockWord, "signs for the same post")));
    }
    let range = place.upto(0, 0);
    let fitting = found.into_iter().filter(|line| begins(&line.text, typed));
    fitting
        .map(|line| {
            let label = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let item = Completion::new(line.kind, range.clone(), line.text.clone().into())
                .label(label)
                .detail(line.detail)
                .filter(line.text);
            match line.sum {
                Some(sum) => item.sum(sum),
                None => item,
            }
        })
        .collect()
}

struct Line {
    text: String,
    kind: CompletionKind,
    detail: &'static str,
    sum: Option<String>,
}

impl Line {
    fn new(text: impl Into<String>, kind: CompletionKind, detail: &'static str) -> Self {
        Self { text: text.into(), kind, detail, sum: None }
    }

    fn sum(mut self, sum: impl Into<String>) -> Self {
        self.sum = Some(sum.into());
        self
    }
}

/// What is missing of BT, the serial and NNNN; a cable without a DE line has only the last.
fn end(place: &Place<'_>) -> Vec<Line> {
    let cable = place.cable;
    if cable.body.paragraphs.last().is_some_and(|last| last.marker.line > place.line) {
        return Vec::new();
    }
    let first = cable.body.paragraphs.first().map_or(0, |first| first.marker.line);
    let lines = || (first..cable.lines().len() as u32).filter(|line| *line != place.line);
    let has = |is: &dyn Fn(&str) -> bool| lines().any(|line| is(cable.line_text(line).trim_end()));
    let serial = cable.envelope.de.as_ref().map(|de| cable.slice(de.at(de.value.serial)));
    let serial = serial.filter(|serial| !serial.is_empty() && serial.bytes().all(|sign| sign.is_ascii_digit()));
    let mut text = String::new();
    let mut parts = Vec::new();
    if let Some(serial) = serial {
        let number = format!("#{serial}");
        if !has(&|line| line == "BT") && !has(&|line| line == number) {
            parts.push("BT".to_owned());
        }
        if !has(&|line| line == number) {
            parts.push(number);
        }
    }
    if !has(&|line| line == "NNNN") {
        parts.push("NNNN".to_owned());
    }
    // Copies of the seventies end in three.
    if place.before() == "NNN" {
        return Vec::new();
    }
    let mut items = Vec::new();
    // The first missing line takes the others along; a later one may be typed by itself.
    for part in parts.iter().rev() {
        text = format!("{part}\n{text}");
        let line = Line::new(text.clone(), CompletionKind::Keyword, "the end of the transmission");
        items.push(match serial {
            Some(_) if text.contains('#') => line.sum("the serial is that of the DE line"),
            _ => line,
        });
    }
    items.reverse();
    items
}

/// The next page line, in the form of the cable's sections or of the old printers.
fn page(place: &Place<'_>) -> Option<Line> {
    let cable = place.cable;
    let above = |line: u32| line < place.line;
    let pages: Vec<_> = cable.body.page_lines.iter().filter(|page| above(page.line)).collect();
    let kind = CompletionKind::Keyword;
    if let Some(number) = cable.header.classification.as_ref()
        && let Some(section) = number.value.section
    {
        let mrn = number.value.reference_number;
        let post = place.catalog.post(cable.slice(number.at(mrn.post)))?;
        let last = pages.iter().filter_map(|page| page.value.section).max().unwrap_or(section.number);
        let next = last + 1;
        if next > section.of {
            return None;
        }
        let text = format!("{} {:08}  {next:03} OF {:03}", post.page_line_name(), mrn.number, section.of);
        return Some(
            Line::new(text, kind, "the next section").sum("post and serial of the MRN, and the section after the last"),
        );
    }
    let last = place.above().iter().rev().find_map(|part| {
        let text = cable.line_text(part.line);
        let is_page = matches!(part.kind, PartKind::PageLine | PartKind::Distribution | PartKind::Wrapper);
        (is_page && PageLine::read_old(text).is_some()).then_some(text)
    })?;
    let number = OLD_PAGE.captures(last)?.name("number")?;
    let next = number.as_str().parse::<u32>().ok()? + 1;
    let text = [&last[..number.start()], &format!("{next:02}"), last[number.end()..].trim_end()].concat();
    Some(Line::new(text, kind, "the next page").sum("the last page line, and one more"))
}

/// Whether the line may be a signature as far as it is typed: capitals alone.
pub(super) fn may_sign(place: &Place<'_>) -> bool {
    place.at_line_end() && NAME.is_match(place.before())
}

/// Who signed the cables of the same post.
pub(super) fn signatures(document: &cable_syntax::Document, own: &cable_syntax::Cable) -> Vec<String> {
    let catalog = document.catalog();
    let post = |cable: &cable_syntax::Cable| {
        let line = cable.header.classification.as_ref()?;
        Some(catalog.post(cable.slice(line.at(line.value.reference_number.post)))?.compact.to_owned())
    };
    let Some(own_post) = post(own) else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for placed in document.cables().iter().take(MOST_CABLES) {
        let cable = &*placed.cable;
        let Some(name) = cable.signature.as_ref().map(|name| cable.slice(name.span).trim()) else { continue };
        if !std::ptr::eq(cable, own)
            && post(cable).as_ref() == Some(&own_post)
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// So many cables of a document tell who signs.
const MOST_CABLES: usize = 200;
