//! Runs the rules over a document.

use std::collections::HashMap;
use std::sync::Arc;

use cable_syntax::{Cable, Document};

use crate::findings::{Context, Finding, Findings};
use crate::{Diagnostic, Rule, Settings};

/// The rule on what a copy left in the text.
const MARKS: &str = "TXT012";

/// What is wrong in a document, by place and then by code.
pub fn check(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    Checker::default().check(document, settings)
}

/// Checks a document again and again, and looks only at the cables that changed. Equal to [`check`] always.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    settings: Settings,
    running: Vec<&'static Rule>,
    /// By the address of the cable, which the entry keeps alive.
    known: HashMap<usize, Known>,
}

/// The findings of one cable as it was.
#[derive(Debug, Clone)]
struct Known {
    #[expect(dead_code, reason = "it keeps the address from being given to another cable")]
    cable: Arc<Cable>,
    is_last: bool,
    findings: Arc<[Finding]>,
}

impl Checker {
    /// What is wrong in a document, by place and then by code.
    pub fn check(&mut self, document: &Document, settings: &Settings) -> Vec<Diagnostic> {
        self.check_while(document, settings, || true).unwrap_or_default()
    }

    /// The same, asking before it looks at a cable whether to go on. None if not; what was found is kept for next time.
    pub fn check_while(
        &mut self,
        document: &Document,
        settings: &Settings,
        mut go_on: impl FnMut() -> bool,
    ) -> Option<Vec<Diagnostic>> {
        self.choose(settings);
        let last = document.cables().len().saturating_sub(1);
        let mut before = std::mem::take(&mut self.known);
        let mut diagnostics = Vec::new();
        for (index, placed) in document.cables().iter().enumerate() {
            let is_last = index == last;
            let address = Arc::as_ptr(&placed.cable).addr();
            let known = before.remove(&address).filter(|known| known.is_last == is_last);
            let known = match known {
                Some(known) => known,
                None if go_on() => self.look_at(&placed.cable, is_last),
                None => {
                    self.known.extend(before);
                    return None;
                }
            };
            // What a web page or mail put around the text is told first; the rest can be told when it is gone.
            let is_wrapped = placed.cable.is_wrapped() && self.running.iter().any(|rule| rule.code == MARKS);
            let shown = known.findings.iter().filter(|finding| !is_wrapped || finding.rule().code == MARKS);
            diagnostics.extend(shown.map(|finding| finding.placed(placed, settings)));
            self.known.insert(address, known);
        }
        diagnostics.sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.rule.code, diagnostic.range.end));
        Some(diagnostics)
    }

    /// The findings of one cable, with the rest of the document left alone.
    pub(crate) fn findings(&mut self, document: &Document, index: usize, settings: &Settings) -> Arc<[Finding]> {
        self.choose(settings);
        let placed = &document.cables()[index];
        let is_last = index + 1 == document.cables().len();
        let address = Arc::as_ptr(&placed.cable).addr();
        if let Some(known) = self.known.get(&address).filter(|known| known.is_last == is_last) {
            return Arc::clone(&known.findings);
        }
        let known = self.look_at(&placed.cable, is_last);
        let findings = Arc::clone(&known.findings);
        self.known.insert(address, known);
        findings
    }

    fn choose(&mut self, settings: &Settings) {
        if self.settings == *settings && !self.running.is_empty() {
            return;
        }
        // Severities are put on when findings are placed; they change nothing of what was found.
        let running = settings.running();
        if self.running != running || self.settings.paragraph_style != settings.paragraph_style {
            self.running = running;
            self.known.clear();
        }
        self.settings = settings.clone();
    }

    fn look_at(&self, cable: &Arc<Cable>, is_last: bool) -> Known {
        let context = Context::new(cable, &self.settings, is_last);
        // A text that is no cable has no rules to break.
        let findings = if cable.is_recognised() { Findings::of(&self.running, &context) } else { Vec::new() };
        Known { cable: Arc::clone(cable), is_last, findings: findings.into() }
    }
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;

    use super::*;

    #[test]
    fn a_check_that_is_stopped_goes_on_where_it_was() {
        let cable = "UNCLAS ASTANA 000001\n\nTAGS: KZ\nSUBJECT: X\n\n11. (U) One.\n\nDOE\nNNNN\n";
        let text: String = (1..=5).map(|serial| cable.replace("000001", &format!("{serial:06}"))).collect();
        let (document, settings) = (Document::new(&text, &Catalog::built_in()), Settings::default());
        let mut checker = Checker::default();
        let mut left = 3;
        let stopped = checker.check_while(&document, &settings, || {
            left -= 1;
            left >= 0
        });
        assert_eq!((stopped, document.cables().len()), (None, 5));
        let mut looked_at = 0;
        let found = checker.check_while(&document, &settings, || {
            looked_at += 1;
            true
        });
        assert_eq!((looked_at, found), (2, Some(check(&document, &settings))));
    }
}
