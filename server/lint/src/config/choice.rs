//! The rules that the command line chooses, over those of the settings.

use crate::{Rule, Selector, Settings, Severity, rules};

/// A choice of rules that lies over settings: that of the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Rules to run, whatever the settings say.
    pub select: Option<Vec<Selector>>,
    /// Additional rules to run, whatever the settings say.
    pub extend_select: Vec<Selector>,
    /// Rules not to run.
    pub ignore: Vec<Selector>,
}

impl Choice {
    /// The settings with this choice over them. A rule that is chosen here runs even where they turn it off.
    pub fn over(&self, settings: Settings) -> Settings {
        if *self == Self::default() {
            return settings;
        }
        let any = |selectors: &[Selector], rule: &Rule| selectors.iter().any(|selector| selector.matches(rule));
        let runs = |rule: &Rule| {
            let selected = self.select.as_deref().map_or_else(|| settings.runs(rule), |select| any(select, rule));
            (selected || any(&self.extend_select, rule)) && !any(&self.ignore, rule)
        };
        let running: Vec<&'static Rule> = rules().iter().copied().filter(|rule| runs(rule)).collect();
        let is_off =
            |code: &str, level: Option<Severity>| level.is_none() && running.iter().any(|rule| rule.code == code);
        let severity = settings.severity.iter().map(|(&code, &level)| (code, level));
        Settings {
            severity: severity.filter(|&(code, level)| !is_off(code, level)).collect(),
            paragraph_style: settings.paragraph_style,
            ..Settings::only(&running)
        }
    }
}
