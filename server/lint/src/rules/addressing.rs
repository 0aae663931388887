//! Who sends the cable and who receives it (ADR).

mod indicators;

use cable_catalog::{Catalog, Post, StationKind};
use cable_syntax::{Addressee, Cable, Field, LineKind, Precedence, Span, may_be_near};
use std::collections::HashMap;

use super::residue::joined_lines;
use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static MISSING: Rule = Rule {
    code: "ADR001",
    name: "missing-from-or-to",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Envelope)],
    fix: None,
    summary: "there is no FM line or no TO line",
    explanation: "Every cable has a sender and somebody who has to act on it: one FM line, and a TO line with the \
                  first action addressee. Without them nobody knows who wrote the text and who must act. Nothing is \
                  reported in extracts, in copies that break off above the addressees, and where only the date and the \
                  sender are left of the envelope. Before 1995 it is information only.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nINFO RUEHAST/USOFFICE ALMATY",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680\nINFO RUEHAST/USOFFICE ALMATY",
    },
    source: "5 FAH-2 H-230 (Telecommunications Handbook, addresses); 5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: missing,
};

fn missing(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let envelope = &cable.envelope;
    let group = envelope.date_time_group.as_ref().map(|field| field.span);
    // A copy that breaks off in its header has its envelope: the sender is lost between the lines above and below him.
    let is_cut = cable.cut_off && (group.is_none() || envelope.to.is_empty());
    if is_cut || context.is_head_alone() {
        return;
    }
    // What is where the lost line should be: the line before it.
    let top = [
        group,
        envelope.operating_signal.as_ref().map(|field| field.span),
        envelope.de.as_ref().map(|field| field.span),
        envelope.transmission_id.as_ref().map(|field| field.span),
    ];
    let Some(top) = top.into_iter().flatten().next() else { return };
    // A line that is there and belongs to another copy is not missing. `FM Roe said` in a paragraph is a foreign minister.
    let text = cable.body.paragraphs.first().map_or(usize::MAX, |first| first.marker.line as usize);
    let is_there = |kind| cable.lines().iter().take(text).any(|line| line.kind == kind);
    if envelope.from.is_none() && !is_there(LineKind::From) {
        findings.report(top, "no FM line");
    }
    // Date and sender alone are all that some copies keep of an envelope.
    let is_short = envelope.transmission_id.is_none() && envelope.de.is_none() && envelope.info.is_empty();
    // A TO line that runs into the one above is there, and TXT013's.
    let from = envelope.from.as_ref().map_or("", |from| cable.slice(from.at(from.value.plad)));
    let is_there = |kind| is_there(kind) || joined_lines(from).next().is_some();
    if envelope.to.is_empty() && envelope.unread_addressees.is_empty() && !is_short && !is_there(LineKind::To) {
        let span = envelope.from.as_ref().map_or(top, |from| from.span);
        findings.report(span, "no TO line");
    }
}

pub(crate) static MALFORMED: Rule = Rule {
    code: "ADR002",
    name: "malformed-addressee",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "a line in the address list is not an addressee",
    explanation: "An addressee is a routing indicator and a slash, the plain language address, a word of precedence \
                  and a serial: RUEHC/SECSTATE WASHDC PRIORITY 0680. Reported are lower case letters and characters \
                  that no address has, a keyword that runs into the indicator, an indicator that lost its slash, has a figure \
                  in it or is one letter from that of the addressee, and a misspelled word of precedence, which makes \
                  the addressee ROUTINE. Indicator, precedence and serial may be absent, and office \
                  suffixes are accepted.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTORUEHC/SECSTATE WASHDC 0680",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680",
    },
    source: "5 FAH-2 H-230 (Telecommunications Handbook, addresses)",
    check: malformed,
};

/// Whether a text is made of what a plain language address is made of.
fn is_address(text: &str) -> bool {
    let is_sign = |sign: u8| sign.is_ascii_uppercase() || sign.is_ascii_digit() || b" .,'():/&-".contains(&sign);
    text.starts_with(|first: char| first.is_ascii_uppercase() || first.is_ascii_digit()) && text.bytes().all(is_sign)
}

fn malformed(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for field in &cable.envelope.unread_addressees {
        // A keyword alone is followed by its addressee.
        let text = cable.slice(field.span);
        if !matches!(text, "TO" | "INFO") {
            findings.report(field.span, format!("\"{text}\" is not an addressee"));
        }
    }
    for field in cable.envelope.to.iter().chain(&cable.envelope.info) {
        let plad = field.at(field.value.plad);
        let text = cable.slice(plad);
        if field.value.glued {
            let end = field.value.indicator.map_or(plad.start, |indicator| field.at(indicator).end);
            let span = Span::new(field.span.start, end);
            findings.report(
                span,
                format!("no space between the keyword and the routing indicator in \"{}\"", cable.slice(span)),
            );
        }
        if !is_address(text) || text.matches('(').count() != text.matches(')').count() {
            findings.report(plad, format!("\"{text}\" is not an addressee"));
        } else if let Some((span, message)) = indicators::damaged(cable, field, context.catalog) {
            findings.report(span, message);
        } else if let Some((span, meant)) = misspelt_precedence(text) {
            let span = span.shifted(plad.start);
            let message = format!("unknown precedence \"{}\": did you mean {}?", cable.slice(span), meant.word());
            findings.report(span, message);
        }
    }
}

