//! Completion of the words that open and close a block of the text: SUMMARY, END SUMMARY (FORMAT.md, "Blocks").

use std::sync::LazyLock;

use cable_lint::open_blocks;
use cable_syntax::{PartKind, Zone, pattern};
use regex::Regex;

use super::place::Place;
use super::wording::begins;
use super::{Completion, CompletionKind, Completions};

/// The number and the mark of a paragraph, and the first word as far as it is typed.
static PARAGRAPH_START: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[ \t]*¶?\d{1,3}\. +(?:\([A-Za-z/, -]{1,24}\) +)?(?<typed>[A-Za-z ]{0,16})$"));

/// The end of a sentence, or nothing at all, and `END ...` as far as it is typed.
static END: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?:(?<line>^[ \t]*)|[.?!:)"”]\s+)(?<typed>(?i:e|en|end(?: [a-z ]*)?))$"#));

/// What a paragraph may open with.
const OPENERS: [(&str, &str, &str); 5] = [
    ("SUMMARY", "SUMMARY: ", "what the cable says, in short"),
    ("SUMMARY", "SUMMARY AND COMMENT: ", "the summary and the post's own view"),
    ("COMMENT", "COMMENT: ", "the post's own view"),
    ("ACTION REQUEST", "ACTION REQUEST: ", "what the post asks for"),
    ("INTRODUCTION", "INTRODUCTION: ", "what it is about"),
];

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let owner = place.owner();
    if !owner.is_some_and(|part| part.kind.zone() == Zone::Body || part.kind == PartKind::Signature) {
        return Completions::default();
    }
    let before = place.before();
    if before.len() <= 60
        && let Some(found) = PARAGRAPH_START.captures(before)
    {
        let typed = found.name("typed").map_or("", |typed| typed.as_str());
        let found = openers(place, typed);
        if !found.items.is_empty() {
            return found;
        }
    }
    let Some(found) = END.captures(place.tail(40)) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    if found.name("line").is_some() && !sentence_ended(place) {
        return Completions::default();
    }
    ends(place, typed)
}

fn openers(place: &Place<'_>, typed: &str) -> Completions {
    let capitals = !typed.bytes().any(|byte| byte.is_ascii_lowercase());
    let first = place.cable.body.paragraphs.first().is_none_or(|paragraph| paragraph.marker.line >= place.line);
    let range = place.word_from(place.column_of(typed));
    // A summary opens a cable; later paragraphs comment.
    let openers = OPENERS.into_iter().filter(|(word, text, _)| begins(text, typed) && (first || *word != "SUMMARY"));
    openers
        .map(|(_, text, meaning)| {
            let text = if capitals { text.to_owned() } else { sentence_case(text) };
            Completion::new(CompletionKind::BlockWord, range.clone(), text.into()).detail(meaning)
        })
        .collect()
}

/// The ends of the blocks that are open at the cursor, the innermost first.
fn ends(place: &Place<'_>, typed: &str) -> Completions {
    let range = place.word_from(place.column_of(typed));
    let mut items: Vec<Completion> = Vec::new();
    for block in open_blocks(place.cable).into_iter().rev().filter(|block| block.span.start < place.offset) {
        let capitals = !place.cable.slice(block.span).bytes().any(|byte| byte.is_ascii_lowercase());
        let text = format!("END {}.", block.word);
        let text = if capitals { text } else { sentence_case(&text) };
        let line = place.cable.line_at(block.span.start) as usize;
        let opened = format!("opened on line {} of the cable", line + 1);
        if begins(&text, typed) && items.iter().all(|item| item.edit.text != text) {
            let item = Completion::new(CompletionKind::BlockWord, range.clone(), text.into());
            items.push(item.detail(opened));
        }
    }
    items.into_iter().collect()
}

/// Whether the line above lets a sentence begin here.
fn sentence_ended(place: &Place<'_>) -> bool {
    let above = place.line.checked_sub(1).map_or("", |line| place.cable.line_text(line)).trim_end();
    above.is_empty() || above.ends_with(['.', '?', '!', ':', ')', '"', '”'])
}

/// `END SUMMARY.` as `End summary.`
fn sentence_case(text: &str) -> String {
    let mut text = text.to_ascii_lowercase();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_the_case_of_the_text() {
        assert_eq!(sentence_case("END ACTION REQUEST."), "End action request.");
        assert_eq!(sentence_case(""), "");
    }
}
