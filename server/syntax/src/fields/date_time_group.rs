//! The precedence and date-time group line, format line 5 (FORMAT.md, "Date-time group"), and the dates that other
//! fields need.

use jiff::civil::{Date, DateTime, Time};

use crate::fields::precedence::Precedence;
use crate::scan::{Scan, is_space};
use crate::span::Span;

/// `R 140826Z SEP 07 ZDK`: precedence, date-time group, signals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTimeGroup {
    /// The action precedence letter, where one is.
    pub precedence: Option<(Precedence, Span)>,
    /// The second letter: the precedence for information addressees.
    pub info_precedence: Option<(Precedence, Span)>,
    /// `140826Z SEP 07`, without precedence and signals.
    pub group: Span,
    /// The moment in UTC; none when the group is impossible.
    pub moment: Option<DateTime>,
    /// Whether a `Z` follows the six digits.
    pub zulu: bool,
    /// Operating signals and free text after the year.
    pub signals: Option<Span>,
}

impl DateTimeGroup {
    /// Reads a date-time group that is elsewhere than on its line; spans are columns of `text`.
    pub fn read(text: &str) -> Option<Self> {
        read(text)
    }
}

/// The pieces of a line as they are written.
struct Written<'t> {
    precedence: Option<Span>,
    info_precedence: Option<Span>,
    group: Span,
    digits: &'t str,
    zulu: bool,
    month: &'t str,
    year: &'t str,
    signals: Option<Span>,
}

impl<'t> Written<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let precedence =
            letter(&mut scan, |byte| matches!(byte.to_ascii_uppercase(), b'Z' | b'O' | b'P' | b'R' | b'Y'));
        let info_precedence = precedence
            .and_then(|_| letter(&mut scan, |byte| matches!(byte.to_ascii_uppercase(), b'Z' | b'O' | b'P' | b'R')));
        // The last of the digits may be a letter of the month: `140826OCT 07`.
        let group = (5..=7).rev().find_map(|most| Self::group(text, scan, most))?;
        Some(Self { precedence, info_precedence, ..group })
    }

    /// Digits, so many of them, and what is after them.
    fn group(text: &'t str, mut scan: Scan<'t>, count: usize) -> Option<Self> {
        let start = scan.at();
        let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'I' | b'l');
        if scan.take_most(count, is_digit) < count {
            return None;
        }
        let digits = &text[start..scan.at()];
        scan.take_most(1, |byte| is_space(char::from(byte)));
        let zulu = scan.take_sign(|byte| matches!(byte, b'Z' | b'z'));
        scan.take_spaces();
        let month_start = scan.at();
        let letters = scan.take_signs(|byte| byte.is_ascii_alphabetic());
        let month = &text[month_start..scan.at()];
        if !(3..=9).contains(&letters) || scan.take_spaces() == 0 {
            return None;
        }
        let year = scan.rest().split(is_space).next()?;
        let is_year = match year.as_bytes() {
            [first, second] => {
                (first.is_ascii_digit() && is_digit(*second)) || (is_digit(*first) && second.is_ascii_digit())
            }
            four => four.len() == 4 && four.iter().all(u8::is_ascii_digit),
        };
        let group = Span::of(start..scan.at() + year.len());
        let after = &text[group.end as usize..];
        let signals = after.trim_ascii();
        let signals_start = group.end as usize + (after.len() - after.trim_ascii_start().len());
        (is_year && !signals.contains('\n')).then(|| Self {
            precedence: None,
            info_precedence: None,
            group,
            digits,
            zulu,
            month,
            year,
            signals: (!signals.is_empty()).then(|| Span::of(signals_start..signals_start + signals.len())),
        })
    }
}

/// A letter of a kind with spaces after it, or without them before the six figures: `O161055Z`.
fn letter(scan: &mut Scan<'_>, is: impl Fn(u8) -> bool) -> Option<Span> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'I' | b'l');
    let begins_group = |mut ahead: Scan<'_>| ahead.take_most(7, is_digit) == 6 && ahead.next() == Some(b'Z');
    let mut ahead = *scan;
    let columns = Span::of(scan.at()..scan.at() + 1);
    (ahead.take_sign(is) && (ahead.take_spaces() > 0 || begins_group(ahead))).then(|| {
        *scan = ahead;
        columns
    })
}

/// Whether a line may be a date-time group: cheap, for the first look at every line.
pub(crate) fn looks_like(text: &str) -> bool {
    let rest = text.trim_start_matches(['Z', 'O', 'P', 'R', 'Y', ' ']);
    let letters = text.len() - rest.len();
    if letters > 4 {
        return false;
    }
    // A letter read for a digit does not hide the group.
    let is_digit = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'I' | b'l');
    let digits = rest.bytes().take_while(is_digit).count();
    if !(4..=7).contains(&digits) {
        return false;
    }
    read(text).is_some_and(|line| line.zulu || line.precedence.is_some())
}

