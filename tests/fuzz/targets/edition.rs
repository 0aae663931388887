//! Bytes → the edition of what they hold, and its forms: nothing is lost, nothing comes of nothing.
#![no_main]

#[path = "../../src/edition.rs"]
mod edition;

use cable_catalog::Catalog;
use cable_edition::{Edited, Form, beginning, plain_text, render};
use cable_lint::Settings;
use cable_syntax::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = cable_fuzz::text_of(bytes);
    let document = Document::new(&text, &Catalog::built_in());
    let editions = edition::look_at(&document, &Settings::default(), "text");
    let cables: Vec<Edited<'_>> = document
        .cables()
        .iter()
        .zip(&editions)
        .map(|(placed, edition)| Edited { placed, edition, file: "a & b.cable" })
        .collect();
    for edition in &editions {
        let beginning = beginning(edition).unwrap_or_default();
        assert!(!beginning.contains('\n') && beginning.len() <= plain_text(edition).len() + '…'.len_utf8());
    }
    for form in [Form::Text { width: 20 + text.len() % 80 }, Form::Markdown, Form::Html, Form::Tei] {
        let page = render(&cables, form, &());
        assert!(page.ends_with('\n'), "{form:?}: it ends in a line end");
        let seen = |sign: char| !sign.is_control() || sign == '\n' || sign == '\t';
        assert!(page.chars().all(seen), "{form:?}: a control character is named by its code");
        if form == Form::Html {
            assert_eq!(page.matches("<style").count(), 1, "no mark of the text is a mark of the page");
            assert!(!page.contains("<script"), "no mark of the text is a mark of the page");
        }
    }
});
