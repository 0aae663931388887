//! One line a diagnostic: `path:line:column: CODE severity: message`.

use std::io::{self, Write};

use super::Checked;

/// Writes one file's diagnostics.
pub(super) fn write(output: &mut impl Write, checked: &Checked<'_>) -> io::Result<()> {
    for diagnostic in checked.diagnostics {
        let start = checked.positions.at(diagnostic.range.start);
        let (path, code, severity, message) =
            (checked.path, diagnostic.rule.code, diagnostic.severity, &diagnostic.message);
        writeln!(output, "{path}:{}:{}: {code} {severity}: {message}", start.line, start.column)?;
    }
    Ok(())
}
