//! Which of all rules are meant: those that a text selects, and those that run under some settings.
//!
//! It is above the rules. The settings that they are given know no list of them.

use std::str::FromStr;

use crate::settings::{Selector, Settings};
use crate::{Rule, rules};

impl FromStr for Selector {
    /// The text that selects no rule.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let by_code = Self(text.trim().to_ascii_uppercase());
        let by_name = Self(text.trim().to_ascii_lowercase());
        [by_code, by_name]
            .into_iter()
            .find(|selector| !selector.0.is_empty() && rules().iter().any(|rule| selector.matches(rule)))
            .ok_or_else(|| text.to_owned())
    }
}

impl Settings {
    /// The rules that run, in the order of their codes.
    pub(crate) fn running(&self) -> Vec<&'static Rule> {
        let mut running = Vec::with_capacity(rules().len());
        running.extend(rules().iter().copied().filter(|rule| self.runs(rule)));
        running
    }
}
