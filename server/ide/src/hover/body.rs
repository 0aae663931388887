//! Hover in the text: paragraph numbers, portion marks, page lines, words; signature and trailer
//! (FORMAT.md, "Body", "Ending").

use cable_syntax::decoder::{self, Artefact, Blank, Decoded};
use cable_syntax::marker::{Marker, Sign};
use cable_syntax::{Field, Paragraph, Part, PartKind, Span};

use super::card::{Card, plain};
use super::page_line::{continues, paragraph_above};
use super::{Place, classification, envelope, page_line, repeated, words};

pub(super) fn card(place: &Place<'_>, part: &Part) -> Option<Card> {
    match part.kind {
        PartKind::Paragraph => paragraph_start(place).or_else(|| words::card(place, part)),
        PartKind::Fragment | PartKind::Text => rejected_marker(place).or_else(|| words::card(place, part)),
        PartKind::Heading => words::card(place, part),
        PartKind::PageLine => page_line::card(place),
        PartKind::PageMark => classification::level_alone(place, part).or_else(|| envelope::signal_word(place, part)),
        PartKind::StrayCaption => stray_caption(place, part),
        PartKind::RepeatedHeader => Some(repeated::card(place, part, "header of a later section")),
        PartKind::Quoted => Some(repeated::card(place, part, "line of the cable that is quoted here")),
        _ => None,
    }
}

/// The marker that opens the paragraph under the cursor.
fn paragraph_start(place: &Place<'_>) -> Option<Card> {
    let paragraph = &place.cable.body.paragraphs[place.cable.paragraph_at(place.offset)? as usize];
    let marker = &paragraph.marker;
    if let Some(mark) = marker.value.mark
        && let Some(span) = place.at(marker, mark.span)
    {
        return Some(classification::portion_mark(place, span, marker.at(mark.text), &mark));
    }
    let span = place.at(marker, number_span(&marker.value))?;
    let of = place.cable.body.paragraphs.iter().map(|paragraph| paragraph.number).max().unwrap_or(paragraph.number);
    Some(
        Card::new(span, place.text(span), &format!("paragraph {} of {of}", paragraph.number))
            .facts(artefacts(&marker.value, paragraph.decision.decoded))
            .fact_if(sequence(place, paragraph))
            .fact_if(doubt(paragraph))
            .fact(if paragraph.inside_line { "the copy joined it to the paragraph before" } else { "" }),
    )
}

/// The number with the sign before it and the period after it.
pub(crate) fn number_span(marker: &Marker) -> Span {
    let end =
        if marker.mark_first { marker.span.end } else { marker.mark.map_or(marker.span.end, |mark| mark.span.start) };
    Span::new(marker.number.start, end.min(marker.number.end + 1).max(marker.number.end))
}

/// What the copying did to a number, in words (FORMAT.md, "Artefacts").
fn artefacts(marker: &Marker, decoded: Decoded) -> Vec<String> {
    let Artefact { dash, sign, stripped, confusable, blank } = decoder::artefact(marker, decoded);
    let mut facts = Vec::new();
    let mut say = |fact: &str| facts.push(fact.to_owned());
    if dash {
        say("the list dash before it is the transcription's");
    }
    match sign {
        Sign::None => {}
        Sign::Kept => say("the ¶ before it is the web edition's"),
        Sign::Link => say("the link before it is the ¶ of the web edition"),
        Sign::Latex => say("the LaTeX around it is the ¶ of the web edition"),
        Sign::Letter => say("the character before it is a misread ¶"),
    }
    if stripped {
        say("the first 1 is a misread ¶");
    }
    if confusable {
        say("there is a letter in place of a digit");
    }
    match blank {
        Blank::None => {}
        Blank::Inside => say("a space splits the number"),
        Blank::AfterSign => say("there is a space after the misread ¶"),
    }
    facts
}

