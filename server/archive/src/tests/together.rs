//! Open documents over an index.

use std::sync::Arc;

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::{Archive, cable};
use crate::{Citing, CitingPlace, How, Index, OpenCable, OpenFile, Together};

fn open(path: &str, text: &str) -> Arc<OpenFile> {
    let document = Document::new(text, &Catalog::built_in());
    let cables = document.cables().iter().map(|placed| Arc::new(OpenCable::of(path, placed)));
    Arc::new(OpenFile { path: path.to_owned(), cables: cables.collect() })
}

fn archive() -> Archive {
    Archive::of(&[
        ("one.cable", cable("ASTANA", 10, Some(2007), &["06 ASTANA 900", "ASTANA 9"])),
        ("two.cable", cable("ASTANA", 9, Some(2007), &[])),
        ("three.cable", cable("MOSCOW", 77, Some(2006), &["ASTANA 900"])),
    ])
}

/// The ids of the cables that each entry of a cable means, and how.
fn resolved(together: Together<'_>, id: &str) -> Vec<(Option<How>, Vec<String>)> {
    let entry = together.by_id(id).expect("an answer").pop().expect("a cable");
    let meant = |cited| match together.resolve(cited).expect("an answer") {
        Some((how, cables)) => (Some(how), cables.into_iter().filter_map(|cable| cable.id).collect()),
        None => (None, Vec::new()),
    };
    together.cites(&entry).expect("an answer").iter().map(meant).collect()
}

fn citing(together: Together<'_>, id: &str, post: &str, serial: u32) -> Vec<(String, u32)> {
    let citing = together.cited_by(id, post, serial).expect("an answer");
    citing.into_iter().map(|(cable, cited)| (cable.name(), cited.position)).collect()
}

/// The files of the places that cite a cable, in order.
fn paths(citing: Citing) -> Vec<String> {
    let placed = citing.places.into_iter().map(|place| place.path);
    let mut paths: Vec<String> = placed.chain(citing.entries.into_iter().map(|(cable, _)| cable.path)).collect();
    paths.sort();
    paths
}

fn found(together: Together<'_>, typed: &str) -> Vec<String> {
    let found = together.search(typed, 128, &Catalog::built_in()).expect("an answer");
    found.iter().map(crate::Entry::name).collect()
}

#[test]
fn without_open_documents_it_is_the_index() {
    let index = archive().index();
    let together = Together::new(&index, &[]);
    let exact = |id: &str| (Some(How::Exact), vec![id.to_owned()]);
    assert_eq!(resolved(together, "07ASTANA10"), [(None, vec![]), exact("07ASTANA9")]);
    assert_eq!(citing(together, "07ASTANA9", "ASTANA", 9), [("07ASTANA10".to_owned(), 2)]);
    // In the order of the files, also of a cable that is not there.
    let both = [("07ASTANA10".to_owned(), 1), ("06MOSCOW77".to_owned(), 1)];
    assert_eq!(citing(together, "06ASTANA900", "ASTANA", 900), both);
}

#[test]
fn what_is_open_wins_over_its_file() {
    let index = archive().index();
    // Of the two cables one cites nothing any more, and the other is now the one that was missing.
    let files = [
        open("one.cable", &cable("ASTANA", 10, Some(2007), &["06 ASTANA 900"])),
        open("two.cable", &cable("ASTANA", 900, Some(2006), &[])),
    ];
    let together = Together::new(&index, &files);
    assert_eq!(resolved(together, "07ASTANA10"), [(Some(How::Exact), vec!["06ASTANA900".to_owned()])]);
    assert!(citing(together, "07ASTANA9", "ASTANA", 9).is_empty());
    assert!(together.by_id("07ASTANA9").expect("an answer").is_empty());
    let (before, after) = together.neighbours("ASTANA", 2006, 901).expect("an answer");
    assert_eq!((before.map(|entry| entry.name()), after), (Some("06ASTANA900".to_owned()), None));
    // A cable that is in no file has its place as well.
    let files = [open("new.cable", &cable("LIMA", 3, Some(2008), &["07 ASTANA 10"]))];
    let together = Together::new(&index, &files);
    assert_eq!(citing(together, "07ASTANA10", "ASTANA", 10), [("08LIMA3".to_owned(), 1)]);
}

#[test]
fn a_few_words_find_cables_the_latest_first() {
    let index = archive().index();
    let together = Together::new(&index, &[]);
    assert_eq!(found(together, "07ASTANA10"), ["07ASTANA10"]);
    assert_eq!(found(together, "astana 9"), ["07ASTANA9"]);
    assert_eq!(found(together, "07as"), ["07ASTANA10", "07ASTANA9"]);
    assert_eq!(found(together, "ports 77"), ["06MOSCOW77"]);
    assert_eq!(found(together, "#kz wheat").len(), 3);
    assert_eq!(found(together, "#KDEM"), [] as [&str; 0]);
    assert_eq!(found(together, "").last().map(String::as_str), Some("06MOSCOW77"));
    let files = [open("new.cable", &cable("LIMA", 3, Some(2008), &[]))];
    let together = Together::new(&index, &files);
    assert_eq!(found(together, "wheat")[0], "08LIMA3");
    assert_eq!(found(together, "08L"), ["08LIMA3"]);
    let few = together.search("wheat", 2, &Catalog::built_in()).expect("an answer");
    assert_eq!(few.iter().map(crate::Entry::name).collect::<Vec<_>>(), ["08LIMA3", "07ASTANA10"]);
}

