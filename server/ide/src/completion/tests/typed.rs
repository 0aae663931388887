//! Cables typed letter by letter: whoever goes on to the next line takes nothing that is offered.

use cable_syntax::Edit;

use super::*;

/// The labels of a list that is open when Enter is pressed at a line's end, with the line.
fn taken(text: &str) -> Vec<(String, Vec<String>)> {
    let mut document = Document::new("", &Catalog::built_in());
    let mut list: Vec<Completion> = Vec::new();
    let mut found = Vec::new();
    for (at, key) in text.char_indices() {
        if key == '\n' && !list.is_empty() {
            let line = text[..at].rsplit('\n').next().unwrap_or_default().to_owned();
            found.push((line, list.drain(..).map(|item| item.label).collect()));
        }
        document.apply(&Edit { range: at..at, text: key.encode_utf8(&mut [0; 4]) });
        let end = at + key.len_utf8();
        let word: String = text[..end].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
        if word.contains(char::is_alphabetic) || matches!(key, '(' | '/') {
            list = complete(&document, end).items;
        } else {
            // A list stays open while what is typed is in its items, letter after letter.
            list.retain(|item| {
                let filter = item.filter.as_ref().unwrap_or(&item.label).to_lowercase();
                let mut letters = filter.chars();
                let typed = text.get(item.edit.range.start..end).unwrap_or_default().to_lowercase();
                key != '\n' && typed.chars().all(|typed| letters.any(|letter| letter == typed))
            });
        }
    }
    found
}

#[test]
fn nothing_is_taken_from_a_cable_that_is_typed() {
    assert_eq!(taken(CABLE), []);
    for words in ["cable", "para", "text", "comment", "reply", "summary", "ref", "decl", "classified"] {
        let text = CABLE.replace(
            "It will do.",
            &format!("It will {words}\nand {words}\n{words}\n\n{words}\n{}", words.to_uppercase()),
        );
        assert_eq!(taken(&text), []);
    }
}
