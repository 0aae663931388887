//! Whether the text of a section goes on with others (FORMAT.md, "Sections").

use crate::cable::Cable;
use crate::fields::classification::Section;
use crate::part::PartKind;

/// Whether a text goes beyond the section that its header names: it has its signature, a page line or a header of another
/// section, or paragraph 1 in a later one.
pub(super) fn goes_beyond(cable: &Cable, section: Section) -> bool {
    let Section { number, of, .. } = section;
    let body = &cable.body;
    let is_ended = number < of && cable.signature.is_some();
    let is_begun = number > 1 && body.paragraphs.first().is_some_and(|first| first.number == 1);
    let goes_on = body.page_lines.iter().any(|page| page.value.section.is_some_and(|other| other != number));
    let start = body.paragraphs.first().map_or(u32::MAX, |first| first.marker.span.start);
    let goes_on = goes_on || holds_torn_page_line(cable, section);
    let has_header = cable.parts.iter().any(|part| part.kind == PartKind::RepeatedHeader && part.span.start > start);
    is_ended || is_begun || goes_on || has_header
}

/// Whether the beginning of a page line of another section stands in the text, its end torn off by who wrapped the lines anew:
/// `ASTANA 00002541  002.`
fn holds_torn_page_line(cable: &Cable, section: Section) -> bool {
    const SERIAL: usize = 8;
    let own = cable.header.classification.as_ref().map(|field| field.value.reference_number.number);
    let Some(own) = own.map(|serial| format!("{serial:0SERIAL$}")) else { return false };
    let text = cable.text();
    text.match_indices(&own).any(|(at, _)| {
        let rest = text[at + SERIAL..].trim_start_matches(' ');
        let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..figures].parse().ok().filter(|_| figures == 3);
        number.is_some_and(|other| (1..=section.of).contains(&other) && other != section.number)
    })
}
