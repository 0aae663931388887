//! The head of a cable in words: who wrote to whom, when, how secret, about what.

use cable_catalog::Catalog;
use cable_syntax::{Cable, Placed, Reading, ReferenceReading};

/// What a page says above the text.
pub(crate) struct Head {
    /// `07ASTANA2541`
    pub(crate) id: Option<String>,
    /// `07 Astana 2541`, or the number as it is written.
    pub(crate) name: Option<String>,
    /// `Astana`, by which an index sorts; as it is written where it is not known.
    pub(crate) post: Option<String>,
    /// `ASTANA 002541`
    pub(crate) number: Option<String>,
    /// As it is written.
    pub(crate) subject: Option<String>,
    pub(crate) subject_line: Option<usize>,
    pub(crate) from: Option<Address>,
    pub(crate) to: Vec<Address>,
    pub(crate) info: Vec<Address>,
    /// In words, `Friday, 14 September 2007, 08:26 UTC`.
    pub(crate) when: Option<String>,
    /// `2007-09-14T08:26:00Z`
    pub(crate) iso: Option<String>,
    /// As it is written.
    pub(crate) group: Option<String>,
    /// `ROUTINE`
    pub(crate) precedence: Option<String>,
    /// `UNCLASSIFIED`
    pub(crate) classification: Option<String>,
    pub(crate) is_sensitive: bool,
    /// `E.O. 12958: not applicable, nothing to declassify`, and why it was classified.
    pub(crate) fate: Vec<String>,
    /// Captions and what they say.
    pub(crate) captions: Vec<(String, String)>,
    /// TAGS and what they mean.
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) references: Vec<ReferenceReading>,
    /// The envelope, as it was sent.
    pub(crate) envelope: String,
}

/// An addressee.
pub(crate) struct Address {
    /// As it is written: `AMEMBASSY ASTANA`.
    pub(crate) written: String,
    /// In words where they are known: `American Embassy Astana`.
    pub(crate) words: String,
    pub(crate) indicator: Option<String>,
}

impl Head {
    pub(crate) fn of(placed: &Placed) -> Self {
        let cable = &*placed.cable;
        let catalog = cable.catalog();
        let (reading, number) = Reading::before_body(cable, placed.first_line);
        let address = |written: String, indicator: Option<String>| Address {
            words: in_words(catalog, &written),
            written,
            indicator,
        };
        let (post, name) = number.map_or((None, None), |number| {
            let written = || reading.mrn.as_deref()?.rsplit_once(' ').map(|(post, _)| title_case(post));
            let known = catalog.post(&number.post).map(|post| title_case(post.name));
            let year = number.year.map(|year| format!("{:02} ", year.rem_euclid(100))).unwrap_or_default();
            let named = known.clone().or_else(written);
            let name = format!("{year}{} {}", named.as_deref().unwrap_or(&number.post), number.serial);
            (Some(known.unwrap_or(number.post)), Some(name))
        });
        Self {
            name: name.or_else(|| reading.mrn.clone()),
            post,
            fate: fate(catalog, &reading),
            id: reading.canonical_id,
            number: reading.mrn,
            subject: reading.subject,
            subject_line: reading.subject_lines.first().copied(),
            from: reading.from.map(|from| address(from, None)),
            to: reading.to.into_iter().map(|to| address(to.plad, to.ri)).collect(),
            info: reading.info.into_iter().map(|info| address(info.plad, info.ri)).collect(),
            when: cable.sent().map(|sent| sent.strftime("%A, %-d %B %Y, %H:%M UTC").to_string()),
            iso: reading.dtg_iso,
            group: reading.dtg,
            precedence: reading.precedence.map(|precedence| format!("{precedence:?}").to_uppercase()),
            classification: reading.classification.map(|level| level.word().to_owned()),
            is_sensitive: reading.sensitive,
            captions: reading
                .captions
                .into_iter()
                .map(|caption| {
                    let meaning = catalog.caption(&caption).map(|known| known.meaning.to_owned());
                    (caption, meaning.unwrap_or_default())
                })
                .collect(),
            tags: reading.tags.into_iter().map(|tag| tag_in_words(catalog, tag)).collect(),
            references: reading.refs,
            envelope: envelope(cable),
        }
    }

    /// How secret it was, in words: `Unclassified when sent, sensitive`.
    pub(crate) fn level(&self) -> Option<String> {
        let level = title_case(self.classification.as_deref()?);
        Some(format!("{level} when sent{}", if self.is_sensitive { ", sensitive" } else { "" }))
    }
}

fn tag_in_words(catalog: &Catalog, tag: String) -> (String, String) {
    let code = tag.split(' ').next().unwrap_or_default();
    let meaning = catalog.tags(code).next().map(|entry| entry.title.to_owned()).unwrap_or_default();
    (tag, meaning)
}

