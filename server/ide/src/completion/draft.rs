//! The text of a new cable: what is known of it, and everything that follows from that
//! (FORMAT.md, "Envelope", "Header", "Body").

mod given;

use cable_catalog::Catalog;
use cable_syntax::{Cable, Classification, Precedence};
use given::{Addressee, addressee, one_line, reference, tags};
use jiff::civil::{Date, DateTime, date};

use super::reasons;
use super::wording::Wording;
use crate::{derived, order_line};

/// From this year on copies have the lines above the DTG, and captions that name SIPDIS.
const WHOLE_ENVELOPE_FROM: i16 = 2002;
const SIPDIS_FROM: i16 = 1998;
/// Paragraphs have portion marks of their own from here on; before, the first one marks the entire text.
const PORTION_MARKS: Date = date(1995, 10, 14);
const ENTIRE_TEXT: Date = date(1979, 1, 1);
/// To whom a post writes when nobody is named, and its station.
const DEPARTMENT: &str = "SECSTATE WASHDC";
/// The order that the cables of the published archives are under, until the year is known.
const ORDER: &str = "12958";

/// What is known of a new cable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Who sends it: a post's name, or its address.
    pub post: Option<String>,
    /// Its classification; UNCLASSIFIED where none is given.
    pub level: Option<Classification>,
    /// Whether it is unclassified and yet not for everybody.
    pub sensitive: bool,
    /// Its precedence; ROUTINE where none is given.
    pub precedence: Option<Precedence>,
    /// Who must act on it.
    pub to: Vec<String>,
    /// Who is told of it.
    pub info: Vec<String>,
    /// Its title.
    pub subject: Option<String>,
    /// Its tags: codes, or names of countries.
    pub tags: Vec<String>,
    /// The cables it refers to.
    pub references: Vec<String>,
    /// The order it is classified under, where another cable tells it.
    pub order: Option<String>,
    /// The moment of its date-time group, UTC.
    pub sent: Option<DateTime>,
    /// Its serial.
    pub serial: Option<u32>,
    /// Who signs it.
    pub signature: Option<String>,
}

/// The earliest and the latest year that the two digits of a date-time group tell.
const YEARS: std::ops::RangeInclusive<i16> = 1973..=2049;

impl Draft {
    /// Takes the classification from its name: `SBU` is unclassified and sensitive.
    ///
    /// # Errors
    /// When it is none.
    pub fn set_classification(&mut self, word: &str) -> Result<(), String> {
        let squeezed: String = word.to_uppercase().split_whitespace().collect();
        let (level, sensitive) = match squeezed.as_str() {
            "UNCLASSIFIED" | "UNCLAS" => (Classification::Unclassified, false),
            "SBU" | "SENSITIVE" | "SENSITIVEBUTUNCLASSIFIED" => (Classification::Unclassified, true),
            "LIMITEDOFFICIALUSE" | "LOU" => (Classification::LimitedOfficialUse, false),
            "CONFIDENTIAL" => (Classification::Confidential, false),
            "SECRET" => (Classification::Secret, false),
            "TOPSECRET" => (Classification::TopSecret, false),
            _ => return Err(format!("{word:?} is not a classification")),
        };
        (self.level, self.sensitive) = (Some(level), sensitive);
        Ok(())
    }

    /// Takes the precedence from its word.
    ///
    /// # Errors
    /// When it is none.
    pub fn set_precedence(&mut self, word: &str) -> Result<(), String> {
        let known = Precedence::from_word(word.trim().to_uppercase().as_str());
        self.precedence = Some(known.ok_or_else(|| format!("{word:?} is not a precedence"))?);
        Ok(())
    }

    /// Takes the moment of the date-time group from a text such as `2009-06-22T09:50Z`.
    ///
    /// # Errors
    /// When it is none, or in no year that two digits tell.
    pub fn set_date(&mut self, text: &str) -> Result<(), String> {
        let refuse = || format!("{text:?} is not a time in UTC such as 2009-06-22T09:50Z");
        let zoneless = text.trim().trim_end_matches(['Z', 'z']);
        self.set_moment(zoneless.parse().map_err(|_| refuse())?)
    }

