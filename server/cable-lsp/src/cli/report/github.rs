//! Workflow commands of GitHub Actions: an annotation a diagnostic.

use std::io::{self, Write};

use cable_lint::Severity;

use super::{Checked, Layout};
use crate::visible::visible;

pub(super) struct Github;

impl Layout for Github {
    fn file(&self, output: &mut dyn Write, checked: &Checked<'_>, _: usize) -> io::Result<()> {
        let file = escaped(checked.path, true);
        for diagnostic in checked.diagnostics {
            let (start, end) =
                (checked.positions.at(diagnostic.range.start), checked.positions.at(diagnostic.range.end));
            let title = format!("{} {}", diagnostic.rule.code, diagnostic.rule.name);
            write!(output, "::{} file={file},line={},", level(diagnostic.severity), start.line)?;
            write!(output, "endLine={},", end.line)?;
            // Columns are understood on a single line alone.
            if start.line == end.line {
                write!(output, "col={},endColumn={},", start.column, end.column)?;
            }
            writeln!(output, "title={}::{}", escaped(&title, true), escaped(&diagnostic.message, false))?;
        }
        Ok(())
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    }
}

/// What would end the command, or a property of it, in percent signs.
fn escaped(text: &str, is_property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // What else acts on a terminal acts on whoever reads the log.
    let text = visible(&text);
    if is_property { text.replace(':', "%3A").replace(',', "%2C") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_what_would_end_a_command() {
        assert_eq!(super::escaped("50%, a:b\r\n", true), "50%25%2C a%3Ab%0D%0A");
        assert_eq!(super::escaped("50%, a:b\n\u{1b}", false), r"50%25, a:b%0A\u{1b}");
    }
}
