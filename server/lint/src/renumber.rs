//! Renumbering: the paragraphs of a cable counted anew, in plain form. A person asks for it; no rule does.

use std::sync::LazyLock;

use cable_syntax::{Cable, Placed, pattern};
use regex::Regex;

use crate::{Change, Fix, FixSafety, Letters, TextEdit};

/// `paragraph 5`, `paras 3 and 4`, `para. ¶3`.
static CITED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?i:para(?:graph)?s?)\.?\s+¶?\d"));

/// What a title says where the text cites paragraphs by number, which nothing that counts them anew follows; else nothing.
pub fn citations_stay(cable: &Cable) -> &'static str {
    if CITED.is_match(cable.text()) { " (references in the text to paragraph numbers are not changed)" } else { "" }
}

/// Numbers the paragraphs of a cable from 1 on, as they are. Those of a quoted text keep their own count. None when
/// every number is right already.
///
/// A gap may be a paragraph that the copy lost: renumbering hides it, so this is never done unasked.
pub fn renumber(placed: &Placed) -> Option<Fix> {
    let body = &placed.cable.body;
    let own = body.paragraphs.iter().filter(|paragraph| !placed.cable.is_quoted(paragraph.marker.line));
    // A later section goes on with the numbers of the one before.
    let section = placed.cable.header.classification.as_ref().and_then(|line| line.value.section);
    let is_later = section.is_some_and(|section| section.number > 1);
    let mut next = own.clone().next().filter(|_| is_later).map_or(1, |first| first.number);
    let edits: Vec<TextEdit> = own
        .filter_map(|paragraph| {
            let span = paragraph.marker.at(paragraph.marker.value.number);
            // A range keeps its length.
            let last = next + (paragraph.last_number() - paragraph.number);
            let text = if last == next { next.to_string() } else { format!("{next}-{last}") };
            next = last + 1;
            let written = placed.cable.slice(span);
            // The sign that the web edition kept is no mistake.
            let is_right = written.strip_prefix('¶').unwrap_or(written) == text;
            (!is_right).then(|| TextEdit { range: placed.range(span), text })
        })
        .collect();
    let title = format!("Renumber the paragraphs of this cable{}", citations_stay(&placed.cable));
    let changes = &[Change::Marker, Change::Numbers];
    (!edits.is_empty()).then_some(Fix { title, safety: FixSafety::Unsafe, edits, changes, letters: Letters::Numbers })
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;
    use cable_syntax::Document;

    use super::renumber;
    use crate::fix::apply;

    #[test]
    fn counts_from_one_and_leaves_quoted_texts_alone() {
        let text = "UNCLAS ASTANA 000001\n\nSUBJECT: X\n\n1. (U) One.\n\n¶13. (U) Two.\n\nBEGIN TEXT\n\n1. (U) Theirs.\n\n\
                    END TEXT\n\n- 5. (U) Three.\n";
        let document = Document::new(text, &Catalog::built_in());
        let fix = renumber(&document.cables()[0]).expect("two numbers are not right");
        let renumbered = apply(text, &fix.edits);
        assert_eq!(renumbered, text.replace("¶13.", "2.").replace("- 5.", "3."));
        let document = Document::new(&renumbered, &Catalog::built_in());
        assert_eq!(renumber(&document.cables()[0]), None);
        let kept = Document::new(&renumbered.replace("\n2.", "\n¶2."), &Catalog::built_in());
        assert_eq!(renumber(&kept.cables()[0]), None);
    }

    #[test]
    fn the_title_says_what_stays() {
        for (cited, stays) in [("See para 4.", true), ("Paragraphs\n3 and 4.", true), ("The parade 4.", false)] {
            let text = format!("UNCLAS ASTANA 000001\n\nSUBJECT: X\n\n1. (U) {cited}\n\n13. (U) Two.\n");
            let document = Document::new(&text, &Catalog::built_in());
            let fix = renumber(&document.cables()[0]).expect("a number is not right");
            assert_eq!(
                fix.title.contains("references in the text to paragraph numbers are not changed"),
                stays,
                "{text}"
            );
        }
    }
}
