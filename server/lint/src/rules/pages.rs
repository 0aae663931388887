//! What the sections and pages left in the text (PAG).

use crate::findings::{Context, Findings};
use crate::line_edit::without;
use crate::{DiagnosticTag, Example, FixSafety, Rule, Severity};

pub(crate) static STRAY_CAPTION: Rule = Rule {
    code: "PAG006",
    name: "stray-caption-in-body",
    severity: Severity::Information,
    weaker: None,
    on_by_default: true,
    fix: Some(FixSafety::Ask),
    summary: "a caption stands inside the text",
    explanation: "When the sections of a cable were merged, the captions of a later section stayed where it began, in the middle of a \
                  paragraph. They say nothing new and cut the sentence in two.",
    example: Example {
        before: "1. (U) The delegation left for\n\nSIPDIS\n\nthe airport.",
        after: "1. (U) The delegation left for\n\nthe airport.",
    },
    source: "S1:25, S4:41",
    check: stray_caption,
};

fn stray_caption(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for caption in &cable.body.stray_captions {
        let name = cable.slice(caption.span);
        let place = match caption.value.and_then(|index| cable.body.paragraphs.get(index as usize)) {
            Some(paragraph) => format!("inside paragraph {}", paragraph.number),
            None => "before the first paragraph".to_owned(),
        };
        findings
            .report(caption.span, format!("stray caption {name} {place}"))
            .tag(DiagnosticTag::Unnecessary)
            .fix(format!("Delete {name}"), vec![(without(cable, caption.line, caption.span), String::new())]);
    }
}
