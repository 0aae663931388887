//! One line a diagnostic: `path:line:column: CODE severity: message`.

use std::io::{self, Write};

use super::{Checked, Layout, Totals};
use crate::cli::note;
use crate::visible::visible;

pub(super) struct Concise;

impl Layout for Concise {
    fn is_for_people(&self) -> bool {
        true
    }

    fn file(&self, output: &mut dyn Write, checked: &Checked<'_>, _: usize) -> io::Result<()> {
        let path = visible(checked.path);
        for diagnostic in checked.diagnostics {
            let start = checked.positions.at(diagnostic.range.start);
            let message = visible(&diagnostic.message);
            let (code, severity) = (diagnostic.rule.code, diagnostic.severity);
            writeln!(output, "{path}:{}:{}: {code} {severity}: {message}", start.line, start.column)?;
        }
        Ok(())
    }

    /// Standard output is for the records alone: what was not shown is counted on the other.
    fn end(&self, output: &mut dyn Write, totals: &Totals<'_>) -> io::Result<()> {
        output.flush()?;
        if let Some(words) = totals.hidden.words(false) {
            note(&words);
        }
        Ok(())
    }
}
