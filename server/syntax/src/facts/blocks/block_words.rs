//! How the openings and the ends of blocks are written: `BEGIN SUMMARY:`, `End comment and note`.

use crate::scan::{Scan, is_space};

/// The words of blocks as openings have them, in capitals or with one.
const OPENED: [&str; 8] = ["SUMMARY", "Summary", "COMMENT", "Comment", "NOTE", "Note", "INTRODUCTION", "Introduction"];

/// Who speaks in a block.
const SPEAKERS: [&str; 10] =
    ["BEGIN", "Begin", "EMBASSY", "Embassy", "POST", "Post", "MISSION", "Mission", "BIO", "Bio"];

/// The length of an opening at the start of a text, with what sets it off from the text after it.
pub(super) fn opening(text: &str) -> Option<usize> {
    let mut scan = Scan::new(text);
    let begun = ["BEGIN", "Begin"].into_iter().find(|word| scan.take(word));
    let is_text = begun.is_some()
        && scan.take_spaces() > 0
        && scan.take_one_of(&["TEXT", "Text", "text"]).is_some()
        && scan.is_word_edge();
    if is_text {
        return Some(scan.at());
    }
    let mut scan = Scan::new(text);
    loop {
        let mut ahead = scan;
        if ahead.take_one_of(&SPEAKERS).is_none() || ahead.take_spaces() == 0 {
            break;
        }
        scan = ahead;
    }
    match scan.take_one_of(&OPENED) {
        Some("COMMENT") => {
            scan.take("S");
        }
        Some("Comment") => {
            scan.take("s");
        }
        Some(_) => {}
        None if take_action(&mut scan) => {}
        None => return None,
    }
    let mut found = set_off(scan);
    while take_further(&mut scan) {
        found = set_off(scan).or(found);
    }
    found
}

/// Where the words begin that say who speaks in a block, before its own word at a place.
pub(super) fn first_speaker(text: &str, at: usize) -> usize {
    let mut start = at;
    loop {
        let before = text[..start].trim_end_matches(is_space);
        let length = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let (rest, word) = before.split_at(before.len() - length);
        if before.len() == start || !SPEAKERS.contains(&word) {
            return start;
        }
        start = rest.len();
    }
}

/// Where the word after the one at a place begins.
pub(super) fn next_word(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
    let after = rest.trim_start_matches(is_space);
    // A sign is passed in any case.
    let sign = text[at..].chars().next().map_or(1, char::len_utf8);
    (text.len() - after.len()).max(at + sign)
}

/// `ACTION REQUEST`, `Action request`, `ACTION REQUESTED`, `Action Requests`.
fn take_action(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    let requests: &[&str] = match ahead.take_one_of(&["ACTION", "Action"]) {
        Some("ACTION") => &["REQUEST"],
        Some(_) => &["Request", "request"],
        None => return false,
    };
    let is_next = ahead.take_spaces() > 0 && requests.iter().any(|request| ahead.take(request));
    if is_next {
        let _ = ahead.take_one_of(&["ED", "ed", "S", "s"]);
        *scan = ahead;
    }
    is_next
}

/// Takes ` and comment`, `/note`: another block that is opened with the first.
fn take_further(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    if ahead.take_signs(is_between) == 0 {
        return false;
    }
    take_and(&mut ahead);
    let is_next = take_word(&mut ahead);
    if is_next {
        *scan = ahead;
    }
    is_next
}

/// What parts two words of one opening or end.
const fn is_between(sign: u8) -> bool {
    matches!(sign, b'\t' | b'\n' | 0x0C | b'\r' | b' ' | b',' | b'/' | b'&')
}

fn take_and(scan: &mut Scan<'_>) {
    let mut and = *scan;
    if and.take_any_case("AND") && and.take_spaces() > 0 {
        *scan = and;
    }
}

/// Takes a word of a block in any case.
fn take_word(scan: &mut Scan<'_>) -> bool {
    if ["SUMMARY", "COMMENT", "NOTE", "INTRODUCTION"].iter().any(|word| scan.take_any_case(word)) {
        return true;
    }
    let mut action = *scan;
    let is_action = action.take_any_case("ACTION") && action.take_spaces() > 0 && action.take_any_case("REQUEST");
    if is_action {
        *scan = action;
    }
    is_action
}

