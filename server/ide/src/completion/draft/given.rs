//! What a person gives for a new cable, read in any form that tells what is meant.

use std::sync::LazyLock;

use cable_catalog::Catalog;
use cable_syntax::{Precedence, pattern};
use regex::Regex;

use crate::derived;

/// `06 MOSCOW 121`, `06MOSCOW121`, with the letter of a list before it.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\(?[A-Z][.)] *)?(?:(?<year>\d{2}) ?)?(?<post>[A-Z][A-Z'-]*(?: [A-Z][A-Z'-]*){0,3}) ?(?<serial>\d{1,6})$",
    )
});

/// An addressee, read.
#[derive(Debug)]
pub(super) struct Addressee {
    pub(super) station: Option<String>,
    pub(super) name: String,
    pub(super) precedence: Precedence,
}

/// A text on one line, with single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `RUEHNT/AMEMBASSY TASHKENT PRIORITY`, `tashkent`.
pub(super) fn addressee(given: &str, catalog: &Catalog) -> Result<Addressee, String> {
    let given = one_line(given).to_uppercase();
    let words = ["NIACT IMMEDIATE", "IMMEDIATE", "PRIORITY", "ROUTINE", "FLASH"];
    let found = words.into_iter().find_map(|word| Some((given.strip_suffix(word)?.trim_end(), word)));
    let (name, precedence) = found.map_or((given.as_str(), None), |(name, word)| (name, Precedence::from_word(word)));
    let (station, name) = name.split_once('/').map_or((None, name), |(station, name)| (Some(station), name));
    let is_address = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .'/()-".contains(&byte))
    };
    let of_post = catalog.post(name).filter(|post| !post.doubtful && !post.designator.is_empty());
    let name = of_post.map_or(name, |post| post.designator);
    if !is_address(name) || name.ends_with(|c: char| c.is_ascii_digit()) {
        return Err(format!("{given:?} is not an addressee: write a post, or an address such as AMEMBASSY TASHKENT"));
    }
    let station = station.map(str::to_owned).or_else(|| Some(derived::station(catalog, name)?.indicator.to_owned()));
    Ok(Addressee { station, name: name.to_owned(), precedence: precedence.unwrap_or(Precedence::Routine) })
}

/// Codes as they are, countries and organizations also by their whole name.
pub(super) fn tags(given: &[String], catalog: &Catalog) -> Result<Vec<String>, String> {
    let mut codes: Vec<String> = Vec::new();
    for tag in given {
        let tag = one_line(tag);
        let code = tag.to_uppercase();
        let by_name = || catalog.all_tags().find(|entry| !entry.doubtful && entry.title.eq_ignore_ascii_case(&tag));
        let code = if catalog.is_tag(&code) {
            code
        } else {
            let named = by_name().map(|entry| entry.code.to_owned());
            named.ok_or_else(|| format!("{tag:?} is not a known TAG"))?
        };
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// A reference as the list has it: year, post and serial.
pub(super) fn reference(given: &str, catalog: &Catalog) -> Result<String, String> {
    let given = one_line(given).to_uppercase();
    let refuse = || format!("{given:?} is not a reference: write the post and the serial, such as 06 MOSCOW 121");
    let found = REFERENCE.captures(&given).ok_or_else(refuse)?;
    let post = &found["post"];
    let post = catalog.post(post).filter(|known| !known.doubtful).map_or(post, |known| known.name);
    let serial: u32 = found["serial"].parse().map_err(|_| refuse())?;
    let year = found.name("year").map_or_else(String::new, |year| format!("{} ", year.as_str()));
    Ok(format!("{year}{post} {serial}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog() -> Catalog {
        Catalog::built_in()
    }

    #[test]
    fn what_is_given_is_read_in_any_form() {
        assert_eq!(reference("a. 06moscow121", &catalog()).as_deref(), Ok("06 MOSCOW 121"));
        assert_eq!(reference("Tel Aviv 0079", &catalog()).as_deref(), Ok("TEL AVIV 79"));
        assert!(reference("the letter of May", &catalog()).is_err());
        assert_eq!(
            tags(&["kazakhstan".into(), "prel".into(), "KZ".into()], &catalog()),
            Ok(vec!["KZ".into(), "PREL".into()])
        );
        assert!(tags(&["nonsense".into()], &catalog()).is_err());
        let one = addressee("tashkent priority", &catalog()).expect("an addressee");
        assert_eq!((one.station.as_deref(), one.name.as_str()), (Some("RUEHNT"), "AMEMBASSY TASHKENT"));
        assert_eq!(one.precedence, Precedence::Priority);
        assert!(addressee("PRIORITY", &catalog()).is_err());
    }
}
