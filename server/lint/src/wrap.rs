//! Where formatting breaks lines: `format.wrap` of the settings, a word or a number.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Where the lines of a paragraph break when a cable is formatted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// Where they do.
    #[default]
    Preserve,
    /// Nowhere: a paragraph is one line.
    Unwrap,
    /// Before this column is passed, in characters.
    Column(u16),
}

impl<'de> Deserialize<'de> for Wrap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WrapVisitor)
    }
}

struct WrapVisitor;

impl Visitor<'_> for WrapVisitor {
    type Value = Wrap;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"preserve\", \"unwrap\" or a column from 0 to 65535")
    }

    fn visit_u64<E: de::Error>(self, column: u64) -> Result<Wrap, E> {
        match u16::try_from(column) {
            Ok(0) => Ok(Wrap::Preserve),
            Ok(column) => Ok(Wrap::Column(column)),
            Err(_) => Err(E::invalid_value(de::Unexpected::Unsigned(column), &self)),
        }
    }

    fn visit_i64<E: de::Error>(self, column: i64) -> Result<Wrap, E> {
        let column = u64::try_from(column).map_err(|_| E::invalid_value(de::Unexpected::Signed(column), &self))?;
        self.visit_u64(column)
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Wrap, E> {
        match word {
            "preserve" => Ok(Wrap::Preserve),
            "unwrap" => Ok(Wrap::Unwrap),
            _ => Err(E::invalid_value(de::Unexpected::Str(word), &self)),
        }
    }
}
