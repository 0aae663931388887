//! Punctuation that went through a wrong character table (TXT007).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cable_syntax::{Cable, PartKind, Signs, Span, pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MISENCODED: Rule = Rule {
    code: "TXT007",
    name: "misencoded-punctuation",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Value], Letters::Any)),
    summary: "quotes, apostrophes and dashes have the wrong encoding",
    explanation: "Quotes, apostrophes and dashes of a word processor were converted by a table that does not have \
                  them, and became other characters: & for an opening quote, 8 for a closing one, a comma, Q \
                  or ? for an apostrophe, a closing bracket for a dash. The original can only be guessed, so the fix is unsafe. It \
                  covers only quotes that pair on their line, and apostrophes before an ending.",
    example: Example {
        before: "1. (U) Boucher,s aide called it &very useful.8",
        after: "1. (U) Boucher's aide called it \"very useful.\"",
    },
    source: "none; seen in published cables",
    check: misencoded,
};

static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?: ^ | [\s("'\[/-] ) (?<opening>&) [\p{L}\d]
        | (?: [a-z]{2} | \p{L}[.,?!%;] ) (?<closing>8) (?: [^\p{L}\d%] | $ )
        | (?<raised>⁸)
        | [a-z] (?<letter>[Q?]) (?: s | t | re | ll | ve ) (?: [^\p{L}\d] | $ )
        | \p{L} (?<apostrophe>,) [a-z]{1,2} (?: [^\p{L}\d.] | \.(?:\s|$) | $ )"#,
    )
});

/// A bracket that closes the sign of a list: `a)`, `1)`, `ii)`.
static LIST_SIGN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s(;,:.])(?:\p{L}|\d{1,2}|[ivxIVX]{1,5})\.?$"));

/// What a sign of the wrong table stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Opening,
    Closing,
    Raised,
    Apostrophe,
    Letter,
    Dash,
}

impl Sign {
    const fn words(self) -> &'static str {
        match self {
            Self::Opening => "\"&\" for an opening quote",
            Self::Closing => "\"8\" for a closing quote",
            Self::Raised => "\"⁸\" for a quote",
            Self::Apostrophe => "\",\" for an apostrophe",
            Self::Letter => "\"Q\" or \"?\" for an apostrophe",
            Self::Dash => "\")\" for a dash",
        }
    }
}

/// The edits that leave no doubt: quotes that open and close by turns on one line, apostrophes before an ending.
fn sure_edits(signs: &[(Span, Sign)], text: &str) -> Vec<(Span, String)> {
    let quotes: Vec<(Span, Sign)> =
        signs.iter().copied().filter(|(_, sign)| matches!(sign, Sign::Opening | Sign::Closing)).collect();
    let by_turns = quotes.chunks(2).all(|pair| matches!(pair, [(_, Sign::Opening), (_, Sign::Closing)]));
    let ending = |at: Span| {
        let after = &text[at.end as usize..];
        let length = after.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(after.len());
        matches!(&after[..length], "s" | "t" | "d" | "m" | "re" | "ve" | "ll")
    };
    let is_apostrophe = |sign| matches!(sign, Sign::Apostrophe | Sign::Letter);
    let apostrophes = signs.iter().filter(|&&(at, sign)| is_apostrophe(sign) && ending(at));
    let quotes = quotes.iter().filter(|_| by_turns).map(|&(at, _)| (at, "\"".to_owned()));
    let mut edits: Vec<(Span, String)> = quotes.chain(apostrophes.map(|&(at, _)| (at, "'".to_owned()))).collect();
    edits.sort_unstable();
    edits
}

