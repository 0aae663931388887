//! How the reading is made: every value from the columns of its field, with what page breaks put into them left out.

use crate::cable::{Cable, Field};
use crate::decoder::artefact;
use crate::fields::addressee::Addressee;
use crate::fields::executive_order::declassification_date;
use crate::fields::reference::Reference;
use crate::fields::tags::Tag;
use crate::part::PartKind;
use crate::span::Span;
use crate::white_space::is_residue;

use super::{
    AddresseeReading, CaptionReading, ClassifiedByReading, DeReading, FragmentReading, HeadReading, HeaderLines,
    LineReading, OperatingSignalReading, ParagraphReading, Reading, ReferenceReading, RoutingReading, SectionReading,
    StrayCaptionReading, TransmissionIdReading,
};

pub(super) struct Reader<'a> {
    pub(super) cable: &'a Cable,
    /// Index of the cable's first line in the document, from 0.
    pub(super) first_line: usize,
}

impl Reader<'_> {
    /// All of the head that the text itself has.
    pub(super) fn head(&self) -> HeadReading {
        let cable = self.cable;
        let (envelope, header) = (&cable.envelope, &cable.header);
        let mut captions: Vec<String> = Vec::new();
        for caption in &header.captions {
            if !captions.contains(&caption.value) {
                captions.push(caption.value.clone());
            }
        }
        HeadReading {
            number: cable.own_number(),
            canonical_id: cable.canonical_id().map(str::to_owned),
            // The copy may have broken the line at a space of the post.
            mrn: cable.reference_number().map(|number| number.split_whitespace().collect::<Vec<_>>().join(" ")),
            dtg_iso: cable.sent().map(|moment| format!("{moment}Z")),
            from: envelope.from.as_ref().map(|field| self.text(field.at(field.value.plad))),
            to: self.addressees(&envelope.to),
            info: self.addressees(&envelope.info),
            classification: cable.classification(),
            sensitive: captions.iter().any(|caption| caption == "SENSITIVE"),
            captions,
            section: header.classification.as_ref().and_then(|field| {
                let section = field.value.section?;
                Some(SectionReading { line: self.line(field.line), n: section.number, of: section.of })
            }),
            tags: header.tags.iter().flat_map(|tags| &tags.tags).map(|field| self.tag(field)).collect(),
            subject: header
                .subject
                .as_ref()
                .map(|subject| {
                    let lines: Vec<_> = subject.lines.iter().map(|field| cable.reading_of(field.span)).collect();
                    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
                })
                .filter(|text| !text.is_empty()),
            refs: header
                .references
                .iter()
                .flat_map(|references| &references.entries)
                .zip(cable.reference_ids())
                .map(|(field, id)| self.reference(field, id.as_ref()))
                .collect(),
        }
    }

    /// The whole reading, with its head as it was filled.
    pub(super) fn read(&self, head: HeadReading) -> Reading {
        let cable = self.cable;
        let (envelope, header) = (&cable.envelope, &cable.header);
        Reading {
            transmission_id: envelope.transmission_id.as_ref().map(|field| TransmissionIdReading {
                line: self.line(field.line),
                text: self.text(field.span),
                channel: self.written(field.at(field.value.channel)),
                csn: self.written(field.at(field.value.serial)),
            }),
            routing: envelope.routing.as_ref().map(|field| RoutingReading {
                line: self.line(field.line),
                text: self.flat(field.span),
                precedence: field.value.precedence,
                ris: field.value.indicators.iter().map(|&ri| self.text(field.at(ri))).collect(),
            }),
            de: envelope.de.as_ref().map(|field| DeReading {
                line: self.line(field.line),
                text: self.text(field.span),
                ri: self.written(field.at(field.value.indicator)),
                serial: self.written(field.at(field.value.serial)),
                section: field.value.section.map(|section| self.text(field.at(section))),
                day: self.text(field.at(field.value.day)).parse().ok(),
                time: self.written(field.at(field.value.time)),
            }),
            opsig: envelope.operating_signal.as_ref().map(|field| OperatingSignalReading {
                line: self.line(field.line),
                text: self.text(field.span),
                prosign: field.value.map(|signal| self.text(field.at(signal.prosign))),
                letter: field.value.and_then(|signal| self.text(field.at(signal.letters)).get(..1).map(str::to_owned)),
                service: field.value.and_then(|signal| Some(self.text(field.at(signal.service?)))),
            }),
            caption_lines: header
                .captions
                .iter()
                .map(|field| CaptionReading {
                    line: self.line(field.line),
                    text: self.text(field.span),
                    value: field.value.clone(),
                })
                .collect(),
            handling: self.lines(&header.handling),
            notice: envelope.notice.as_ref().map(|field| self.line_reading(field)),
            paragraphs: cable
                .body
                .paragraphs
                .iter()
                .map(|paragraph| ParagraphReading {
                    n: paragraph.number,
                    mark: paragraph
                        .marker
                        .value
                        .mark
                        .map(|mark| self.text(paragraph.marker.at(mark.text)).split_whitespace().collect()),
                    line: self.line(paragraph.marker.line),
                    artefact: artefact(&paragraph.marker.value, paragraph.decision.decoded).to_string(),
                })
                .collect(),
            fragments: cable
                .body
                .fragments
                .iter()
                .map(|field| FragmentReading { line: self.line(field.line), paragraph: self.number(field.value) })
                .collect(),
            headings: self.lines(&cable.body.headings),
            page_lines: cable
                .body
                .page_lines
                .iter()
                .map(|field| LineReading { line: self.line(field.line), text: self.text(field.span) })
                .collect(),
            stray_captions: cable
                .body
                .stray_captions
                .iter()
                .map(|field| StrayCaptionReading {
                    line: self.line(field.line),
                    text: self.text(field.span),
                    paragraph: field.value.map(|index| self.number(index)),
                })
                .collect(),
            signature: cable.signature.as_ref().map(|field| self.text(field.span)),
            signature_line: cable.signature.as_ref().map(|field| self.line(field.line)),
            trailer: self.lines(&cable.trailer),
            header_lines: self.header_lines(),
            ..self.said_before_body(head)
        }
    }

    /// What is said of it before the body, with its head as it was filled: the lines of the envelope are left out.
    pub(super) fn said_before_body(&self, head: HeadReading) -> Reading {
        let cable = self.cable;
        let envelope = &cable.envelope;
        let header = &cable.header;
        let group = envelope.date_time_group.as_ref();
        let dtg = group.and_then(|field| Some((field, field.value.as_ref()?)));
        let order = header.executive_order.as_ref();
        let order_text = order.and_then(|field| Some(self.flat(field.at(field.value.order?))));
        let instruction =
            order.map(|field| self.flat(field.at(field.value.instruction))).filter(|text| !text.is_empty());
        Reading {
            canonical_id: head.canonical_id,
            mrn: head.mrn,
            dtg: dtg.map(|(field, value)| self.text(field.at(value.group))),
            dtg_iso: head.dtg_iso,
            precedence: dtg.and_then(|(_, value)| value.precedence.map(|precedence| precedence.0)),
            classification: head.classification,
            sensitive: head.sensitive,
            section: head.section,
            captions: head.captions,
            eo: order.map(|_| normal_order(order_text.as_deref(), instruction.as_deref())),
            decl: instruction
                .as_deref()
                .filter(|text| text.to_ascii_uppercase().starts_with("DECL"))
                .and_then(|text| declassification_date(text, cable.year())?.1.map(|date| date.to_string())),
            eo_order: order_text,
            eo_instruction: instruction,
            tags: head.tags,
            tags_line: header.tags.as_ref().map(|tags| self.line(tags.keyword.line)),
            subject: head.subject,
            subject_lines: self.lines_of(PartKind::Subject),
            refs: head.refs,
            classified_by: header.classified_by.as_ref().map(|field| ClassifiedByReading {
                line: self.line(field.line),
                text: self.flat(field.span),
                who: field.value.who.map(|who| self.flat(field.at(who))),
                section: field.value.section.map(|section| self.text(field.at(section)).split_whitespace().collect()),
                reasons: field
                    .value
                    .reasons
                    .iter()
                    .map(|&reason| self.text(field.at(reason)).to_ascii_lowercase())
                    .collect(),
            }),
            from: head.from,
            to: head.to,
            info: head.info,
            transmission_id: None,
            routing: None,
            de: None,
            opsig: None,
            caption_lines: Vec::new(),
            handling: Vec::new(),
            notice: None,
            paragraphs: Vec::new(),
            fragments: Vec::new(),
            headings: Vec::new(),
            page_lines: Vec::new(),
            stray_captions: Vec::new(),
            trailer: Vec::new(),
            signature: None,
            signature_line: None,
            header_lines: HeaderLines::default(),
        }
    }

    fn header_lines(&self) -> HeaderLines {
        let first = |kind| self.lines_of(kind).first().copied();
        HeaderLines {
            ti: first(PartKind::TransmissionId),
            routing: first(PartKind::Routing),
            de: first(PartKind::De),
            opsig: first(PartKind::OperatingSignal),
            dtg: first(PartKind::DateTimeGroup),
            from: first(PartKind::From),
            to: self.lines_of(PartKind::To),
            info: self.lines_of(PartKind::Info),
            classification: first(PartKind::Classification),
            captions: self.lines_of(PartKind::Caption),
            handling: self.lines_of(PartKind::Handling),
            eo: self.lines_of(PartKind::ExecutiveOrder),
            tags: self.lines_of(PartKind::Tags),
            subject: self.lines_of(PartKind::Subject),
            r#ref: self.lines_of(PartKind::Reference),
            classified_by: self.lines_of(PartKind::ClassifiedBy),
        }
    }

    fn lines_of(&self, kind: PartKind) -> Vec<usize> {
        let mut lines: Vec<usize> =
            self.cable.parts.iter().filter(|part| part.kind == kind).map(|part| self.line(part.line)).collect();
        lines.dedup();
        lines
    }

    const fn line(&self, line: u32) -> usize {
        self.first_line + line as usize + 1
    }

    fn number(&self, paragraph: u32) -> u32 {
        self.cable.body.paragraphs.get(paragraph as usize).map_or(0, |paragraph| paragraph.number)
    }

    fn text(&self, span: Span) -> String {
        self.cable.reading_of(span).into_owned()
    }

    /// The text of a span of several lines, on one line, without what an export put at the ends of the lines.
    fn flat(&self, span: Span) -> String {
        let furniture: Vec<Span> = self.furniture_in(span).collect();
        if !furniture.is_empty() {
            let ends = furniture.iter().map(|part| part.start).chain([span.end]);
            let starts = std::iter::once(span.start).chain(furniture.iter().map(|part| part.end));
            let own = starts.zip(ends).filter(|(start, end)| start < end);
            let own: Vec<String> = own.map(|(start, end)| self.flat_alone(Span::new(start, end))).collect();
            return own.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.flat_alone(span)
    }

    /// What a page break or a stamp put in the middle of a field.
    fn furniture_in(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let parts = &self.cable.parts;
        let first = parts.partition_point(|part| part.span.end <= span.start);
        let inside = parts[first..].iter().take_while(move |part| part.span.start < span.end);
        inside
            .filter(move |part| {
                matches!(part.kind, PartKind::Wrapper | PartKind::PageMark | PartKind::PageLine)
                    && part.span.start > span.start
                    && part.span.end < span.end
            })
            .map(|part| part.span)
    }

    fn flat_alone(&self, span: Span) -> String {
        let text = self.cable.reading_of(span);
        if !text.contains(['\n', '\r']) {
            return text.into_owned();
        }
        let lines = text.lines().map(|line| line.trim_end_matches(is_residue));
        lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    }

    fn written(&self, span: Span) -> Option<String> {
        (!span.is_empty()).then(|| self.text(span))
    }

    fn line_reading(&self, field: &Field<()>) -> LineReading {
        LineReading { line: self.line(field.line), text: self.text(field.span) }
    }

    fn lines(&self, fields: &[Field<()>]) -> Vec<LineReading> {
        fields.iter().map(|field| self.line_reading(field)).collect()
    }

    fn tag(&self, field: &Field<Tag>) -> String {
        let code = self.text(field.at(field.value.code));
        match field.value.name {
            Some(name) => format!("{code} {}", self.text(field.at(name))),
            None => code,
        }
    }

    fn addressees(&self, fields: &[Field<Addressee>]) -> Vec<AddresseeReading> {
        fields
            .iter()
            .map(|field| AddresseeReading {
                line: self.line(field.line),
                ri: field.value.indicator.map(|ri| self.text(field.at(ri))),
                plad: self.flat(field.at(field.value.plad)),
                precedence: field.value.precedence.map(|precedence| precedence.0),
                serial: field.value.serial.map(|serial| self.text(field.at(serial))),
            })
            .collect()
    }

    fn reference(&self, field: &Field<Reference>, id: Option<&String>) -> ReferenceReading {
        let entry = &field.value;
        ReferenceReading {
            line: self.line(field.line),
            letter: entry.letter.map(|letter| letter.0),
            text: self.flat(entry.span),
            post: entry.post.clone(),
            serial: entry.serial,
            year: entry.year,
            id: id.cloned(),
        }
    }
}

/// The E.O. line as the handbook writes it.
fn normal_order(order: Option<&str>, instruction: Option<&str>) -> String {
    match (order, instruction) {
        (Some(order), Some(instruction)) => format!("E.O. {order}: {instruction}"),
        (Some(order), None) => format!("E.O. {order}:"),
        (None, Some(instruction)) => format!("E.O.: {instruction}"),
        (None, None) => "E.O.".to_owned(),
    }
}
