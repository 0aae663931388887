//! Punctuation that went through a wrong character table (TXT007).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cable_syntax::{PartKind, Span, pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::{Example, Rule, Severity};

pub(crate) static MISENCODED: Rule = Rule {
    code: "TXT007",
    name: "misencoded-punctuation",
    severity: Severity::Information,
    weaker: None,
    on_by_default: true,
    fix: None,
    summary: "quotes, apostrophes and dashes were mis-encoded",
    explanation: "Quotes, apostrophes and dashes of a word processor went through a table that has none, and came out as other signs: \
                  & for an opening quote, 8 for a closing one, a comma for an apostrophe, a closing bracket for a dash. The \
                  meaning can be guessed and not known, so nothing is changed.",
    example: Example {
        before: "1. (U) Boucher,s aide called it &very useful.8",
        after: "1. (U) Boucher's aide called it \"very useful.\"",
    },
    source: "S4; 02AMMAN4082",
    check: misencoded,
};

static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?: ^ | [\s("'\[/-] ) (?<opening>&) [\p{L}\d]
        | (?: [a-z]{2} | \p{L}[.,?!%;] ) (?<closing>8) (?: [^\p{L}\d%] | $ )
        | (?<raised>⁸)
        | \p{L} (?<apostrophe>,) [a-z]{1,2} (?: [^\p{L}\d.] | \.(?:\s|$) | $ )"#,
    )
});

/// A bracket that closes the sign of a list: `a)`, `1)`, `ii)`.
static LIST_SIGN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s(;,:.])(?:\p{L}|\d{1,2}|[ivxIVX]{1,5})\.?$"));

/// What the signs of one line stand for, and how many there are.
#[derive(Default)]
struct Line {
    signs: Vec<Span>,
    counts: BTreeMap<(usize, &'static str), usize>,
}

impl Line {
    fn add(&mut self, at: Span, order: usize, what: &'static str) {
        self.signs.push(at);
        *self.counts.entry((order, what)).or_default() += 1;
    }
}

fn misencoded(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let mut open = 0_u32;
    let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
    let mut brackets: Vec<(u32, Span)> = Vec::new();
    for part in &cable.parts {
        let mut span = part.span;
        match part.kind {
            PartKind::Paragraph => {
                open = 0;
                // A broken bracket of the marker is PAR006's.
                let marker = cable.body.paragraphs.iter().find(|paragraph| paragraph.marker.span.start == span.start);
                span.start = marker.map_or(span.start, |paragraph| paragraph.marker.span.end.min(span.end));
            }
            PartKind::Heading => open = 0,
            PartKind::Fragment | PartKind::Text => {}
            _ => continue,
        }
        let text = cable.slice(span);
        let at = |from: usize, length: usize| Span::of(from..from + length).shifted(span.start);
        let mut from = 0;
        while let Some(found) = SIGNS.captures_at(text, from) {
            let signs = ["opening", "closing", "raised", "apostrophe"];
            let Some((name, sign)) = signs.iter().find_map(|name| Some((*name, found.name(name)?))) else { break };
            let line = lines.entry(part.line).or_default();
            let (order, what) = match name {
                "opening" => (0, "\"&\" for an opening quote"),
                "closing" => (1, "\"8\" for a closing quote"),
                "raised" => (2, "\"⁸\" for a quote"),
                _ => (3, "\",\" for an apostrophe"),
            };
            line.add(at(sign.start(), sign.len()), order, what);
            from = sign.end();
        }
        for (index, bracket) in text.match_indices(['(', ')']) {
            if bracket == "(" {
                open += 1;
            } else if open > 0 {
                open -= 1;
            } else if !closes_sentence(&text[..index]) && !LIST_SIGN.is_match(&text[..index]) {
                brackets.push((part.line, at(index, 1)));
            }
        }
    }
    // A bracket alone may have lost its other half; among other signs of the wrong table it is one of them.
    if lines.is_empty() {
        return;
    }
    for (line, bracket) in brackets {
        lines.entry(line).or_default().add(bracket, 4, "\")\" for a dash");
    }
    for mut line in lines.into_values() {
        line.signs.sort_unstable();
        let [first, others @ ..] = line.signs.as_slice() else { continue };
        let list: Vec<String> = line.counts.iter().map(|((_, what), count)| format!("{what} ({count})")).collect();
        let finding = findings.report(*first, format!("mis-encoded punctuation: {}", list.join(", ")));
        for other in others {
            finding.related(*other, "and here");
        }
    }
}

/// `End note.)` closes a bracket that was opened paragraphs before.
fn closes_sentence(before: &str) -> bool {
    before.ends_with(['.', '?', '!', ',', '"', '”'])
}
