//! The E.O. line: order number, instruction, declassification date (FORMAT.md, "E.O. line").

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::fields::date_time_group::{four_digit_year, month_number};
use crate::pattern::pattern;
use crate::scan::Scan;
use crate::span::Span;
use crate::white_space::{is_blank, trim};

/// An E.O. line; spans are columns of the text it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExecutiveOrder {
    /// `E.O.` as written.
    pub keyword: Span,
    /// Whether the keyword is `E.O.` and a colon follows the number.
    pub well_formed: bool,
    /// Number of the order.
    pub order: Option<Span>,
    /// What follows: `N/A`, `DECL: ...`, `GDS`.
    pub instruction: Span,
}

/// The keyword and the number after it, as they are written.
struct Written {
    keyword: Span,
    order: Option<Span>,
    /// A colon is after the number.
    between: bool,
    end: usize,
}

impl Written {
    /// A number, a colon or an instruction must follow: `EO` alone is a word of the text.
    fn read(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        take_keyword(&mut scan)?;
        let keyword = Span::of(0..scan.at());
        scan.take(" ");
        scan.take(":");
        scan.take(" ");
        let start = scan.at();
        let order = take_order(&mut scan).then(|| Span::of(start..scan.at()));
        let between = scan.take(" :") || scan.take(":");
        Some(Self { keyword, order, between, end: scan.at() })
    }
}

/// `E.O.`, `E. O.`, `EO`, `e.o.`, a comma for a point or a figure for the letter.
fn take_keyword(scan: &mut Scan<'_>) -> Option<()> {
    let is_o = |byte| matches!(byte, b'O' | b'0');
    let is_point = |byte| matches!(byte, b'.' | b',');
    let mut dotted = *scan;
    let is_dotted = dotted.take("E") && {
        dotted.take(" ");
        dotted.take_sign(is_point) && {
            dotted.take(" ");
            dotted.take_sign(|byte| is_o(byte) || byte == b'o')
        }
    };
    if is_dotted {
        *scan = dotted;
        scan.take(" ");
        scan.take_sign(is_point);
        return Some(());
    }
    let mut plain = *scan;
    let is_plain = plain.take("E") && {
        plain.take(" ");
        plain.take_sign(is_o)
    };
    if is_plain {
        *scan = plain;
        scan.take(".");
        return Some(());
    }
    scan.take_one_of(&["e.o.", "Eo"]).map(|_| ())
}

/// The number of an order: figures, or five signs of which two may be letters that were read for figures.
fn take_order(scan: &mut Scan<'_>) -> bool {
    const LENGTH: usize = 5;
    let is_figure = |byte: u8| byte.is_ascii_digit();
    let mut misread = *scan;
    let start = scan.rest().as_bytes();
    let is_misread = misread.take_most(LENGTH, |byte| is_figure(byte) || is_read_for_figure(byte)) == LENGTH
        && misread.is_word_edge();
    if is_misread && start.iter().take(LENGTH).filter(|byte| byte.is_ascii_digit()).count() >= 3 {
        *scan = misread;
        return true;
    }
    let mut figures = *scan;
    let is_number = figures.take_most(6, is_figure) >= 4;
    if is_number {
        *scan = figures;
    }
    is_number
}

/// Letters that look like a figure.
const fn is_read_for_figure(byte: u8) -> bool {
    matches!(byte, b'S' | b'O' | b'I' | b'l' | b'B' | b'g' | b'Z' | b'G')
}

/// The keyword and what belongs to it at the start of `text`: its length, or none.
pub(crate) fn keyword(text: &str) -> Option<usize> {
    let written = Written::read(text)?;
    let has_colon = text[..written.end].contains(':');
    let dotted = written.keyword.text(text).contains('.');
    (written.order.is_some() || (has_colon && dotted)).then_some(written.end)
}

/// Reads an E.O. line.
pub(crate) fn read(text: &str) -> Option<ExecutiveOrder> {
    keyword(text)?;
    let Written { keyword, order, between, end } = Written::read(text)?;
    let spaces =
        text[end..].len() - text[end..].trim_start_matches(|c: char| is_blank(c) || matches!(c, ':' | ';' | '.')).len();
    let instruction = trim(&text[end + spaces..]).trim_end_matches('\\').trim_end();
    let colon = between || (order.is_none() && text[..end].contains(':'));
    Some(ExecutiveOrder {
        keyword,
        well_formed: colon && keyword.text(text) == "E.O.",
        order,
        instruction: Span::of(end + spaces..end + spaces + instruction.len()),
    })
}