/// Reads a date-time group line; spans are columns of `text`. Impossible dates are read without a moment.
pub(crate) fn read(text: &str) -> Option<DateTimeGroup> {
    let written = Written::read(text)?;
    let month = month_number(written.month)?;
    let precedence = |span: Span| Some((Precedence::from_letter(span.text(text))?, span));
    // A year with a letter in it is none, but it does not hide the group.
    let year = written.year.parse().map_or(0, four_digit_year);
    let digits = digits(written.digits, written.zulu);
    Some(DateTimeGroup {
        precedence: written.precedence.and_then(precedence),
        info_precedence: written.info_precedence.and_then(precedence),
        group: written.group,
        moment: moment(digits, month, year),
        zulu: written.zulu,
        signals: written.signals,
    })
}

/// The six figures of the group. A seventh that is a 2 where the Z is missing was read for it: nothing else can be there.
fn digits(written: &str, zulu: bool) -> &str {
    match written.strip_suffix('2') {
        Some(digits) if digits.len() == 6 && !zulu => digits,
        _ => written,
    }
}

fn moment(digits: &str, month: i8, year: i16) -> Option<DateTime> {
    // Four figures that give no year of a cable are a mistake (FORMAT.md, "Date-time group").
    if digits.len() != 6 || !(1950..2050).contains(&year) {
        return None;
    }
    let pair = |at: usize| digits.get(at..at + 2)?.parse::<i8>().ok();
    let date = Date::new(year, month, pair(0)?).ok()?;
    let time = Time::new(pair(2)?, pair(4)?, 0, 0).ok()?;
    Some(date.to_datetime(time))
}

/// Two-digit years 50 to 99 are of the twentieth century, the others of this one (FORMAT.md, "Date-time group").
pub fn four_digit_year(year: i16) -> i16 {
    match year {
        0..50 => 2000 + year,
        50..100 => 1900 + year,
        _ => year,
    }
}

/// The number of a month by its English name or its first three letters, in any case.
pub fn month_number(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ];
    let name = name.to_ascii_uppercase();
    let index = MONTHS.iter().position(|month| name.len() >= 3 && (month.starts_with(&name) || name == "SEPT"))?;
    i8::try_from(index + 1).ok().filter(|_| name != "SEPT").or(Some(9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_real_lines_hold() {
        let line = read("P R 041820Z JAN 10 ZDK CTG").expect("a date-time group");
        assert_eq!(line.precedence.map(|p| p.0), Some(Precedence::Priority));
        assert_eq!(line.info_precedence.map(|p| p.0), Some(Precedence::Routine));
        assert_eq!(line.moment.map(|m| m.to_string()).as_deref(), Some("2010-01-04T18:20:00"));
        assert_eq!(line.signals.map(|s| s.text("P R 041820Z JAN 10 ZDK CTG")), Some("ZDK CTG"));
        for (text, letter) in [("O161055Z APR 09", Precedence::Immediate), ("P161055Z APR 09", Precedence::Priority)] {
            let line = read(text).filter(|_| looks_like(text)).expect("a date-time group");
            assert_eq!(line.precedence.map(|p| p.0), Some(letter), "{text}");
            assert_eq!(line.moment.map(|m| m.to_string()).as_deref(), Some("2009-04-16T10:55:00"), "{text}");
        }
        assert!(read("O61055Z APR 09").is_some_and(|line| line.precedence.is_none()));
        for text in ["201247Z Jan 04", "010555 Z MAR 73", "O 171959Z AUG 75 ZFF4", "R 160608Z JUN 06 ZDK ALL"] {
            assert!(looks_like(text) && read(text).is_some_and(|line| line.moment.is_some()), "{text}");
        }
        assert!(looks_like("R 14O826Z SEP 07") && read("R 14O826Z SEP 07").is_some_and(|line| line.moment.is_none()));
    }

    #[test]
    fn keeps_impossible_groups_without_a_moment() {
        for text in ["R 320826Z SEP 07", "R 140886Z SEP 07", "R 300826Z FEB 07"] {
            assert!(read(text).is_some_and(|line| line.moment.is_none()), "{text}");
        }
        assert!(read("R 140826 SEP 07").is_some_and(|line| !line.zulu));
        let moment = |text| read(text).and_then(|line| line.moment).map(|moment| moment.to_string());
        assert_eq!(moment("P 2715122 AUG 93").as_deref(), Some("1993-08-27T15:12:00"));
        assert_eq!(moment("P 2715123 AUG 93"), None);
        assert_eq!(moment("P 2715122Z AUG 93"), None);
    }

    #[test]
    fn leaves_other_lines_alone() {
        for text in ["2007 MASLIKHAT ELECTIONS", "140826Z", "20 JUNE 2007", "R 140826Z FOO 07"] {
            assert!(!looks_like(text), "{text}");
        }
    }

    #[test]
    fn months_by_name() {
        assert_eq!(month_number("Sept"), Some(9));
        assert_eq!(month_number("OCTOBER"), Some(10));
        assert_eq!(month_number("MA"), None);
        assert_eq!(month_number("XYZ"), None);
    }
}
