//! What the look-ups answer, by example.

use cable_catalog::{Additions, CaptionKind, Catalog, Entry, Kind, Post, RoutingIndicator};

fn catalog() -> Catalog {
    Catalog::built_in()
}

/// The codes and kinds that a look-up answers with.
fn looked_up(code: &str) -> Vec<(&'static str, Kind)> {
    // The built-in rows are compiled in; only the additions of a catalog borrow from it.
    let catalog: &'static Catalog = Box::leak(Box::new(Catalog::built_in()));
    catalog.lookup(code).into_iter().map(|entry| (entry.code, entry.kind)).collect()
}

#[test]
fn codes_of_every_kind_are_looked_up() {
    for (asked, code, kind) in [
        ("KZ", "KZ", Kind::GeoTag),
        ("PREL", "PREL", Kind::SubjectTag),
        ("OVIP", "OVIP", Kind::SubjectTag),
        ("KDEM", "KDEM", Kind::ProgramTag),
        ("ZANU-PF", "ZANU-PF", Kind::OrganizationTag),
        ("RUEHDBU", "RUEHDBU", Kind::RoutingIndicator),
        ("RUEH", "RUEH", Kind::RoutingPrefix),
        ("ASTANA", "ASTANA", Kind::Post),
        ("TEL AVIV", "TEL AVIV", Kind::Post),
        ("TELAVIV", "TEL AVIV", Kind::Post),
        ("ZNY", "ZNY", Kind::OperatingSignal),
        ("ZFF4", "ZFF", Kind::OperatingSignal),
        ("SIPDIS", "SIPDIS", Kind::Caption),
        ("STPDIS", "SIPDIS", Kind::Caption),
        ("O", "O", Kind::Precedence),
        ("OO", "O", Kind::Precedence),
        ("S E C R E T", "SECRET", Kind::Classification),
        ("SECRET/NOFORN", "SECRET//NOFORN", Kind::Classification),
        ("S//NF", "S//NF", Kind::PortionMark),
        ("(s//nf)", "S//NF", Kind::PortionMark),
        ("12958", "12958", Kind::ExecutiveOrder),
        ("E.O. 12958", "12958", Kind::ExecutiveOrder),
        ("1.5(b)", "1.5(b)", Kind::Reason),
        ("1.5 (B)", "1.5(b)", Kind::Reason),
        ("X1", "X1", Kind::Declassification),
        ("DECL:", "DECL", Kind::Declassification),
        ("poloff", "POLOFF", Kind::Acronym),
    ] {
        assert!(looked_up(asked).contains(&(code, kind)), "{asked}: {:?}", looked_up(asked));
    }
}

#[test]
fn a_code_may_be_of_several_kinds() {
    assert_eq!(looked_up("AL"), [("AL", Kind::GeoTag), ("AL", Kind::OrganizationTag)]);
    let sbu: Vec<Kind> = looked_up("SBU").into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(sbu, [Kind::Caption, Kind::PortionMark]);
    assert_eq!(looked_up("1.4(b)").len(), 2, "under 12958 and under 13526");
}

#[test]
fn what_is_written_comes_before_what_is_meant() {
    let of = |code: &str| catalog().lookup(code).first().map(|entry| entry.kind);
    assert_eq!(of("HK"), Some(Kind::GeoTag));
    assert_eq!(of("BA"), Some(Kind::GeoTag), "the alias of a post comes after");
    assert!(looked_up("BA").contains(&("BUENOS AIRES", Kind::Post)));
}

#[test]
fn slips_answer_with_what_they_stand_for() {
    assert_eq!(looked_up("RU"), [("RU", Kind::MalformedTag), ("RU", Kind::RoutingPrefix), ("RS", Kind::GeoTag)]);
    let glued = looked_up("ECONEFIN");
    assert_eq!(glued, [("ECONEFIN", Kind::MalformedTag), ("ECON", Kind::SubjectTag), ("EFIN", Kind::SubjectTag)]);
    assert_eq!(catalog().malformed_tag("RU").map(|malformed| malformed.canonical), Some("RS"));
    assert_eq!(catalog().malformed_tag("VN"), None, "North Vietnam");
}

#[test]
fn nonsense_is_no_code() {
    for nonsense in ["", " ", "QQXJ", "¶", "É", "()", "...", "FOR ONLY", "E.O.", "\t"] {
        assert_eq!(looked_up(nonsense), [], "{nonsense}");
    }
}

