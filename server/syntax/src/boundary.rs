//! Where one cable of a document ends and the next begins (FORMAT.md, "Cables of a document").
//!
//! A cable begins at a TI line, else at a DE line, else at a classification line with an MRN, when its serial differs
//! from that of the cable before it and it is outside quoted text. A SMART cable begins at its labels. The decision at a line rests on the lines since
//! its cable began and on at most [`LOOK_AHEAD`] lines after it, so that an edit changes only the boundaries near it.

use std::borrow::Cow;
use std::ops::Range;

use crate::fields::classification;
use crate::fields::transmission;
use crate::line::LineKind;
use crate::loose_line::LooseLine;
use crate::smart;
use crate::white_space::trim;

/// How many lines after a TI line are searched for the serial that goes with it.
pub(crate) const LOOK_AHEAD: usize = 12;

/// Serial of a station: the last four digits of an MRN (FORMAT.md, "Serials").
const STATION: u32 = 10_000;

/// What is known of the cable that is being passed.
#[derive(Default)]
struct Current {
    channel_line: Option<String>,
    station: Option<u32>,
    number: Option<u32>,
    /// Post and serial of the classification line as written.
    written: Option<(String, String)>,
    /// What the MRN label of a SMART cable says.
    labelled: Option<String>,
    quoted: bool,
}

impl Current {
    fn is_begun(&self) -> bool {
        self.channel_line.is_some() || self.station.is_some() || self.number.is_some()
    }

    /// Whether an MRN is that of this cable without its last figures.
    fn is_cut(&self, written: &(String, String)) -> bool {
        self.written.as_ref().is_some_and(|(post, serial)| {
            *post == written.0 && serial.len() > written.1.len() && serial.starts_with(&written.1)
        })
    }

    fn is_same(&self, serial: u32) -> bool {
        self.station == Some(serial) || self.number == Some(serial)
    }
}

/// Indices of the lines at which a cable begins. The first is 0: what is before the first cable belongs to it.
/// `read` gives bytes of the document.
pub(crate) fn starts<'t>(lines: &[LooseLine], read: &impl Fn(Range<usize>) -> Cow<'t, str>) -> Vec<usize> {
    let mut starts = vec![0];
    let mut current = Current::default();
    for (index, line) in lines.iter().enumerate() {
        match line.kind {
            LineKind::TransmissionId => {
                let text = text(read, line).trim().to_owned();
                let serial = serial_ahead(lines, index, read);
                let same = match serial {
                    Some(serial) => current.is_same(serial),
                    None => current.channel_line.as_deref() == Some(text.as_str()),
                };
                if current.is_begun() && !same {
                    starts.push(pulled_back(lines, index, *starts.last().unwrap_or(&0), true));
                    current = Current::default();
                }
                current.channel_line = Some(text);
                current.station = current.station.or(serial);
            }
            LineKind::SmartLabel if !current.quoted => {
                let Some(number) = smart::labelled_number(&text(read, line)) else { continue };
                if current.labelled.as_ref().is_some_and(|labelled| *labelled != number) {
                    starts.push(labels_above(lines, index, *starts.last().unwrap_or(&0), read));
                    current = Current::default();
                }
                current.labelled = Some(number);
            }
            LineKind::QuoteBegins => current.quoted = true,
            LineKind::QuoteEnds => current.quoted = false,
            LineKind::De if !current.quoted => {
                let Some(serial) = de_serial(&text(read, line)) else { continue };
                if current.is_begun()
                    && !current.is_same(serial)
                    && (current.station.is_some() || current.number.is_some())
                {
                    starts.push(pulled_back(lines, index, *starts.last().unwrap_or(&0), true));
                    current = Current::default();
                }
                current.station = Some(serial);
            }
            LineKind::Classification if !current.quoted => {
                let text = text(read, line);
                let Some(found) = classification::read(&text) else { continue };
                let number = found.reference_number;
                let serial = number.number % STATION;
                let later_section = found.section.is_some_and(|section| section.number > 1);
                let written = (number.post.text(&text).to_owned(), number.serial.text(&text).to_owned());
                if current.number.is_none() {
                    // The first one belongs to the envelope above it, whatever serial that has.
                    current.number = Some(serial);
                    current.written = Some(written);
                } else if current.is_cut(&written) {
                    // A header copied into the text, its serial cut by the end of the line.
                } else if !later_section && !current.is_same(serial) {
                    starts.push(pulled_back(lines, index, *starts.last().unwrap_or(&0), false));
                    current = Current { number: Some(serial), written: Some(written), ..Current::default() };
                }
            }
            _ => {}
        }
    }
    starts
}

