//! When and where cables of this layout were made (FORMAT.md, "Eras").

use jiff::civil::DateTime;

use crate::cable::Era;
use crate::confusable::as_digits;
use crate::fields::classification::Classification;
use crate::fields::date_time_group::four_digit_year;
use crate::line::LineKind;

use super::Arranger;

/// The era by its first sure cue.
pub(super) fn of(arranger: &Arranger<'_>) -> Era {
    let has = |kind| arranger.lines.iter().any(|line| line.kind == kind);
    if has(LineKind::SmartLabel) {
        return Era::Smart2010;
    }
    let order = arranger.header.executive_order.as_ref();
    let order = order.and_then(|field| Some(field.at(field.value.order?).text(arranger.text)));
    let by_order = match order {
        Some("11652") => Some(Era::Archives1973),
        Some("12065" | "12356") => Some(Era::Letters1979),
        _ => None,
    };
    // A message center of the 1980s kept the DE line too: an order of that time tells more.
    let has_envelope = arranger.envelope.transmission_id.is_some() || arranger.envelope.de.is_some();
    if let Some(era) = by_order.or(has_envelope.then_some(Era::Cablegate2002)) {
        return era;
    }
    if let Some(year) = year(arranger) {
        return match year {
            ..1979 => Era::Archives1973,
            1979..1995 => Era::Letters1979,
            1995..2003 => Era::Sectioned1995,
            _ => Era::Cablegate2002,
        };
    }
    if !has(LineKind::OldPageLine) {
        return Era::Cablegate2002;
    }
    // Neither order nor year can be read: the level and the first office of the distribution are of their time.
    let level = arranger.header.classification.as_ref().map(|line| line.value.level);
    let early = |line: usize| {
        arranger.kind(line) == LineKind::Distribution
            && arranger.slice(arranger.lines[line].span).contains("INFO OCT-0")
    };
    if (0..arranger.lines.len()).any(early) {
        Era::Archives1973
    } else if level == Some(Classification::LimitedOfficialUse) {
        Era::Letters1979
    } else {
        Era::Sectioned1995
    }
}

/// The year of the group, also where its day or its time is misread.
fn year(arranger: &Arranger<'_>) -> Option<i16> {
    let field = arranger.envelope.date_time_group.as_ref()?;
    let group = field.value.as_ref()?;
    group.moment.map(DateTime::year).or_else(|| {
        let written = field.at(group.group).text(arranger.text);
        let year = written.rsplit(' ').next().and_then(|year| as_digits(year).parse().ok()).map(four_digit_year);
        year.filter(|year| (1950..2050).contains(year))
    })
}