#[test]
fn tags_are_told_apart() {
    let catalog = catalog();
    assert!(catalog.is_tag("EU") && catalog.is_tag("YE") && !catalog.is_tag("POLITICAL") && !catalog.is_tag("prel"));
    let is_subject = |code: &str| catalog.tags(code).any(|entry| entry.kind == Kind::SubjectTag);
    assert!(is_subject("PREL") && !is_subject("KDEM"));
    assert!(catalog.tag_needs_name("OVIP") && !catalog.tag_needs_name("PREL"));
    assert_eq!(catalog.geo_tag("SZ").map(|tag| tag.iso3166), Some("CH"));
    let frequent: Vec<&str> = catalog.frequent_tags().map(|entry| entry.code).collect();
    assert!(["PREL", "KDEM", "KZ"].iter().all(|code| frequent.contains(code)));
    assert!(["VN", "VZ", "XZ", "KSEP", "EU"].iter().all(|code| !frequent.contains(code)));
}

#[test]
fn routing_indicators_are_resolved() {
    let catalog = catalog();
    let name = |indicator: &str| catalog.routing_indicator(indicator).map(|found| found.name.to_owned());
    assert_eq!(name("RUEHTA").as_deref(), Some("AMEMBASSY ASTANA"));
    assert_eq!(name("RHFJAAQ"), name("RHFJAAA"), "within a range");
    assert_eq!(name("RHFJAA"), None);
    assert_eq!(name("RHFJABA"), None);
    let also: Vec<String> = catalog
        .routing_indicator("RUEHTA")
        .iter()
        .flat_map(RoutingIndicator::also_seen_as)
        .map(str::to_owned)
        .collect();
    assert_eq!(also, ["AMEMBASSY ALMATY"]);
    let prefix = |indicator: &str| catalog.routing_prefix(indicator).map(|entry| entry.code);
    assert_eq!(prefix("RUEHDBU"), Some("RUEH"));
    assert_eq!(prefix("RUEHXK"), Some("RUEHX"));
    assert_eq!(prefix("RJQQ"), Some("R"));
    assert_eq!(prefix("É"), None);
}

#[test]
fn posts_are_found_however_they_are_written() {
    let catalog = catalog();
    for name in ["BUENOS AIRES", "BuenosAires", "BUENOSAIRE", "Buenos Aires"] {
        assert_eq!(catalog.post(name).map(|post| post.compact), Some("BUENOSAIRES"), "{name}");
    }
    for (name, compact) in
        [("Port-au-Prince", "PORTAUPRINCE"), ("N'DJAMENA", "NDJAMENA"), ("ST. PETERSBURG", "STPETERSBURG")]
    {
        assert_eq!(catalog.post(name).map(|post| post.compact), Some(compact));
    }
    assert_eq!(catalog.post("ATLANTIS"), None);
    assert_eq!(catalog.post("").or(catalog.post("--")), None);
    for (cut, compact) in [("BUENOS AIR", "BUENOSAIRES"), ("Ho Chi Min", "HOCHIMINHCITY"), ("ASTANA", "ASTANA")] {
        assert_eq!(catalog.post_prefix(cut).map(|post| post.compact), Some(compact));
    }
    assert_eq!(catalog.post_prefix("BUENOS AI"), None);
    assert_eq!(catalog.post_prefix("BUENOS AIRES"), None);
    assert_eq!(catalog.post("STATE").map(|post| post.designator), Some("SECSTATE WASHDC"));
    let almaty: Vec<String> = catalog.post("ALMATY").iter().flat_map(Post::designators).map(str::to_owned).collect();
    assert_eq!(almaty, ["AMEMBASSY ALMATY", "AMCONSUL ALMATY", "USOFFICE ALMATY"]);
}

