//! Moments: when a cable was filed at its station (FORMAT.md, "Filing time"). All in UTC.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::cable::Cable;

/// The day of the year and the time of the DE line, in the year that is nearest to the DTG.
pub(super) fn filed(cable: &Cable) -> Option<DateTime> {
    let (de, sent) = (cable.envelope.de.as_ref()?, cable.sent()?);
    let day_of_year = cable.slice(de.at(de.value.day)).parse().ok()?;
    let time = cable.slice(de.at(de.value.time));
    let (hour, minute) = (time.get(..2)?.parse().ok()?, time.get(2..4)?.parse().ok()?);
    (sent.year() - 1..=sent.year() + 1)
        .filter_map(|year| {
            Some(day_of(year, day_of_year)?.to_datetime(jiff::civil::Time::new(hour, minute, 0, 0).ok()?))
        })
        .min_by_key(|moment| moment.duration_since(sent).as_mins().abs())
}

/// A day by its number in a year, from 1.
pub fn day_of(year: i16, day_of_year: i32) -> Option<Date> {
    let first = Date::new(year, 1, 1).ok()?;
    (1..=i32::from(first.days_in_year()))
        .contains(&day_of_year)
        .then(|| first.checked_add((day_of_year - 1).days()).ok())?
}