/// What became of the classification, and why it was given.
fn fate(catalog: &Catalog, reading: &Reading) -> Vec<String> {
    let mut fate = Vec::new();
    let order = reading.eo_order.as_deref();
    let under = order.map(|order| format!("E.O. {order}: ")).unwrap_or_default();
    let instruction = reading.eo_instruction.as_deref().unwrap_or_default();
    if let Some(day) = reading.decl.as_deref().and_then(|day| day.parse::<jiff::civil::Date>().ok()) {
        fate.push(format!("{under}to be declassified on {}", day.strftime("%-d %B %Y")));
    } else if instruction.eq_ignore_ascii_case("N/A") || instruction.eq_ignore_ascii_case("NA") {
        fate.push(format!("{under}not applicable, nothing to declassify"));
    } else if let Some(written) = &reading.eo {
        let mark = order.and_then(|order| catalog.declassification(order, instruction));
        fate.push(mark.map_or_else(|| written.clone(), |mark| format!("{written} ({})", mark.title)));
    }
    if let Some(by) = &reading.classified_by {
        let mut words = by.who.as_ref().map_or_else(String::new, |who| format!("classified by {who}"));
        let reasons: Vec<String> = by
            .reasons
            .iter()
            .map(|reason| {
                let code = by.section.as_ref().map_or_else(|| reason.clone(), |section| format!("{section}({reason})"));
                let meaning = order.and_then(|order| catalog.reason(order, &code)).map(|known| known.title);
                meaning.map_or_else(|| code.clone(), |meaning| format!("{code} {meaning}"))
            })
            .collect();
        if !reasons.is_empty() {
            words = if words.is_empty() { "classified".to_owned() } else { words };
            words = format!("{words} for {}", reasons.join("; "));
        }
        fate.extend(Some(words).filter(|words| !words.is_empty()));
    }
    fate
}

/// The lines of the envelope as they stand.
fn envelope(cable: &Cable) -> String {
    let parts = cable.parts.iter().filter(|part| part.kind.zone() == cable_syntax::Zone::Envelope);
    let mut lines: Vec<u32> = parts.map(|part| part.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut envelope = String::new();
    for (index, line) in lines.into_iter().enumerate() {
        envelope.push_str(if index > 0 { "\n" } else { "" });
        envelope.push_str(cable.line_text(line).trim_end());
    }
    envelope
}

/// A plain language address in words: `AMEMBASSY ASTANA` is `American Embassy Astana`. As it is written where the post is
/// not known.
fn in_words(catalog: &Catalog, written: &str) -> String {
    const OFFICES: [(&str, &str); 10] = [
        ("AMEMBASSY ", "American Embassy"),
        ("AMCONSUL ", "American Consulate"),
        ("AMCONGEN ", "American Consulate General"),
        ("AMLEGATION ", "American Legation"),
        ("USMISSION ", "U.S. Mission"),
        ("USDEL ", "U.S. Delegation"),
        ("USOFFICE ", "U.S. Office"),
        ("USINT ", "U.S. Interests Section"),
        ("USLO ", "U.S. Liaison Office"),
        ("AMEMB ", "American Embassy"),
    ];
    match written.trim_end_matches('.') {
        "SECSTATE WASHDC" | "SECSTATE" => return "Secretary of State, Washington".to_owned(),
        "SECDEF WASHDC" | "SECDEF WASHINGTON DC" => return "Secretary of Defense, Washington".to_owned(),
        "WHITE HOUSE WASHDC" => return "White House, Washington".to_owned(),
        _ => {}
    }
    let found = OFFICES.iter().find_map(|(office, words)| {
        let name = written.strip_prefix(office)?;
        let post = catalog.post(name)?;
        Some(format!("{words} {}", title_case(post.name)))
    });
    found.unwrap_or_else(|| written.to_owned())
}

/// `PORT SORREL` as `Port Sorrel`, `RIO DE JANEIRO` as `Rio de Janeiro`. Missions that are named by their short forms keep
/// their capitals.
pub(crate) fn title_case(name: &str) -> String {
    const SHORT_FORMS: [&str; 10] =
        ["USNATO", "USUN", "UNVIE", "USEU", "USOSCE", "USOECD", "USOAS", "USUNESCO", "AIT", "USINT"];
    const SMALL: [&str; 6] = ["DE", "DO", "DA", "DOS", "DU", "OF"];
    let words = name.split(' ').enumerate().map(|(at, word)| match word {
        word if SHORT_FORMS.contains(&word) => word.to_owned(),
        word if at > 0 && SMALL.contains(&word) => word.to_ascii_lowercase(),
        word => capitalised(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word whose parts begin with capitals: `PORT-AU-PRINCE` as `Port-Au-Prince`.
fn capitalised(word: &str) -> String {
    let mut is_start = true;
    let mut title = String::with_capacity(word.len());
    for character in word.chars() {
        title.push(if is_start { character.to_ascii_uppercase() } else { character.to_ascii_lowercase() });
        is_start = !character.is_alphanumeric() && character != '\'';
    }
    title
}

#[cfg(test)]
mod tests {
    use super::title_case;

    #[test]
    fn names_of_posts_are_written_as_on_a_map() {
        for (name, title) in [
            ("PORT SORREL", "Port Sorrel"),
            ("RIO DE JANEIRO", "Rio de Janeiro"),
            ("USUN NEW YORK", "USUN New York"),
            ("UNVIE VIENNA", "UNVIE Vienna"),
            ("CONFIDENTIAL", "Confidential"),
        ] {
            assert_eq!(title_case(name), title);
        }
    }
}
