//! Operating signals and the other short words of the envelope.

use crate::table::OPERATING_SIGNALS;
use crate::{Catalog, Entry, Kind};

impl Catalog {
    /// An operating signal, with or without its digit (`ZFF4`).
    pub fn operating_signal(&self, code: &str) -> Option<Entry<'static>> {
        let row = OPERATING_SIGNALS.get(code).or_else(|| {
            let signal = code.strip_suffix(|last: char| last.is_ascii_digit())?;
            OPERATING_SIGNALS.get(signal).filter(|_| signal.len() == 3 && signal.starts_with('Z'))
        })?;
        Some(row.entry(Kind::OperatingSignal))
    }
}
