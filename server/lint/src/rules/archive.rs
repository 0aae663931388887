//! What a cable has to do with the others of its archive: references, file names, ids, copies, sections (ARC).
//!
//! These rules need an archive around the cable ([`Need::Archive`]) and run through [`crate::archive_diagnostics`] alone. An
//! id is evidence only where the text itself gives it.

use cable_syntax::{Cable, PartKind, Section, Span};

use crate::findings::{Context, Findings, Surroundings, section_of};
use crate::needs::{Need, Stage};
use crate::references::{Meaning, Other};
use crate::{Example, Rule, Severity};

pub(crate) static ABSENT: Rule = Rule {
    code: "ARC001",
    name: "reference-absent",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: true,
    needs: &[Need::Archive, Need::Finished(Stage::Line)],
    fix: None,
    summary: "a reference is not in the archive",
    explanation: "The archive has no cable of the post with this serial, in this year or in another. Most archives are parts of \
                  a whole, so two references in three may be absent and nothing is wrong with them: the rule is off by \
                  default. Where an archive should be complete, it names the numbers that were misread and the cables \
                  that are lost. `cable-lsp archive missing` lists them with their neighbors.",
    example: Example {
        before: "SUBJECT: TALKS\n\nREF: 07 ASTANA 2511\n\n1. (U) They go on.",
        after: "SUBJECT: TALKS\n\nREF: 07 ASTANA 2517\n\n1. (U) They go on.",
    },
    source: "none; seen in published cables",
    check: absent,
};

/// The entries of the REF list, each with what it means.
fn meanings<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (Span, &'a Meaning)> {
    let list = context.around.zip(context.cable.header.references.as_ref());
    list.into_iter().flat_map(|(around, list)| list.entries.iter().map(|entry| entry.span).zip(around.meanings()))
}

fn absent(context: &Context<'_>, findings: &mut Findings) {
    for (span, meaning) in meanings(context) {
        if let Meaning::Absent { id } = meaning {
            findings.report(span, format!("{id} is not in this archive"));
        }
    }
}

pub(crate) static OTHER_YEAR: Rule = Rule {
    code: "ARC002",
    name: "reference-year",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Archive, Need::Finished(Stage::Line)],
    fix: None,
    summary: "a reference fits a cable of another year only",
    explanation: "The archive has no cable of the post with this serial in the year that is written, or in the year of the \
                  cable where none is written, and has one in exactly one year before: most likely the year is wrong or was \
                  left out. A cable cites what was there before it, so later years do not count. Nothing is reported \
                  where several years fit, and where a reference without a year means the year before, as those of \
                  January do.",
    example: Example {
        before: "SUBJECT: TALKS\n\nREF: 07 ASTANA 2515\n\n1. (U) They go on.",
        after: "SUBJECT: TALKS\n\nREF: 05 ASTANA 2515\n\n1. (U) They go on.",
    },
    source: "none; seen in published cables",
    check: other_year,
};

fn other_year(context: &Context<'_>, findings: &mut Findings) {
    let last = context.cable.year().unwrap_or(i16::MAX);
    for (span, meaning) in meanings(context) {
        let Meaning::OtherYear { id: Some(id), present } = meaning else { continue };
        let mut earlier = present.iter().filter(|(_, year)| *year <= last);
        if let (Some((other, _)), None) = (earlier.next(), earlier.next()) {
            findings.report(span, format!("{id} is not in this archive, and {other} is: wrong year?"));
        }
    }
}

pub(crate) static FILE_NAME: Rule = Rule {
    code: "ARC003",
    name: "file-name-disagrees",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Archive, Need::Finished(Stage::Classification)],
    fix: None,
    summary: "the file is named after another cable",
    explanation: "A file named 07ASTANA2541.txt holds the cable ASTANA 2541 of 2007. Where none of the cables in it has that \
                  number, either the name is wrong or the number or the date in the text was misread, and whoever \
                  looks for the cable finds another one. Nothing is reported of names that are not ids, of texts that do not \
                  give post, serial and year, and of numbers that were taken out before release. A caveat before the post in \
                  the name, as in 09EFTOLONDON2618, is not a difference.",
    example: Example {
        before: "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\n\nUNCLAS ASTANA 002514",
        after: "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\n\nUNCLAS ASTANA 002541",
    },
    source: "none; seen in published cables",
    check: file_name,
};

fn file_name(context: &Context<'_>, findings: &mut Findings) {
    let Some(around) = context.around else { return };
    let Surroundings { references, path, first, .. } = around.surroundings;
    // Said once, at the first cable. One that gives no id may be the one that is named.
    let Some(id) = context.cable.canonical_id().filter(|_| *first == Some(around.index)) else { return };
    let ids: Vec<&str> = around.surroundings.ids.iter().copied().collect();
    let Some(named) = references.named_otherwise(path, &ids, context.catalog) else { return };
    findings.report(number(context.cable), format!("the text says {id}, but the file is named after {named}"));
}

pub(crate) static DOUBLED_ID: Rule = Rule {
    code: "ARC004",
    name: "doubled-id",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Archive, Need::Finished(Stage::Classification)],
    fix: None,
    summary: "two cables have the same number",
    explanation: "Post, year and serial name one cable. Two cables with the same number are two copies of one, or the number \
                  or the date of one of them was misread; a reference to it leads to both. The sections of a cable share \
                  its number, and are reported only where the same section is there twice.",
    example: Example {
        before: "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\n\nUNCLAS ASTANA 002517",
        after: "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\n\nUNCLAS ASTANA 002541",
    },
    source: "none; seen in published cables",
    check: doubled_id,
};

