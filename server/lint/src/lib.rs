//! What is wrong in a cable, and how to fix it: rules, diagnostics, fixes.
//!
//! Text in, plain values out: no files, no protocol, no clock. A rule looks at one cable through its typed views and
//! reports spans of that cable; [`check()`] moves them to the document. [`Checker`] does the same and remembers the
//! findings of cables that did not change. What only an archive can tell is [`archive_diagnostics`], through what whoever has
//! one answers ([`References`]).
//!
//! **Invariant.** No fix is applied, or offered as safe, that is not proved: the cable is read again with it, and nothing but
//! what its rule declares may differ ([`proof`]). Repairing twice changes nothing the second time. The same text and
//! settings have the same findings, in the order of their places, whether they are fresh or remembered.

mod archive;
mod changes;
mod check;
pub mod config;
mod diagnostic;
mod explanation;
mod findings;
pub mod fix;
mod gone;
mod line_edit;
mod marker_repair;
mod needs;
mod one_line;
pub mod proof;
mod references;
mod renumber;
mod rule;
mod rules;
mod selection;
mod settings;
mod severity;
mod wrap;

pub use archive::{archive_diagnostics, merge};
pub use changes::{Change, Letters};
pub use check::{CableFindings, Checker, check};
pub use diagnostic::{Diagnostic, DiagnosticTag, Fix, Related, TextEdit};
pub use needs::{Need, Stage};
pub use references::{Meaning, Other, References};
pub use renumber::{citations_stay, renumber};
pub use rule::{Example, FixSafety, Rule, RuleFix};
pub use rules::{nearest_rules, rule, rules};
pub use settings::{ParagraphStyle, Selector, Settings};
pub use severity::Severity;
pub use wrap::Wrap;
