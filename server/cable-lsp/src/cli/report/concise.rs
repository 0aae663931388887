//! One line a diagnostic: `path:line:column: CODE severity: message`.

use std::io::{self, Write};

use super::Checked;
use crate::visible::visible;

/// Writes one file's diagnostics.
pub(super) fn write(output: &mut impl Write, checked: &Checked<'_>) -> io::Result<()> {
    let path = visible(checked.path);
    for diagnostic in checked.diagnostics {
        let start = checked.positions.at(diagnostic.range.start);
        let message = visible(&diagnostic.message);
        let (code, severity) = (diagnostic.rule.code, diagnostic.severity);
        writeln!(output, "{path}:{}:{}: {code} {severity}: {message}", start.line, start.column)?;
    }
    Ok(())
}
