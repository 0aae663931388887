//! What the tables know of a row as well as its meaning, in words: look-ups and hovers say the same.

use jiff::civil::Date;

use crate::routing::RoutingIndicator;
use crate::{Catalog, Entry, Kind, StationKind};

/// The kinds of station whose name says nothing more.
const PLAIN_KINDS: [StationKind; 2] = [StationKind::Other, StationKind::Added];

impl Catalog {
    /// Facts of a row, each a few words: when an order was in force, who else has a routing indicator.
    pub fn facts(&self, entry: &Entry<'_>) -> Vec<String> {
        match entry.kind {
            Kind::ExecutiveOrder => {
                self.executive_order(entry.code).map(|order| force(order.in_force_from, order.in_force_to))
            }
            Kind::RoutingIndicator => {
                return self.routing_indicator(entry.code).map(|found| self.station(&found)).unwrap_or_default();
            }
            Kind::Post => {
                self.post(entry.code).filter(|post| post.name == entry.code && !post.city.is_empty()).map(|post| {
                    let country = self.geo_tag(post.geo_tag).map(|tag| format!(", {} ({})", tag.name, tag.code));
                    format!("in {}{}", post.city, country.unwrap_or_default())
                })
            }
            Kind::GeoTag => self
                .geo_tag(entry.code)
                .filter(|tag| !tag.iso3166.is_empty() && tag.iso3166 != tag.code)
                .map(|tag| format!("ISO code {}", tag.iso3166)),
            Kind::SubjectTag => self.later_tag(entry.code).map(|later| format!("{later} took its place")),
            _ => None,
        }
        .into_iter()
        .collect()
    }

    /// What is known of a station: its kind or its network, its other names, the range it stands for.
    pub fn station(&self, indicator: &RoutingIndicator<'_>) -> Vec<String> {
        let network = || {
            self.routing_prefix(indicator.indicator).map(|prefix| format!("network: {}, {}", prefix.code, prefix.title))
        };
        let kind = if PLAIN_KINDS.contains(&indicator.kind) {
            network()
        } else {
            Some(format!("routing indicator: {}", indicator.kind))
        };
        let also: Vec<&str> = indicator.also_seen_as().collect();
        let also = (!also.is_empty()).then(|| format!("also: {}", also.join("; ")));
        let range = indicator.through().map(|last| format!("range {} to {last}", indicator.indicator));
        kind.into_iter().chain(also).chain(range).collect()
    }
}

/// `in force 14 October 1995 to 26 June 2010`.
fn force(from: Date, to: Option<Date>) -> String {
    let in_words = |day: Date| day.strftime("%-d %B %Y");
    match to {
        Some(to) => format!("in force {} to {}", in_words(from), in_words(to)),
        None => format!("in force since {}", in_words(from)),
    }
}
