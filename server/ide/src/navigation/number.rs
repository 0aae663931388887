//! The MRN and its copies: page lines, repeated headers, the station serial of the DE line and of the trailer
//! (FORMAT.md, "Classification line", "Serials").

use cable_syntax::{Cable, PartKind, Span};

use super::{Occurrence, Thing};

/// A place that names the cable.
pub(super) struct Duplicate {
    /// Post and serial, or the serial alone.
    pub(super) span: Span,
    /// The digits of the serial.
    pub(super) serial: Span,
}

/// The places that name the cable by its own number; the first is the classification line's.
pub(super) fn copies(cable: &Cable) -> Vec<Duplicate> {
    let Some(line) = &cable.header.classification else { return Vec::new() };
    let own = line.value.reference_number;
    let written = cable.slice(line.at(own.span));
    // A station counts no further than four digits.
    let is_station = |digits: &str| digits.parse() == Ok(own.number % 10_000);
    let mut copies = vec![Duplicate { span: line.at(own.span), serial: line.at(own.serial) }];
    if let Some(de) = &cable.envelope.de {
        let serial = de.at(de.value.serial);
        copies.extend(is_station(cable.slice(serial)).then_some(Duplicate { span: serial, serial }));
    }
    for page in &cable.body.page_lines {
        let (post, serial) = (page.at(page.value.post), page.at(page.value.serial));
        if cable.slice(serial).parse() == Ok(own.number) {
            copies.push(Duplicate { span: Span::new(post.start.min(serial.start), serial.end), serial });
        }
    }
    for part in &cable.parts {
        let text = cable.slice(part.span);
        match part.kind {
            PartKind::RepeatedHeader => {
                let Some(at) = text.find(written) else { continue };
                let span = Span::of(at..at + written.len()).shifted(part.span.start);
                copies.push(Duplicate { span, serial: Span::new(span.end - own.serial.len(), span.end) });
            }
            PartKind::Trailer => {
                let Some(digits) = text.strip_prefix('#').filter(|digits| is_station(digits)) else { continue };
                let serial = Span::new(part.span.end - digits.len() as u32, part.span.end);
                copies.push(Duplicate { span: serial, serial });
            }
            _ => {}
        }
    }
    copies
}

/// The cable's own number at a byte of the cable.
pub(crate) fn at(cable: &Cable, offset: u32) -> Option<Span> {
    copies(cable).iter().map(|copy| copy.span).find(|span| span.touches(offset))
}

pub(super) fn find(cable: &Cable, offset: u32) -> Option<Thing> {
    let copies = copies(cable);
    let origin = copies.iter().find(|copy| copy.span.touches(offset))?.span;
    let line = cable.header.classification.as_ref()?;
    let occurrence = |(index, copy): (usize, &Duplicate)| match index {
        0 => Occurrence::definition(copy.span, line.span),
        _ => Occurrence::mention(copy.span),
    };
    Some(Thing::new(origin, copies.iter().enumerate().map(occurrence).collect(), false))
}
