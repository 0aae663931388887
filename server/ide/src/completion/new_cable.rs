//! Templates: a whole new cable, and a reply to the cable of the document.

use cable_syntax::{Classification, Document, Placed};

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions};

/// A document with fewer bytes of its own is as good as empty.
const NEARLY_EMPTY: usize = 40;
/// The order that the cables of the published archives stand under, until the year is known.
const ORDER: &str = "12958";

pub(super) fn complete(document: &Document, place: &Place<'_>) -> Completions {
    let typed = place.before().trim_start();
    if typed.len() > 20 || !place.at_line_end() || !typed.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    {
        return Completions::default();
    }
    let empty = !place.cable.is_recognised()
        && document.len() <= NEARLY_EMPTY
        && document.rope().to_string().trim() == typed.trim();
    if !empty && !at_edge(document, place) {
        return Completions::default();
    }
    let range = place.upto(0, 0);
    let item = |label: &str, wording: Wording, detail: &str| {
        Completion::new(CompletionKind::Template, range.clone(), wording).label(label).detail(detail).filter(label)
    };
    let mut found = Vec::new();
    if place.cable.is_recognised() {
        found.push(item("reply", reply(place), "a cable that answers this one"));
    }
    found.push(item("new cable", cable(&Answer::default()), "a whole unclassified cable"));
    let classified = Answer { level: Some(Classification::Confidential), ..Answer::default() };
    found.push(item("new classified cable", cable(&classified), "a whole confidential cable"));
    let envelope =
        |item: Completion| if begins("VZCZC", typed) && !typed.is_empty() { item.filter("VZCZC") } else { item };
    found.into_iter().map(envelope).filter(|item| begins(item.filter.as_deref().unwrap_or_default(), typed)).collect()
}

/// Whether the line stands before the first cable of the document, or behind the NNNN of the last.
fn at_edge(document: &Document, place: &Place<'_>) -> bool {
    if !place.cable.is_recognised() {
        return false;
    }
    let is = |placed: Option<&Placed>| placed.is_some_and(|placed| placed.start == place.start);
    let first = is(document.cables().first()) && place.above().is_empty();
    // What stands behind the NNNN makes it text again, for the reading.
    let ended = place.above().last().is_some_and(|part| place.cable.slice(part.span) == "NNNN");
    let last = is(document.cables().last()) && place.below().is_empty() && ended;
    first || last
}

/// What a new cable takes from another one.
#[derive(Default)]
struct Answer<'a> {
    level: Option<Classification>,
    from: Option<&'a str>,
    to: Option<String>,
    post: Option<&'a str>,
    order: Option<&'a str>,
    tags: Option<String>,
    subject: Option<String>,
    reference: Option<String>,
}

/// A reply goes the other way, and names the cable as its REF.
fn reply(place: &Place<'_>) -> Wording {
    let cable = place.cable;
    let envelope = &cable.envelope;
    let header = &cable.header;
    let from = envelope.to.first().map(|field| cable.slice(field.at(field.value.plad)));
    let indicator = envelope.de.as_ref().map(|field| cable.slice(field.at(field.value.indicator)));
    let to = envelope.from.as_ref().map(|field| {
        let plad = cable.slice(field.at(field.value.plad));
        indicator.filter(|known| !known.is_empty()).map_or_else(|| plad.to_owned(), |known| format!("{known}/{plad}"))
    });
    let post = from.and_then(|from| crate::hover::post_of_address(place.catalog, from)).map(|post| post.name);
    let reference = header.classification.as_ref().map(|line| {
        let number = line.value.reference_number;
        let post = cable.slice(line.at(number.post));
        let year = cable.year().map_or_else(String::new, |year| format!("{:02} ", year.rem_euclid(100)));
        format!("{year}{post} {}", number.number)
    });
    let tags = header.tags.iter().flat_map(|tags| &tags.tags);
    let tags: Vec<&str> = tags.map(|field| cable.slice(field.at(field.value.code))).collect();
    let subject = header.subject.iter().flat_map(|subject| &subject.lines);
    let subject: Vec<&str> = subject.flat_map(|line| cable.slice(line.span).split_whitespace()).collect();
    let order = header.executive_order.as_ref().and_then(|field| Some(cable.slice(field.at(field.value.order?))));
    self::cable(&Answer {
        level: cable.classification(),
        from,
        to,
        post,
        order,
        tags: Some(tags.join(" ")).filter(|tags| !tags.is_empty()),
        subject: Some(subject.join(" ")).filter(|subject| !subject.is_empty()),
        reference,
    })
}

/// The lines of an era C cable (FORMAT.md A.0), with places for what is not known.
fn cable(answer: &Answer<'_>) -> Wording {
    let classified =
        matches!(answer.level, Some(Classification::Confidential | Classification::Secret | Classification::TopSecret));
    let (signal, words, mark) = match answer.level {
        Some(Classification::Confidential) => ("ZNY CCCCC ZZH", "C O N F I D E N T I A L", "(C) "),
        Some(Classification::Secret) => ("ZNY SSSSS ZZH", "S E C R E T", "(S) "),
        Some(Classification::TopSecret) => ("ZNY TTTTT ZZH", "T O P S E C R E T", "(TS) "),
        Some(Classification::LimitedOfficialUse) => ("ZNR UUUUU ZZH", "LIMITED OFFICIAL USE", ""),
        Some(Classification::Unclassified) | None => ("ZNR UUUUU ZZH", "UNCLAS", ""),
    };
    let known = |wording: Wording, number: u8, known: Option<&str>, example: &str| match known {
        Some(known) => wording.text(known),
        None => wording.place(number, example),
    };
    let wording = Wording::of("VZCZC").place(1, "XYZ0001").text("\nRR ").place(2, "RUEHC");
    let wording = wording.text("\nDE ").place(3, "RUEHXX").text(" #").place(4, "0001").text(" ").place(5, "DDDHHMM");
    let wording = wording.text("\n").text(signal).text("\nR ").place(6, "DDHHMM").text("Z ").place(7, "MON").text(" ");
    let wording = known(wording.place(8, "YY").text("\nFM "), 9, answer.from, "AMEMBASSY POST");
    let wording = wording.text("\nTO ").text(answer.to.as_deref().unwrap_or("RUEHC/SECSTATE WASHDC"));
    let wording = known(wording.text("\nBT\n").text(words).text(" "), 10, answer.post, "POST");
    let wording = wording.text(" 00").place(4, "0001").text("\n\nSIPDIS\n\nE.O. ");
    let wording = wording.text(answer.order.unwrap_or(ORDER)).text(": ");
    let wording = if classified { wording.text("DECL: ").place(11, "MM/DD/YYYY") } else { wording.text("N/A") };
    let wording = known(wording.text("\nTAGS: "), 12, answer.tags.as_deref(), "PREL");
    let wording = wording.text("\nSUBJECT: ").place(13, answer.subject.as_deref().unwrap_or("TITLE"));
    let wording = match &answer.reference {
        Some(reference) => wording.text("\n\nREF: ").text(reference),
        None => wording,
    };
    let wording = if classified {
        let wording = wording.text("\n\nClassified By: ").place(14, "TITLE NAME");
        wording.text(". Reasons: 1.4 (").place(15, "b").text(") and (").place(16, "d").text(").")
    } else {
        wording
    };
    wording
        .text("\n\n1. ")
        .text(mark)
        .gap(0)
        .text("\n\n")
        .place(17, "SURNAME")
        .text("\nBT\n#")
        .place(4, "0001")
        .text("\nNNNN\n")
}
