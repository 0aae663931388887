//! The rules, one file per part of the cable; and how to find one.

mod addressing;
mod archive;
mod blocks;
mod breaks;
mod classification;
mod ending;
mod envelope;
mod header;
mod pages;
mod paragraphs;
mod punctuation;
mod residue;
mod transcription;

use crate::Rule;

/// Every rule, in the order of the codes.
static RULES: &[&Rule] = &[
    &addressing::MISSING,
    &addressing::MALFORMED,
    &addressing::INFO_ABOVE_ACTION,
    &addressing::DUPLICATE,
    &addressing::INDICATOR,
    &addressing::FROM_MRN,
    &archive::ABSENT,
    &archive::OTHER_YEAR,
    &archive::FILE_NAME,
    &archive::DOUBLED_ID,
    &archive::SAME_TEXT,
    &archive::MISSING_SECTION,
    &classification::MISSING_LINE,
    &classification::MALFORMED_LEVEL,
    &classification::MALFORMED_NUMBER,
    &classification::MALFORMED_SECTION,
    &classification::MISSPELT_CAPTION,
    &classification::DUPLICATE_CAPTION,
    &classification::CONFLICTING,
    &classification::SENSITIVE,
    &classification::PRESENCE,
    &classification::MALFORMED_CLASSIFIED_BY,
    &classification::REASON_FOR_DATE,
    &classification::ABOVE_OVERALL,
    &classification::NONE_AT_OVERALL,
    &ending::MISSING_SIGNATURE,
    &ending::MALFORMED_SIGNATURE,
    &ending::TEXT_AFTER_SIGNATURE,
    &ending::SERVICE_NOTE,
    &ending::NNNN_NOT_LAST,
    &envelope::PARTIAL_EXTRACT,
    &envelope::MALFORMED_TI,
    &envelope::MALFORMED_ROUTING,
    &envelope::ROUTING_PRECEDENCE,
    &envelope::MALFORMED_DE,
    &envelope::SERIAL,
    &envelope::SECTION,
    &envelope::FILING_TIME,
    &envelope::FILING_SKEW,
    &envelope::MALFORMED_OPERATING_SIGNAL,
    &envelope::SECURITY,
    &envelope::MALFORMED_DTG,
    &envelope::DTG_PRECEDENCE,
    &envelope::ORDER,
    &header::MISSING_ORDER,
    &header::MALFORMED_ORDER,
    &header::WRONG_FOR_DATE,
    &header::ORDER_CLASSIFICATION,
    &header::INVALID_DATE,
    &header::DURATION,
    &header::OBSOLETE_EXEMPTION,
    &header::MISSING_TAGS,
    &header::UNKNOWN_TAG,
    &header::DUPLICATE,
    &header::PERSON_WITHOUT_NAME,
    &header::MISSING_SUBJECT,
    &header::MISSPELT_KEYWORD,
    &header::LINE_ORDER,
    &header::MALFORMED_REFERENCE,
    &header::LETTERS,
    &header::REPEATED,
    &header::UNDEFINED,
    &header::UNUSED,
    &pages::MALFORMED,
    &pages::OTHER_CABLE,
    &pages::TOTAL,
    &pages::SEQUENCE,
    &pages::SUFFIX,
    &pages::STRAY_CAPTION,
    &pages::REPEATED_HEADER,
    &paragraphs::GAP,
    &paragraphs::DUPLICATE,
    &paragraphs::RESTART,
    &paragraphs::FIRST_NOT_ONE,
    &paragraphs::MISSING_MARK,
    &paragraphs::MALFORMED_MARKER,
    &paragraphs::AMBIGUOUS,
    &breaks::UNNUMBERED,
    &blocks::NOT_CLOSED,
    &blocks::END_WITHOUT_BEGIN,
    &paragraphs::FALSE_MARKER,
    &paragraphs::SUBPARAGRAPH_SEQUENCE,
    &paragraphs::NOT_JUSTIFIED,
    &paragraphs::MARKER_SPACING,
    &paragraphs::INSIDE_LINE,
    &transcription::PILCROW_AS_ONE,
    &transcription::PILCROW_DOUBLED,
    &transcription::PILCROW_LINK,
    &transcription::PILCROW_LATEX,
    &transcription::LIST_DASH,
    &transcription::LINK_MARKUP,
    &punctuation::MISENCODED,
    &transcription::CONFUSABLE_DIGIT,
    &breaks::PARAGRAPH_SPLIT,
    &breaks::HEADER_SPLIT,
    &breaks::WHITESPACE,
    &residue::EXPORT_RESIDUE,
    &residue::FLATTENED_HEADER,
];

/// Every rule, in the order of the codes.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// The rule of a code or a name, in either case.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    let wanted = code_or_name.trim();
    let is_wanted = |rule: &&Rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name.eq_ignore_ascii_case(wanted);
    RULES.iter().copied().find(is_wanted)
}

/// The rules whose code or name is most like a word that is neither, the likest first.
pub fn nearest_rules(word: &str, limit: usize) -> Vec<&'static Rule> {
    let code = word.trim().to_ascii_uppercase();
    let name = word.trim().to_ascii_lowercase();
    let mut near: Vec<(usize, &Rule)> = RULES
        .iter()
        .copied()
        .filter_map(|rule| {
            let by_code = strsim::osa_distance(&code, rule.code);
            let by_name = strsim::osa_distance(&name, rule.name);
            // A few mistakes in a name; in a code, one digit or two.
            let is_near = by_code <= 2 || by_name <= name.len() / 3 || (name.len() >= 4 && rule.name.contains(&name));
            is_near.then_some((by_code.min(by_name), rule))
        })
        .collect();
    near.sort_by_key(|(distance, rule)| (*distance, rule.code));
    near.into_iter().map(|(_, rule)| rule).take(limit).collect()
}
