//! The owner of the open documents: what a client changes, what it reads, and which text that is about.

use proptest::prelude::*;
use ropey::Rope;
use tower_lsp::lsp_types::{Position, Range as LspRange};

use super::super::opened::{opened, uri};
use super::*;

fn now(documents: &Arc<Documents>) -> Snapshot {
    match documents.snapshot(&uri()) {
        Some(Wanted::Now(snapshot)) => snapshot,
        Some(Wanted::Later(_)) => panic!("it is short"),
        None => panic!("it is open"),
    }
}

fn saved(documents: &Arc<Documents>, text: &str) -> bool {
    documents.save(&uri(), Some(text.to_owned())).expect("it is open").try_recv().expect("it is short").differs
}

fn change(range: Option<LspRange>, text: &str) -> TextDocumentContentChangeEvent {
    TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
}

fn text(documents: &Arc<Documents>) -> String {
    now(documents).document.rope().to_string()
}

#[test]
fn a_snapshot_keeps_its_text_and_knows_when_it_is_old() {
    let documents = opened("old");
    let snapshot = now(&documents);
    assert!(snapshot.is_current());
    assert_eq!(documents.change(&uri(), 2, vec![change(None, "new")], Encoding::Utf8), Change::Made);
    assert_eq!((snapshot.document.rope().to_string().as_str(), snapshot.is_current()), ("old", false));
    let newer = now(&documents);
    assert_eq!((newer.version, newer.is_current(), text(&documents).as_str()), (2, true, "new"));
    documents.close(&uri());
    assert!(!newer.is_current() && documents.snapshot(&uri()).is_none());
}

#[test]
fn a_document_opened_again_is_another_state() {
    let documents = opened("same");
    let first = now(&documents);
    documents.close(&uri());
    documents.open(&uri(), 1, "same".to_owned(), Arc::default());
    let second = now(&documents);
    assert!(!first.is_current() && second.is_current() && first.revision != second.revision);
}

#[test]
fn a_change_to_what_is_not_open_is_not_made() {
    let documents = opened("x");
    documents.close(&uri());
    assert_eq!(documents.change(&uri(), 2, vec![change(None, "y")], Encoding::Utf8), Change::NotOpen);
    assert!(documents.save(&uri(), Some("y".to_owned())).is_none());
}

#[test]
fn a_saved_text_is_taken_only_if_it_differs() {
    let documents = opened("a\r\n");
    assert!(!saved(&documents, "a\r\n"));
    assert!(saved(&documents, "a\n"));
    assert_eq!(text(&documents), "a\n");
}

#[test]
fn a_whole_text_costs_what_it_changes() {
    let old = "1. (U) One.\n".repeat(100);
    let documents = opened(&old);
    let new = old.replacen("One", "Two", 1);
    assert_eq!(documents.change(&uri(), 2, vec![change(None, &new)], Encoding::Utf16), Change::Made);
    let document = now(&documents).document;
    assert!(document.changed().lines_classified <= 2, "{:?}", document.changed());
    assert_eq!(document.rope().to_string(), new);
}

proptest! {
    /// With snapshots taken or not: the text is the model's, and its reading is a fresh one's.
    #[test]
    fn edits_by_position_are_edits_of_the_text(
        start in "(1. \\(U\\) a\n|b\r\n|FM c\n|\n){0,9}",
        edits in prop::collection::vec((0u32..9, 0u32..9, 0u32..9, 0u32..9, "[x\n]{0,5}", any::<bool>()), 0..8),
    ) {
        let documents = opened(&start);
        let mut model = start;
        for (line, column, end_line, end_column, new, is_read) in edits {
            let range = LspRange::new(Position::new(line, column), Position::new(end_line, end_column));
            let span = Encoding::Utf16.span(&Rope::from_str(&model), range);
            model.replace_range(span, &new);
            prop_assert_eq!(documents.change(&uri(), 2, vec![change(Some(range), &new)], Encoding::Utf16), Change::Made);
            if is_read {
                prop_assert_eq!(text(&documents), model.clone());
            }
        }
        let document = now(&documents).document;
        prop_assert!(document == Analysis::default().parse(&model));
    }
}
/// Long enough to be read on a thread.
fn long() -> String {
    "1. (U) One.\n".repeat(SMALL)
}

async fn later(documents: &Arc<Documents>) -> Snapshot {
    documents.snapshot(&uri()).expect("it is open").arrive().await.expect("nothing changes it")
}

