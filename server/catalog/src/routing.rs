//! Routing indicators and the beginnings they share.

use crate::table::{ROUTING_INDICATORS, ROUTING_PREFIXES, Row};
use crate::{Catalog, Entry, Kind};

const THROUGH: usize = 7;

/// A station in the telegraphic network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoutingIndicator<'a> {
    /// `RUEHTA`; of a range, its first.
    pub indicator: &'a str,
    /// The addressee it stands for, `AMEMBASSY ASTANA`.
    pub name: &'a str,
    /// `post`, `department`, `collective`, `agency`, `military command`, `system`, `other`; `added` by the archive.
    pub kind: &'a str,
    /// What else there is to know.
    pub note: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// Known, but its name is no evidence.
    pub doubtful: bool,
    also: &'a str,
}

impl<'a> RoutingIndicator<'a> {
    /// Other addressees that stand after this indicator in headers or lists.
    pub fn also_seen_as(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.also.split("; ").filter(|name| !name.is_empty())
    }
}

impl Catalog {
    /// A routing indicator of the archive or of the tables, or one within a range of them.
    pub fn routing_indicator(&self, indicator: &str) -> Option<RoutingIndicator<'_>> {
        if let Some(addition) = self.added.as_ref().and_then(|added| added.routing_indicators.get(indicator)) {
            let Entry { code, title: name, note, source, doubtful, .. } = addition.entry(Kind::RoutingIndicator);
            return Some(RoutingIndicator { indicator: code, name, kind: "added", note, source, doubtful, also: "" });
        }
        let row = ROUTING_INDICATORS.at_or_before(indicator)?;
        let same = row.column(0) == indicator;
        let within = || {
            let last = row.column(THROUGH);
            indicator.len() == last.len() && (row.column(0)..=last).contains(&indicator)
        };
        (same || within()).then(|| routing_indicator(row))
    }

    /// The longest known beginning of a routing indicator: its network or nation.
    pub fn routing_prefix(&self, indicator: &str) -> Option<Entry<'static>> {
        let ends = indicator.char_indices().map(|(start, character)| start + character.len_utf8());
        let row = ends.rev().find_map(|end| ROUTING_PREFIXES.get(&indicator[..end]))?;
        Some(row.entry(Kind::RoutingPrefix))
    }
}

fn routing_indicator(row: Row) -> RoutingIndicator<'static> {
    let Entry { code: indicator, title: name, note, source, doubtful, .. } = row.entry(Kind::RoutingIndicator);
    let [kind, also, _through] = row.further_columns();
    RoutingIndicator { indicator, name, kind, note, source, doubtful, also }
}

impl<'a> From<RoutingIndicator<'a>> for Entry<'a> {
    fn from(routing: RoutingIndicator<'a>) -> Self {
        let RoutingIndicator { indicator: code, name: title, note, source, doubtful, .. } = routing;
        Self { code, kind: Kind::RoutingIndicator, title, note, source, doubtful }
    }
}
