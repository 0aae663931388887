//! What is asked of an index, and what it says.

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::{Archive, cable};
use crate::statistics::Group;
use crate::{Cited, Edge, Entry, Error, How, IdFrom, Index, Node, Query, cites};

fn names(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(Entry::name).collect()
}

fn found(index: &Index, query: &Query) -> Vec<String> {
    let mut found = Vec::new();
    index
        .find(query, &Catalog::built_in(), |entry| {
            found.push(entry.name());
            Ok::<(), Error>(())
        })
        .expect("it can be asked");
    found
}

/// The references of a cable with what they mean.
fn meant(index: &Index, id: &str) -> Vec<(String, Option<How>, Vec<String>)> {
    let entry = index.by_id(id).expect("it can be asked").remove(0);
    let cites: Vec<Cited> = index.cites(entry.row).expect("it can be asked");
    let meaning = cites.into_iter().map(|cited| {
        let resolved = index.resolve(&cited).expect("it can be asked");
        let how = resolved.as_ref().map(|resolved| resolved.how);
        let cables = resolved.into_iter().flat_map(|resolved| resolved.cables);
        (cited.text, how, cables.map(|cable| cable.id).collect())
    });
    meaning.collect()
}

fn sample() -> Archive {
    Archive::of(&[
        ("05ASTANA900.txt", cable("ASTANA", 900, Some(2005), &[])),
        ("05LONDON77.txt", cable("LONDON", 77, Some(2005), &[])),
        ("06ASTANA10.txt", cable("ASTANA", 10, Some(2006), &["ASTANA 900", "05 LONDON 77", "06 STATE 5", "LONDON 80"])),
        (
            "06ASTANA20.txt",
            cable("ASTANA", 20, Some(2006), &["ASTANA 10", "ASTANA 15", "07 LONDON 77", "MEETING NOTES"]),
        ),
        ("08LONDON80.txt", cable("LONDON", 80, Some(2008), &["06 ASTANA 20"])),
        ("06ASTANA30.txt", cable("ASTANA", 30, None, &["ASTANA 20", "ASTANA 901"])),
        ("copies/06ASTANA20.txt", cable("ASTANA", 20, Some(2006), &["ASTANA 10"])),
        ("06ASTANA41.txt", cable("ASTANA", 40, Some(2006), &[])),
    ])
}