/// Why a number is not the one that is written: the sequence decides (FORMAT.md, "Candidates").
fn sequence(place: &Place<'_>, paragraph: &Paragraph) -> Option<String> {
    let Paragraph { number, marker, .. } = paragraph;
    let paragraphs = &place.cable.body.paragraphs;
    let index = paragraphs.partition_point(|other| other.marker.span.start < marker.span.start);
    let before = index.checked_sub(1).map_or(0, |before| paragraphs[before].number);
    let written = marker.value.literal;
    (*number != written && *number == before + 1).then(|| match before {
        0 => format!("not {written}: it is the first"),
        before => format!("not {written}: it follows {before}"),
    })
}

/// The other reading of a number that the sequence does not settle.
fn doubt(paragraph: &Paragraph) -> Option<String> {
    let marker = &paragraph.marker.value;
    let unsure = paragraph.decision.margin < decoder::AMBIGUOUS_BELOW;
    unsure.then(|| match (marker.stripped(), marker.literal) {
        (short, long) if short != long => format!("not sure: may be {short} or {long}"),
        (_, only) => format!("not sure: {only} may be no paragraph number"),
    })
}

/// A number at the start of a line that is no paragraph's.
fn rejected_marker(place: &Place<'_>) -> Option<Card> {
    let field: &Field<(Marker, decoder::Decision)> = place.field(&place.cable.body.rejected)?;
    let (marker, decision) = &field.value;
    let span = place.at(field, number_span(marker))?;
    let title = match decision.decoded {
        Decoded::ListItem => "item of a list inside the paragraph",
        Decoded::Rejected | Decoded::Paragraph { .. } => "no paragraph number: it does not fit the sequence",
    };
    let paragraph = paragraph_above(place).map(|number| format!("belongs to paragraph {number}"));
    Some(Card::new(span, place.text(span), title).fact_if(paragraph))
}

/// A caption that a section's header left in the text.
fn stray_caption(place: &Place<'_>, part: &Part) -> Option<Card> {
    let field = place.field(&place.cable.body.stray_captions)?;
    let paragraph = field.value.filter(|_| continues(place, field.span));
    let number = paragraph.and_then(|index| place.cable.body.paragraphs.get(index as usize)).map(|own| own.number);
    Some(
        classification::caption(place, part)?
            .fact("left by the header of a section")
            .fact_if(number.map(|number| format!("paragraph {number} continues after it"))),
    )
}

/// Who signed.
pub(super) fn signature(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.signature.as_ref()?;
    let span = place.touched(field.span)?;
    let from_department = place.cable.header.classification.as_ref().is_some_and(|line| {
        let post = place.text(line.at(line.value.reference_number.post));
        place.catalog.post(post).is_some_and(|post| post.compact == "STATE")
    });
    let who = if from_department {
        "the Secretary of State's surname, or who acts"
    } else {
        "the surname of the chief of mission or chargé"
    };
    Some(Card::new(span, place.text(span), "signature").fact(who))
}

/// What comes after the signature.
pub(super) fn trailer(place: &Place<'_>, part: &Part) -> Option<Card> {
    let text = place.text(part.span);
    if let Some(digits) = text.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        let span = place.touched(Span::new(part.span.end - digits.len() as u32, part.span.end))?;
        return Some(envelope::station_serial(place, span).fact("repeated at the end as a check"));
    }
    if text.starts_with("NOTE") {
        let span = Span::new(part.span.start, part.span.start + 4);
        let touched = place.touched(span);
        return touched.map_or_else(
            || envelope::signal_word(place, part),
            |span| Some(Card::new(span, "NOTE", "service note of the communications center")),
        );
    }
    if text.contains("Declassified/Released") {
        return Some(Card::new(part.span, "release footer", "printed when the cable was released; no part of it"));
    }
    if text == "NNN" {
        let signal = place.catalog.operating_signal("NNNN")?;
        return Some(Card::new(part.span, text, &plain(signal.title)));
    }
    classification::level_alone(place, part).or_else(|| envelope::signal_word(place, part))
}
