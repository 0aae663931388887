//! Blocks and furniture of small invented cables.

mod sections;

use cable_catalog::Catalog;

use super::{CableText, FurnitureKind, TextKind, TextRole};
use crate::Document;

const HEAD: &str = "UNCLAS PORT SORREL 000412\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: THE FERRY\n\n";

/// The text of a cable with this body: for each block its kind, its number and its text.
fn blocks(body: &str) -> Vec<(TextKind, Option<u32>, String)> {
    read(body, |text, cable| {
        let number = |index: u32| cable.body.paragraphs[index as usize].number;
        text.blocks.iter().map(|block| (block.kind, block.paragraph.map(number), block.text(cable))).collect()
    })
}

fn read<T>(body: &str, look: impl Fn(&CableText, &crate::Cable) -> T) -> T {
    let document = Document::new(&format!("{HEAD}{body}"), &Catalog::built_in());
    let cable = &document.cables()[0].cable;
    let text = CableText::of(cable);
    assert_owned_once(cable, &text);
    look(&text, cable)
}

fn assert_owned_once(cable: &crate::Cable, text: &CableText) {
    let segments = text.blocks.iter().flat_map(|block| &block.segments).map(|segment| segment.span);
    let mut owned: Vec<_> = segments.chain(text.furniture.iter().map(|piece| piece.span)).collect();
    owned.sort_unstable();
    let mut at = 0;
    for span in owned {
        assert!(span.start >= at, "{:?} is owned twice", cable.slice(span));
        let between = &cable.text()[at as usize..span.start as usize];
        assert!(between.chars().all(char::is_whitespace), "{between:?} has no owner");
        at = span.end;
    }
    assert!(cable.text()[at as usize..].chars().all(char::is_whitespace));
}

fn shown(body: &str) -> Vec<String> {
    let tell = |(kind, number, text): (TextKind, Option<u32>, String)| {
        let number = number.map_or(String::new(), |number| format!(" {number}"));
        format!("{kind:?}{number}: {text}")
    };
    blocks(body).into_iter().map(tell).collect()
}

#[test]
fn wrapped_lines_are_joined_with_one_space_and_a_cut_word_with_none() {
    let body = "1. (U) The ferry left the harbour at noon and was seen by the light-\nhouse keeper, who wrote it down at once\n\
                and told nobody of it.\n\nROE\n";
    let whole = "The ferry left the harbour at noon and was seen by the light-house keeper, who wrote it down at once \
                 and told nobody of it.";
    assert_eq!(shown(body), [format!("Paragraph 1: {whole}"), "Signature: ROE".to_owned()]);
}

#[test]
fn over_a_blank_line_a_sentence_goes_on_and_what_follows_its_end_is_a_continuation() {
    let body = "1. (U) The ferry left the harbour at noon with forty people on board and\n\nthe keeper saw it go.\n\n\
                The mayor was told in the evening.\n\n2. (U) Nobody else was told.\n\nROE\n";
    let expected = [
        "Paragraph 1: The ferry left the harbour at noon with forty people on board and the keeper saw it go.",
        "Continuation 1: The mayor was told in the evening.",
        "Paragraph 2: Nobody else was told.",
        "Signature: ROE",
    ];
    assert_eq!(shown(body), expected);
}

