//! Runs the rules over a document.

use std::ops::Range;
use std::sync::Arc;

use cable_syntax::{Cable, Document, PerCable, Placed};

use crate::findings::{Context, Finding, Findings};
use crate::needs::Need;
use crate::{Diagnostic, Rule, Settings, Severity};

/// The rule on what a copy left in the text.
pub(crate) const MARKS: &str = "TXT012";

/// What is wrong in a document, by place and then by code.
pub fn check(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    Checker::default().check(document, settings)
}

/// Checks a document again and again, and looks only at the cables that changed. Equal to [`check`] always.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    settings: Settings,
    running: Vec<&'static Rule>,
    known: PerCable<Known>,
}

/// The findings of one cable as it was.
#[derive(Debug, Clone)]
struct Known {
    is_last: bool,
    /// Which rules have run.
    run: Run,
    found: CableFindings,
}

/// Which of the rules that are to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    All,
    /// Those that may find a warning or an error. The others, which look at every word, can do no harm.
    Grave,
    /// The others.
    Light,
}

impl Run {
    fn holds(self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Grave => rule.severity >= Severity::Warning,
            Self::Light => rule.severity < Severity::Warning,
        }
    }
}

/// What is wrong in one cable, wherever it is. Clones share it.
#[derive(Debug, Clone)]
pub struct CableFindings {
    /// By place and then by code.
    findings: Arc<[Finding]>,
    /// What a web page or mail put around the text is reported first; the rest can be reported when it is gone.
    only_marks: bool,
}

impl CableFindings {
    /// As diagnostics of the document that holds the cable, by place and then by code.
    pub fn placed<'a>(&'a self, placed: &'a Placed, settings: &'a Settings) -> impl Iterator<Item = Diagnostic> + 'a {
        self.shown().map(|finding| finding.placed(placed, settings))
    }

    /// The rule of each, and where it is in the document that holds the cable, in the same order.
    pub fn places<'a>(&'a self, placed: &'a Placed) -> impl Iterator<Item = (&'static Rule, Range<usize>)> + 'a {
        self.shown().map(|finding| (finding.rule(), placed.range(finding.span())))
    }

    /// Whether they are the same value: the cable did not change, nor did what is looked for.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.findings, &other.findings)
    }

    /// Whether a message names a line of the document, so that it changes where the cable moves.
    pub fn names_lines(&self) -> bool {
        self.shown().any(Finding::names_line)
    }

    fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !self.only_marks || finding.rule().code == MARKS)
    }
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
        go_on: impl FnMut() -> bool,
    ) -> Option<Vec<Diagnostic>> {
        let found = self.findings_while(document, settings, go_on)?;
        let placed = document.cables().iter().zip(&found);
        Some(placed.flat_map(|(placed, found)| found.placed(placed, settings)).collect())
    }

    /// The same for each cable of the document, in order, with nothing done for a cable that did not change.
    pub fn findings_while(
        &mut self,
        document: &Document,
        settings: &Settings,
        mut go_on: impl FnMut() -> bool,
    ) -> Option<Vec<CableFindings>> {
        self.choose(settings);
        let last = document.cables().len().saturating_sub(1);
        let mut before = std::mem::take(&mut self.known);
        let mut all = Vec::with_capacity(document.cables().len());
        for (index, placed) in document.cables().iter().enumerate() {
            let is_last = index == last;
            let known = before.remove(&placed.cable).filter(|known| known.is_last == is_last);
            let known = match known {
                Some(known) if known.run == Run::All => known,
                known if go_on() => self.look_at_all(&placed.cable, is_last, known),
                _ => {
                    self.known.extend(before);
                    return None;
                }
            };
            all.push(known.found.clone());
            self.known.insert(&placed.cable, known);
        }
        Some(all)
    }

    /// What is wrong in one cable of a document, with the rest left alone.
    pub fn findings_of(&mut self, document: &Document, index: usize, settings: &Settings) -> CableFindings {
        self.choose(settings);
        let placed = &document.cables()[index];
        let is_last = index + 1 == document.cables().len();
        let known = self.known.remove(&placed.cable).filter(|known| known.is_last == is_last);
        let known = match known {
            Some(known) if known.run == Run::All => known,
            known => self.look_at_all(&placed.cable, is_last, known),
        };
        self.known.insert(&placed.cable, known).found.clone()
    }

    /// The findings of one cable of a document, but for some that are no warnings and no errors.
    pub(crate) fn grave_findings(&mut self, document: &Document, index: usize, settings: &Settings) -> Arc<[Finding]> {
        self.choose(settings);
        let placed = &document.cables()[index];
        let is_last = index + 1 == document.cables().len();
        let known = self.known.remove(&placed.cable).filter(|known| known.is_last == is_last);
        let known = known.unwrap_or_else(|| {
            let found =
                CableFindings { findings: self.run(Run::Grave, &placed.cable, is_last).into(), only_marks: false };
            Known { is_last, run: Run::Grave, found }
        });
        self.known.insert(&placed.cable, known).found.findings.clone()
    }

    fn choose(&mut self, settings: &Settings) {
        if self.settings == *settings && !self.running.is_empty() {
            return;
        }
        // Severities are put on when findings are placed; they change nothing of what was found.
        let mut running = settings.running();
        running.retain(|rule| !rule.needs.contains(&Need::Archive));
        if self.running != running || self.settings.paragraph_style != settings.paragraph_style {
            self.running = running;
            self.known.clear();
        }
        self.settings = settings.clone();
    }

    /// Runs all rules on a cable, but for those that have run.
    fn look_at_all(&self, cable: &Cable, is_last: bool, known: Option<Known>) -> Known {
        let mut findings = match known {
            Some(known) => {
                let mut findings = known.found.findings.to_vec();
                findings.extend(self.run(Run::Light, cable, is_last));
                findings
            }
            None => self.run(Run::All, cable, is_last),
        };
        findings.sort_by_key(order);
        let only_marks = cable.is_wrapped() && self.running.iter().any(|rule| rule.code == MARKS);
        let found = CableFindings { findings: findings.into(), only_marks };
        Known { is_last, run: Run::All, found }
    }

    fn run(&self, run: Run, cable: &Cable, is_last: bool) -> Vec<Finding> {
        // A text that is no cable has no rules to break.
        if !cable.is_recognised() {
            return Vec::new();
        }
        let rules = self.running.iter().copied().filter(|rule| run.holds(rule));
        Findings::of(rules, &Context::new(cable, &self.settings, is_last))
    }
}

/// What the findings of one cable are sorted by: place, then code.
pub(crate) fn order(finding: &Finding) -> (u32, &'static str, u32) {
    (finding.span().start, finding.rule().code, finding.span().end)
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

    #[test]
    fn what_was_looked_for_first_is_not_lost_and_not_reported_twice() {
        let text = "UNCLAS ASTANA 000001\n\nTAGS: KZ\nSUBJECT: X\n\n11. (U) One.  \n\nAs ref A says.\n\nDOE\nNNNN\n";
        let (document, settings) = (Document::new(text, &Catalog::built_in()), Settings::default());
        let mut checker = Checker::default();
        let grave = checker.grave_findings(&document, 0, &settings).len();
        let all = checker.check(&document, &settings);
        assert!(0 < grave && grave < all.len(), "{grave} of {}", all.len());
        assert_eq!(all, check(&document, &settings));
        assert_eq!(checker.grave_findings(&document, 0, &settings).len(), all.len(), "all of them are known now");
    }
}
