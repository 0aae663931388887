//! A rule in full, for a terminal and for a page. Every face of the program shows this text.

use crate::{FixSafety, Rule};

impl Rule {
    /// The rule in full, for a terminal.
    pub fn text(&self) -> String {
        self.in_full("", |lines| lines.lines().map(|line| ["    ", line, "\n"].concat()).collect())
    }

    /// The rule in full, with a heading, and the example in blocks.
    pub fn markdown(&self) -> String {
        self.in_full("## ", |lines| format!("```text\n{}\n```\n", lines.trim_end_matches('\n')))
    }

    fn in_full(&self, heading: &str, block: impl Fn(&str) -> String) -> String {
        let by_default = if self.on_by_default { "on" } else { "off" };
        let fix = match self.fix.map(|fix| fix.safety) {
            None => "none",
            Some(FixSafety::Safe) => "safe (--fix)",
            Some(FixSafety::Unsafe) => "unsafe, needs your review (--unsafe-fixes)",
        };
        let changes = match self.fix.map(|fix| fix.changes) {
            None => String::new(),
            Some([]) => "\n\nThe fix does not change what the cable says.".to_owned(),
            Some(changes) => {
                let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
                format!("\n\nThe fix may change: {}.", changes.join("; "))
            }
        };
        let after = match self.example.after {
            "" => String::new(),
            after => format!("Better:\n\n{}\n", block(after)),
        };
        let Self { code, name, severity, summary, explanation, source, .. } = self;
        let before = block(self.example.before);
        format!(
            "{heading}{code} {name}\n\n{summary}\n\nSeverity: {severity}. By default: {by_default}. Fix: {fix}.{changes}\n\n\
             {explanation}\n\nExample:\n\n{before}\n{after}References: {source}\n"
        )
    }
}
