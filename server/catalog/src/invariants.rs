//! What must hold for the tables as a whole.

use crate::post_name::folded_name;
use crate::table::{self, Table, reasons};
use crate::{Additions, Catalog, Entry, GeoKind, Kind, MalformedKind};

fn catalog() -> Catalog {
    Catalog::built_in()
}

fn every_entry() -> Vec<Entry<'static>> {
    Kind::ALL.into_iter().flat_map(|kind| kind.table().rows().map(move |row| row.entry(kind))).collect()
}

#[test]
fn every_table_is_sorted_and_has_rows() {
    let searches = [&table::POST_SPELLINGS, &table::CAPTION_VARIANTS, &table::CAPTION_MISSPELLINGS];
    for table in Kind::ALL.map(Kind::table).into_iter().chain(searches) {
        let keys: Vec<String> = table.pairs().map(|(key, _)| key.to_ascii_uppercase()).collect();
        assert!(!keys.is_empty());
        assert!(keys.is_sorted(), "{:?}", keys.first());
    }
}

#[test]
fn no_code_stands_twice_in_a_table() {
    for kind in Kind::ALL {
        let column = if matches!(kind, Kind::Reason | Kind::Declassification) { reasons::ORDER } else { 0 };
        let mut keys: Vec<_> = kind.table().rows().map(|row| (row.column(0), row.column(column))).collect();
        let count = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), count, "{kind}");
    }
}

#[test]
fn every_row_has_a_meaning_and_a_source() {
    for entry in every_entry() {
        assert!(!entry.code.is_empty() && !entry.title.is_empty() && !entry.source.is_empty(), "{entry:?}");
    }
}

#[test]
fn every_row_is_found_by_its_code() {
    let catalog = catalog();
    for entry in every_entry() {
        assert!(catalog.lookup(entry.code).contains(&entry), "{entry:?}");
        assert!(catalog.lookup(&entry.code.to_lowercase()).contains(&entry), "{entry:?} in lower case");
    }
}

#[test]
fn a_tag_is_never_malformed() {
    for row in table::MALFORMED_TAGS.rows() {
        assert!(!catalog().is_tag(row.column(0)), "{}", row.column(0));
    }
}

#[test]
fn a_malformed_tag_stands_for_tags() {
    for row in table::MALFORMED_TAGS.rows() {
        let malformed = catalog().malformed_tag(row.column(0)).expect("listed");
        assert!(malformed.canonical.split(' ').all(|code| catalog().is_tag(code)), "{malformed:?}");
        assert_eq!(malformed.kind == MalformedKind::RunTogether, malformed.canonical.contains(' '), "{malformed:?}");
    }
}

#[test]
fn tags_have_the_shape_of_their_kind() {
    let capitals = |code: &str, length| code.len() == length && code.bytes().all(|byte| byte.is_ascii_uppercase());
    for row in table::SUBJECT_TAGS.rows() {
        assert!(capitals(row.column(0), 4) && row.column(0).starts_with(['A', 'B', 'C', 'E', 'M', 'O', 'P', 'S', 'T']));
    }
    assert!(table::PROGRAM_TAGS.rows().all(|row| capitals(row.column(0), 4) && row.column(0).starts_with('K')));
    for row in table::GEO_TAGS.rows() {
        let tag = catalog().geo_tag(row.column(0)).expect("listed");
        assert!(capitals(tag.code, 2) && (tag.iso3166.is_empty() || capitals(tag.iso3166, 2)), "{tag:?}");
        assert!(tag.kind != GeoKind::Country || !tag.iso3166.is_empty(), "{tag:?}");
    }
}