    /// Takes the moment of the date-time group from the seconds since the beginning of 1970.
    ///
    /// # Errors
    /// When that is in no year that two digits tell.
    pub fn set_seconds(&mut self, seconds: u64) -> Result<(), String> {
        let seconds = i64::try_from(seconds).ok();
        let since = seconds.and_then(|seconds| jiff::Span::new().try_seconds(seconds).ok());
        let moment = since.and_then(|since| DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(since).ok());
        self.set_moment(moment.ok_or("the clock of this machine is wrong: give a date")?)
    }

    fn set_moment(&mut self, moment: DateTime) -> Result<(), String> {
        if !YEARS.contains(&moment.year()) {
            return Err(format!("a date-time group has a year from {} to {}", YEARS.start(), YEARS.end()));
        }
        self.sent = Some(moment);
        Ok(())
    }

    /// An answer to a cable: it goes back to the sender and refers to what he wrote.
    pub fn answering(cable: &Cable, catalog: &Catalog) -> Self {
        let (envelope, header) = (&cable.envelope, &cable.header);
        let from = envelope.to.first().map(|field| cable.slice(field.at(field.value.plad)).to_owned());
        let indicator = envelope.de.as_ref().map(|field| cable.slice(field.at(field.value.indicator)));
        let to = envelope.from.as_ref().map(|field| {
            let plad = cable.slice(field.at(field.value.plad));
            indicator.filter(|known| !known.is_empty()).map_or_else(|| plad.to_owned(), |own| format!("{own}/{plad}"))
        });
        let reference = header.classification.as_ref().map(|line| {
            let number = line.value.reference_number;
            let post = cable.slice(line.at(number.post));
            let post = catalog.post(post).map_or(post, |known| known.name);
            let year = cable.year().map_or_else(String::new, |year| format!("{:02} ", year.rem_euclid(100)));
            format!("{year}{post} {}", number.number)
        });
        let tags = header.tags.iter().flat_map(|tags| &tags.tags);
        let subject = header.subject.iter().flat_map(|subject| &subject.lines);
        let subject: Vec<&str> = subject.flat_map(|line| cable.slice(line.span).split_whitespace()).collect();
        let order = header.executive_order.as_ref().and_then(|field| Some(cable.slice(field.at(field.value.order?))));
        Self {
            post: from,
            level: cable.classification(),
            sensitive: header.captions.iter().any(|caption| caption.value == "SENSITIVE"),
            to: to.into_iter().collect(),
            subject: Some(subject.join(" ")).filter(|subject| !subject.is_empty()),
            tags: tags.map(|field| cable.slice(field.at(field.value.code)).to_owned()).collect(),
            references: reference.into_iter().collect(),
            order: order.map(str::to_owned),
            ..Self::default()
        }
    }

    /// The text, plain and as a snippet, with places for what is not known.
    ///
    /// # Errors
    /// When something given is not what its line can hold; the message says what.
    pub fn write(&self, catalog: &Catalog) -> Result<(String, Option<String>), String> {
        self.wording(catalog).map(|wording| (wording.plain, wording.snippet))
    }