#[test]
fn a_reference_is_looked_up_in_one_order() {
    let index = sample().index();
    let one = |text: &str, how, ids: &[&str]| (text.to_owned(), how, ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(
        meant(&index, "06ASTANA10"),
        [
            one("ASTANA 900", Some(How::YearBefore), &["05ASTANA900"]),
            one("05 LONDON 77", Some(How::Exact), &["05LONDON77"]),
            one("06 STATE 5", None, &[]),
            one("LONDON 80", Some(How::OtherYear), &["08LONDON80"]),
        ]
    );
    let of_20 = meant(&index, "06ASTANA20");
    assert_eq!(of_20[..2], [one("ASTANA 10", Some(How::Exact), &["06ASTANA10"]), one("ASTANA 15", None, &[])]);
    assert_eq!(of_20[2].1, Some(How::OtherYear), "{of_20:?}");
    let entry = index.by_id("08LONDON80").expect("it can be asked").remove(0);
    let cited = index.cites(entry.row).expect("it can be asked").remove(0);
    let resolved = index.resolve(&cited).expect("it can be asked").expect("it is there");
    assert_eq!(resolved.cables.len(), 2, "both copies");
}

#[test]
fn a_year_comes_from_the_name_of_the_file_where_post_and_serial_agree() {
    let index = sample().index();
    let entry = index.by_id("06ASTANA30").expect("it can be asked").remove(0);
    assert_eq!((entry.id_from, entry.year, entry.dtg.as_deref()), (Some(IdFrom::Name), Some(2006), None));
    assert_eq!(meant(&index, "06ASTANA30")[0].1, Some(How::Exact), "a reference takes the year as well");
    let other =
        Archive::of(&[("06ASTANA31.txt", cable("ASTANA", 30, None, &[])), ("x.txt", cable("ASTANA", 7, None, &[]))])
            .index();
    let all = other.named("ASTANA 30", &Catalog::built_in()).expect("it can be asked");
    assert_eq!((all.len(), &all[0].id, all[0].id_from), (1, &None, None));
}

#[test]
fn a_cable_at_hand_is_compared_with_those_of_other_files() {
    let index = sample().index();
    let paths = |entries: crate::Result<Vec<Entry>>| -> Vec<String> {
        entries.expect("it can be asked").into_iter().map(|entry| entry.path).collect()
    };
    assert_eq!(paths(index.others_with_id("06ASTANA20.txt", "06ASTANA20")), ["copies/06ASTANA20.txt"]);
    assert_eq!(paths(index.others_with_id("x.txt", "06ASTANA20")).len(), 2);
    assert!(paths(index.others_with_id("x.txt", "06ASTANA30")).is_empty(), "its year is only that of its file name");
    let text = cable("ASTANA", 30, None, &["ASTANA 20", "ASTANA 901"]);
    let document = Document::new(&text.replace('\n', " \r\n"), &Catalog::built_in());
    let at_hand = &document.cables()[0].cable;
    assert_eq!(paths(index.others_with_text("x.txt", at_hand)), ["06ASTANA30.txt"]);
    assert!(paths(index.others_with_text("06ASTANA30.txt", at_hand)).is_empty());
    // It cites what the index has of it.
    let entry = index.by_id("06ASTANA30").expect("it can be asked").remove(0);
    let kept = index.cites(entry.row).expect("it can be asked");
    let same = |cited: &Cited| Cited { citing: entry.row, start: 0, line: None, ..cited.clone() };
    let own: Vec<Cited> = cites("06ASTANA30.txt", at_hand).iter().map(same).collect();
    assert_eq!(own, kept.iter().map(same).collect::<Vec<_>>());
    assert_eq!(cites("x.txt", at_hand)[0].id, None, "nothing else gives the year");
}

#[test]
fn cables_are_found_by_what_is_known_of_them() {
    let index = sample().index();
    let query = |change: fn(&mut Query)| {
        let mut query = Query::default();
        change(&mut query);
        found(&index, &query)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(query(|_| {}).len(), 8);
    assert_eq!(query(|query| query.limit = Some(2)), ["05ASTANA900", "05LONDON77"]);
    assert_eq!(query(|query| (query.limit, query.newest_first) = (Some(1), true)), ["08LONDON80"]);
    assert_eq!(found(&index, &Query { post: some("london"), ..Query::default() }), ["05LONDON77", "08LONDON80"]);
    assert_eq!(query(|query| query.year = Some(2008)), ["08LONDON80"]);
    assert_eq!(found(&index, &Query { from: some("2006-03"), ..Query::default() }), ["08LONDON80"]);
    assert_eq!(found(&index, &Query { until: some("2005"), ..Query::default() }).len(), 2);
    assert_eq!(found(&index, &Query { until: some("2005-02-14"), ..Query::default() }).len(), 2);
    assert_eq!(found(&index, &Query { id: some("2006 Astana 00010"), ..Query::default() }), ["06ASTANA10"]);
    assert_eq!(found(&index, &Query { subject: some("ports 77"), ..Query::default() }), ["05LONDON77"]);
    assert_eq!(found(&index, &Query { tags: vec!["prel".to_owned(), "#KZ".to_owned()], ..Query::default() }).len(), 8);
    assert_eq!(found(&index, &Query { tags: vec!["KDEM".to_owned()], ..Query::default() }).len(), 0);
    assert_eq!(found(&index, &Query { classification: some("SECRET"), ..Query::default() }).len(), 0);
    assert_eq!(found(&index, &Query { cites: some("06ASTANA10"), ..Query::default() }), ["06ASTANA20", "06ASTANA20"]);
    assert_eq!(found(&index, &Query { cites: some("06STATE5"), ..Query::default() }), ["06ASTANA10"]);
    assert_eq!(
        found(&index, &Query { cited_by: some("06ASTANA10"), ..Query::default() }),
        ["05ASTANA900", "05LONDON77", "08LONDON80"]
    );
    let asked =
        index.find(&Query { text: some("grain"), ..Query::default() }, &Catalog::built_in(), |_| Ok::<(), Error>(()));
    assert!(matches!(asked, Err(Error::NoText)));
}

#[test]
fn texts_are_searched_where_they_are_kept() {
    let mut archive = sample();
    let mut index = archive.index();
    archive.tick();
    let refreshed = archive.refresh_with(&mut index, true, 2);
    assert_eq!(refreshed.read, 8, "all are read again for their texts");
    let text = |text: &str| found(&index, &Query { text: Some(text.to_owned()), ..Query::default() });
    assert_eq!(text("harbour AND london").len(), 4);
    assert_eq!(text("\"grain 77\""), ["05LONDON77"]);
    let asked = index.find(&Query { text: Some("\"".to_owned()), ..Query::default() }, &Catalog::built_in(), |_| {
        Ok::<(), Error>(())
    });
    assert!(matches!(asked, Err(Error::Query(_))), "{asked:?}");
}

#[test]
fn what_is_missing_has_its_neighbours() {
    let index = sample().index();
    let mut missing = Vec::new();
    index
        .missing(|one| {
            missing.push((
                one.id,
                one.times,
                one.before.map(|entry| entry.name()),
                one.after.map(|entry| entry.name()),
            ));
            Ok::<(), Error>(())
        })
        .expect("it can be asked");
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        missing,
        [
            ("06ASTANA15".to_owned(), 1, some("06ASTANA10"), some("06ASTANA20")),
            ("06ASTANA901".to_owned(), 1, some("06ASTANA40"), None),
            ("06STATE5".to_owned(), 1, None, None),
        ]
    );
}

#[test]
fn a_thread_is_followed_both_ways() {
    let index = sample().index();
    let catalog = Catalog::built_in();
    let thread = index.thread("06ASTANA20", 1, &catalog).expect("it can be asked");
    let ids: Vec<&str> = thread.nodes.iter().map(|(node, _)| node.id.as_str()).collect();
    assert_eq!(ids, ["06ASTANA20", "06ASTANA10", "06ASTANA15", "05LONDON77", "06ASTANA30", "08LONDON80"]);
    assert_eq!(thread.nodes[0].0.cables.len(), 2);
    assert!(thread.nodes[2].0.cables.is_empty(), "it is absent");
    let pairs: Vec<(&str, &str)> =
        thread.edges.iter().map(|edge| (edge.citing.as_str(), edge.cited.as_str())).collect();
    assert!(
        pairs.contains(&("08LONDON80", "06ASTANA20")) && pairs.contains(&("06ASTANA20", "06ASTANA15")),
        "{pairs:?}"
    );
    assert_eq!(index.thread("06ASTANA20", 0, &catalog).expect("it can be asked").nodes.len(), 1);
    let absent = index.thread("06 STATE 5", 1, &catalog).expect("it can be asked");
    assert_eq!(absent.nodes.len(), 2, "an absent cable has those that cite it");
    assert!(index.thread("06ASTANA999", 3, &catalog).expect("it can be asked").nodes.is_empty());
}

#[test]
fn counts_say_how_much_is_there() {
    let index = sample().index();
    let overview = index.overview(&Catalog::built_in()).expect("it can be asked");
    assert_eq!((overview.files, overview.cables, overview.nameless, overview.by_name), (8, 8, 0, 1));
    assert_eq!((overview.doubled, overview.misnamed), (1, 1));
    assert_eq!((overview.entries, overview.references), (12, 11));
    assert_eq!((overview.resolved, overview.absent, overview.ambiguous), ([5, 1, 2], 3, 2));
    let posts = index.count(Group::Post).expect("it can be asked");
    let astana = &posts[0];
    assert_eq!((astana.name.as_deref(), astana.cables, astana.highest), (Some("ASTANA"), 6, Some(900)));
    assert_eq!((astana.serials, astana.expected), (Some(5), Some(940)));
    assert_eq!(index.count(Group::Year).expect("it can be asked").len(), 3);
    assert_eq!(index.count(Group::Tag).expect("it can be asked").len(), 2);
    assert_eq!(index.count(Group::Classification).expect("it can be asked").len(), 1);
    let (present, absent) = index.most_cited(2).expect("it can be asked");
    assert_eq!((present.len(), absent.len(), present[0].1), (2, 2, 2));
}

#[test]
fn the_graph_names_each_cable_once() {
    let index = sample().index();
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    let node = |node: Node| {
        nodes.push((node.id, node.cables.len()));
        Ok::<(), Error>(())
    };
    index.nodes(true, node).expect("it can be asked");
    let edge = |edge: Edge| {
        edges.push((edge.citing, edge.cited));
        Ok::<(), Error>(())
    };
    index.edges(true, edge).expect("it can be asked");
    assert_eq!((nodes.len(), edges.len()), (7 + 3, 11));
    let is_known = |id: &String| nodes.iter().any(|(known, _)| known == id);
    assert!(edges.iter().all(|(citing, cited)| is_known(citing) && is_known(cited)), "{edges:?}");
    assert_eq!(names(&index.by_id("06ASTANA20").expect("it can be asked")).len(), 2);
    let mut present = 0;
    let count = |_| {
        present += 1;
        Ok::<(), Error>(())
    };
    index.edges(false, count).expect("it can be asked");
    assert_eq!(present, 8);
}
