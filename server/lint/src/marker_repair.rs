//! How a paragraph marker is fixed. One edit does it, whichever rules report the marker (FORMAT.md, "Fixes").

use cable_syntax::decoder::{AMBIGUOUS_BELOW, Artefact, Blank, artefact};
use cable_syntax::marker::{Marker, Separator, Sign};
use cable_syntax::{Cable, Paragraph, Span};

use crate::findings::Context;
use crate::{ParagraphStyle, Settings};

/// The paragraphs whose number is sure. The others are PAR007's alone.
pub(crate) fn sure(cable: &Cable) -> impl Iterator<Item = &Paragraph> {
    cable.body.paragraphs.iter().filter(|paragraph| is_sure(paragraph))
}

/// Whether the number is sure enough to assert it.
pub(crate) fn is_sure(paragraph: &Paragraph) -> bool {
    paragraph.decision.margin >= AMBIGUOUS_BELOW
}

/// What the copying did to the marker of a paragraph.
pub(crate) fn artefact_of(paragraph: &Paragraph) -> Artefact {
    artefact(&paragraph.marker.value, paragraph.decision.decoded)
}

/// Whether the first figure of the number is lost, `5.` for 15.
pub(crate) fn has_lost_figure(paragraph: &Paragraph) -> bool {
    paragraph.number != paragraph.marker.value.literal && !artefact_of(paragraph).stripped
}

/// Whether a reader could misread the marker, so that PAR006 rewrites all of it. A 1 with a space after it that is
/// the pilcrow is TXT001's.
pub(crate) fn is_malformed(paragraph: &Paragraph) -> bool {
    let marker = &paragraph.marker.value;
    let artefact = artefact_of(paragraph);
    artefact.confusable
        || artefact.blank == Blank::Inside
        || artefact.sign == Sign::Letter
        || marker.separator != Separator::Period
        || marker.mark.is_some_and(|mark| !mark.well_formed)
}

/// Sign, digits and separator as written, without the list dash.
pub(crate) fn number_span(cable: &Cable, paragraph: &Paragraph) -> Span {
    let marker = &paragraph.marker.value;
    let mut number = paragraph.marker.at(marker.number);
    if marker.dash {
        let text = cable.slice(number);
        let dash = text.chars().next().map_or(0, char::len_utf8);
        let spaces = text[dash..].len() - text[dash..].trim_start().len();
        number.start += (dash + spaces) as u32;
    }
    let after = &cable.text()[number.end as usize..];
    let separator = after.bytes().take_while(|byte| matches!(byte, b'.' | b')')).count();
    number.end += match marker.separator {
        Separator::Missing | Separator::Brackets => 0,
        Separator::Period | Separator::Comma => 1,
        Separator::Parenthesis => separator.min(2) as u32,
    };
    number
}

/// The one edit: dash, sign and digits only, and all of a malformed or misspaced marker.
pub(crate) fn edit(context: &Context<'_>, paragraph: &Paragraph) -> Vec<(Span, String)> {
    let (cable, marker) = (context.cable, &paragraph.marker.value);
    let number = written(context.settings, paragraph);
    if !is_malformed(paragraph) && !marker.is_misspaced() {
        return vec![(paragraph.marker.at(marker.number), number)];
    }
    let span = paragraph.marker.at(marker.span);
    let mut text = format!("{number}.");
    if let Some(mark) = &marker.mark {
        text.push(' ');
        if mark.well_formed && !mark.padded {
            text.push_str(cable.slice(paragraph.marker.at(mark.span)));
        } else {
            text.push('(');
            text.push_str(cable.slice(paragraph.marker.at(mark.text)).trim());
            text.push(')');
        }
    }
    // Punctuation stays where it is: `4.(SBU), they`.
    let is_text = |after: char| after.is_alphanumeric() || matches!(after, '"' | '(' | '“' | '\'' | '[');
    if cable.text()[span.end as usize..].starts_with(is_text) {
        text.push(' ');
    }
    vec![(span, text)]
}

/// The true number as the settings want it. A sign that the web edition kept is right as it is.
fn written(settings: &Settings, paragraph: &Paragraph) -> String {
    let Marker { sign, .. } = paragraph.marker.value;
    let kept = sign == Sign::Kept && !artefact_of(paragraph).stripped;
    let number = match paragraph.marker.value.through {
        Some(last) => format!("{}-{last}", paragraph.number),
        None => paragraph.number.to_string(),
    };
    match settings.paragraph_style {
        ParagraphStyle::Plain if !kept => number,
        ParagraphStyle::Plain | ParagraphStyle::Pilcrow => format!("¶{number}"),
    }
}
