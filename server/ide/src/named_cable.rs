//! Cables that running text names by post and serial: `07ASTANA2541`, `MOSCOW 77` (FORMAT.md, "Classification line").

use std::sync::LazyLock;

use cable_catalog::{Catalog, Post};
use cable_syntax::{Span, pattern};
use regex::Regex;

/// `07ASTANA2541`, `07 ASTANA 2541`, `ASTANA 2541`.
static CABLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?x)\b(?: (?<year>\d{2})\ ? )? (?<post>[A-Z]{3,}(?:\ [A-Z]{3,}){0,2}) \ ?\#? (?<serial>\d{1,6})\b")
});

/// A cable named by its post and serial.
#[derive(Debug)]
pub(crate) struct NamedCable<'a> {
    /// Columns of year, post and serial, as far as they are there.
    pub(crate) span: Span,
    /// Four digits, where a year is written.
    pub(crate) year: Option<i16>,
    pub(crate) post: Post<'a>,
    pub(crate) serial: u32,
}

/// The cables in a text, one line or a part of one, whose posts the catalogue knows for certain.
pub(crate) fn named_cables<'a>(text: &str, catalog: &'a Catalog) -> impl Iterator<Item = NamedCable<'a>> {
    let found = may_name(text).then(|| CABLE.captures_iter(text));
    found.into_iter().flatten().filter_map(|found| {
        let (whole, name) = (found.get(0)?, found.name("post")?);
        // Words of the sentence may be before the post.
        let starts = std::iter::once(0).chain(name.as_str().match_indices(' ').map(|(at, _)| at + 1));
        let (skipped, post) = starts.into_iter().find_map(|at| {
            let post = catalog.post(&name.as_str()[at..]).filter(|post| !post.doubtful)?;
            Some((at, post))
        })?;
        let year = found.name("year").filter(|_| skipped == 0);
        let start = year.map_or(name.start() + skipped, |year| year.start());
        Some(NamedCable {
            span: Span::of(start..whole.end()),
            year: year.and_then(|year| year.as_str().parse().ok()).map(cable_syntax::four_digit_year),
            post,
            serial: found["serial"].parse().ok()?,
        })
    })
}

/// Whether figures are where a serial is: after capitals, with a space or a # between at most. Few lines have any, and
/// only those need be searched.
fn may_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins_serial = |at: usize| {
        let before = &bytes[..at];
        let before = before.strip_suffix(b"#").unwrap_or(before);
        let name = before.strip_suffix(b" ").unwrap_or(before);
        name.len() >= 3 && name[name.len() - 3..].iter().all(u8::is_ascii_uppercase)
    };
    (1..bytes.len()).any(|at| bytes[at].is_ascii_digit() && begins_serial(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cables_by_post_and_serial() {
        let catalog = Catalog::built_in();
        let text =
            "SEE ALSO MOSCOW 77, 05MOSCOW78, 06 TEL AVIV 79 and NOWHERE 80 in PRAGUE SPRING. PRAGUE #81, LIMA#82.";
        let found: Vec<_> = named_cables(text, &catalog)
            .map(|cable| (cable.span.text(text), cable.year, cable.post.compact, cable.serial))
            .collect();
        let expected = [
            ("MOSCOW 77", None, "MOSCOW", 77),
            ("05MOSCOW78", Some(2005), "MOSCOW", 78),
            ("06 TEL AVIV 79", Some(2006), "TELAVIV", 79),
            ("PRAGUE #81", None, "PRAGUE", 81),
            ("LIMA#82", None, "LIMA", 82),
        ];
        assert_eq!(found, expected);
    }
}
