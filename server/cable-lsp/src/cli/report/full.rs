//! For people: the source line with a caret under the offending text, and what would mend it.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use cable_lint::{Diagnostic, FixSafety, Severity};

use super::Checked;

/// Width of the source shown: a transcription may keep a whole paragraph on one line.
const WIDTH: usize = 110;

/// Writes one file's diagnostics.
pub(super) fn write(output: &mut impl Write, checked: &Checked<'_>) -> io::Result<()> {
    let renderer = Renderer::styled().term_width(WIDTH).decor_style(DecorStyle::Ascii);
    for diagnostic in checked.diagnostics {
        writeln!(output, "{}\n", render(&renderer, checked, diagnostic))?;
    }
    Ok(())
}

fn render(renderer: &Renderer, checked: &Checked<'_>, diagnostic: &Diagnostic) -> String {
    let Checked { path, text, positions, .. } = checked;
    // Only the lines spoken of are handed over: a rendering must not cost the size of the file.
    let snippet = |range: &Range<usize>, kind: AnnotationKind, label: Option<&str>| {
        let (lines, first) = positions.lines(range);
        let inside = range.start - lines.start..range.end.max(range.start) - lines.start;
        Snippet::source(text[lines].to_owned())
            .line_start(first)
            .path((*path).to_owned())
            .annotation(kind.span(inside).label(label.map(str::to_owned)))
    };
    let mut group = level(diagnostic.severity)
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.rule.code)
        .element(snippet(&diagnostic.range, AnnotationKind::Primary, None));
    for related in &diagnostic.related {
        group = group.element(snippet(&related.range, AnnotationKind::Context, Some(&related.message)));
    }
    if let Some(fix) = &diagnostic.fix {
        let how = if fix.safety == FixSafety::Safe { "safe fix" } else { "fix" };
        group = group.element(Level::HELP.message(format!("{how}: {}", fix.title)));
    }
    renderer.render(&[group])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::NOTE.with_name("hint"),
    }
}