#[test]
fn captions_are_known_with_their_number_or_words() {
    let catalog = catalog();
    let word = |text: &str| catalog.caption(text).map(|caption| caption.word.to_owned());
    assert_eq!(word("SIPDIS").as_deref(), Some("SIPDIS"));
    assert_eq!(word("TOSEC 036").as_deref(), Some("TOSEC"));
    assert_eq!(word("FOR AMBASSADOR ONLY").as_deref(), Some("FOR ... ONLY"));
    assert_eq!(word("OFFICIAL-INFORMAL").as_deref(), Some("OFFICIAL INFORMAL"));
    assert_eq!(word("C O R R E C T E D COPY").as_deref(), Some("CORRECTED COPY"));
    for unknown in ["STPDIS", "SIPDIS 12", "TOSEC X", "sipdis", "FOR AMBASSADOR"] {
        assert_eq!(word(unknown), None, "{unknown}");
    }
    assert_eq!(catalog.caption_misspelling("STPDIS").map(|caption| caption.word), Some("SIPDIS"));
    assert_eq!(catalog.caption_misspelling("SIPDIS"), None);
    let start = |line: &str| catalog.caption_at_start(line).map(|(caption, end)| (caption.word.to_owned(), end));
    assert_eq!(start("NOFORN, SIPDIS"), Some(("NOFORN".to_owned(), 6)));
    assert_eq!(start("SPECAT EXCLUSIVE"), Some(("SPECAT EXCLUSIVE".to_owned(), 16)));
    assert_eq!(start("INFORM CONSULS - FOR ALL"), Some(("INFORM CONSULS".to_owned(), 14)));
    assert_eq!(start("CODEL SMITH"), Some(("CODEL".to_owned(), 5)));
    assert_eq!(start("SIPDISX"), None);
}

#[test]
fn marks_are_read_in_either_case_and_with_countries() {
    let catalog = catalog();
    let mark = |text: &str| catalog.portion_mark(text).map(|entry| entry.code);
    assert_eq!(mark("s"), Some("S"));
    assert_eq!(mark("( C )"), Some("C"));
    assert_eq!(mark("S//REL to USA, ACGU"), Some("S//REL"));
    assert_eq!(mark("A"), None);
    assert_eq!(mark("SB"), None);
    assert_eq!(catalog.classification("UNCLAS").map(|entry| entry.code), Some("UNCLASSIFIED"));
    assert_eq!(catalog.classification("T O P  S E C R E T").map(|entry| entry.code), Some("TOP SECRET"));
    assert_eq!(catalog.classification(" / "), None);
    assert_eq!(catalog.precedence("ZZ").map(|entry| entry.title), Some("FLASH"));
    assert_eq!(catalog.precedence("niact immediate").map(|entry| entry.code), Some("NIACT IMMEDIATE"));
}

#[test]
fn orders_have_their_days_reasons_and_marks() {
    let catalog = catalog();
    for (number, from, to) in [
        ("11652", "1972-06-01", Some("1978-11-30")),
        ("12065", "1978-12-01", Some("1982-07-31")),
        ("12356", "1982-08-01", Some("1995-10-13")),
        ("12958", "1995-10-14", Some("2010-06-26")),
        ("13292", "2003-03-25", Some("2010-06-26")),
        ("13526", "2010-06-27", None),
    ] {
        let order = catalog.executive_order(number).expect(number);
        let written = (order.in_force_from.to_string(), order.in_force_to.map(|to| to.to_string()));
        assert_eq!(written, (from.to_owned(), to.map(str::to_owned)), "{number}");
        assert_eq!(order.is_amendment, number == "13292");
    }
    assert_eq!(catalog.executive_order("1295"), None);
    assert_eq!(catalog.reason("12958", "1.5 (b)").map(|entry| entry.title), Some("foreign government information"));
    assert_eq!(catalog.reason("12958", "1.5(h)"), None);
    assert_eq!(catalog.reason("12356", "1.5(b)"), None);
    assert_eq!(catalog.reason("13292", "1.4b").map(|entry| entry.code), Some("1.4(b)"));
    let mark = |order: &str, code: &str| catalog.declassification(order, code).map(|entry| entry.code);
    assert_eq!(mark("12958", "X1"), Some("X1"));
    assert_eq!(mark("12356", "X1"), None);
    assert_eq!(mark("12356", "DECL:"), Some("DECL"));
    assert_eq!(mark("12065", "RDS-4"), Some("RDS-4"));
    assert_eq!(mark("11652", "N/A"), Some("N/A"));
}

#[test]
fn the_nearest_codes_are_suggested() {
    let catalog = catalog();
    let codes = |code: &str| catalog.nearest(code, 3).iter().map(|entry| entry.code.to_owned()).collect::<Vec<_>>();
    assert_eq!(codes("SIPDS").first().map(String::as_str), Some("SIPDIS"));
    assert_eq!(codes("ASTNA").first().map(String::as_str), Some("ASTANA"));
    assert_eq!(codes("PHUN").first().map(String::as_str), Some("PHUM"));
    assert!(codes("RUEHTQ").iter().all(|code| code.starts_with("RUEH")));
    assert_eq!(codes("ZQXJWVZQXJWV").len(), 0);
    assert_eq!(catalog.nearest("PREL", 0).len(), 0);
}

