//! Routing indicators and the beginnings they share.

use crate::additions::Addition;
use crate::table::routing_indicators::THROUGH;
use crate::table::{ROUTING_INDICATORS, ROUTING_NAMES, ROUTING_PREFIXES, Row, StationKind};
use crate::{Catalog, Entry, Kind};

/// A station in the telegraphic network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoutingIndicator<'a> {
    /// `RUEHTA`; of a range, its first.
    pub indicator: &'a str,
    /// The addressee it stands for, `AMEMBASSY ASTANA`.
    pub name: &'a str,
    /// What sort of station it is.
    pub kind: StationKind,
    /// What else there is to know.
    pub note: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// Known, but its name is no evidence.
    pub doubtful: bool,
    also: &'a str,
    through: &'a str,
}

impl<'a> RoutingIndicator<'a> {
    /// Other addressees that are after this indicator in headers or lists.
    pub fn also_seen_as(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.also.split("; ").filter(|name| !name.is_empty())
    }

    /// The last of a range; none for one station.
    pub fn through(&self) -> Option<&'a str> {
        (!self.through.is_empty()).then_some(self.through)
    }

    /// Whether it is before this addressee.
    pub fn is_named(&self, name: &str) -> bool {
        std::iter::once(self.name).chain(self.also_seen_as()).any(|own| own.eq_ignore_ascii_case(name))
    }
}

impl Catalog {
    /// A routing indicator of the archive or of the tables, or one within a range of them.
    pub fn routing_indicator(&self, indicator: &str) -> Option<RoutingIndicator<'_>> {
        if let Some(addition) = self.added.as_ref().and_then(|added| added.routing_indicators.get(indicator)) {
            return Some(added_indicator(addition));
        }
        let within = |row: &Row| {
            let last = row.column(THROUGH);
            indicator.len() == last.len() && (row.column(0)..=last).contains(&indicator)
        };
        let row = ROUTING_INDICATORS.at_or_before(indicator)?;
        if row.column(0) == indicator || within(&row) {
            return Some(routing_indicator(row));
        }
        // Another station of the range may be between: a range begins with the letter A.
        let first = indicator.strip_suffix(|last: char| last.is_ascii_uppercase())?.to_owned() + "A";
        ROUTING_INDICATORS.get(&first).filter(within).map(routing_indicator)
    }

    /// Every routing indicator of one station, those of the archive first; a range of them is none.
    pub fn routing_indicators(&self) -> impl Iterator<Item = RoutingIndicator<'_>> {
        let added = self.added.iter().flat_map(|added| added.routing_indicators.iter()).map(added_indicator);
        let built_in = ROUTING_INDICATORS.rows().filter(|row| row.column(THROUGH).is_empty());
        added.chain(built_in.map(|row| -> RoutingIndicator<'_> { routing_indicator(row) }))
    }

    /// The routing indicators of one station that are before an addressee, those of the archive first.
    pub fn routing_indicators_of<'a>(&'a self, name: &str) -> impl Iterator<Item = RoutingIndicator<'a>> + use<'a> {
        let own = name.to_owned();
        let added = self.added.iter().flat_map(|added| added.routing_indicators.iter()).map(added_indicator);
        let built_in = ROUTING_NAMES.find(name).filter(|row| row.column(THROUGH).is_empty());
        added
            .filter(move |station| station.is_named(&own))
            .chain(built_in.map(|row| -> RoutingIndicator<'_> { routing_indicator(row) }))
    }

    /// The longest known beginning of a routing indicator: its network or nation.
    pub fn routing_prefix(&self, indicator: &str) -> Option<Entry<'static>> {
        let ends = indicator.char_indices().map(|(start, character)| start + character.len_utf8());
        let row = ends.rev().find_map(|end| ROUTING_PREFIXES.get(&indicator[..end]))?;
        Some(row.entry(Kind::RoutingPrefix))
    }
}

fn added_indicator(addition: &Addition) -> RoutingIndicator<'_> {
    let Entry { code: indicator, title: name, note, source, doubtful, .. } = addition.entry(Kind::RoutingIndicator);
    RoutingIndicator { indicator, name, kind: StationKind::Added, note, source, doubtful, also: "", through: "" }
}

fn routing_indicator(row: Row) -> RoutingIndicator<'static> {
    let Entry { code: indicator, title: name, note, source, doubtful, .. } = row.entry(Kind::RoutingIndicator);
    let [kind, also, through] = row.further_columns();
    RoutingIndicator { indicator, name, kind: StationKind::of(kind), note, source, doubtful, also, through }
}

impl<'a> From<RoutingIndicator<'a>> for Entry<'a> {
    fn from(routing: RoutingIndicator<'a>) -> Self {
        let RoutingIndicator { indicator: code, name: title, note, source, doubtful, .. } = routing;
        Self { code, kind: Kind::RoutingIndicator, title, note, source, doubtful }
    }
}
