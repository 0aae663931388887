//! Synthetic archives on the disk, and what the program says of them beside what is known.

#![expect(clippy::missing_panics_doc, reason = "to panic is how a test says that something is wrong")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::generator::{Planted, archive};

/// Writes an archive of about so many cables into a folder.
pub fn write(folder: &Path, seed: u64, cables: u32) -> Planted {
    archive(seed, cables, |path, text| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    })
}

/// What `archive stats --format json` says, in the same words.
pub fn counted(overview: &Value) -> Planted {
    let number = |key: &str| overview[key].as_u64().unwrap_or_else(|| panic!("{key}: {overview}"));
    Planted {
        cables: number("cables"),
        references: number("references"),
        exact: number("exact"),
        year_before: number("year_before"),
        other_year: number("other_year"),
        ambiguous: number("ambiguous"),
        absent: number("absent"),
        doubled: number("doubled"),
        misnamed: number("misnamed"),
        by_name: number("id_from_name"),
    }
}

/// What `check --statistics --format json` counted, by rule.
pub fn counted_by_rule(statistics: &Value) -> BTreeMap<String, u64> {
    let rows = statistics.as_array().unwrap_or_else(|| panic!("{statistics}")).iter();
    rows.map(|row| (row["code"].as_str().expect("a code").to_owned(), row["count"].as_u64().expect("a count")))
        .collect()
}

/// What `check --archive --select ARC --statistics --format json` has to count, by rule.
pub fn by_rule(planted: &Planted) -> BTreeMap<String, u64> {
    let rules = [
        ("ARC001", planted.absent),
        ("ARC002", planted.other_year),
        ("ARC003", planted.misnamed),
        // Of two copies each is like the other.
        ("ARC004", planted.doubled * 2),
        ("ARC005", planted.doubled * 2),
    ];
    rules.into_iter().filter(|(_, count)| *count > 0).map(|(code, count)| (code.to_owned(), count)).collect()
}