fn whole(text: &str) -> Vec<TextDocumentContentChangeEvent> {
    vec![change(None, text)]
}

fn typed(text: &str) -> Vec<TextDocumentContentChangeEvent> {
    vec![change(Some(LspRange::default()), text)]
}

#[tokio::test]
async fn edits_of_a_text_that_is_being_read_follow_in_order() {
    let documents = opened(&long());
    for letter in ["c", "b", "a"] {
        assert_eq!(documents.change(&uri(), 2, typed(letter), Encoding::Utf8), Change::Made);
    }
    let told = documents.save(&uri(), Some("abc".to_owned() + &long())).expect("it is open");
    let snapshot = later(&documents).await;
    assert_eq!(snapshot.document.rope().to_string(), "abc".to_owned() + &long());
    assert!(snapshot.document == Analysis::default().parse(&("abc".to_owned() + &long())));
    let differs = told.await.map(|told| told.differs);
    assert_eq!((differs, snapshot.version, snapshot.is_current()), (Ok(false), 2, true));
    let told = documents.save(&uri(), Some("x".to_owned() + &long())).expect("it is open");
    assert_eq!((told.await.map(|told| told.differs), snapshot.is_current()), (Ok(true), false));
}

#[tokio::test]
async fn who_asked_before_an_edit_is_not_answered_about_what_came_after() {
    let documents = opened(&long());
    let asked = documents.snapshot(&uri()).expect("it is open");
    let asked_as_well = documents.snapshot(&uri()).expect("it is open");
    documents.change(&uri(), 2, typed("x"), Encoding::Utf8);
    assert!(asked.arrive().await.is_err() && asked_as_well.arrive().await.is_err());
    let (one, two) = (documents.snapshot(&uri()), documents.snapshot(&uri()));
    let [one, two] = [one, two].map(|wanted| wanted.expect("it is open").arrive());
    assert_eq!(one.await.expect("now it stays").revision, two.await.expect("the same").revision);
}

#[tokio::test]
async fn a_document_opened_again_while_it_is_read_has_its_new_text() {
    let documents = opened(&long());
    documents.close(&uri());
    assert!(documents.snapshot(&uri()).is_none());
    documents.open(&uri(), 1, long() + "second", Arc::default());
    documents.open(&uri(), 1, "third".to_owned(), Arc::default());
    assert_eq!(later(&documents).await.document.rope().to_string(), "third");
    documents.open(&uri(), 7, long() + "fourth", Arc::default());
    let snapshot = later(&documents).await;
    assert!(snapshot.document.rope().to_string().ends_with("fourth") && snapshot.version == 7);
}

#[tokio::test]
async fn a_whole_text_replaces_what_was_not_read_yet() {
    let documents = opened(&long());
    documents.change(&uri(), 2, typed("x"), Encoding::Utf8);
    documents.change(&uri(), 3, whole("new"), Encoding::Utf8);
    documents.change(&uri(), 4, typed("a "), Encoding::Utf8);
    assert_eq!(later(&documents).await.document.rope().to_string(), "a new");
    documents.change(&uri(), 5, whole(&long()), Encoding::Utf8);
    documents.change(&uri(), 6, whole("b"), Encoding::Utf8);
    let snapshot = later(&documents).await;
    assert_eq!((snapshot.document.rope().to_string().as_str(), snapshot.version), ("b", 6));
}

#[test]
fn what_is_out_of_step_is_not_spoken_of_until_a_whole_text_comes() {
    let documents = opened("x");
    assert!(documents.lose(&uri()) && !documents.lose(&uri()));
    assert!(documents.snapshot(&uri()).is_none() && !documents.is_open(&uri()));
    assert!(matches!(&documents.snapshots()[..], [(_, None)]));
    assert_eq!(documents.change(&uri(), 5, typed("y"), Encoding::Utf8), Change::OutOfStep);
    assert_eq!(documents.lost_version(&uri()), Some(5));
    documents.open(&uri(), 6, "z".to_owned(), Arc::default());
    assert_eq!((text(&documents).as_str(), documents.lost_version(&uri())), ("z", None));
    assert_eq!(documents.lose_all(), [uri()]);
    documents.close(&uri());
    assert_eq!(documents.change(&uri(), 7, typed("y"), Encoding::Utf8), Change::NotOpen);
}
