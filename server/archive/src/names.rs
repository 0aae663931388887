//! What a file is called, and how a person names a cable: `06ASTANA121`, `1976LAGOS04320`, `06 ASTANA 121`, `astana 121`.

use cable_catalog::Catalog;
use cable_syntax::{CableNumber, four_digit_year};

/// The cable that a text names. The year may be missing.
pub fn number_of(text: &str, catalog: &Catalog) -> Option<CableNumber> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (year, rest) = text.split_at(digits);
    let year = match year.len() {
        0 => None,
        2 | 4 => Some(four_digit_year(year.parse().ok()?)),
        _ => return None,
    };
    let post = rest.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let serial = rest[post.len()..].parse().ok()?;
    let post = post.trim_matches([' ', '-', '_']);
    let is_post = post.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && post.chars().all(|letter| letter.is_ascii_alphabetic() || " .'-".contains(letter));
    is_post.then(|| CableNumber { post: compact(post, catalog), year, serial })
}

/// The cable that a file is named after: `07ASTANA2541.txt`, also with something after a `_` or `-`.
pub fn named(path: &str, catalog: &Catalog) -> Option<CableNumber> {
    let name = path.rsplit('/').next()?;
    let stem = name.split(['.', '_', '-', ' ']).next()?;
    number_of(stem, catalog).filter(|number| number.year.is_some())
}

/// Whether a file is named after another cable than those whose texts it holds, by the ids that the texts give. Where none
/// gives any, nothing is known.
pub fn name_disagrees<'a>(path: &str, ids: impl IntoIterator<Item = &'a str>, catalog: &Catalog) -> bool {
    let Some(named) = named(path, catalog) else { return false };
    let mut ids = ids.into_iter().filter_map(|id| number_of(id, catalog)).peekable();
    ids.peek().is_some() && !ids.any(|own| own == named)
}

/// The post as ids write it. One that nobody knows is taken as it is.
fn compact(post: &str, catalog: &Catalog) -> String {
    // The names of published cables have a caveat before the post: `09EFTOLONDON2618`.
    let known = catalog.post(post).or_else(|| catalog.post(post.strip_prefix("EFTO")?));
    known.map_or_else(|| post.replace(' ', "").to_uppercase(), |post| post.compact.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cable_is_named_in_several_ways() {
        let catalog = Catalog::built_in();
        for (text, id) in [
            ("06ASTANA121", "06ASTANA121"),
            ("06 astana 000121", "06ASTANA121"),
            ("1976LAGOS04320", "76LAGOS4320"),
            ("07 TEL AVIV 12", "07TELAVIV12"),
            ("09XYZZY12", "09XYZZY12"),
        ] {
            assert_eq!(number_of(text, &catalog).and_then(|number| number.id()).as_deref(), Some(id), "{text}");
        }
        assert_eq!(
            number_of("Tel Aviv 12", &catalog).map(|number| (number.post, number.year)),
            Some(("TELAVIV".to_owned(), None))
        );
        for text in ["", "ASTANA", "06121", "006ASTANA1", "06ASTANA121B", "06ASTANA99999999999"] {
            assert_eq!(number_of(text, &catalog), None, "{text}");
        }
    }

    #[test]
    fn a_file_is_named_after_a_cable_or_not() {
        let catalog = Catalog::built_in();
        let id = |path| named(path, &catalog).and_then(|number| number.id());
        assert_eq!(id("2006/01/06ASTANA121.txt").as_deref(), Some("06ASTANA121"));
        assert_eq!(id("06ASTANA121_a.cable").as_deref(), Some("06ASTANA121"));
        assert_eq!(id("ASTANA121.txt"), None);
        assert_eq!(id("000_fa3b50614e184c16.txt"), None);
        assert_eq!(id("09EFTOLONDON2618.txt").as_deref(), Some("09LONDON2618"));
        assert!(name_disagrees("06ASTANA121.txt", ["06ASTANA122"], &catalog));
        assert!(!name_disagrees("06ASTANA121.txt", ["06ASTANA120", "06ASTANA121"], &catalog));
        assert!(!name_disagrees("06ASTANA121.txt", [], &catalog));
        assert!(!name_disagrees("notes.txt", ["06ASTANA121"], &catalog));
    }
}