#[test]
fn a_page_line_cuts_nothing() {
    let body = "1. (U) The ferry left the harbour at noon with forty people on board and\n\n\
                PORT SORRE 00000412  002 OF 002\n\n\nthe keeper saw it go.\n\n2. (U) Nobody else was told.\n\nROE\n";
    let whole = "The ferry left the harbour at noon with forty people on board and the keeper saw it go.";
    assert_eq!(shown(body)[0], format!("Paragraph 1: {whole}"));
    let (pages, kinds) = read(body, |text, _| {
        let pages: Vec<_> = text.blocks[0].breaks.iter().map(|page| (page.segment, page.page)).collect();
        (pages, text.furniture.iter().map(|piece| piece.kind).collect::<Vec<_>>())
    });
    assert_eq!(pages, [(1, Some(2))]);
    for kind in [FurnitureKind::PageLine, FurnitureKind::Marker, FurnitureKind::Mark, FurnitureKind::Header] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

#[test]
fn a_sign_that_closes_a_mark_begins_no_sentence() {
    let body = "1. (C - ENTIRE TEXT).\n\n2. (C). The ferry left.\n\n3. (C): It came back.\n\n4. (C) ... and it left.\n\n\
                5. (C) .5 of it was lost.\n\nROE\n";
    let expected = [
        "Paragraph 1: ",
        "Paragraph 2: The ferry left.",
        "Paragraph 3: It came back.",
        "Paragraph 4: ... and it left.",
        "Paragraph 5: .5 of it was lost.",
        "Signature: ROE",
    ];
    assert_eq!(shown(body), expected);
}

#[test]
fn items_rows_and_lists_of_names_keep_their_lines() {
    let body = "1. (U) The harbour has three rules for all who come:\n\n-- Ships pay when they come in, whatever the hour\n\
                of the day or the night.\n-- Ships pay when they leave.\n\na. Boats pay nothing.\nb. Rafts pay half.\n\n\
                2. (U) The fees of the year stand below.\n\nHarbour      1970      1971\nSorrel       12.0      13.5\n\n\
                3. (U) Those who came were:\nEdric Valmont, harbour master\nOrsolya Benko, keeper of the light\nJane Roe\n\n\
                ROE\n";
    let expected = [
        "Paragraph 1: The harbour has three rules for all who come:",
        "Item 1: -- Ships pay when they come in, whatever the hour of the day or the night.",
        "Item 1: -- Ships pay when they leave.",
        "Item 1: a. Boats pay nothing.",
        "Item 1: b. Rafts pay half.",
        "Paragraph 2: The fees of the year stand below.",
        "Table 2: Harbour      1970      1971\nSorrel       12.0      13.5",
        "Paragraph 3: Those who came were:\nEdric Valmont, harbour master\nOrsolya Benko, keeper of the light\nJane Roe",
        "Signature: ROE",
    ];
    assert_eq!(shown(body), expected);
}

#[test]
fn an_item_that_nearly_fills_its_line_ends_where_there_was_room_for_the_next_dash() {
    let body = "1. (U) Those who came to the harbour at noon to see the ferry leave:\n\n\
                --- Harbour Master Edric Valmont, of the lower quay, who stood there\nfrom noon\n--- Keeper Orsolya Benko, the northern light above the town\n\
                --- Pilot Jane Roe, of the Pilotage Board\n\n\
                2. (U) The keeper told what he had seen of the ferry and of the sea\n-- Valmont heard him out at the quay and asked him nothing of it all\n\
                -- and went home.\n\nROE\n";
    let expected = [
        "Paragraph 1: Those who came to the harbour at noon to see the ferry leave:",
        "Item 1: --- Harbour Master Edric Valmont, of the lower quay, who stood there from noon",
        "Item 1: --- Keeper Orsolya Benko, the northern light above the town",
        "Item 1: --- Pilot Jane Roe, of the Pilotage Board",
        "Paragraph 2: The keeper told what he had seen of the ferry and of the sea -- Valmont heard him out at the quay and \
         asked him nothing of it all -- and went home.",
        "Signature: ROE",
    ];
    assert_eq!(shown(body), expected);
}

#[test]
fn blocks_know_their_headings_and_what_they_are_for() {
    let body = "SUMMARY\n-------\n\n1. (U) The ferry left.\n\nTHE LONG WAY HOME\n-----------------\n\n2. (U) It came back.\n\n\
                3. (U) Comment: Nobody saw it. End comment.\n\nROE\n";
    let found = read(body, |text, cable| {
        let head = |index: &usize| text.blocks[*index].text(cable);
        let tell = |block: &super::TextBlock| (block.role, block.headings.iter().map(head).collect::<Vec<_>>());
        text.blocks.iter().filter(|block| block.kind == TextKind::Paragraph).map(tell).collect::<Vec<_>>()
    });
    let under = |words: &str| vec![words.to_owned()];
    let expected = [
        (Some(TextRole::Summary), under("SUMMARY")),
        (None, under("THE LONG WAY HOME")),
        (Some(TextRole::Comment), under("THE LONG WAY HOME")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn marks_of_a_web_page_are_furniture_and_leave_no_hole() {
    let body = "1. (U) The <b>fer</b>ry left<br>at noon.\n\n2. (U) It <i>came</i> back.\n\nROE\n";
    let texts: Vec<String> = blocks(body).into_iter().map(|(_, _, text)| text).collect();
    assert_eq!(texts, ["The ferry left at noon.", "It came back.", "ROE"]);
}

#[test]
fn a_text_without_numbers_is_prose_and_nothing_vanishes() {
    let body = "The ferry left at noon.\n\nThe keeper saw it.\n\nROE\n";
    assert_eq!(shown(body), ["Prose: The ferry left at noon.", "Prose: The keeper saw it.", "Signature: ROE"]);
}

#[test]
fn quoted_text_is_a_quote_and_a_withheld_paragraph_has_no_words() {
    let body =
        "1. (U) The note follows.\n\nBEGIN TEXT\n\nWe shall come at noon.\n\nEND TEXT\n\n2. (U) We thank you.\n\nROE\n";
    let kinds: Vec<TextKind> = blocks(body).into_iter().map(|(kind, _, _)| kind).collect();
    assert!(kinds.contains(&TextKind::Quote), "{kinds:?}");
    assert_eq!(kinds.last(), Some(&TextKind::Signature));
}

#[test]
fn a_comma_between_two_captions_is_of_their_kind() {
    let text = format!("{}1. (U) The ferry left.\n\nROE\n", HEAD.replace("SIPDIS", "SENSITIVE, SIPDIS"));
    let document = Document::new(&text, &Catalog::built_in());
    let cable = &document.cables()[0].cable;
    let read = CableText::of(cable);
    assert_owned_once(cable, &read);
    assert!(read.furniture.iter().all(|piece| piece.kind != FurnitureKind::Garbage));
}
