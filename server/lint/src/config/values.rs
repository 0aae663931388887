//! Values of the settings that serde reads by hand: rules, severities, codes with their meanings.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::{Rule, Selector, Severity, nearest_rules, rule};

/// A rule by its code or its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct RuleName(pub(super) &'static Rule);

impl TryFrom<String> for RuleName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        rule(&text).map(Self).ok_or_else(|| unknown_rule(&text))
    }
}

impl Ord for RuleName {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.code.cmp(other.0.code)
    }
}

impl PartialOrd for RuleName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A severity, or none for a rule that is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Level(pub(super) Option<Severity>);

impl TryFrom<String> for Level {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "off" => Ok(Self(None)),
            word => word
                .parse()
                .map(|severity| Self(Some(severity)))
                .map_err(|()| format!("unknown severity \"{text}\"; use off, hint, information, warning or error")),
        }
    }
}

/// Which index of cables an editor asks.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged, expecting = "true, false, or the file of an index")]
pub enum ArchiveChoice {
    /// Its own of the folder, or none.
    Own(bool),
    /// The one in a file: a path from the folder of the settings.
    File(String),
}

/// Codes with their meanings: a table, or a list of codes alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes(pub(super) BTreeMap<String, String>);

impl Codes {
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        self.0.clone().into_iter().collect()
    }
}

impl<'de> Deserialize<'de> for Codes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CodesVisitor)
    }
}

struct CodesVisitor;

impl<'de> Visitor<'de> for CodesVisitor {
    type Value = Codes;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table of codes with their meanings, or a list of codes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Codes, A::Error> {
        let mut codes = BTreeMap::new();
        while let Some((code, meaning)) = map.next_entry()? {
            codes.insert(code, meaning);
        }
        Ok(Codes(codes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Codes, A::Error> {
        let mut codes = BTreeMap::new();
        while let Some(code) = list.next_element()? {
            codes.insert(code, String::new());
        }
        Ok(Codes(codes))
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom(unknown_rule(&text)))
    }
}

/// What to say about a word that should be a rule: the nearest ones are named.
pub fn unknown_rule(text: &str) -> String {
    let near: Vec<String> =
        nearest_rules(text, 3).iter().map(|rule| format!("{} ({})", rule.code, rule.name)).collect();
    let near = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
    format!("unknown rule \"{text}\"{near}")
}
