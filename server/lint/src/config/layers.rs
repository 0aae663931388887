//! A setting: what is under its key, and how it lies above the same setting of another place.
//!
//! A key is in one place, as a field of its table: the rest follows from the field's name and type.

use std::collections::BTreeMap;

use super::paths::Pattern;
use super::values::{ArchiveChoice, Codes, Level, RuleName};
use crate::{ParagraphStyle, Selector, Wrap};

/// What is under a key, as far as it is looked at before serde reads it: one by one, so that the line is known.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Rules,
    RulesByGlob,
    Globs,
    Table(&'static [Key]),
    Other,
}

/// The name of a setting and what is under it.
pub(super) type Key = (&'static str, Shape);

pub(super) trait Setting {
    const SHAPE: Shape;

    /// This where it says something, and what is below where it does not.
    fn over(self, below: Self) -> Self;
}

/// Makes the fields of a struct the keys of a table.
macro_rules! settings {
    ($(#[$table:meta])* pub struct $name:ident { $($(#[$field:meta])* pub $key:ident: $kind:ty,)* }) => {
        $(#[$table])*
        pub struct $name {
            $($(#[$field])* pub $key: $kind,)*
        }

        impl Setting for $name {
            const SHAPE: Shape = Shape::Table(&[$((
                {
                    const NAME: [u8; stringify!($key).len()] = kebab(stringify!($key));
                    match std::str::from_utf8(&NAME) {
                        Ok(name) => name,
                        Err(_) => stringify!($key),
                    }
                },
                <$kind as Setting>::SHAPE,
            ),)*]);

            fn over(self, below: Self) -> Self {
                Self { $($key: self.$key.over(below.$key),)* }
            }
        }
    };
}
pub(super) use settings;

/// The name of a key, which serde makes in the same way from that of the field.
pub(super) const fn kebab<const LENGTH: usize>(field: &str) -> [u8; LENGTH] {
    let mut name = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        let byte = field.as_bytes()[at];
        name[at] = if byte == b'_' { b'-' } else { byte };
        at += 1;
    }
    name
}

/// Values that are taken from above as they are.
macro_rules! whole {
    ($($kind:ty => $shape:expr,)*) => {
        $(impl Setting for Option<$kind> {
            const SHAPE: Shape = $shape;

            fn over(self, below: Self) -> Self {
                self.or(below)
            }
        })*
    };
}

whole! {
    Vec<Selector> => Shape::Rules,
    Vec<Pattern> => Shape::Globs,
    ParagraphStyle => Shape::Other,
    Wrap => Shape::Other,
    ArchiveChoice => Shape::Other,
    bool => Shape::Other,
}

impl Setting for BTreeMap<RuleName, Level> {
    const SHAPE: Shape = Shape::Other;

    fn over(self, below: Self) -> Self {
        merged(self, below)
    }
}

impl Setting for BTreeMap<Pattern, Vec<Selector>> {
    const SHAPE: Shape = Shape::RulesByGlob;

    fn over(self, below: Self) -> Self {
        merged(self, below)
    }
}

impl Setting for Codes {
    const SHAPE: Shape = Shape::Other;

    fn over(self, below: Self) -> Self {
        Self(merged(self.0, below.0))
    }
}

fn merged<K: Ord, V>(above: BTreeMap<K, V>, mut below: BTreeMap<K, V>) -> BTreeMap<K, V> {
    below.extend(above);
    below
}
