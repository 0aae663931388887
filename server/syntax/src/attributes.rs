//! `Message Attributes`: what an archive keeps of a cable beside its text (FORMAT.md, "Archive bulk form").
//!
//! The attributes fill what the text lacks. They override nothing: the text is the cable.

use std::sync::LazyLock;

use crate::cable::canonical_id;
use crate::classification::Classification;
use crate::pattern::{ShortPattern, short_pattern};
use crate::reading::Reading;
use crate::white_space::trim;

/// `Draft Date: 09 APR 1976`: a name of words with capitals, a colon, a value.
static ENTRY: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?<name>[A-Z][A-Za-z]*(?: [A-Za-z]+){0,5}):(?: (?<value>.*))?$"));

/// `1976LAGOS04320`.
static NUMBER: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?<year>19[5-9]\d|20\d\d)(?<post>[A-Z]+)(?<serial>\d{4,6})(?:_b\d)?$"));

/// The value of an attribute: its lines without the quotes around it, as one line. None where it says `n/a`.
fn value(block: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in block.lines() {
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

fn classification(word: &str) -> Option<Classification> {
    use Classification::{Confidential, LimitedOfficialUse, Secret, TopSecret, Unclassified};
    let all = [Unclassified, LimitedOfficialUse, Confidential, Secret, TopSecret];
    all.into_iter().find(|level| level.word() == word)
}

/// Fills what a reading lacks from the attributes below its text.
pub(crate) fn fill(reading: &mut Reading, block: &str) {
    let of = |name| value(block, name);
    if reading.mrn.is_none()
        && let Some(found) = of("Document Number").as_deref().and_then(|number| NUMBER.captures(number))
    {
        let (post, serial) = (&found["post"], &found["serial"]);
        reading.mrn = Some(format!("{post} {serial}"));
        if reading.canonical_id.is_none()
            && let (Ok(year), Ok(number)) = (found["year"].parse(), serial.parse())
        {
            reading.canonical_id = Some(canonical_id(year, post, number));
        }
    }
    if reading.classification.is_none() {
        reading.classification = of("Original Classification").as_deref().and_then(classification);
    }
    if reading.subject.is_none() {
        reading.subject = of("Subject");
    }
    if reading.from.is_none() {
        reading.from = of("From");
    }
    if reading.tags.is_empty()
        && let Some(tags) = of("TAGS")
    {
        reading.tags = tags.split(',').map(|tag| trim(tag).to_owned()).filter(|tag| !tag.is_empty()).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_goes_over_its_lines() {
        let block = "Message Attributes\n\nDrafter: n/a\nSubject: FERRY VISIT\n  TO THE HARBOR\nTo: ! 'ALGIERS\n\n  INFO FRANKFURT\n\n  STATE'\nType: TE\n";
        assert_eq!(value(block, "Subject").as_deref(), Some("FERRY VISIT TO THE HARBOR"));
        assert_eq!(value(block, "To").as_deref(), Some("ALGIERS INFO FRANKFURT STATE"));
        assert_eq!(value(block, "Drafter"), None);
        assert_eq!(value(block, "Errors"), None);
    }
}
