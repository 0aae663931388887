//! For people: the source line with a caret under the offending text, and what would fix it.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use cable_lint::{Diagnostic, FixSafety, Severity};

use super::{Checked, Layout, Totals};
use crate::cli::count;
use crate::visible::{visible, visible_lines};

/// Width of the source shown: a transcription may keep a whole paragraph on one line.
const WIDTH: usize = 110;

pub(super) struct Full;

impl Layout for Full {
    fn is_for_people(&self) -> bool {
        true
    }

    fn has_colours(&self) -> bool {
        true
    }

    fn shows_safety(&self) -> bool {
        true
    }

    fn file(&self, output: &mut dyn Write, checked: &Checked<'_>, _: usize) -> io::Result<()> {
        let renderer = Renderer::styled().term_width(WIDTH).decor_style(DecorStyle::Ascii);
        for diagnostic in checked.diagnostics {
            writeln!(output, "{}\n", render(&renderer, checked, diagnostic))?;
        }
        Ok(())
    }

    fn end(&self, output: &mut dyn Write, totals: &Totals<'_>) -> io::Result<()> {
        if totals.quiet {
            return Ok(());
        }
        let hidden = totals.hidden.words(true).map(|words| format!("; {words}")).unwrap_or_default();
        let safe = if totals.fixable > 0 { format!(", {} with a safe fix", totals.fixable) } else { String::new() };
        let (diagnostics, files) = (count(totals.diagnostics, "diagnostic"), count(totals.files, "file"));
        writeln!(output, "{diagnostics} in {files}{safe}{hidden}")?;
        totals.hidden.lines().try_for_each(|line| writeln!(output, "{line}"))
    }
}

fn render(renderer: &Renderer, checked: &Checked<'_>, diagnostic: &Diagnostic) -> String {
    let Checked { path, text, positions, .. } = checked;
    // Only the lines spoken of are handed over: a rendering must not cost the size of the file.
    let snippet = |range: &Range<usize>, kind: AnnotationKind, label: Option<&str>| {
        let (lines, first) = positions.lines(range);
        let (start, end) = (range.start, range.end.max(range.start));
        let [before, inside, after] = [lines.start..start, start..end, end..lines.end].map(|part| &text[part]);
        let (source, marked) = visible_source(before, inside, after);
        Snippet::source(source)
            .line_start(first)
            .path(visible(path).into_owned())
            .annotation(kind.span(marked).label(label.map(|label| visible(label).into_owned())))
    };
    let mut group = level(diagnostic.severity)
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.rule.code)
        .element(snippet(&diagnostic.range, AnnotationKind::Primary, None));
    for related in &diagnostic.related {
        group = group.element(snippet(&related.range, AnnotationKind::Context, Some(&related.message)));
    }
    if let Some(fix) = &diagnostic.fix {
        let how = if fix.safety == FixSafety::Safe { "safe fix" } else { "fix" };
        group = group.element(Level::HELP.message(format!("{how}: {}", visible(&fix.title))));
    }
    renderer.render(&[group])
}

/// The source lines as a person can read them, and where the marked part of them then is. Lines end where
/// [`Positions`](crate::cli::position::Positions) ends them, so a lone CR ends one here as well.
fn visible_source(before: &str, inside: &str, after: &str) -> (String, Range<usize>) {
    let mut source = String::with_capacity(before.len() + inside.len() + after.len());
    let mut push = |part: &str, next: &str| {
        // One line end may be in both.
        let part = part.strip_suffix('\r').filter(|_| next.starts_with('\n')).unwrap_or(part);
        source.push_str(&visible_lines(&part.replace("\r\n", "\n").replace('\r', "\n")));
        source.len()
    };
    let start = push(before, inside);
    let end = push(inside, after);
    push(after, "");
    (source, start..end)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::NOTE.with_name("hint"),
    }
}
