//! Whether an edit left everything as it was that stands above the text of a cable.

use crate::cable::Cable;
use crate::part::{Part, Zone};
use crate::span::Span;

/// Whether two cables are the same up to the number of their first paragraph, which has a line of its own, and nothing of
/// their envelopes and headers stands behind it.
pub(super) fn is_same(one: &Cable, other: &Cable) -> bool {
    let Some((number, line)) = first_number(one).filter(|first| Some(*first) == first_number(other)) else {
        return false;
    };
    let parts_above = |cable: &Cable| cable.parts.partition_point(|part| part.span.start < number.start);
    let (above, below) = one.parts.split_at(parts_above(one));
    let (other_above, other_below) = other.parts.split_at(parts_above(other));
    let end = number.end as usize;
    one.text.as_bytes().get(..end) == other.text.as_bytes().get(..end)
        && one.lines.get(..line) == other.lines.get(..line)
        && above == other_above
        && above.last().is_none_or(|part| (part.line as usize) < line)
        && !below.iter().chain(other_below).any(is_of_head)
        && (one.era, one.cut_off, one.signature.is_some()) == (other.era, other.cut_off, other.signature.is_some())
        && one.envelope == other.envelope
        && one.header == other.header
}

/// Where the number of the first paragraph stands, and on which line. None where there is none, where marks of a
/// copy are read over, and where an archive's attributes or the first paragraph say what a header does.
fn first_number(cable: &Cable) -> Option<(Span, usize)> {
    let first = cable.body.paragraphs.first()?.marker;
    let classified_by = cable.header.classified_by.as_ref().map_or(0, |field| field.span.end);
    let is_apart = cable.masked.is_none() && cable.attributes.is_none() && classified_by < first.span.start;
    is_apart.then_some((first.span, first.line as usize))
}

fn is_of_head(part: &Part) -> bool {
    matches!(part.kind.zone(), Zone::Envelope | Zone::Header | Zone::Notice)
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;

    use crate::{Document, Edit};

    const CABLE: &str = "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\nC O N F I D E N T I A L ASTANA 002541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n1. (C) It is long.\n\n2. (U) It is wide.\n\nDOE\n";

    /// Whether the head stays what it was when a text is put in front of some words.
    fn stays(text: &str, before: &str, new: &str) -> bool {
        let mut document = Document::new(text, &Catalog::built_in());
        let old = document.cables()[0].cable.clone();
        let at = text.find(before).expect("it is there");
        document.apply(&Edit { range: at..at, text: new });
        document.cables()[0].cable.has_head_of(&old)
    }

    #[test]
    fn an_edit_of_the_text_leaves_the_head_alone() {
        for (before, new) in [("long", "very "), ("2.", "More.\n\n"), ("DOE", "3. (U) It ends.\n\n"), ("wide", "...")] {
            assert!(stays(CABLE, before, new), "{new}{before}");
        }
    }

    #[test]
    fn an_edit_that_reaches_the_head_does_not() {
        for (before, new) in
            [("R 14", "\n"), ("FM", "x"), ("PREL", "KZ "), ("1.", "A"), ("1.", "SIPDIS\n\n"), ("(C) It", "1")]
        {
            assert!(!stays(CABLE, before, new), "{new}{before}");
        }
        // What a later section repeats, and what the first paragraph says of the classification, is read with the header.
        let said = CABLE.replace("It is long.", "Classified By: DCM Roe, reason 1.4 (B).");
        assert!(!stays(&said, "Roe", "J. "));
    }
}
