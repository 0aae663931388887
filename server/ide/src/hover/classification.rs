//! Hover on the classification line, captions and portion marks
//! (FORMAT.md, "Classification line", "Captions", "Portion marks").

use cable_catalog::Caption;
use cable_syntax::marker::{Level, Mark};
use cable_syntax::{Classification, Part, Span};

use super::Place;
use super::card::{Card, code, plain};
use super::posts::post_and_place;

/// The classification line at the cursor: level, caveat, section or MRN.
pub(super) fn line(place: &Place<'_>) -> Option<Card> {
    // SMART has the level on a line of its own.
    if let Some(alone) = &place.cable.header.identity.level
        && let Some(span) = place.touched(alone.span)
    {
        return level(place, span, alone.value);
    }
    let field = place.cable.header.classification.as_ref()?;
    let line = &field.value;
    if let Some(span) = place.at(field, line.level_span) {
        return level(place, span, line.level);
    }
    if let Some(span) = line.caveat.and_then(|caveat| place.at(field, caveat)) {
        let written = place.text(span).trim_matches(|c: char| c == '/' || c.is_whitespace());
        let squeezed: String = written.split_whitespace().collect();
        let caption = place.catalog.caption(written).or_else(|| place.catalog.caption(&squeezed))?;
        return Some(caption_card(span, &caption));
    }
    if let Some((section, span)) = line.section.and_then(|section| Some((section, place.at(field, section.span)?))) {
        return Some(
            Card::new(span, place.text(span), &format!("section {} of {}", section.number, section.of))
                .fact("a long cable is sent in sections; a copy joins them under the header of the first"),
        );
    }
    let number = line.reference_number;
    let span = place.at(field, number.span)?;
    let post = place.catalog.post(place.text(field.at(number.post)));
    let id = place.cable.canonical_id();
    let no_year = "no date in the text: the canonical id is not known";
    Some(
        Card::new(span, place.text(span), "message reference number")
            .fact(id.map_or_else(|| no_year.to_owned(), |id| format!("canonical id {}", code(id))))
            .fact(post.map_or_else(|| "post not in the table".to_owned(), |post| post_and_place(place.catalog, &post))),
    )
}

fn level(place: &Place<'_>, span: Span, level: Classification) -> Option<Card> {
    let entry = place.catalog.classification(level.word())?;
    Some(Card::of(span, &entry))
}

/// A level that stands alone on its line, at the head or foot of a page.
pub(super) fn level_alone(place: &Place<'_>, part: &Part) -> Option<Card> {
    let text = place.text(part.span);
    if let Some(entry) = place.catalog.classification(text) {
        return Some(Card::of(part.span, &entry));
    }
    let (level, number) = text.rsplit_once(' ').filter(|(_, number)| number.bytes().any(|b| b.is_ascii_digit()))?;
    let entry = place.catalog.classification(level.trim())?;
    Some(Card::of(part.span, &entry).fact(format!("{} is a number of the printer", code(number))))
}

/// The caption at the cursor, in a caption line, at a section break or in a passing line.
pub(super) fn caption(place: &Place<'_>, part: &Part) -> Option<Card> {
    let field = place.field(&place.cable.header.captions);
    let span = field.map_or(part.span, |field| field.span);
    let text = place.text(span);
    if let Some(caption) = place.catalog.caption(text) {
        return Some(caption_card(span, &caption));
    }
    // One of several on the line: the longest caption that begins at a word at or before the cursor.
    let starts = text
        .char_indices()
        .filter(|&(at, c)| c.is_alphanumeric() && !text[..at].chars().next_back().is_some_and(char::is_alphanumeric));
    let mut within = starts.filter_map(|(at, _)| {
        let (caption, length) = place.catalog.caption_at_start(&text[at..])?;
        let found = Span::of(at..at + length).shifted(span.start);
        place.touched(found).map(|found| caption_card(found, &caption))
    });
    within.next().or_else(|| misspelt(place, span, text, &field?.value))
}

/// A mistake for a known caption.
fn misspelt(place: &Place<'_>, span: Span, text: &str, meant: &str) -> Option<Card> {
    let caption = place.catalog.caption(meant).filter(|_| meant != text)?;
    Some(
        Card::new(span, text, &format!("misspelling of {}", code(caption.word)))
            .fact(plain(caption.meaning))
            .fact(plain(caption.note))
            .source(caption.source, caption.doubtful),
    )
}

pub(super) fn caption_card(span: Span, caption: &Caption<'_>) -> Card {
    Card::new(span, caption.word, &plain(caption.meaning))
        .fact(format!("caption: {}", caption.kind))
        .fact(plain(caption.note))
        .source(caption.source, caption.doubtful)
}

/// A portion mark. `span` is the mark with its brackets, `text` what is in them.
pub(super) fn portion_mark(place: &Place<'_>, span: Span, text: Span, mark: &Mark) -> Card {
    let written = place.text(text);
    let entry = place.catalog.portion_mark(written);
    let title = entry.map_or_else(|| level_word(mark.level).to_owned(), |entry| plain(entry.title));
    let above = place.cable.classification().filter(|overall| overall.portion_rank() < mark.level.rank());
    let caveat = written.split_once('/').map(|(_, caveat)| caveat.trim_matches(['/', ' '])).unwrap_or_default();
    let releasable = caveat.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("REL"));
    Card::new(span, &format!("({written})"), &title)
        .fact(if mark.entire_text { "for the whole text: no other paragraph needs a mark" } else { "portion mark" })
        .fact_if(releasable.then(|| code(caveat)))
        .fact_if(above.map(|overall| format!("above the level of the cable, {}", overall.word())))
        .fact(if mark.well_formed { "" } else { "a bracket is missing or is none" })
}

const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Unclassified => "Unclassified",
        Level::SensitiveButUnclassified => "Sensitive But Unclassified",
        Level::LimitedOfficialUse => "Limited Official Use",
        Level::ForOfficialUseOnly => "For Official Use Only",
        Level::Confidential => "Confidential",
        Level::Secret => "Secret",
        Level::TopSecret => "Top Secret",
    }
}
