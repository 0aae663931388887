//! `Message Attributes`: what an archive keeps of a cable beside its text (FORMAT.md, "Archive bulk form").
//!
//! The attributes fill what the text lacks. They override nothing: the text is the cable.

use std::sync::LazyLock;

use crate::canonical_id::CableNumber;
use crate::fields::classification::Classification;
use crate::pattern::{ShortPattern, short_pattern};
use crate::white_space::trim;

/// `Draft Date: 09 APR 1976`: a name of words with capitals, a colon, a value.
static ENTRY: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?<name>[A-Z][A-Za-z]*(?: [A-Za-z]+){0,5}):(?: (?<value>.*))?$"));

/// `1976LAGOS04320`.
static NUMBER: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?<year>19[5-9]\d|20\d\d)(?<post>[A-Z]+)(?<serial>\d{4,6})(?:_b\d)?$"));

/// The attributes of one cable. Each is looked for only when it is asked for: most cables lack nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attributes<'a> {
    /// The lines below the text.
    pub(crate) block: &'a str,
}

impl Attributes<'_> {
    /// Post and serial as an MRN, and what they are made of where they are a number.
    pub(crate) fn number(self) -> Option<(String, Option<CableNumber>)> {
        let number = self.value("Document Number")?;
        let found = NUMBER.captures(&number)?;
        let (post, serial) = (&found["post"], &found["serial"]);
        let number = match (found["year"].parse(), serial.parse()) {
            (Ok(year), Ok(serial)) => Some(CableNumber { post: post.to_owned(), year: Some(year), serial }),
            _ => None,
        };
        Some((format!("{post} {serial}"), number))
    }

    /// The level it was sent with.
    pub(crate) fn classification(self) -> Option<Classification> {
        use Classification::{Confidential, LimitedOfficialUse, Secret, TopSecret, Unclassified};
        let word = self.value("Original Classification")?;
        let all = [Unclassified, LimitedOfficialUse, Confidential, Secret, TopSecret];
        all.into_iter().find(|level| level.word() == word)
    }

    /// The tags, in order; none where there is no such attribute.
    pub(crate) fn tags(self) -> Option<Vec<String>> {
        let tags = self.value("TAGS")?;
        Some(tags.split(',').map(|tag| trim(tag).to_owned()).filter(|tag| !tag.is_empty()).collect())
    }

    /// The value of an attribute: its lines without the quotes around it, as one line. None where it says `n/a`.
    pub(crate) fn value(self, name: &str) -> Option<String> {
        let mut found: Option<String> = None;
        for line in self.block.lines() {
            match (ENTRY.captures(line.trim_end()), &mut found) {
                (Some(_), Some(_)) => break,
                (Some(entry), None) if &entry["name"] == name => {
                    found = Some(entry.name("value").map_or("", |value| value.as_str()).to_owned());
                }
                (None, Some(text)) => {
                    text.push(' ');
                    text.push_str(line);
                }
                _ => {}
            }
        }
        let found = found?;
        let text = trim(&found).trim_start_matches('!').trim();
        let text = text.strip_prefix('\'').map_or(text, |text| text.strip_suffix('\'').unwrap_or(text));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("''", "'");
        (!text.is_empty() && !text.eq_ignore_ascii_case("n/a")).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_goes_over_its_lines() {
        let attributes = Attributes {
            block: "Message Attributes\n\nDrafter: n/a\nSubject: FERRY VISIT\n  TO THE HARBOR\nTo: ! 'ALGIERS\n\n  INFO FRANKFURT\n\n  STATE'\nType: TE\n",
        };
        assert_eq!(attributes.value("Subject").as_deref(), Some("FERRY VISIT TO THE HARBOR"));
        assert_eq!(attributes.value("To").as_deref(), Some("ALGIERS INFO FRANKFURT STATE"));
        assert_eq!(attributes.value("Drafter"), None);
        assert_eq!(attributes.value("Errors"), None);
    }
}