const PRECEDENCES: [Precedence; 4] =
    [Precedence::Flash, Precedence::Immediate, Precedence::Priority, Precedence::Routine];

/// The last word of an address when it is nearly a precedence.
fn misspelt_precedence(plad: &str) -> Option<(Span, Precedence)> {
    let start = plad.rfind(' ')? + 1;
    let meant = nearly_precedence(&plad[start..])?;
    Some((Span::of(start..plad.len()), meant))
}

/// The precedence that a word is two letters from. FLASH is too short to tell.
fn nearly_precedence(word: &str) -> Option<Precedence> {
    let near = |precedence: &&Precedence| {
        let known = precedence.word();
        word.len() > 5 && may_be_near(word, known, 2) && strsim::osa_distance(word, known) <= 2
    };
    PRECEDENCES.iter().find(near).copied()
}

/// Whether every addressee of a cable was read, so that the highest precedence of all is known.
pub(super) fn all_are_read(cable: &Cable) -> bool {
    let envelope = &cable.envelope;
    let is_read = |field: &Field<Addressee>| {
        let plad = cable.slice(field.at(field.value.plad));
        // A word of precedence inside the address belongs to an addressee that the copy joined to this one.
        let hides_precedence = plad.split([' ', '/', '-']).any(|word| {
            nearly_precedence(word).is_some()
                || PRECEDENCES.iter().any(|known| word.ends_with(known.word()))
                || word.ends_with("NIACT")
        });
        is_address(plad) && !hides_precedence
    };
    let addressees = || envelope.to.iter().chain(&envelope.info);
    !cable.cut_off && !envelope.to.is_empty() && envelope.unread_addressees.is_empty() && addressees().all(is_read)
}

/// The highest precedence of some addressees, and where the first that has it says so.
pub(super) fn highest<'a>(addressees: impl Iterator<Item = &'a Field<Addressee>>) -> Option<(Precedence, Span)> {
    addressees
        .map(|field| match field.value.precedence {
            Some((precedence, span)) => (precedence, field.at(span)),
            None => (Precedence::Routine, field.at(field.value.plad)),
        })
        .reduce(|first, next| if next.0 > first.0 { next } else { first })
}

pub(crate) static INFO_ABOVE_ACTION: Rule = Rule {
    code: "ADR003",
    name: "info-precedence-above-action",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "an information addressee has a higher precedence than every action addressee",
    explanation: "Whoever must act on a cable should not get it later than those who are only informed, so no INFO \
                  addressee has a higher precedence than the highest TO addressee. An addressee without a word of \
                  precedence is ROUTINE. This is checked only where every addressee was read and the copy does not \
                  break off. Before 1995 it is information only.",
    example: Example {
        before: "VZCZCXRO7654\nPP RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nP 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680\nINFO RUEHAST/USOFFICE ALMATY PRIORITY",
        after: "VZCZCXRO7654\nPP RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nP 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY 0680\nINFO RUEHAST/USOFFICE ALMATY PRIORITY",
    },
    source: "5 FAH-2 H-230 (Telecommunications Handbook, addresses); 5 FAH-2 H-420 (Telecommunications Handbook, precedences)",
    check: info_above_action,
};

fn info_above_action(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    if !all_are_read(cable) {
        return;
    }
    let Some((action, action_span)) = highest(cable.envelope.to.iter()) else { return };
    let Some((info, info_span)) = highest(cable.envelope.info.iter()) else { return };
    if info > action {
        let finding = findings.report(
            info_span,
            format!("INFO precedence {} is higher than TO precedence {}", info.word(), action.word()),
        );
        finding.related(action_span, format!("highest precedence of a TO addressee: {}", action.word()));
    }
}

pub(crate) static DUPLICATE: Rule = Rule {
    code: "ADR004",
    name: "duplicate-addressee",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "an addressee is listed twice",
    explanation: "An addressee that is listed twice gets the cable twice. Routing indicator and plain language address \
                  must both be the same: one indicator may serve several offices, and an office may have several \
                  indicators.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680\nINFO RUEHC/SECSTATE WASHDC 0681",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680",
    },
    source: "none; seen in published cables",
    check: duplicate,
};

fn duplicate(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let mut seen: HashMap<(&str, String), (&Field<Addressee>, &str)> = HashMap::new();
    let lists = [("TO", &cable.envelope.to), ("INFO", &cable.envelope.info)];
    for (list, field) in lists.into_iter().flat_map(|(list, fields)| fields.iter().map(move |field| (list, field))) {
        let indicator = field.value.indicator.map_or("", |span| cable.slice(field.at(span)));
        let plad = words_of(cable.slice(field.at(field.value.plad)));
        // A page line that is in the list is no addressee.
        if plad.starts_with("PAGE ") {
            continue;
        }
        let whole = whole(field);
        match seen.entry((indicator, plad)) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert((field, list));
            }
            std::collections::hash_map::Entry::Occupied(entry) => {
                let (first, list) = *entry.get();
                findings
                    .report(whole, format!("duplicate addressee {}", cable.slice(whole)))
                    .on_line(first.line)
                    .related(self::whole(first), format!("first under {list}"));
            }
        }
    }
}

