//! What is in the place of a portion mark and is none: `(G)`, `(SUB)`, `(5)`, `(C))`.

use std::sync::LazyLock;

use cable_syntax::{Cable, Paragraph, ShortPattern, Span, short_pattern};

/// A few letters or figures in brackets at the beginning of a paragraph, perhaps with a caveat.
static BRACKETED: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^\s{0,3}(?<whole>[(\[{]+ ?(?<word>[A-Z0-9$|]{1,5}|[cu])(?:/{1,2}(?<caveat>[A-Z]{1,8}))? ?[)\]}(]{1,2})(?:[\s.,:]|$)",
    )
});

/// Marks, and what is read or typed for them.
const MARKS: [(&str, &[&str]); 4] = [
    ("U", &["V", "UU", "IJ", "LI", "0", "UI"]),
    ("C", &["G", "CC", "O", "E", "Q", "0", "6", "D"]),
    ("S", &["5", "SS", "8", "$", "F"]),
    ("SBU", &[]),
];

/// What a publisher strikes out, or writes into released pages.
static REDACTED: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^(?:X+|B\d|[A-Z]?\d{2,})$"));

/// Something in the place of a mark.
pub(super) struct Garbled {
    pub(super) span: Span,
    /// The mark it is one mistake from, where it is one.
    pub(super) meant: Option<&'static str>,
}

/// What is in the place of the mark that a paragraph lacks.
pub(super) fn garbled(cable: &Cable, paragraph: &Paragraph) -> Option<Garbled> {
    if paragraph.marker.value.mark.is_some() {
        return None;
    }
    let start = paragraph.marker.at(paragraph.marker.value.span).end;
    let line = cable.lines().get(paragraph.marker.line as usize)?.span;
    let text = cable.text().get(start as usize..line.end as usize)?;
    // What is at the beginning of nearly every text is no bracket.
    if !text.trim_start().starts_with(['(', '[', '{']) {
        return None;
    }
    let found = BRACKETED.captures(text)?;
    let (whole, word) = (found.name("whole")?, found.name("word")?.as_str());
    if REDACTED.is_match(word) {
        return None;
    }
    let is_whole = whole.as_str() == format!("({word})") || found.name("caveat").is_some();
    let meant = MARKS.iter().find(|(mark, misreadings)| {
        let is_misspelled = word.len() >= 2 && *mark == "SBU" && strsim::osa_distance(word, mark) == 1;
        misreadings.contains(&word) || is_misspelled || (word == *mark && !is_whole)
    });
    // A figure alone numbers a list, unless it is one that is read for a mark.
    if meant.is_none() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Garbled { span: Span::of(whole.range()).shifted(start), meant: meant.map(|(mark, _)| *mark) })
}

/// The bracket too many after a whole mark: `(C))`.
pub(super) fn extra_bracket(cable: &Cable, paragraph: &Paragraph) -> Option<Span> {
    let mark = paragraph.marker.value.mark.filter(|mark| mark.well_formed)?;
    let span = paragraph.marker.at(mark.span);
    let after = cable.text().get(span.end as usize..)?;
    after.starts_with([')', ']']).then(|| Span::new(span.end, span.end + 1))
}
