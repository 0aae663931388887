//! The routing indicators of the large corpus beside the addresses that are after them: what the tables say otherwise
//! is listed, so that a new difference is looked at (`INSTA_UPDATE=always cargo test -p cable-tests --test suite indicators`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cable_catalog::Catalog;
use cable_syntax::Document;
use cable_tests::shared;

/// A difference that is met less often is a slip of one cable.
const FEWEST: usize = 5;

#[test]
fn indicators_stand_before_the_addresses_of_the_tables() {
    let files = shared::files("corpus-large");
    if files.is_empty() {
        return;
    }
    let catalog = Catalog::built_in();
    let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
    for file in &files {
        for placed in Document::new(&file.text, &catalog).cables() {
            let cable = &placed.cable;
            let envelope = &cable.envelope;
            for field in envelope.from.iter().chain(&envelope.to).chain(&envelope.info) {
                let Some(indicator) = field.value.indicator else { continue };
                let indicator = cable.slice(field.at(indicator)).to_owned();
                let address = place(cable.slice(field.at(field.value.plad)));
                *pairs.entry((indicator, address)).or_default() += 1;
            }
        }
    }
    let all: usize = pairs.values().sum();
    let mut differences = String::new();
    let (mut agree, mut unknown) = (0, 0);
    for ((indicator, address), count) in &pairs {
        let known = catalog.routing_indicator(indicator);
        let names = known.iter().flat_map(|known| std::iter::once(known.name).chain(known.also_seen_as()));
        if names.map(place).any(|name| name == *address || address.starts_with(&format!("{name} "))) {
            agree += count;
            continue;
        }
        unknown += if known.is_none() { *count } else { 0 };
        if *count >= FEWEST {
            let name = known.map_or("not in the table", |known| known.name);
            let _ = writeln!(differences, "{indicator:8} {count:4}  {address}  |  {name}");
        }
    }
    let rate = |count: usize| (count * 1000 + all / 2) / all;
    let head = format!(
        "of 1,000 addresses {} are those of the tables, of 1,000 indicators {} are unknown",
        rate(agree),
        rate(unknown)
    );
    insta::assert_snapshot!(format!("{head}\n\n{differences}"));
}

/// An address without the offices after it and the word for the kind of post before it.
fn place(address: &str) -> String {
    let end = address.find("//").or_else(|| address.find('(')).unwrap_or(address.len());
    let words: Vec<&str> = address[..end].split_whitespace().collect();
    let kinds = ["AMEMBASSY", "AMCONSUL", "AMEMB", "USMISSION", "USOFFICE", "USINT", "USDEL", "USDAO", "REO"];
    let skipped = usize::from(words.len() > 1 && words.first().is_some_and(|first| kinds.contains(first)));
    words[skipped..].join(" ").to_uppercase()
}
