//! What a careful drafter writes in addition to the text: precedences, references that are cited, blocks that are closed.

use super::Writer;
use super::random::Random;

/// The letter of a precedence, and its word with the space after it.
pub(super) fn precedence(random: &mut Random) -> (char, &'static str) {
    random.pick(&[('O', "IMMEDIATE "), ('P', "PRIORITY ")])
}

/// Three references with letters.
pub(super) fn references(document: &mut Writer, random: &mut Random) {
    for (lead, letter, post) in [("REF:", 'A', "DUSHANBE"), ("    ", 'B', "TUNIS"), ("    ", 'C', "RABAT")] {
        document.line(format!("{lead} {letter}. {post} {}", random.between(200, 2000)));
    }
    document.blank();
}

/// The text of a paragraph: the first is the summary, the last the comment, and two between them cite and explain.
pub(super) fn text(number: u32, last: u32, text: &str) -> String {
    match number {
        1 => format!("Summary: {text} End summary."),
        _ if number == last => format!("Comment: {text} End comment."),
        2 => format!("As ref B told, {text}"),
        3 => format!("{text} Note: A ferry went twice (ref C). End note."),
        _ => text.to_owned(),
    }
}