/// Whether a text has one of the signs where [`SIGNS`] may find it: few texts have, and a look at the bytes tells.
fn may_have_sign(text: &str, signs: Signs) -> bool {
    let bytes = text.as_bytes();
    let after = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let before = |at: usize, by: usize| at.checked_sub(by).map_or(b' ', |before| bytes[before]);
    // A letter beyond ASCII begins and ends with a byte beyond it.
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let is_in_word = |byte: u8| byte.is_ascii_alphanumeric();
    let is_apostrophe = |at: usize| {
        let letters = bytes[at + 1..].iter().take(3).take_while(|byte| byte.is_ascii_lowercase()).count();
        matches!(letters, 1 | 2) && is_letter(before(at, 1)) && !is_in_word(after(at + 1 + letters))
    };
    if !signs.has(Signs::MISREAD) {
        return memchr::memchr_iter(b',', bytes).any(is_apostrophe);
    }
    let is_closing = |at: usize| {
        let is_word = before(at, 1).is_ascii_lowercase() && before(at, 2).is_ascii_lowercase();
        let is_end = || matches!(before(at, 1), b'.' | b',' | b'?' | b'!' | b'%' | b';') && is_letter(before(at, 2));
        !is_in_word(after(at + 1)) && after(at + 1) != b'%' && (is_word || is_end())
    };
    // The first byte of a raised figure is one of them.
    let common = memchr::memchr3_iter(b'Q', b'?', b',', bytes);
    memchr::memchr3_iter(b'&', b'8', 0xe2, bytes).chain(common).any(|at| match bytes[at] {
        0xe2 => bytes[at..].starts_with("⁸".as_bytes()),
        b'&' => is_in_word(after(at + 1)) || !after(at + 1).is_ascii(),
        b'8' => is_closing(at),
        b'Q' | b'?' => {
            let endings = ["s", "t", "re", "ll", "ve"];
            let ends = |ending: &str| {
                bytes[at + 1..].starts_with(ending.as_bytes()) && !is_in_word(after(at + 1 + ending.len()))
            };
            before(at, 1).is_ascii_lowercase() && endings.into_iter().any(ends)
        }
        _ => is_apostrophe(at),
    })
}

/// Whether a cable has one of the signs anywhere. What is after a sign does not count: a stretch may end there.
fn may_have_signs(cable: &Cable) -> bool {
    let bytes = cable.text().as_bytes();
    let before = |at: usize, by: usize| at.checked_sub(by).map_or(b' ', |before| bytes[before]);
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let is_apostrophe = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) && is_letter(before(at, 1));
    let is_sign = |at: usize| match bytes[at] {
        b'Q' | b'?' => {
            before(at, 1).is_ascii_lowercase() && matches!(bytes.get(at + 1), Some(b's' | b't' | b'r' | b'l' | b'v'))
        }
        b'&' => bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii()),
        b'8' => match before(at, 1) {
            b'.' | b',' | b'?' | b'!' | b'%' | b';' => is_letter(before(at, 2)),
            letter => letter.is_ascii_lowercase() && before(at, 2).is_ascii_lowercase(),
        },
        _ => bytes[at..].starts_with("⁸".as_bytes()),
    };
    let has_sign = |index: usize, span: Span| {
        let line = cable.slice(span).as_bytes();
        cable.signs(index as u32).has(Signs::MISREAD)
            && memchr::memchr3_iter(b'&', b'8', 0xe2, line)
                .chain(memchr::memchr2_iter(b'Q', b'?', line))
                .any(|at| is_sign(span.start as usize + at))
    };
    memchr::memchr_iter(b',', bytes).any(is_apostrophe)
        || cable.lines().iter().enumerate().any(|(index, line)| has_sign(index, line.span))
}

