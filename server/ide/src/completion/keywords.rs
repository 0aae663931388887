//! The keywords of the header, as they are offered and as they begin (FORMAT.md, "Header").

use cable_syntax::PartKind;

use super::wording::fit;

/// The keywords of the header, in their order.
pub(super) const KEYWORDS: [(PartKind, &str, &str); 5] = [
    (PartKind::ExecutiveOrder, "E.O.", "the order it is classified under, and until when"),
    (PartKind::Tags, "TAGS", "what and whom it is about, in codes"),
    (PartKind::Subject, "SUBJECT", "the title"),
    (PartKind::Reference, "REF", "the cables it refers to"),
    (PartKind::ClassifiedBy, "Classified By", "who classified it, and why"),
];

/// Whether what is typed may begin a keyword that comes after the TAGS.
pub(super) fn begins_keyword(typed: &str) -> bool {
    let after = KEYWORDS.iter().skip_while(|(kind, ..)| *kind != PartKind::Tags).skip(1);
    !typed.is_empty() && after.into_iter().any(|(_, word, _)| fit(word, typed).is_some())
}
