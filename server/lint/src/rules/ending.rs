//! The end of the cable: signature and trailer (END).

use std::sync::LazyLock;

use regex::Regex;

use crate::findings::{Context, Findings};
use crate::{Example, Rule, Severity};

pub(crate) static SERVICE_NOTE: Rule = Rule {
    code: "END004",
    name: "service-note",
    severity: Severity::Information,
    weaker: None,
    on_by_default: true,
    fix: None,
    summary: "a service note stands behind the signature",
    explanation: "The communicators put a note behind the text when a cable was sent again or did not reach an addressee. It is no \
                  part of the text, and it tells the reader that another copy may differ.",
    example: Example {
        before: "1. (U) The delegation left.\n\nROE\n\nNOTE: SVC FOR DROPPED ADDEE",
        after: "1. (U) The delegation left.\n\nROE",
    },
    source: "S1:59",
    check: service_note,
};

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:NOTE(?: BY [A-Z/]+)?: ?|\(STATE note\) ?)(?<text>\S.*)$").expect("the fixtures hold it")
});

fn service_note(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for line in &cable.trailer {
        let text = cable.slice(line.span);
        let Some(note) = NOTE.captures(text) else { continue };
        let what = match &note["text"] {
            "SVC FOR DROPPED ADDEE" => "addressee dropped",
            "NOT PASSED TO ABOVE ADDRESSEE(S)" => "not passed to the addressees above",
            other => other,
        };
        findings.report(line.span, format!("service note after the signature: {what}"));
    }
}