#[test]
fn an_open_document_reads_as_its_file_does() {
    let mut archive = archive();
    let index = archive.index();
    let text = cable("ASTANA", 10, Some(2007), &["06 ASTANA 900", "ASTANA 9"]);
    let open = open("one.cable", &text);
    let mut entry = Index::of_file(&index, "one.cable").expect("an answer").remove(0);
    let mut cites = index.cites(entry.row).expect("an answer");
    entry.row = -1;
    // Where they stand now the open text says.
    let lines: Vec<_> = cites.iter_mut().filter_map(|cited| cited.line.take()).collect();
    assert_eq!(lines, [(14, 9..22), (15, 9..17)]);
    for cited in &mut cites {
        cited.citing = -1;
    }
    assert_eq!((&open.cables[0].entry, &open.cables[0].cites), (&entry, &cites));
}

#[test]
fn the_places_that_cite_a_cable_are_known_but_on_lines_beyond_ascii() {
    let mut archive = Archive::of(&[
        ("cited.cable", cable("ASTANA", 900, Some(2007), &[])),
        ("plain.cable", cable("LIMA", 3, Some(2007), &["ASTANA 9", "ASTANA 900"])),
        ("accent.cable", cable("LIMA", 4, Some(2007), &["07 ASTANA 900 (Señor)"])),
    ]);
    let index = archive.index();
    let citing = Together::new(&index, &[]).citing("07ASTANA900", "ASTANA", 900).expect("an answer");
    let plain = CitingPlace { path: "plain.cable".to_owned(), line: 15, columns: Some(9..19) };
    assert_eq!(citing.places, [plain]);
    let entries: Vec<_> = citing.entries.iter().map(|(cable, cited)| (cable.name(), cited.text.as_str())).collect();
    assert_eq!(entries, [("07LIMA4".to_owned(), "07 ASTANA 900 (Señor)")]);
}

#[test]
fn who_cites_a_cable_is_counted_as_it_is_listed() {
    let mut archive = Archive::of(&[
        ("cited.cable", cable("ASTANA", 900, Some(2006), &[])),
        ("again.cable", cable("ASTANA", 900, Some(2008), &[])),
        // Without a year: of the year before, and of no year that is there.
        ("before.cable", cable("LIMA", 3, Some(2007), &["ASTANA 900"])),
        ("late.cable", cable("LIMA", 5000, Some(2007), &["ASTANA 900"])),
        ("other.cable", cable("LIMA", 4, Some(2008), &["05 ASTANA 900", "ASTANA 900", "ASTANA 9"])),
        ("twice.cable", cable("MOSCOW", 77, Some(2006), &["ASTANA 900", "06 ASTANA 900"])),
    ]);
    let index = archive.index();
    let counted = |files: &[Arc<OpenFile>], id: &str| {
        let together = Together::new(&index, files);
        let mut listed: Vec<String> = citing(together, id, "ASTANA", 900).into_iter().map(|(cable, _)| cable).collect();
        listed.dedup();
        assert_eq!(together.count_citing(id, "ASTANA", 900).expect("an answer"), listed.len(), "{id}: {listed:?}");
        let mut paths = paths(together.citing(id, "ASTANA", 900).expect("an answer"));
        paths.dedup();
        assert_eq!(paths.len(), listed.len(), "{id}: {paths:?}");
        listed.join(" ")
    };
    assert_eq!(counted(&[], "06ASTANA900"), "07LIMA3 07LIMA5000 08LIMA4 06MOSCOW77");
    assert_eq!(counted(&[], "08ASTANA900"), "07LIMA5000 08LIMA4");
    assert_eq!(counted(&[], "05ASTANA900"), "");
    // What is open is counted as it is, and not by its file.
    let files = [
        open("before.cable", &cable("LIMA", 3, Some(2007), &["08 ASTANA 900"])),
        open("twice.cable", &cable("MOSCOW", 77, Some(2006), &[])),
    ];
    assert_eq!(counted(&files, "06ASTANA900"), "07LIMA5000 08LIMA4");
    assert_eq!(counted(&files, "08ASTANA900"), "07LIMA3 07LIMA5000 08LIMA4");
    // The same beside many documents that have nothing to do with it.
    let others = (0..9).map(|at| Arc::new(OpenFile { path: format!("{at}.cable"), cables: Vec::new() }));
    let files: Vec<Arc<OpenFile>> = others.chain(files).collect();
    assert_eq!(counted(&files, "06ASTANA900"), "07LIMA5000 08LIMA4");
    assert_eq!(counted(&files, "08ASTANA900"), "07LIMA3 07LIMA5000 08LIMA4");
}
