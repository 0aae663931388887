//! Texts of the envelope that follow from other fields: filing time, date-time group, op-signal
//! (FORMAT.md, "Envelope").

use cable_catalog::{Catalog, RoutingIndicator};
use cable_syntax::{Classification, Precedence};
use jiff::civil::{Date, DateTime};

/// From this year on a serial in the MRN has six digits; before, five (FORMAT.md, "Classification line").
const SIX_DIGITS_FROM: i16 = 1995;

/// Day of the year and time of day, as the DE line has them: `2570826`.
pub(crate) fn filing_time(sent: DateTime) -> String {
    format!("{:03}{:02}{:02}", sent.day_of_year(), sent.hour(), sent.minute())
}

/// `140826Z SEP 07`.
pub(crate) fn date_time_group(sent: DateTime) -> String {
    sent.strftime("%d%H%MZ %b %y").to_string().to_uppercase()
}

/// The op-signal line that guards a classification.
pub(crate) const fn operating_signal(level: Classification) -> &'static str {
    match level {
        Classification::Unclassified | Classification::LimitedOfficialUse => "ZNR UUUUU ZZH",
        Classification::Confidential => "ZNY CCCCC ZZH",
        Classification::Secret => "ZNY SSSSS ZZH",
        Classification::TopSecret => "ZNY TTTTT ZZH",
    }
}

/// The words of the classification line.
pub(crate) const fn level_words(level: Classification) -> &'static str {
    match level {
        Classification::Unclassified => "UNCLAS",
        Classification::LimitedOfficialUse => "LIMITED OFFICIAL USE",
        Classification::Confidential => "C O N F I D E N T I A L",
        Classification::Secret => "S E C R E T",
        Classification::TopSecret => "T O P S E C R E T",
    }
}

/// The word after an addressee; ROUTINE is not written.
pub(crate) const fn word(precedence: Precedence) -> Option<&'static str> {
    match precedence {
        Precedence::Routine => None,
        _ => Some(precedence.word()),
    }
}

/// How many digits the serial of an MRN has.
pub(crate) fn serial_width(sent: Option<Date>) -> usize {
    if sent.is_some_and(|sent| sent.year() < SIX_DIGITS_FROM) { 5 } else { 6 }
}

/// The station of a plain language address, `RUEHTA` of AMEMBASSY ASTANA: the one that bears its name, else one that was
/// seen with it.
pub(crate) fn station<'a>(catalog: &'a Catalog, address: &str) -> Option<RoutingIndicator<'a>> {
    let known = || catalog.routing_indicators().filter(|known| !known.doubtful);
    let named = known().find(|known| known.name.eq_ignore_ascii_case(address));
    named.or_else(|| known().find(|known| known.also_seen_as().any(|name| name.eq_ignore_ascii_case(address))))
}
