//! The rules, one file per part of the cable; and how to find one.

mod classification;
mod envelope;
mod header;
mod paragraphs;
mod transcription;

use crate::Rule;

/// Every rule, in the order of the codes.
static RULES: [&Rule; 4] = [
    &transcription::PILCROW_AS_ONE,
    &transcription::PILCROW_DOUBLED,
    &transcription::PILCROW_LINK,
    &transcription::PILCROW_LATEX,
];

/// Every rule, in the order of the codes.
pub fn rules() -> &'static [&'static Rule] {
    &RULES
}

/// The rule of a code or a name, in either case.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    let wanted = code_or_name.trim();
    let is_wanted = |rule: &&Rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name.eq_ignore_ascii_case(wanted);
    RULES.into_iter().find(is_wanted)
}

/// The rules whose code or name is most like a word that is neither, the likest first.
pub fn nearest_rules(word: &str, limit: usize) -> Vec<&'static Rule> {
    let code = word.trim().to_ascii_uppercase();
    let name = word.trim().to_ascii_lowercase();
    let mut near: Vec<(usize, &Rule)> = RULES
        .into_iter()
        .filter_map(|rule| {
            let by_code = strsim::osa_distance(&code, rule.code);
            let by_name = strsim::osa_distance(&name, rule.name);
            // A few slips in a name; in a code, one digit or two.
            let is_near = by_code <= 2 || by_name <= name.len() / 3 || (name.len() >= 4 && rule.name.contains(&name));
            is_near.then_some((by_code.min(by_name), rule))
        })
        .collect();
    near.sort_by_key(|(distance, rule)| (*distance, rule.code));
    near.into_iter().map(|(_, rule)| rule).take(limit).collect()
}
