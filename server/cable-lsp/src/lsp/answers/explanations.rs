//! The explanation of a rule, shown by an editor that has no command of its own for it.

use tower_lsp::lsp_types::{self, CodeAction};

use super::action_kinds::EXPLAIN;
use crate::lsp::analysis::Rule;
use crate::wrapped::wrapped;

/// The command that shows an explanation.
pub(in crate::lsp) const SHOW: &str = "cable.showExplanation";

/// As wide as half a screen: most editors show it beside the cable, and few wrap lines unasked.
const WIDTH: usize = 72;

/// What a rule says, for a file that an editor shows.
pub(in crate::lsp) fn in_full(rule: &Rule) -> String {
    wrapped(&rule.text(), WIDTH)
}

/// What fits into a message: one line that says what is wrong before it says why.
pub(in crate::lsp) fn in_short(rule: &Rule) -> String {
    let first = rule.explanation.split("\n\n").next().unwrap_or_default();
    let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {}: {}. {first}", rule.code, rule.name, rule.summary)
}

/// The action that explains the rule of some diagnostics.
pub(in crate::lsp) fn action(rule: &Rule, diagnostics: Vec<lsp_types::Diagnostic>) -> CodeAction {
    let title = format!("Explain {} ({})", rule.code, rule.name);
    let command = lsp_types::Command::new(title.clone(), SHOW.to_owned(), Some(vec![rule.code.into()]));
    CodeAction {
        title,
        kind: Some(EXPLAIN),
        diagnostics: Some(diagnostics),
        command: Some(command),
        ..CodeAction::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::analysis::rule;

    #[test]
    fn a_message_is_one_line() {
        let short = in_short(rule("CLS005").expect("a rule"));
        assert!(short.starts_with("CLS005 ") && !short.contains('\n') && !short.contains("  "), "{short}");
    }
}