    pub(super) fn wording(&self, catalog: &Catalog) -> Result<Wording, String> {
        let day = self.sent.map(DateTime::date);
        let level = self.level.unwrap_or(Classification::Unclassified);
        let (from, post) = self.sender(catalog)?;
        let (to, info, highest) = self.addressees(catalog, from.as_deref())?;
        let station = from.as_deref().and_then(|from| derived::station(catalog, from));
        let serial = self.serial.map(|serial| format!("{:04}", serial % 10_000));
        let serial = serial.as_deref();
        // Without a station nobody can say what the lines above the DTG hold.
        let whole = day.is_none_or(|day| day.year() >= WHOLE_ENVELOPE_FROM) && (from.is_none() || station.is_some());
        let mut text = Wording::default();
        if whole {
            let stations: Vec<&str> = to.iter().chain(&info).filter_map(|one| one.station.as_deref()).collect();
            let letter = highest.letter();
            text = text.text("VZCZC").place(1, "XYZ0001").text(&format!("\n{letter}{letter} "));
            text = if stations.is_empty() { text.place(2, "RUEHC") } else { text.text(&distinct(&stations).join(" ")) };
            text = known(text.text("\nDE "), 3, station.map(|station| station.indicator), "RUEHXX").text(" #");
            text = known(text, 4, serial, "0001").text(" ");
            let filed = self.sent.map(derived::filing_time);
            text = known(text, 5, filed.as_deref(), "DDDHHMM").text("\n");
            text = text.text(derived::operating_signal(level)).text("\n");
        }
        text = text.text(&format!("{} ", highest.letter()));
        text = match self.sent {
            Some(sent) => text.text(&derived::date_time_group(sent)),
            None => text.place(6, "DDHHMM").text("Z ").place(7, "MON").text(" ").place(8, "YY"),
        };
        text = known(text.text("\nFM "), 9, from.as_deref(), "AMEMBASSY POST").text("\n");
        text = text.text(&addressee_lines("TO", &to, whole)).text(&addressee_lines("INFO", &info, whole));
        text = text.text(if whole { "BT\n" } else { "\n" }).text(derived::level_words(level)).text(" ");
        text = known(text, 10, post.as_deref(), "POST").text(" ");
        text = match self.serial {
            Some(serial) => text.text(&format!("{serial:0width$}", width = derived::serial_width(day))),
            None => text.text(&"00"[6 - derived::serial_width(day)..]).place(4, "0001"),
        };
        text = self.header(text, catalog, level, day)?;
        text = self.body(text, level, day).text("\n\n");
        text = known(text, 17, self.signature.as_deref(), "SURNAME");
        if whole {
            text = known(text.text("\nBT\n#"), 4, serial, "0001").text("\nNNNN");
        }
        Ok(text.text("\n"))
    }

    /// The FM line and the post of the MRN.
    fn sender(&self, catalog: &Catalog) -> Result<(Option<String>, Option<String>), String> {
        let Some(given) = self.post.as_deref().map(one_line).filter(|given| !given.is_empty()) else {
            return Ok((None, None));
        };
        let given = given.rsplit('/').next().unwrap_or(&given).to_uppercase();
        let by_address = crate::hover::post_of_address(catalog, &given);
        if let Some(post) = by_address {
            return Ok((Some(given), Some(post.name.to_owned())));
        }
        let post = catalog.post(&given).filter(|post| !post.doubtful && !post.designator.is_empty());
        let post = post.ok_or_else(|| {
            format!("no post is known as {given}: write it as on the FM line, such as AMEMBASSY ASTANA")
        })?;
        Ok((Some(post.designator.to_owned()), Some(post.name.to_owned())))
    }

    /// Action and information addressees and the highest precedence; nobody is told sooner than those who must act.
    fn addressees(
        &self,
        catalog: &Catalog,
        from: Option<&str>,
    ) -> Result<(Vec<Addressee>, Vec<Addressee>, Precedence), String> {
        let department = [DEPARTMENT.to_owned()];
        let given = match self.to.is_empty() {
            true if from == Some(DEPARTMENT) => {
                return Err("the Department writes to a post: say which".to_owned());
            }
            true => &department[..],
            false => &self.to[..],
        };
        let read = |one: &String| addressee(one, catalog);
        let mut to = given.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let mut info = self.info.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let own = self.precedence.unwrap_or(Precedence::Routine);
        let highest = to.iter().chain(&info).map(|one| one.precedence).fold(own, Ord::max);
        if let Some(first) = to.first_mut() {
            first.precedence = highest;
        }
        let mut seen: Vec<String> = Vec::new();
        for list in [&mut to, &mut info] {
            list.retain(|one| {
                let is_new = !seen.contains(&one.name);
                seen.push(one.name.clone());
                is_new
            });
        }
        Ok((to, info, highest))
    }