#[test]
fn what_an_archive_adds_comes_first_and_is_never_a_slip() {
    let pair = |code: &str, meaning: &str| (code.to_owned(), meaning.to_owned());
    let catalog = Catalog::with(Additions {
        tags: vec![pair("RU", "rural matters"), pair("", "ignored")],
        posts: vec![pair("Astana", "BRANCH OFFICE ASTANA")],
        captions: vec![pair("STPDIS", "")],
        ..Additions::default()
    });
    assert_eq!(catalog.malformed_tag("RU"), None);
    assert!(catalog.lookup("RU").iter().all(|entry| entry.kind != Kind::MalformedTag));
    assert_eq!(catalog.post("ASTANA").map(|post| post.designator), Some("BRANCH OFFICE ASTANA"));
    assert_eq!(catalog.caption_misspelling("STPDIS"), None);
    assert_eq!(catalog.caption("STPDIS").map(|caption| caption.kind), Some(CaptionKind::Added));
    assert!(catalog.tags("PREL").any(|entry: Entry| entry.source != "settings"), "the built-in codes stay");
    assert!(!catalog.is_tag(""));
}

#[test]
fn tags_and_routing_indicators_are_listed_with_the_archives_own_first() {
    let pair = |code: &str, meaning: &str| (code.to_owned(), meaning.to_owned());
    let catalog = Catalog::with(Additions {
        tags: vec![pair("KXYZ", "a program of our own")],
        routing_indicators: vec![pair("RUEHXYZ", "AMEMBASSY NOWHERE")],
        ..Additions::default()
    });
    assert_eq!(catalog.all_tags().next().map(|entry| (entry.code, entry.kind)), Some(("KXYZ", Kind::ProgramTag)));
    let kinds =
        |code: &str| catalog.all_tags().filter(|entry| entry.code == code).map(|entry| entry.kind).collect::<Vec<_>>();
    assert_eq!(kinds("AL"), [Kind::GeoTag, Kind::OrganizationTag]);
    assert_eq!(kinds("RU"), [], "a slip");
    let mut indicators = catalog.routing_indicators();
    assert_eq!(indicators.next().map(|known| known.name), Some("AMEMBASSY NOWHERE"));
    assert!(indicators.any(|known| known.indicator == "RUEHTA"));
    assert!(!catalog.routing_indicators().any(|known| known.indicator == "RHFJAAA"), "a range");
}

#[test]
fn a_look_up_says_what_else_is_known() {
    let catalog = Catalog::built_in();
    let facts = |code: &str, kind: Kind| {
        let found = catalog.lookup(code).into_iter().find(|entry| entry.kind == kind);
        found.map(|entry| (entry.code, catalog.facts(&entry)))
    };
    let fact = |fact: &str| vec![fact.to_owned()];
    assert_eq!(facts("12958", Kind::ExecutiveOrder), Some(("12958", fact("in force 14 October 1995 to 26 June 2010"))));
    assert_eq!(facts("AORG", Kind::SubjectTag), Some(("AORG", fact("AORC took its place"))));
    assert_eq!(facts("ASTANA", Kind::Post), Some(("ASTANA", fact("in Astana, Kazakhstan (KZ)"))));
    let (code, range) = facts("RUCOMAT", Kind::RoutingIndicator).expect("within a range, after another of it");
    assert_eq!((code, range.last().map(String::as_str)), ("RUCOMAA", Some("range RUCOMAA to RUCOMAZ")));
    let (code, _) = facts("AMCONSUL NAGOYA", Kind::RoutingIndicator).expect("the station of an address");
    assert_eq!(code, "RUEHNAG");
    let other = facts("RUSBC", Kind::RoutingIndicator).map(|(_, facts)| facts);
    assert_eq!(other, Some(fact("network: RU, United States")));
    let reasons = catalog.lookup("1.4");
    assert!(reasons.len() > 8 && reasons.iter().all(|entry| entry.code.starts_with("1.4(")), "{reasons:?}");
    for mark in ["25X1-HUMAN", "50X1-HUM", "NGDS"] {
        assert!(catalog.lookup(mark).iter().any(|entry| entry.kind == Kind::Declassification), "{mark}");
    }
}