fn text<'t>(read: &impl Fn(Range<usize>) -> Cow<'t, str>, line: &LooseLine) -> Cow<'t, str> {
    let text = read(line.text.clone());
    match crate::copy_marks::bare(&text) {
        Cow::Owned(bare) => Cow::Owned(bare),
        Cow::Borrowed(_) => text,
    }
}

fn de_serial(text: &str) -> Option<u32> {
    let text = trim(text);
    transmission::read_de(text)?.serial.text(text).parse::<u32>().ok().map(|serial| serial % STATION)
}

/// The serial that the lines after a TI line name first.
fn serial_ahead<'t>(lines: &[LooseLine], index: usize, read: &impl Fn(Range<usize>) -> Cow<'t, str>) -> Option<u32> {
    let after = &lines[index + 1..lines.len().min(index + 1 + LOOK_AHEAD)];
    after.iter().take_while(|line| line.kind != LineKind::TransmissionId).find_map(|line| match line.kind {
        LineKind::De => de_serial(&text(read, line)),
        LineKind::Classification => {
            classification::read(&text(read, line)).map(|found| found.reference_number.number % STATION)
        }
        _ => None,
    })
}

/// The lines directly above a cable's first sure line that are its own: an envelope without TI or DE line, a notice, a
/// publisher's record. With a TI or DE line the envelope begins there: addressees above it are another cable's.
fn pulled_back(lines: &[LooseLine], index: usize, floor: usize, begins_envelope: bool) -> usize {
    let is_of_another = |kind: LineKind| {
        begins_envelope && kind.is_envelope() && !matches!(kind, LineKind::Routing | LineKind::RoutingMore)
    };
    let own = lines[floor..index]
        .iter()
        // A TI or DE line would have begun the cable itself: reading on from there must see what was seen here.
        .rposition(|line| {
            matches!(line.kind, LineKind::TransmissionId | LineKind::De)
                || is_of_another(line.kind)
                || !line.kind.stands_above_header()
        })
        .map_or(floor, |last| floor + last + 1);
    let blank = lines[own..index].iter().take_while(|line| line.kind == LineKind::Blank).count();
    (own + blank).max(floor + 1).min(index)
}