/// The three numbers of a date in figures, with letters that were read for some of them or without.
type Numbers = [Range<usize>; 3];

/// The dates in figures of a text, in order: `03/06/2017`, `9-21-1O`.
fn numeric(text: &str) -> impl Iterator<Item = Numbers> + '_ {
    const LONGEST: usize = 6;
    const LONGEST_BETWEEN: usize = 4;
    let bytes = text.as_bytes();
    let is_figure = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'Q' | b'I' | b'l');
    let is_stroke = |at: usize| matches!(bytes.get(at), Some(b'/' | b'-'));
    let count = move |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(is_figure).count();
    let mut from = 0;
    memchr::memchr2_iter(b'/', b'-', bytes).filter_map(move |stroke| {
        let before = bytes.get(from..stroke)?.iter().rev().take(LONGEST).take_while(is_figure).count();
        let between = count(stroke + 1);
        let second = stroke + 1 + between;
        let after = count(second + 1).min(LONGEST);
        if before == 0 || !(1..=LONGEST_BETWEEN).contains(&between) || !is_stroke(second) || after == 0 {
            return None;
        }
        from = second + 1 + after;
        Some([stroke - before..stroke, stroke + 1..second, second + 1..from])
    })
}

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?<before>[0-9/-])?\b(?:(?<day>\d{1,2}) (?<month>[A-Z]{3,9})|(?<month2>[A-Z]{3,9}) (?<day2>\d{1,2}),?),? (?<year>[0-9OQIl]{1,6})",
    )
});

/// The date of an instruction, and the columns it is in. `None` where none is written, `Some(None)` where what is
/// written is no date: a letter or a figure too many or too few makes it none, for the true one can only be guessed. Years
/// of two digits count from `after`, the year of the DTG, where that is known.
pub fn declassification_date(instruction: &str, after: Option<i16>) -> Option<(Span, Option<Date>)> {
    let has_figures =
        |[first, _, last]: &Numbers| instruction[first.start..last.end].bytes().any(|byte| byte.is_ascii_digit());
    // `O/I/l` is none.
    if let Some([a, b, c]) = numeric(instruction).find(has_figures) {
        let span = Span::of(a.start..c.end);
        let (a, b, c) = (&instruction[a], &instruction[b], &instruction[c]);
        let rest = &instruction[span.end as usize..];
        // `10/19/20 19`, `10/19/2019/2020`: which of the figures are the year is a guess.
        let goes_on = rest.trim_start_matches(['/', '-', ' ']).starts_with(|next: char| next.is_ascii_digit())
            && (rest.starts_with(['/', '-']) || c.len() == 2);
        let date = numeric_date(a, b, c, after);
        return Some((span, date.filter(|_| !goes_on)));
    }
    // Most instructions without a date have no figure at all.
    let has_figure = instruction.bytes().any(|byte| byte.is_ascii_digit());
    let found = has_figure.then(|| WORDS.captures(instruction)).flatten()?;
    let month = month_number(found.name("month").or_else(|| found.name("month2"))?.as_str())?;
    let day = found.name("day").or_else(|| found.name("day2"))?.as_str();
    let span = Span::of(found.get(0)?.range());
    let is_whole = found.name("before").is_none() && found["year"].len() == 4;
    let date = figures(&found["year"]).zip(figures(day)).and_then(|(year, day)| new_date(year, i16::from(month), day));
    Some((span, date.filter(|_| is_whole)))
}

/// `03/06/2017`, `2035/02/25`, `9-21-10`.
fn numeric_date(a: &str, b: &str, c: &str, after: Option<i16>) -> Option<Date> {
    match (a.len(), b.len(), c.len()) {
        (4, 1 | 2, 1 | 2) => new_date(figures(a)?, figures(b)?, figures(c)?),
        (1 | 2, 1 | 2, 4) => new_date(figures(c)?, figures(a)?, figures(b)?),
        (1 | 2, 1 | 2, 2) => new_date(pivot(figures(c)?, after), figures(a)?, figures(b)?),
        _ => None,
    }
}

