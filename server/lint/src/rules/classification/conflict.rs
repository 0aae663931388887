//! Captions that exclude one another (CLS007).

use std::collections::HashSet;

use cable_syntax::Field;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static CONFLICTING: Rule = Rule {
    code: "CLS007",
    name: "conflicting-captions",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "two captions exclude each other",
    explanation: "SIPDIS releases a cable to a network that many agencies read. NODIS and EXDIS keep it to a few \
                  readers, so they cannot be combined with SIPDIS. A channel caption sends the cable to one office \
                  only, so a cable has at most one of them. A caption that is merely repeated is reported by CLS006.",
    example: Example { before: "NODIS\n\nSIPDIS\n\nSUBJECT: TALKS", after: "NODIS\n\nSUBJECT: TALKS" },
    source: "5 FAH-2 H-440 (Telecommunications Handbook, captions); cables 05 STATE 226504 and 06 STATE 83673 (use of SIPDIS)",
    check: conflicting,
};

fn conflicting(context: &Context<'_>, findings: &mut Findings) {
    let captions = &context.cable.header.captions;
    // The caption calls itself a channel: what its row of the tables says of it is not needed.
    let is_channel = |word: &str| word.ends_with(" CHANNEL");
    let excludes = |a: &str, b: &str| {
        let open = a == "SIPDIS" && matches!(b, "NODIS" | "EXDIS");
        open || (a != b && is_channel(a) && is_channel(b))
    };
    let conflicts = |a: &str, b: &str| excludes(a, b) || excludes(b, a);
    // Of a pair that is there twice only the first is reported.
    let mut seen = HashSet::new();
    let mut firsts: Vec<&Field<String>> = Vec::new();
    for second in captions.iter().filter(|second| seen.insert(second.value.as_str())) {
        let first = firsts.iter().find(|first| conflicts(&first.value, &second.value)).copied();
        // Of the channels one is enough: each other one excludes it.
        if is_channel(&second.value) && first.is_none() || matches!(second.value.as_str(), "SIPDIS" | "NODIS" | "EXDIS")
        {
            firsts.push(second);
        }
        let Some(first) = first else { continue };
        findings
            .report(second.span, format!("{} cannot be combined with {}", second.value, first.value))
            .related(first.span, first.value.clone());
    }
}