fn doubled_id(context: &Context<'_>, findings: &mut Findings) {
    let Some(around) = context.around else { return };
    let Some(id) = context.cable.canonical_id() else { return };
    let document = around.surroundings.document;
    let own = section_of(context.cable).map(|section| section.number);
    // A text that names no section is, or begins with, the first.
    let is_first = |section: Option<u32>| section.is_none_or(|number| number == 1);
    let is_alike = |section: Option<u32>| section == own || (is_first(section) && is_first(own));
    let mut sections = [own, None, Some(1)].into_iter().filter(|section| is_alike(*section));
    let here = sections.find_map(|section| around.surroundings.other(id, section, around.index));
    let line = |other: usize| format!("line {} of this file", document.cables()[other].first_line + 1);
    let there = around.with_id().iter().filter(|other| is_alike(other.section.map(|(number, _)| number))).map(place);
    let all: Vec<String> = here.map(line).into_iter().chain(there).collect();
    if let Some(said) = list(&all) {
        findings.report(number(context.cable), format!("{id} is also the number of another cable: {said}"));
    }
}

pub(crate) static SAME_TEXT: Rule = Rule {
    code: "ARC005",
    name: "same-text",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Archive, Need::Finished(Stage::Copy)],
    fix: None,
    summary: "the same text is in another file",
    explanation: "Another file of the archive has a cable with the same text, line by line; only spaces at the ends of lines \
                  and empty lines may differ. One of them can go, or was put under a wrong name. A cable that is there in \
                  two different copies is not reported here but by its number (ARC004).",
    example: Example { before: "UNCLAS ASTANA 002519\n\nSUBJECT: TALKS\n\n1. (U) They go on.", after: "" },
    source: "none; seen in published cables",
    check: same_text,
};

fn same_text(context: &Context<'_>, findings: &mut Findings) {
    let Some(around) = context.around else { return };
    let own = context.cable.canonical_id();
    let others = around.with_text();
    let said: Vec<String> = others
        .iter()
        .map(|other| match other.id.as_deref().filter(|id| own != Some(id)) {
            Some(id) => format!("{} as {id}", place(other)),
            None => place(other),
        })
        .collect();
    if let Some(said) = list(&said) {
        findings.report(number(context.cable), format!("the same text is in {said}"));
    }
}

pub(crate) static MISSING_SECTION: Rule = Rule {
    code: "ARC006",
    name: "missing-section",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Archive, Need::NotExtract, Need::Finished(Stage::Copy)],
    fix: None,
    summary: "a section of the cable is not in the archive",
    explanation: "A long cable is sent in sections, each a cable of its own with the same number: SECTION 01 OF 03. Where the \
                  archive has one and not another, a part of the text is missing. Most copies join all sections under the \
                  header of the first: a text that has its signature, a page line or a header of a later section, or paragraph \
                  1 in a later section, is taken as whole, and nothing is reported.",
    example: Example {
        before: "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\n\nUNCLAS SECTION 01 OF 02 ASTANA 002541\n\nSUBJECT: TALKS\n\n1. (U) They go on.",
        after: "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\n\nUNCLAS ASTANA 002541\n\nSUBJECT: TALKS\n\n1. (U) They go on.",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: missing_section,
};

/// More sections than any cable has: a number above it was misread.
const MOST_SECTIONS: u32 = 50;

fn missing_section(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(around) = context.around else { return };
    let Some(((id, section), field)) =
        cable.canonical_id().zip(section_of(cable)).zip(cable.header.classification.as_ref())
    else {
        return;
    };
    let Section { span, number, of } = section;
    // A later section counts as cut off by itself: it has no beginning.
    if number == 1 && (cable.cut_off || !has_text(cable)) {
        return;
    }
    if number == 0 || number > of || of > MOST_SECTIONS || cable.holds_other_sections() {
        return;
    }
    let others = around.with_id();
    let is_here = |section| around.surroundings.other(id, section, around.index).is_some();
    // What names no section is the whole cable.
    if is_here(None) || others.iter().any(|other| other.section.is_none()) {
        return;
    }
    let is_present = |wanted: u32| {
        wanted == number
            || is_here(Some(wanted))
            || others.iter().any(|other| other.section.is_some_and(|(number, _)| number == wanted))
    };
    let missing: Vec<String> =
        (1..=of).filter(|wanted| !is_present(*wanted)).map(|number| number.to_string()).collect();
    let (noun, verb) = if missing.len() == 1 { ("section", "is") } else { ("sections", "are") };
    if !missing.is_empty() {
        let message = format!("{noun} {} of {of} of {id} {verb} not in this archive", missing.join(", "));
        findings.report(field.at(span), message);
    }
}

/// Whether there is anything below the header.
fn has_text(cable: &Cable) -> bool {
    cable.parts.iter().any(|part| matches!(part.kind, PartKind::Paragraph | PartKind::Text | PartKind::Fragment))
}

/// Post and serial; of a cable without them its first line.
fn number(cable: &Cable) -> Span {
    let header = &cable.header;
    let line = header.classification.as_ref().map(|field| field.at(field.value.reference_number.span));
    let number = line.or_else(|| header.identity.number.as_ref().map(|field| field.at(field.value.span)));
    let first = || cable.lines().iter().map(|line| line.span).find(|span| !span.text(cable.text()).trim().is_empty());
    number.or_else(first).unwrap_or_default()
}

fn place(other: &Other) -> String {
    if other.line == 1 { other.path.clone() } else { format!("{}:{}", other.path, other.line) }
}

/// The first few of a list, as part of a sentence; none of an empty one.
fn list(all: &[String]) -> Option<String> {
    const SHOWN: usize = 3;
    let shown = all.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match all.len() {
        0 => None,
        count if count > SHOWN => Some(format!("{shown} and {} more", count - SHOWN)),
        _ => Some(shown),
    }
}
