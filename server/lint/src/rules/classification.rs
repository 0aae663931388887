//! The classification line, the captions below it, and Classified By (CLS).

use crate::findings::{Context, Findings};
use crate::{Example, FixSafety, Rule, Severity};

pub(crate) static MISSPELT_CAPTION: Rule = Rule {
    code: "CLS005",
    name: "misspelt-caption",
    severity: Severity::Warning,
    weaker: None,
    on_by_default: true,
    fix: Some(FixSafety::Safe),
    summary: "a caption is a slip for a known one",
    explanation: "A caption says who may see the cable and where it may be distributed, so a misspelt one protects nothing. It is \
                  reported where it stands among the captions, is not known itself, and is one or two letters from \
                  exactly one caption that is. Other capital lines there are passing instructions.",
    example: Example { before: "STPDIS", after: "SIPDIS" },
    source: "S0:13; H250, H440",
    check: misspelt_caption,
};

fn misspelt_caption(context: &Context<'_>, findings: &mut Findings) {
    for caption in &context.cable.header.captions {
        let (text, meant) = (context.cable.slice(caption.span), caption.value.as_str());
        if text != meant && context.catalog.caption(text).is_none() {
            findings
                .report(caption.span, format!("caption \"{text}\" is not known: did you mean {meant}?"))
                .fix(format!("Write {meant}"), vec![(caption.span, meant.to_owned())]);
        }
    }
}
