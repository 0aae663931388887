//! What the person who checks has chosen: which rules run, how they weigh, how repairs are written.

use std::collections::BTreeMap;
use std::fmt;

use crate::{Rule, Severity};

/// Some rules: `TXT001`, `pilcrow-as-one`, all of a part (`TXT`, `PAR00`), or `ALL`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selector(pub(crate) String);

impl Selector {
    /// Whether a rule is one of them.
    pub fn matches(&self, rule: &Rule) -> bool {
        self.0 == "ALL" || self.0 == rule.name || rule.code.starts_with(&self.0)
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How a repaired paragraph number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphStyle {
    /// `7.` as the cable had it. A sign that the web edition kept stays.
    #[default]
    Plain,
    /// `¶7.` as the web edition shows it.
    Pilcrow,
}

/// The choices. The default runs the rules that are on by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The rules that run, in place of those that are on by default.
    pub select: Option<Vec<Selector>>,
    /// Additional rules that run.
    pub extend_select: Vec<Selector>,
    /// Rules that do not run, whatever selects them.
    pub ignore: Vec<Selector>,
    /// Severities by code; none turns a rule off.
    pub severity: BTreeMap<&'static str, Option<Severity>>,
    /// How repaired paragraph numbers are written.
    pub paragraph_style: ParagraphStyle,
}

impl Settings {
    /// Settings that run some rules and no others.
    pub fn only(rules: &[&'static Rule]) -> Self {
        let select = rules.iter().map(|rule| Selector(rule.code.to_owned())).collect();
        Self { select: Some(select), ..Self::default() }
    }

    /// Whether a rule runs.
    pub fn runs(&self, rule: &Rule) -> bool {
        let any = |selectors: &[Selector]| selectors.iter().any(|selector| selector.matches(rule));
        let selected = self.select.as_deref().map_or(rule.on_by_default, any) || any(&self.extend_select);
        selected && !any(&self.ignore) && self.severity.get(rule.code) != Some(&None)
    }

    /// The severity that was set for a rule, whichever of its cases.
    pub fn severity_of(&self, rule: &Rule) -> Option<Severity> {
        self.severity.get(rule.code).copied().flatten()
    }
}
