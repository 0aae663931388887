//! What is said of a cable that somebody asks for: when it was sent, how it is classified, what it is about, who cites it.
//! Of one that is not there, between which others it would be.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::hover::{code, plain};

/// A cable as an archive knows it. What is empty is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownCable {
    /// Its canonical id, or what stands for it.
    pub id: String,
    /// The post as ids write it.
    pub post: Option<String>,
    /// Four digits.
    pub year: Option<i16>,
    /// The serial.
    pub serial: Option<u32>,
    /// The day it was sent: `2007-09-14`.
    pub day: Option<String>,
    /// Overall classification.
    pub classification: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// The beginning of its text.
    pub first_paragraph: Option<String>,
}

/// A cable that the archive does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// Its id.
    pub id: String,
    /// The cables of the archive that the post sent directly before and after.
    pub neighbours: (Option<KnownCable>, Option<KnownCable>),
}

/// What there is to say about a cable of the archive, in Markdown. A note says how it was found, where that is in doubt.
pub fn card(cable: &KnownCable, cited_by: usize, note: Option<&str>) -> String {
    let mut card = format!("**{}**", code(&cable.id));
    let facts = [cable.day.as_deref().map(written_day), cable.classification.as_deref().map(plain)];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    // Writing to a string does not fail.
    if !facts.is_empty() {
        let _ = write!(card, " {}", facts.join(", "));
    }
    if let Some(subject) = &cable.subject {
        let _ = write!(card, "\n\n{}", plain(subject));
    }
    if let Some(text) = &cable.first_paragraph {
        let _ = write!(card, "\n\n> {}", plain(text));
    }
    for fact in [note.map(plain), Some(citations(cited_by))].into_iter().flatten() {
        let _ = write!(card, "\n\n{fact}");
    }
    card
}

/// How many cite a cable, in words.
pub fn citations(cited_by: usize) -> String {
    match cited_by {
        0 => "cited by no cable of this archive".to_owned(),
        count => format!("cited by {count}"),
    }
}

/// A cable on one line: `06ASTANA121, 9 January 2006: WHEAT`, as far as it is known.
pub fn in_a_line(cable: &KnownCable) -> String {
    let mut line = code(&cable.id);
    if let Some(day) = &cable.day {
        let _ = write!(line, ", {}", written_day(day));
    }
    if let Some(subject) = &cable.subject {
        let _ = write!(line, ": {}", plain(subject));
    }
    line
}

impl Absent {
    /// `not in this archive; between 06ASTANA98 (9 Jan) and 06ASTANA140 (17 Jan)`, in Markdown.
    pub fn markdown(&self) -> String {
        format!("**{}** {}", code(&self.id), self.in_words(code))
    }

    /// The same without marks, for a message.
    pub fn message(&self) -> String {
        format!("{} is {}", self.id, self.in_words(str::to_owned))
    }

    fn in_words(&self, name: impl Fn(&str) -> String) -> String {
        let with_day = |cable: &KnownCable| {
            let day = cable.day.as_deref().and_then(short_day).map(|day| format!(" ({day})"));
            format!("{}{}", name(&cable.id), day.unwrap_or_default())
        };
        let place = match &self.neighbours {
            (Some(before), Some(after)) => format!("; between {} and {}", with_day(before), with_day(after)),
            (Some(before), None) => format!("; the last before it is {}", with_day(before)),
            (None, Some(after)) => format!("; the first after it is {}", with_day(after)),
            (None, None) => String::new(),
        };
        format!("not in this archive{place}")
    }
}

/// `14 September 2007`.
fn written_day(day: &str) -> String {
    day.parse::<Date>().map_or_else(|_| day.to_owned(), |date| date.strftime("%-d %B %Y").to_string())
}

/// `14 Sep`: the year is in the id.
fn short_day(day: &str) -> Option<String> {
    Some(day.parse::<Date>().ok()?.strftime("%-d %b").to_string())
}
