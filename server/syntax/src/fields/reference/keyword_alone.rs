//! A word that is a keyword of the list and no more: what a list repeats between its entries.

use std::sync::LazyLock;

use crate::pattern::{ShortPattern, short_pattern};

pub(super) static KEYWORD_ALONE: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?i:ref(?:tel|erence)?s?) ?:?$"));
