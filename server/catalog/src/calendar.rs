//! The calendar of classification: from which day on something holds (FORMAT.md, "Orders and dates", "Reasons and dates").

use jiff::civil::{Date, date};

use crate::{Catalog, ExecutiveOrder};

/// E.O. 11652 came into force; a cable from before has no E.O. line.
pub const FIRST_ORDER: Date = date(1972, 6, 1);
/// E.O. 12958 came into force: who classified a cable is named in it, and why.
pub const CLASSIFIER_NAMED: Date = date(1995, 10, 14);
/// E.O. 12958 was amended: the reasons of section 1.5 may be cited as those of section 1.4.
pub const REASONS_AMENDED: Date = date(2003, 3, 25);
/// From here on the reasons are those of section 1.4 alone.
pub const REASONS_RENUMBERED: Date = date(2003, 9, 22);
/// From here on the exemptions X1 to X8 are no longer used: the same amendment ended them.
pub const EXEMPTIONS_END: Date = REASONS_RENUMBERED;

impl ExecutiveOrder<'_> {
    /// Whether it was in force on a day.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        self.in_force_from <= day && self.in_force_to.is_none_or(|end| day <= end)
    }
}

impl Catalog {
    /// The order that cables of a day name: an amendment is never named.
    pub fn order_in_force(&self, day: Date) -> Option<ExecutiveOrder<'static>> {
        self.executive_orders().find(|order| !order.is_amendment && order.is_in_force_on(day))
    }
}
