//! One line a diagnostic: `path:line:column: CODE severity: message`.

use std::io::{self, Write};

use super::Checked;
use crate::cli::position::Positions;

/// Writes one file's diagnostics.
pub(super) fn write(output: &mut impl Write, text: &str, checked: &Checked) -> io::Result<()> {
    let positions = Positions::new(text);
    for diagnostic in &checked.diagnostics {
        let start = positions.at(diagnostic.range.start);
        writeln!(
            output,
            "{}:{}:{}: {} {}: {}",
            checked.path, start.line, start.column, diagnostic.rule.code, diagnostic.severity, diagnostic.message
        )?;
    }
    Ok(())
}
