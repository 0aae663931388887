//! Days and distances in words. All times are UTC.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// `Friday, 14 September 2007`.
pub(super) fn with_weekday(date: Date) -> String {
    date.strftime("%A, %-d %B %Y").to_string()
}

/// `14 September 2007`.
pub(super) fn in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `2007-09-14T08:26Z`.
pub(crate) fn iso(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%MZ").to_string()
}

/// How far a moment is from the DTG.
pub(super) fn from_group(moment: DateTime, group: DateTime) -> String {
    let minutes = moment.duration_since(group).as_mins();
    let side = if minutes < 0 { "before" } else { "after" };
    let minutes = minutes.unsigned_abs();
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts: Vec<String> = [(days, "day"), (hours, "hour"), (rest, "minute")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| counted(count, unit))
        .collect();
    if parts.is_empty() { "the minute of the DTG".to_owned() } else { format!("{} {side} the DTG", parts.join(" ")) }
}

/// How long after the DTG a day of declassification is: in whole years where it nearly is one
/// (FORMAT.md, "Declassification dates").
pub(super) fn years_after(date: Date, group: Date) -> String {
    const NEARLY: i32 = 45;
    if date < group {
        return "before the DTG".to_owned();
    }
    let days_between = |from: Date| from.until(date).map_or(i32::MAX, |span| span.get_days());
    let years = date.year() - group.year();
    let nearest = (years - 1..=years + 1)
        .filter_map(|years| Some((years, days_between(group.checked_add(years.years()).ok()?))))
        .min_by_key(|(_, days)| days.unsigned_abs());
    match nearest {
        Some((years, 0)) if years > 0 => format!("{} after the DTG", counted(u64::from(years.unsigned_abs()), "year")),
        Some((years, days)) if years > 0 && days.abs() <= NEARLY => {
            let sign = if days < 0 { "less" } else { "and" };
            let years = counted(u64::from(years.unsigned_abs()), "year");
            format!("{years} {sign} {} after the DTG", counted(u64::from(days.unsigned_abs()), "day"))
        }
        _ => {
            let months = (i32::from(years) * 12 + i32::from(date.month())
                - i32::from(group.month())
                - i32::from(date.day() < group.day()))
            .unsigned_abs();
            let parts = [(u64::from(months / 12), "year"), (u64::from(months % 12), "month")];
            let parts: Vec<String> =
                parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, unit)| counted(count, unit)).collect();
            match parts.as_slice() {
                [] => format!("{} after the DTG", counted(u64::from(days_between(group).unsigned_abs()), "day")),
                parts => format!("{} after the DTG", parts.join(" ")),
            }
        }
    }
}

/// `1 day`, `2 days`.
pub(super) fn counted(count: u64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