/// Where an opening ends that a colon, a point, a dash or the end of its line sets off.
fn set_off(mut scan: Scan<'_>) -> Option<usize> {
    scan.take_signs(|sign| matches!(sign, b' ' | b'\t'));
    let is_line_end = scan.is_at_end() || scan.next() == Some(b'\n');
    (scan.take_sign(|sign| matches!(sign, b':' | b'.' | b'-')) || is_line_end).then_some(scan.at())
}

/// The length of an end at the start of a text, directly before its word or with the name of whoever speaks between:
/// `End summary`, `END OF BIO NOTE`.
pub(super) fn end(text: &str) -> Option<usize> {
    let mut scan = Scan::new(text);
    scan.take_one_of(&["END", "End"])?;
    let of = after_spaces(scan, "OF");
    // `of` and `the` may also be the name's.
    let both = of.and_then(|of| after_spaces(of, "THE"));
    let starts = [both, of, after_spaces(scan, "THE"), Some(scan)];
    starts.into_iter().flatten().find_map(after_end)
}

/// A word in any case with spaces before it.
fn after_spaces<'t>(mut scan: Scan<'t>, word: &str) -> Option<Scan<'t>> {
    (scan.take_spaces() > 0 && scan.take_any_case(word)).then_some(scan)
}

/// The words of an end, two words of a name at most before them.
fn after_end(mut scan: Scan<'_>) -> Option<usize> {
    const MOST_WORDS: usize = 2;
    if scan.take_signs(|sign| matches!(sign, b'-' | b'\t' | b'\n' | 0x0C | b'\r' | b' ')) == 0 {
        return None;
    }
    for _ in 0..MOST_WORDS {
        if let Some(length) = closed(scan) {
            return Some(length);
        }
        let is_name = |sign: u8| sign.is_ascii_alphabetic() || matches!(sign, b'\'' | b'/' | b'.' | b'-');
        if scan.take_signs(is_name) == 0 || scan.take_spaces() == 0 {
            return None;
        }
    }
    closed(scan)
}

/// Where the words of an end are over.
fn closed(mut scan: Scan<'_>) -> Option<usize> {
    if !take_closed(&mut scan, true) {
        return None;
    }
    loop {
        let mut ahead = scan;
        ahead.take_signs(is_between);
        take_and(&mut ahead);
        if !take_closed(&mut ahead, false) {
            return Some(scan.at());
        }
        scan = ahead;
    }
}

/// Takes a whole word of an end; `text` is one only where it is the first.
fn take_closed(scan: &mut Scan<'_>, is_first: bool) -> bool {
    let mut ahead = *scan;
    let is_plural = ["COMMENT", "NOTE"].iter().any(|word| ahead.take_any_case(word));
    if is_plural {
        ahead.take_any_case("S");
    }
    let is_word = is_plural || take_word(&mut ahead) || (is_first && ahead.take_any_case("TEXT"));
    let is_next = is_word && ahead.is_word_edge();
    if is_next {
        *scan = ahead;
    }
    is_next
}

#[cfg(test)]
mod tests {
    use super::{end, opening};

    #[test]
    fn openings_and_ends_have_their_words() {
        let opened = |text: &'static str| opening(text).map(|length| &text[..length]);
        assert_eq!(opened("SUMMARY: The"), Some("SUMMARY:"));
        assert_eq!(opened("Begin text The"), Some("Begin text"));
        assert_eq!(opened("BEGIN EMBASSY COMMENT AND\nNOTE - The"), Some("BEGIN EMBASSY COMMENT AND\nNOTE -"));
        assert_eq!(opened("Summary, Action request\nThe"), Some("Summary, Action request"));
        assert_eq!(opened("Comment: note."), Some("Comment:"));
        assert_eq!(opened("Summary of the"), None);
        let ended = |text: &'static str| end(text).map(|length| &text[..length]);
        assert_eq!(ended("END SUMMARY."), Some("END SUMMARY"));
        assert_eq!(ended("End of the bio notes and comment)"), Some("End of the bio notes and comment"));
        assert_eq!(ended("END OF MISSION COMMENT"), Some("END OF MISSION COMMENT"));
        assert_eq!(ended("END -- TEXT"), Some("END -- TEXT"));
        assert_eq!(ended("End of the long road to a note"), None);
        assert_eq!(ended("ENDNOTE"), None);
    }
}
