//! Whether the Classified By line is there and says what it should (CLS009, CLS010).

use std::sync::LazyLock;

use cable_syntax::{Cable, Classification, ClassifiedBy, Era, Field, pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::gone::{above_text, is_cancelled};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};
use cable_catalog::calendar::CLASSIFIER_NAMED;

/// The line proper: one that says from what a level is derived, or who took it off, is another.
fn own_line(cable: &Cable) -> Option<&Field<ClassifiedBy>> {
    let is_own = |field: &&Field<ClassifiedBy>| {
        let keyword = cable.slice(field.at(field.value.keyword)).to_ascii_lowercase();
        !keyword.contains("declass") && !keyword.contains("derived")
    };
    cable.header.classified_by.as_ref().filter(is_own)
}

pub(crate) static PRESENCE: Rule = Rule {
    code: "CLS009",
    name: "classified-by-presence",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Information),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Header)],
    fix: None,
    summary: "a classified cable has no Classified By line, or an unclassified cable has one",
    explanation: "Since 14 October 1995 a classified cable says who classified it and why. An unclassified cable has \
                  nothing to say there. A missing line is not reported in cables without a date, in copies that break \
                  off or have lost the SUBJECT too (HDR012), where the beginning of the text was cancelled, nor where the words \"classified by\", \"derived from\" or a reason come \
                  before the third paragraph.",
    example: Example {
        before: "UNCLAS ASTANA 002541\n\nSUBJECT: TALKS\n\nClassified By: DCM JANE ROE, REASON 1.4 (B).\n\n1. (U) They go on.",
        after: "UNCLAS ASTANA 002541\n\nSUBJECT: TALKS\n\n1. (U) They go on.",
    },
    source: "E.O. 12958 of 17 April 1995; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: presence,
};

/// What says by whom or why a cable is classified, wherever it is.
static SAYS_WHY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)class?if?ied\s+by|derived\s+from|drv\s+from|r?e?asons?\b[^.]{0,40}1\s?[.,]?\s?[45]\b|\b1[.,]\s?[45]\s?\(?[a-h]\b",
    )
});

fn presence(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(line) = &cable.header.classification else { return };
    let (level, span) = (line.value.level, line.at(line.value.level_span));
    if level == Classification::Unclassified {
        if let Some(field) = own_line(cable) {
            let finding = findings.report(field.at(field.value.keyword), "Classified By line on an UNCLASSIFIED cable");
            finding.related(span, "classification of the cable");
        }
        return;
    }
    // A copy that has no SUBJECT lost the lines below TAGS as one, and HDR012 says so. Others have a second header, run
    // together, in place of the line.
    let has_second_header = || above_text(cable).matches("TAGS:").nth(1).is_some();
    if cable.header.subject.is_none() || !lacks_line(cable) || is_cancelled(cable) || has_second_header() {
        return;
    }
    let finding = findings.report(span, format!("{} cable without a Classified By line", level.word()));
    if cable.is_extract() {
        finding.lower_severity();
    }
}

/// Whether a cable should say who classified it, and does not.
pub(in crate::rules) fn lacks_line(cable: &Cable) -> bool {
    let is_of_the_order = cable.sent_on().is_some_and(|day| day >= CLASSIFIER_NAMED);
    // An extract has no date, but an order that asks for the line.
    let names_the_order = || {
        let order = cable.header.executive_order.as_ref().and_then(|field| Some(field.at(field.value.order?)));
        cable.is_extract() && order.is_some_and(|order| cable.slice(order) == "12958")
    };
    let may_be_lost = cable.cut_off || cable.era == Era::Smart2010;
    let is_due = is_of_the_order || names_the_order();
    let is_classified = cable.classification().is_some_and(|level| level >= Classification::Confidential);
    if !is_classified || !is_due || may_be_lost || cable.header.classified_by.is_some() {
        return false;
    }
    let third = cable.body.paragraphs.get(2).map_or(cable.text().len(), |third| third.marker.span.start as usize);
    !SAYS_WHY.is_match(&cable.text()[..third])
}

pub(crate) static MALFORMED: Rule = Rule {
    code: "CLS010",
    name: "classified-by-malformed",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the Classified By line has no name or no reason",
    explanation: "The Classified By line names the person who classified the cable and a reason from the list in the \
                  executive order: 1.4 (b) and (d). Without a reason nobody can say later why the cable is secret. \
                  Such lines wrap in many ways, so the rule is off by default. It also looks for the reason in the \
                  next four lines, and leaves lines that break off alone.",
    example: Example {
        before: "C O N F I D E N T I A L ASTANA 000605\n\nSUBJECT: TALKS\n\nClassified By: DCM JANE ROE.\n\n1. (C) They go on.",
        after: "C O N F I D E N T I A L ASTANA 000605\n\nSUBJECT: TALKS\n\nClassified By: DCM JANE ROE, REASON 1.4 (B).\n\n1. (C) They go on.",
    },
    source: "E.O. 12958 of 17 April 1995; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: malformed,
};

/// A section of reasons, also with the mistakes that are met.
static SECTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b1\s?[.,]?\s*[2-6]\b"));

/// So many lines may follow before the reason.
const LINES_BEHIND: u32 = 4;

fn malformed(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = own_line(cable) else { return };
    let text = cable.slice(field.span);
    let last = cable.line_at(field.span.end) + LINES_BEHIND;
    let end = cable.lines().get(last as usize).map_or(cable.text().len(), |line| line.span.end as usize);
    let after = &cable.text()[field.span.start as usize..end];
    if text.contains("...") {
        return;
    }
    let lacks_reason = field.value.section.is_none() && !SECTION.is_match(after);
    let what = match (field.value.who.is_none(), lacks_reason) {
        (true, true) => "name and no reason",
        (true, false) => "name",
        (false, true) => "reason",
        (false, false) => return,
    };
    findings.report(field.at(field.value.keyword), format!("Classified By line has no {what}"));
}