/// The stretches of the cable's text with their lines, without the markers: a broken bracket of those is PAR006's.
/// With each is said whether a bracket of the stretch before may still be open.
fn stretches(cable: &Cable) -> impl Iterator<Item = (u32, Span, bool)> + '_ {
    cable.parts.iter().filter_map(|part| {
        let mut span = part.span;
        let goes_on = match part.kind {
            PartKind::Paragraph => {
                let paragraphs = &cable.body.paragraphs;
                let at = paragraphs.partition_point(|paragraph| paragraph.marker.span.start < span.start);
                let marker = paragraphs.get(at).filter(|paragraph| paragraph.marker.span.start == span.start);
                span.start = marker.map_or(span.start, |paragraph| paragraph.marker.span.end.min(span.end));
                false
            }
            PartKind::Heading => false,
            PartKind::Fragment | PartKind::Text => true,
            _ => return None,
        };
        Some((part.line, span, goes_on))
    })
}

/// The signs of a text, in order.
fn signs_in(text: &str, known: Signs) -> Vec<(Span, Sign)> {
    let mut signs = Vec::new();
    if !may_have_sign(text, known) {
        return signs;
    }
    let mut from = 0;
    while let Some(found) = SIGNS.captures_at(text, from) {
        let names = ["opening", "closing", "raised", "apostrophe", "letter"];
        let Some((name, sign)) = names.iter().find_map(|name| Some((*name, found.name(name)?))) else { break };
        let kind = match name {
            "opening" => Sign::Opening,
            "closing" => Sign::Closing,
            "raised" => Sign::Raised,
            "letter" => Sign::Letter,
            _ => Sign::Apostrophe,
        };
        signs.push((Span::of(sign.range()), kind));
        from = sign.end();
    }
    signs
}

/// The brackets that close what nothing has opened, with their lines.
fn brackets_too_many(cable: &Cable) -> Vec<(u32, Span)> {
    let mut open = 0_u32;
    let mut found = Vec::new();
    for (line, span, goes_on) in stretches(cable) {
        open = if goes_on { open } else { 0 };
        if !cable.signs(line).has(Signs::BRACKET) {
            continue;
        }
        let text = cable.slice(span);
        for index in memchr::memchr2_iter(b'(', b')', text.as_bytes()) {
            if text.as_bytes()[index] == b'(' {
                open += 1;
            } else if open > 0 {
                open -= 1;
            } else if !closes_sentence(&text[..index]) && !LIST_SIGN.is_match(&text[..index]) {
                found.push((line, Span::of(index..index + 1).shifted(span.start)));
            }
        }
    }
    found
}

fn misencoded(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    if !may_have_signs(cable) {
        return;
    }
    let mut lines: BTreeMap<u32, Vec<(Span, Sign)>> = BTreeMap::new();
    for (line, span, _) in stretches(cable) {
        let signs = signs_in(cable.slice(span), cable.signs(line));
        if !signs.is_empty() {
            lines.entry(line).or_default().extend(signs.iter().map(|(at, sign)| (at.shifted(span.start), *sign)));
        }
    }
    // A bracket alone may have lost its other half; among other signs of the wrong table it is one of them.
    if lines.is_empty() {
        return;
    }
    for (line, bracket) in brackets_too_many(cable) {
        lines.entry(line).or_default().push((bracket, Sign::Dash));
    }
    for mut signs in lines.into_values() {
        signs.sort_unstable();
        let [(first, _), others @ ..] = signs.as_slice() else { continue };
        let mut counts: BTreeMap<Sign, usize> = BTreeMap::new();
        for (_, sign) in &signs {
            *counts.entry(*sign).or_default() += 1;
        }
        let list: Vec<String> = counts.iter().map(|(sign, count)| format!("{} ({count})", sign.words())).collect();
        let finding = findings.report(*first, format!("wrongly encoded punctuation: {}", list.join(", ")));
        for (other, _) in others {
            finding.related(*other, "and here");
        }
        let edits = sure_edits(&signs, cable.text());
        if !edits.is_empty() {
            finding.fix("Write the quotes and apostrophes", edits);
        }
    }
}

/// `End note.)` closes a bracket that was opened paragraphs before.
fn closes_sentence(before: &str) -> bool {
    before.ends_with(['.', '?', '!', ',', '"', '”'])
}