    fn header(
        &self,
        text: Wording,
        catalog: &Catalog,
        level: Classification,
        day: Option<Date>,
    ) -> Result<Wording, String> {
        let mut text = text.text("\n\n");
        if self.sensitive && level == Classification::Unclassified {
            text = text.text("SENSITIVE\n");
        }
        if day.is_none_or(|day| day.year() >= SIPDIS_FROM) {
            text = text.text("SIPDIS\n\n");
        } else if text.plain.ends_with("SENSITIVE\n") {
            text = text.text("\n");
        }
        let classified = level >= Classification::Confidential;
        text = match day.and_then(|day| order_line::line_of(level, day, catalog)) {
            Some(line) => text.text(&line).text("\n"),
            // Before the first order there is no such line.
            None if day.is_some() => text,
            None => {
                let line = text.text("E.O. ").text(self.order.as_deref().unwrap_or(ORDER)).text(": ");
                if classified { line.text("DECL: ").place(11, "MM/DD/YYYY") } else { line.text("N/A") }.text("\n")
            }
        };
        let tags = tags(&self.tags, catalog)?;
        text = known(text.text("TAGS: "), 12, Some(tags.join(", ")).filter(|tags| !tags.is_empty()).as_deref(), "PREL");
        let subject = self.subject.as_deref().map(one_line).filter(|subject| !subject.is_empty());
        text = text.text("\nSUBJECT: ").place(13, subject.as_deref().unwrap_or("TITLE"));
        let references = self.references.iter().map(|one| reference(one, catalog)).collect::<Result<Vec<_>, _>>()?;
        let references: Vec<&str> = references.iter().map(String::as_str).collect();
        let references = distinct(&references);
        if references.len() > 26 {
            return Err("a cable refers to 26 others at most: there are no more letters".to_owned());
        }
        text = match references.as_slice() {
            [] => text,
            [one] => text.text("\n\nREF: ").text(one),
            several => {
                let lettered = several.iter().zip('A'..='Z').map(|(one, letter)| format!("{letter}. {one}"));
                text.text("\n\nREF: ").text(&lettered.collect::<Vec<_>>().join("\n     "))
            }
        };
        let sections = reasons::sections_of(day);
        let Some(section) = sections.first().filter(|_| classified) else { return Ok(text) };
        text = text.text("\n\nClassified By: ").place(14, "TITLE NAME").text(". Reasons: ").text(section);
        Ok(text.text(" (").place(15, "b").text(") and (").place(16, "d").text(")."))
    }

    /// The first paragraph, marked as the years do it.
    fn body(&self, text: Wording, level: Classification, day: Option<Date>) -> Wording {
        let own = match level {
            Classification::Confidential => Some("C"),
            Classification::Secret => Some("S"),
            Classification::TopSecret => Some("TS"),
            Classification::Unclassified if self.sensitive => Some("SBU"),
            Classification::Unclassified | Classification::LimitedOfficialUse => None,
        };
        let text = text.text("\n\n1. ");
        match own {
            Some(mark) if day.is_none_or(|day| day >= PORTION_MARKS) => {
                text.text("(").text(mark).text(") ").place(18, "TEXT.")
            }
            Some(mark) if level >= Classification::Confidential && day.is_some_and(|day| day >= ENTIRE_TEXT) => {
                text.text("(").text(mark).text(" - ENTIRE TEXT).\n\n2. ").place(18, "TEXT.")
            }
            _ => text.place(18, "TEXT."),
        }
    }
}

fn known(text: Wording, number: u8, known: Option<&str>, example: &str) -> Wording {
    match known {
        Some(known) => text.text(known),
        None => text.place(number, example),
    }
}

fn distinct<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let mut seen: Vec<&str> = Vec::new();
    for text in texts {
        if !seen.contains(text) {
            seen.push(text);
        }
    }
    seen
}

fn addressee_lines(keyword: &str, list: &[Addressee], whole: bool) -> String {
    let mut lines = String::new();
    for (index, one) in list.iter().enumerate() {
        let keyword = if index == 0 { format!("{keyword} ") } else { String::new() };
        let station = one.station.as_ref().filter(|_| whole).map_or_else(String::new, |station| format!("{station}/"));
        let word = derived::word(one.precedence).map_or_else(String::new, |word| format!(" {word}"));
        lines.push_str(&[&keyword, &station, &one.name, &word, "\n"].concat());
    }
    lines
}
