//! Links, and jumps between the cables of a document.

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::super::{Link, Target, links};
use super::{CABLE, leads, show};

fn read(text: &str) -> Vec<(String, String)> {
    let found = links(&Document::new(text, &Catalog::built_in()));
    let shown = found.into_iter().map(|Link { range, target, tooltip }| {
        assert_eq!(tooltip.as_deref(), matches!(target, Target::Here(_)).then_some("07ASTANA515"));
        let target = match target {
            Target::Here(place) => show(text, &place),
            Target::Address(address) => address,
        };
        (show(text, &range), target)
    });
    shown.collect()
}

/// Two cables, of which the second cites the first as ref A.
fn two() -> String {
    let cited = CABLE.replace("2541", "0515").replace("ASTANA 515", "ALMATY 3").replace("RO7654", "RO7650");
    format!("{cited}\n{CABLE}")
}

#[test]
fn a_reference_leads_to_the_cable_in_the_same_document() {
    let text = two();
    leads(&text, "REF: A. AST$0ANA 515", "A. ASTANA 515", &["8:ASTANA 000515"]);
    assert_eq!(read(&text), [("50:ASTANA 515".to_owned(), "8:ASTANA 000515".to_owned())]);
    assert_eq!(read(CABLE), []);
}

#[test]
fn a_citation_leads_to_the_list_of_its_own_cable() {
    let text = two();
    let second = text.len() - CABLE.len();
    let document = Document::new(&text, &Catalog::built_in());
    let at = second + CABLE.find("(ref A)").expect("a citation") + 1;
    let found = super::definition(&document, at).expect("a definition");
    assert_eq!(show(&text, &found.targets[0].selection), "50:A");
}

#[test]
fn a_cable_that_cites_itself_has_no_link() {
    let text = two().replace("REF: A. ASTANA 515", "REF: A. ASTANA 2541");
    assert_eq!(read(&text), []);
}

#[test]
fn addresses_of_the_web() {
    let text =
        CABLE.replace("It says:", "It says (see http://example.org/a-b?c=1#d), \"https://example.com/x.\" http://");
    assert_eq!(
        read(&text),
        [
            ("24:http://example.org/a-b?c=1#d".to_owned(), "http://example.org/a-b?c=1#d".to_owned()),
            ("24:https://example.com/x".to_owned(), "https://example.com/x".to_owned())
        ]
    );
}
