//! The marks of declassification in an E.O. line: `DECL`, `X1`, `OADR`, `N/A` (FORMAT.md, "E.O. line").

use cable_catalog::{Catalog, Entry};
use cable_syntax::{Cable, Span};

/// The words of an instruction, given as a span of the cable, that are marks; each with its meaning under the order that
/// the line names, or else under another: a mark of another order is a known word all the same.
pub(crate) fn marks<'a>(
    cable: &'a Cable,
    catalog: &'a Catalog,
    instruction: Span,
) -> impl Iterator<Item = (Span, Entry<'static>)> + 'a {
    let field = cable.header.executive_order.as_ref();
    let own = field.and_then(|field| Some(cable.slice(field.at(field.value.order?)))).unwrap_or("any");
    let text = cable.slice(instruction);
    // `N/A` is one word.
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '(' | ')'));
    // Every mark has a letter; most words are dates.
    let may_be_mark = |word: &&str| word.bytes().any(|byte| byte.is_ascii_alphabetic());
    words.filter(may_be_mark).filter_map(move |word| {
        let written = word.to_ascii_uppercase();
        let under = |order: &str| catalog.declassification(order, &written);
        let entry = under(own).or_else(|| catalog.executive_orders().find_map(|order| under(order.number)))?;
        let start = (word.as_ptr() as usize - text.as_ptr() as usize) as u32 + instruction.start;
        Some((Span::new(start, start + word.len() as u32), entry))
    })
}