/// Routing indicator and address, without keyword, precedence and serial.
fn whole(field: &Field<Addressee>) -> Span {
    let plad = field.at(field.value.plad);
    Span::new(field.value.indicator.map_or(plad, |span| field.at(span)).start, plad.end)
}

/// The words of an address with one space between them, in capitals.
fn words_of(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words.make_ascii_uppercase();
    words
}

pub(crate) static INDICATOR: Rule = Rule {
    code: "ADR005",
    name: "ri-plad-mismatch",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the routing indicator belongs to another post than the one in the address",
    explanation: "A routing indicator belongs to a station, and the address after it should be the address of that \
                  station: RUEHTA is AMEMBASSY ASTANA. Only indicators that the table is sure of are compared, and any \
                  name that the table has for them is accepted, whatever comes before or after it. Posts move and \
                  share stations, so the rule is off by default.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHKO/AMEMBASSY BEIJING 0680",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHKO/AMEMBASSY TOKYO 0680",
    },
    source: "ACP 117 US SUPP-1 (routing indicators)",
    check: indicator,
};

fn indicator(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let envelope = &cable.envelope;
    for field in envelope.from.iter().chain(&envelope.to).chain(&envelope.info) {
        let Some(indicator) = field.value.indicator.map(|span| cable.slice(field.at(span))) else { continue };
        let Some(known) = context.catalog.routing_indicator(indicator) else { continue };
        if known.kind != StationKind::Post || known.doubtful {
            continue;
        }
        let plad = field.at(field.value.plad);
        let text = cable.slice(plad);
        let written = format!(" {} ", place(text));
        let is_named = |name: &str| written.contains(&format!(" {} ", place(name)));
        if !std::iter::once(known.name).chain(known.also_seen_as()).any(is_named) {
            findings.report(plad, format!("routing indicator {indicator} belongs to {}, not to {text}", known.name));
        }
    }
}

/// The words before the name of a place.
const DESIGNATORS: [&str; 14] = [
    "AMEMBASSY",
    "AMEMB",
    "AMCONSUL",
    "AMCONGEN",
    "AMCON",
    "EMBASSY",
    "USMISSION",
    "USOFFICE",
    "USINT",
    "USLO",
    "USDEL",
    "REO",
    "IRPO",
    "APP",
];

/// An address without the word for the kind of post, and without the offices and persons after it.
fn place(plad: &str) -> String {
    let end = plad.find(['(']).or_else(|| plad.find("//")).unwrap_or(plad.len());
    let words = words_of(&plad[..end]);
    let (first, rest) = words.split_once(' ').unwrap_or(("", &words));
    if DESIGNATORS.contains(&first) { rest.to_owned() } else { words }
}

pub(crate) static FROM_MRN: Rule = Rule {
    code: "ADR006",
    name: "from-mrn-mismatch",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Classification)],
    fix: None,
    summary: "the FM line names another post than the MRN",
    explanation: "The MRN begins with the post that the FM line names: AMEMBASSY ASTANA writes ASTANA 002541, SECSTATE \
                  WASHDC writes STATE. Where they differ, one of them may be wrong, or one post wrote for another. \
                  They are compared only where the table of posts knows both. Offices in the same city count as the \
                  same post.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY TUNIS\nTO RUEHC/SECSTATE WASHDC 0680",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680",
    },
    source: "none; seen in published cables",
    check: from_mrn,
};

fn from_mrn(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some((from, line)) = cable.envelope.from.as_ref().zip(cable.header.classification.as_ref()) else { return };
    let (plad, post) = (from.at(from.value.plad), line.at(line.value.reference_number.post));
    let (text, name) = (cable.slice(plad), cable.slice(post));
    let Some(numbered) = context.catalog.post(name).filter(|post| !post.doubtful) else { return };
    let same = |post: &Post<'_>| {
        post.doubtful || post.name == numbered.name || (!post.city.is_empty() && post.city == numbered.city)
    };
    // Nearly every post signs with the name of its place: only the others are looked for among all posts.
    let by_name = named_post(text, context.catalog);
    if by_name.as_ref().is_some_and(same) {
        return;
    }
    let mut sending =
        context.catalog.posts().filter(|post| post.designators().any(|known| known == words_of(text))).peekable();
    if by_name.is_none() && sending.peek().is_none() {
        return;
    }
    let is_same = sending.any(|post| same(&post));
    if !is_same {
        findings
            .report(plad, format!("FM line names {text}, but the MRN names {name}"))
            .related(post, format!("post of the MRN: {name}"));
    }
}

/// The post of an address's place, or of all of its words.
fn named_post<'a>(plad: &str, catalog: &'a Catalog) -> Option<Post<'a>> {
    catalog.post(&place(plad)).or_else(|| catalog.post(&words_of(plad)))
}