/// The first line of the SMART header whose number is at a line: the labels directly above it, and the level above those.
fn labels_above<'t>(
    lines: &[LooseLine],
    index: usize,
    floor: usize,
    read: &impl Fn(Range<usize>) -> Cow<'t, str>,
) -> usize {
    let lowest = floor.max(index.saturating_sub(LOOK_AHEAD)) + 1;
    let mut start = index;
    let mut at = index;
    while at > lowest {
        let above = text(read, &lines[at - 1]);
        if smart::is_header_label(&above) {
            start = at - 1;
        } else if !above.starts_with([' ', '\t']) || above.trim().is_empty() {
            break;
        }
        at -= 1;
    }
    // The level, what is beside it, and blank lines below it.
    let mut at = start;
    let mut has_level = false;
    while at > lowest && !has_level {
        let above = &lines[at - 1];
        let is_level = above.kind == LineKind::ClassificationWord;
        if !(is_level || above.kind == LineKind::Blank || smart::is_level_note(text(read, above).trim())) {
            break;
        }
        at -= 1;
        has_level = is_level;
    }
    // Of cables that have their level at the end alone it is the one above's.
    let is_own = has_level && lines[floor..at].iter().any(|line| line.kind == LineKind::ClassificationWord);
    if is_own { at } else { start }
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;

    use crate::document::Document;

    /// The first written line of each cable of a document.
    fn first_lines(text: &str) -> Vec<String> {
        let document = Document::new(text, &Catalog::built_in());
        let first = |cable: &crate::Cable| cable.text().lines().find(|line| !line.trim().is_empty()).map(str::to_owned);
        document.cables().iter().filter_map(|placed| first(&placed.cable)).collect()
    }

    const ENVELOPE: &str = "VZCZCXRO1234\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\n";
    const NOTICE: &str = "This record is a partial extract of the original cable. The full text is not available.\n";

    #[test]
    fn a_cable_begins_at_its_envelope() {
        let text = format!("{ENVELOPE}\nUNCLAS ASTANA 002541\n\n1. One.\nDOE\n{}", ENVELOPE.replace("2541", "2542"));
        assert_eq!(first_lines(&text), ["VZCZCXRO1234", "VZCZCXRO1234"]);
    }

    #[test]
    fn a_smart_cable_begins_at_its_level_and_its_labels() {
        let first = "UNCLASSIFIED\nSBU\n\nMRN: 14 ACCRA 1187\nFrom: AMEMBASSY ACCRA\nSubject: BARGES\n\n1. One.\n\nSignature: DOE\n\nDrafted By: Roe\nInfo: LONDON, AMEMBASSY ROUTINE\nUNCLASSIFIED\nSBU\n\n";
        for second in [
            "UNCLASSIFIED\nSBU\n\nMRN: 14 ACCRA 1188\nSubject: FERRIES\n\n1. One.\n",
            "CONFIDENTIAL\n\nFrom: AMEMBASSY ACCRA\nInfo: LONDON, AMEMBASSY ROUTINE;\n  PARIS, AMEMBASSY ROUTINE\nMRN: 14 ACCRA 1188\n\n1. One.\n",
            "MRN: 14 LAGOS 1187\nSubject: FERRIES\n\n1. One.\n",
        ] {
            let expected = second.lines().next().unwrap_or_default();
            // Without a level of its own a header takes none of the cable above.
            let text = if expected.starts_with("MRN") {
                format!("{first}THE END\n{second}")
            } else {
                format!("{first}{second}")
            };
            assert_eq!(first_lines(&text), ["UNCLASSIFIED", expected], "{second}");
        }
        for same in ["MRN: 14 ACCRA 1187\n", "The MRN: 14 ACCRA 1188 is another\n", "MRN:\n"] {
            assert_eq!(first_lines(&format!("{first}{same}")).len(), 1, "{same}");
        }
    }

    #[test]
    fn a_notice_and_an_envelope_without_a_ti_line_belong_to_the_cable_below() {
        let text =
            format!("{NOTICE}\nUNCLAS ASTANA 000001\n\n1. One.\n\nDOE\n\nNNNN\n\n{NOTICE}\nUNCLAS ASTANA 000002\n");
        assert_eq!(first_lines(&text), [NOTICE.trim(), NOTICE.trim()]);
        let text = "UNCLAS ASTANA 000001\n\n1. One.\nDOE\n\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\nUNCLAS ASTANA 000002\n";
        assert_eq!(first_lines(text), ["UNCLAS ASTANA 000001", "R 140826Z SEP 07"]);
    }

    #[test]
    fn an_envelope_without_its_text_keeps_its_addresses() {
        let other = ENVELOPE.replace("2541", "2542");
        for record in ["id: 12345\ndate: 1/9/2009\nheader:\n", "id: 12345\ndestination:\nheader:\n", ""] {
            let text = format!(
                "{ENVELOPE}R 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\n{record}{other}R 150826Z SEP 07\nUNCLAS ASTANA 002542\n\n1. One.\n"
            );
            let begins = record.lines().next().unwrap_or("VZCZCXRO1234");
            assert_eq!(first_lines(&text), ["VZCZCXRO1234", begins]);
            let document = Document::new(&text, &Catalog::built_in());
            assert!(document.cables().iter().all(|placed| placed.cable.envelope.date_time_group.is_some()), "{record}");
        }
    }

    #[test]
    fn the_same_serial_a_later_section_and_a_quoted_cable_begin_nothing() {
        for more in [
            "UNCLAS SECTION 02 OF 02 ASTANA 002541\n".to_owned(),
            ENVELOPE.to_owned(),
            "UNCLAS SECTION 01 OF 02 ASTANA 00254\n".to_owned(),
            "QUOTE\nDE RUEHC #0001/01 2570826\nUNCLAS STATE 000001\nUNQUOTE\n".to_owned(),
        ] {
            let text = format!("{ENVELOPE}\nUNCLAS SECTION 01 OF 02 ASTANA 002541\n\n1. One.\n{more}\n2. Two.\n");
            assert_eq!(first_lines(&text).len(), 1, "{more}");
        }
    }
}
