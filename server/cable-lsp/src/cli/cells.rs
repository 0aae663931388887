//! Cells of a table that a table program may open.

use std::borrow::Cow;

use crate::visible::visible_lines;

/// A cell that no table program takes for a formula, and no terminal for an order.
pub(super) fn inert(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return Cow::Owned(format!("'{}", visible_lines(cell)));
    }
    visible_lines(cell)
}