#[test]
fn codes_of_the_network_are_capitals() {
    let table_ok = |table: &'static Table| {
        table
            .rows()
            .all(|row| row.column(0).starts_with('R') && row.column(0).bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    assert!(table_ok(&table::ROUTING_INDICATORS));
    assert!(table_ok(&table::ROUTING_PREFIXES));
    let catalog = catalog();
    for row in table::ROUTING_INDICATORS.rows() {
        let indicator = catalog.routing_indicator(row.column(0)).expect("listed");
        assert!((4..=8).contains(&indicator.indicator.len()), "{indicator:?}");
        assert!(catalog.routing_prefix(indicator.indicator).is_some(), "{indicator:?}");
    }
}

#[test]
fn every_post_is_found_by_each_of_its_spellings() {
    let catalog = catalog();
    for post in catalog.posts() {
        assert_eq!(catalog.post(post.name), Some(post));
        assert_eq!(catalog.post(post.compact), Some(post));
        assert!(post.compact.bytes().eq(folded_name(post.compact)), "{post:?}");
        for alias in post.aliases() {
            assert!(alias.bytes().eq(folded_name(alias)), "{alias}");
            assert_eq!(catalog.post(alias), Some(post), "{alias}");
        }
        assert!(post.geo_tag.is_empty() || catalog.geo_tag(post.geo_tag).is_some(), "{post:?}");
        assert_eq!(
            catalog.post_prefix(post.page_line_name()).map(|found| found.page_line_name()),
            Some(post.page_line_name())
        );
        assert!(post.designators().all(|designator| !designator.is_empty()));
    }
}

#[test]
fn captions_are_found_by_each_of_their_spellings() {
    let catalog = catalog();
    for caption in catalog.captions() {
        assert_eq!(catalog.caption(caption.word), Some(caption));
        assert!(caption.variants().all(|variant| catalog.caption(variant) == Some(caption)), "{caption:?}");
        assert!(caption.word.len() <= 40, "longer than `caption_at_start` looks");
        if let Some((before, _)) = caption.word.split_once("...") {
            assert!(before.trim_end() == before.split(' ').next().unwrap_or_default(), "{caption:?}");
        }
        for wrong in caption.misspellings() {
            assert_eq!(catalog.caption(wrong), None, "{wrong}");
            assert_eq!(catalog.caption_misspelling(wrong), Some(caption), "{wrong}");
        }
    }
}

#[test]
fn orders_follow_each_other() {
    let orders: Vec<_> = catalog().executive_orders().collect();
    assert_eq!(orders.len(), table::ORDERS.rows().len(), "every order has its dates");
    let mut in_turn = orders.iter().filter(|order| !order.is_amendment).peekable();
    while let Some(order) = in_turn.next() {
        if let (Some(to), Some(next)) = (order.in_force_to, in_turn.peek()) {
            assert!(order.in_force_from < to && to < next.in_force_from, "{order:?}");
        }
    }
    assert_eq!(orders.iter().filter(|order| order.in_force_to.is_none()).count(), 1);
}

#[test]
fn reasons_and_marks_name_an_order() {
    for row in table::REASONS.rows() {
        assert!(catalog().executive_order(row.column(5)).is_some(), "{}", row.column(0));
        assert_eq!(catalog().reason(row.column(5), row.column(0)), Some(row.entry(Kind::Reason)));
    }
    for row in table::DECLASSIFICATIONS.rows() {
        assert!(row.column(5) == "any" || catalog().executive_order(row.column(5)).is_some(), "{}", row.column(0));
    }
}

#[test]
fn doubtful_rows_are_never_suggested() {
    let catalog = catalog();
    assert!(catalog.frequent_tags().all(|entry| !entry.doubtful));
    for entry in every_entry().into_iter().filter(|entry| entry.doubtful) {
        assert!(!catalog.nearest(entry.code, 1000).contains(&entry), "{entry:?}");
        assert!(!catalog.frequent_tags().any(|frequent| frequent == entry), "{entry:?}");
    }
}

#[test]
fn an_addition_is_found_in_every_table() {
    let pair = |code: &str, meaning: &str| vec![(code.to_owned(), meaning.to_owned())];
    let catalog = Catalog::with(Additions {
        tags: pair("KXYZ", "invented program"),
        routing_indicators: pair("RUEHQQQ", "AMEMBASSY NOWHERE"),
        posts: pair("NO WHERE", "AMEMBASSY NO WHERE"),
        captions: pair("ATTIC ONLY", ""),
    });
    for (code, kind) in [
        ("KXYZ", Kind::ProgramTag),
        ("RUEHQQQ", Kind::RoutingIndicator),
        ("NO WHERE", Kind::Post),
        ("ATTIC ONLY", Kind::Caption),
    ] {
        let found = catalog.lookup(code);
        assert_eq!(found.first().map(|entry| (entry.code, entry.kind, entry.source)), Some((code, kind, "settings")));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(Catalog::built_in().lookup(code).is_empty());
    }
}