/// A number of figures alone.
fn figures(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A declassification date lies after its cable: the next year with these two digits
/// (FORMAT.md, "Declassification dates").
fn pivot(year: i16, after: Option<i16>) -> i16 {
    match after {
        Some(after) => {
            let candidate = after - after.rem_euclid(100) + year;
            if candidate < after { candidate + 100 } else { candidate }
        }
        None => four_digit_year(year),
    }
}

fn new_date(year: i16, month: i16, day: i16) -> Option<Date> {
    // No cable is declassified before there were any.
    if year < 1900 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_line_and_its_misspellings() {
        for (text, order, instruction, well_formed) in [
            ("E.O. 12958: N/A", Some("12958"), "N/A", true),
            ("E.O. 12958: DECL: 03/06/2017", Some("12958"), "DECL: 03/06/2017", true),
            ("E.O. 11652:N/A", Some("11652"), "N/A", true),
            ("E.O.12958: N/A", Some("12958"), "N/A", true),
            ("EO 12958 DECL: 09/21/10", Some("12958"), "DECL: 09/21/10", false),
            ("E.o. 12958 decl: 10/11/06", Some("12958"), "decl: 10/11/06", false),
            ("E.O.: 13526", Some("13526"), "", false),
            ("E O. 11652: GDS", Some("11652"), "GDS", false),
            ("E. O. 11652 GDS", Some("11652"), "GDS", false),
            ("E.0.12356: DECL:OADR", Some("12356"), "DECL:OADR", false),
            ("E.O.: 12958: N/A", Some("12958"), "N/A", true),
            ("E.O. 1295B: N/A", Some("1295B"), "N/A", true),
            ("E.O. l2958: N/A", Some("l2958"), "N/A", true),
            ("E.O, 12g58: N/A", Some("12g58"), "N/A", false),
            ("E.O. 1295 8: N/A", Some("1295"), "8: N/A", false),
            (
                "E.O. 12065 GDS MARCH 26, 1985 (DOE, JOHN) S/AS",
                Some("12065"),
                "GDS MARCH 26, 1985 (DOE, JOHN) S/AS",
                false,
            ),
        ] {
            let line = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(line.order.map(|span| span.text(text)), order, "{text}");
            assert_eq!(line.instruction.text(text), instruction, "{text}");
            assert_eq!(line.well_formed, well_formed, "{text}");
        }
        for text in ["EO", "E.g. this", "EOC 12958", "Eos"] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn reads_dates_of_every_order() {
        let date =
            |text, after| declassification_date(text, after).and_then(|found| found.1).map(|date| date.to_string());
        assert_eq!(date("DECL: 03/06/2017", None).as_deref(), Some("2017-03-06"));
        assert_eq!(date("DECL: 2035/02/25", None).as_deref(), Some("2035-02-25"));
        assert_eq!(date("decl: 10/11/06", Some(1996)).as_deref(), Some("2006-10-11"));
        assert_eq!(date("GDS 8/12/85 (DOE, JOHN) OR-P", Some(1979)).as_deref(), Some("1985-08-12"));
        assert_eq!(date("DECL: 08 OCTOBER 2019", None).as_deref(), Some("2019-10-08"));
        assert_eq!(date("GDS MARCH 26, 1985", None).as_deref(), Some("1985-03-26"));
        for text in [
            "DECL: 06/21/20O6",
            "DECL: 09/14/2O17",
            "DECL: 09/14/201",
            "DECL: 09/14/20175",
            "DECL: 109/14/2017",
            "DECL: 0l/14/2017",
            "DECL: MARCH 26, 19855",
            "DECL: MARCH 26, l985",
            "DECL: 108 OCTOBER 2019",
        ] {
            assert_eq!(date(text, Some(2007)), None, "{text}");
        }
        assert_eq!(date("DECL: 02/15/2016TAGS: PREL", None).as_deref(), Some("2016-02-15"));
        assert_eq!(declassification_date("DECL: OADR", None), None);
        assert_eq!(declassification_date("DECL: 13/06/2017", None).map(|found| found.1), Some(None));
    }
}
