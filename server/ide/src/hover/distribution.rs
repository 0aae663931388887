//! Hover in the blocks of the years before 2003: distribution, drafting, counters, page lines
//! (FORMAT.md, "Distribution block").

use cable_syntax::{LineKind, PageLine, Part, PartKind, Span};

use super::card::{Card, code, plain};
use super::{Place, classification, page_line};

pub(super) fn card(place: &Place<'_>, part: &Part) -> Option<Card> {
    let text = place.text(part.span);
    match place.cable.lines().get(part.line as usize)?.kind {
        LineKind::Distribution => offices(place, part),
        LineKind::Drafting => drafting(place, part, text),
        LineKind::OldPageLine => page_line::page(place, part.span, &PageLine::read_old(text)?),
        LineKind::ClassificationWord => classification::level_alone(place, part),
        LineKind::Dashes => {
            Some(Card::new(part.span, text, "end of the distribution").fact("counter and time of the relay"))
        }
        LineKind::Counter => copy_number(place, part),
        _ => None,
    }
}

/// The number below a page line: `44`, `71-62`.
pub(super) fn copy_number(place: &Place<'_>, part: &Part) -> Option<Card> {
    let text = place.text(part.span);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_number.then(|| Card::new(part.span, text, "number of the copy").fact("below the page line"))
}

/// The keyword of a list, an office, or the count at its end.
fn offices(place: &Place<'_>, part: &Part) -> Option<Card> {
    let span = place.word(part)?;
    let word = place.text(span);
    let role = match word {
        "ORIGIN" => Some("the bureau that wrote the cable"),
        "ACTION" => Some("the bureau that has to act on the cable"),
        "INFO" => Some("bureaus and agencies that get a copy"),
        _ => None,
    };
    if let Some(role) = role {
        return Some(Card::new(span, word, role).fact("distribution within Washington, with the number of copies"));
    }
    if let Some(total) = word.strip_prefix('/') {
        let total: u32 = total.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
        return Some(
            Card::new(span, word, &format!("{total} copies in all"))
                .fact(format!("the offices listed get {}", copies_listed(place))),
        );
    }
    let (office, copies) = word.rsplit_once('-')?;
    let copies: u32 = copies.parse().ok()?;
    let name = place.catalog.acronym(office);
    let title = name.map_or_else(|| "office or agency".to_owned(), |name| plain(name.title));
    let many = match copies {
        0 => "no paper copy".to_owned(),
        1 => "1 copy".to_owned(),
        copies => format!("{copies} copies"),
    };
    Some(Card::new(span, word, &title).fact(many))
}

/// The copies of all offices of the block.
fn copies_listed(place: &Place<'_>) -> u32 {
    let lines = place.cable.parts.iter().filter(|part| part.kind == PartKind::Distribution);
    let listed = lines.filter(|part| {
        place.cable.lines().get(part.line as usize).is_some_and(|line| line.kind == LineKind::Distribution)
    });
    let words = listed.flat_map(|part| place.text(part.span).split_ascii_whitespace());
    words.filter_map(|word| word.rsplit_once('-')?.1.parse::<u32>().ok()).sum()
}

fn drafting(place: &Place<'_>, part: &Part, text: &str) -> Option<Card> {
    const ROLES: [(&str, &str); 4] = [
        ("DRAFTED BY", "who wrote the cable"),
        ("APPROVED BY", "who approved the cable"),
        ("CLEARED BY", "who agreed to the cable"),
        ("DESIRED DISTRIBUTION", "whom the drafter wanted to read the cable"),
    ];
    let (keyword, role) = ROLES.iter().find(|(keyword, _)| text.starts_with(keyword))?;
    let span = Span::new(part.span.start, part.span.start + keyword.len() as u32);
    let card =
        place.touched(span).map_or_else(|| Card::new(part.span, text, role), |span| Card::new(span, keyword, role));
    Some(card.fact(format!("office, then name: {}", code("EUR/SOV:JDOE"))))
}
