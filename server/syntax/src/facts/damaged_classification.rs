//! The classification line of a cable in which none can be read.

use crate::cable::Cable;
use crate::fields::classification::{DamagedClassification, read_damaged_line};
use crate::line::LineKind;

/// Looks down to the first header keyword.
pub(super) fn damaged_classification(cable: &Cable) -> Option<DamagedClassification> {
    if cable.header.classification.is_some() {
        return None;
    }
    let is_above = |kind| !matches!(kind, LineKind::Keyword(_) | LineKind::Marker);
    let lines = cable.lines().iter().take_while(|line| is_above(line.kind));
    lines.filter(|line| matches!(line.kind, LineKind::Text | LineKind::ClassificationWord)).find_map(|line| {
        let text = cable.slice(line.span);
        let start = line.span.start + (text.len() - text.trim_start().len()) as u32;
        let text = text.trim().trim_end_matches('\\').trim_end();
        read_damaged_line(text).map(|damaged| damaged.shifted(start))
    })
}
