//! Completion of the words that open and close a block of the text: SUMMARY, END SUMMARY (FORMAT.md, "Blocks").

use std::sync::LazyLock;

use cable_syntax::{PartKind, Zone, pattern};
use regex::Regex;

use super::place::Place;
use super::wording::begins;
use super::{Completion, CompletionKind, Completions, paragraphs, starts_word};

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
    let opened = whole_openings(place);
    if !opened.items.is_empty() {
        return opened;
    }
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

/// Number, mark and first word of the paragraph that is due on this line, by the letters of the word.
fn whole_openings(place: &Place<'_>) -> Completions {
    let typed = place.before();
    let is_word = (1..=16).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_alphabetic());
    let Some((number, opening)) = is_word.then(|| paragraphs::opening(place)).flatten() else {
        return Completions::default();
    };
    let found = openers(place, typed);
    // The word by itself is a heading.
    if typed.len() > 1 && found.items.iter().any(|item| starts_word(&item.edit.text, typed)) {
        return Completions::default();
    }
    // A cable says who classified it above its first paragraph, and comments on what it has said.
    let is_due = |item: &Completion| (number == 1) == ["summ", "intr"].iter().any(|word| begins(&item.edit.text, word));
    let items = found.items.into_iter().filter(is_due).map(|mut item| {
        let word = std::mem::replace(&mut item.label, format!("{opening}{}", item.edit.text.trim_end()));
        item.edit.text.insert_str(0, &opening);
        item.filter(word)
    });
    items.collect()
}

/// The ends of the blocks that are open at the cursor, the innermost first.
fn ends(place: &Place<'_>, typed: &str) -> Completions {
    let range = place.word_from(place.column_of(typed));
    let mut items: Vec<Completion> = Vec::new();
    let next = paragraphs::following(place);
    let open = place.cable.blocks().unclosed.iter().rev();
    for block in open.filter(|block| block.wants_end() && block.span.start < place.offset) {
        let capitals = !place.cable.slice(block.span).bytes().any(|byte| byte.is_ascii_lowercase());
        let text = format!("END {}.", block.words.name());
        let text = if capitals { text } else { sentence_case(&text) };
        let line = place.cable.line_at(block.span.start) as usize;
        let opened = format!("opened on line {} of the cable", line + 1);
        if begins(&text, typed) && items.iter().all(|item| item.edit.text != text) {
            let item = |text: String| Completion::new(CompletionKind::BlockWord, range.clone(), text.into());
            items.push(item(text.clone()).detail(opened));
            if let Some(next) = next.as_ref().filter(|_| items.len() == 1) {
                let both = item(format!("{text}\n\n{next}")).label(format!("{text} {}", next.trim_end()));
                items.push(both.detail("and the next paragraph").filter(text));
            }
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
