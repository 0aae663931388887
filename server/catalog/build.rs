//! Checks the tables in `data/` and writes where their rows are.
//!
//! The tables themselves are compiled in as text. This script adds positions, in the order of the keys, so that a look-up
//! is a binary search and nothing is built at start-up; the numbers of the columns; and the kinds of rows as enums. A bad
//! row stops the build with its file and line.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The columns every table begins with.
const COMMON: [&str; 5] = ["code", "title", "note", "source", "doubt"];

/// What is known of a table before it is read.
struct Spec {
    /// The file's name without its ending; the static is the same in capitals.
    name: &'static str,
    /// The columns after the common ones.
    columns: &'static [&'static str],
    /// What is in the column `kind`, if there is one.
    kinds: Option<&'static Kinds>,
    /// The column that tells apart rows of the same code, if a code may be there more than once.
    within: Option<&'static str>,
    /// Further searches.
    indexes: &'static [Index],
}

/// The kinds of the rows of a table: an enum.
struct Kinds {
    /// The name of the enum.
    name: &'static str,
    /// What it is the kind of.
    of: &'static str,
    /// As they are in the table.
    words: &'static [&'static str],
    /// The kind of a code that an archive has added, if it can add one.
    added: &'static [&'static str],
}

/// One more way to search a table.
struct Index {
    /// The name of its static.
    name: &'static str,
    /// Where its keys are.
    columns: &'static [&'static str],
    /// What parts the keys in such a column.
    separator: &'static str,
    /// Whether several rows may have the same key.
    repeats: bool,
}

const fn index(name: &'static str, columns: &'static [&'static str], separator: &'static str) -> Index {
    Index { name, columns, separator, repeats: false }
}

const fn plain(name: &'static str, columns: &'static [&'static str]) -> Spec {
    Spec { name, columns, kinds: None, within: None, indexes: &[] }
}

const GEO_KINDS: Kinds = Kinds {
    name: "GeoKind",
    of: "a geo-political TAG",
    words: &["country", "territory", "region", "body of water", "historic", "slip"],
    added: &[],
};

const MALFORMED_KINDS: Kinds = Kinds {
    name: "MalformedKind",
    of: "a TAG that is a known slip for others",
    words: &["subject", "program", "geo", "organization", "run-together"],
    added: &[],
};

const STATION_KINDS: Kinds = Kinds {
    name: "StationKind",
    of: "a station in the network",
    words: &["post", "department", "collective", "agency", "military command", "system", "other"],
    added: &["added"],
};

const CAPTION_KINDS: Kinds = Kinds {
    name: "CaptionKind",
    of: "a caption",
    words: &[
        "channel",
        "distribution",
        "dissemination control",
        "delivery",
        "handling",
        "series",
        "status",
        "military",
        "agency",
        "address",
        "reference note",
    ],
    added: &["added"],
};

const SPECS: [Spec; 17] = [
    plain("subject-tags", &["person", "era", "later"]),
    plain("program-tags", &[]),
    Spec { kinds: Some(&GEO_KINDS), ..plain("geo-tags", &["kind", "iso3166"]) },
    plain("organization-tags", &[]),
    Spec { kinds: Some(&MALFORMED_KINDS), ..plain("malformed-tags", &["kind"]) },
    Spec {
        kinds: Some(&STATION_KINDS),
        indexes: &[Index { repeats: true, ..index("ROUTING_NAMES", &["title", "also"], "; ") }],
        ..plain("routing-indicators", &["kind", "also", "through"])
    },
    plain("routing-prefixes", &[]),
    Spec {
        indexes: &[index("POST_SPELLINGS", &["compact", "aliases"], " ")],
        ..plain("posts", &["compact", "other_designators", "city", "geo_tag", "aliases"])
    },
    plain("operating-signals", &[]),
    Spec {
        kinds: Some(&CAPTION_KINDS),
        indexes: &[
            index("CAPTION_VARIANTS", &["variants"], "; "),
            index("CAPTION_MISSPELLINGS", &["misspellings"], "; "),
        ],
        ..plain("captions", &["kind", "variants", "misspellings"])
    },
    plain("precedences", &[]),
    plain("classifications", &["variants"]),
    plain("portion-marks", &[]),
    plain("orders", &["from", "to"]),
    Spec { within: Some("order"), ..plain("reasons", &["order"]) },
    Spec { within: Some("order"), ..plain("declassifications", &["order"]) },
    plain("acronyms", &[]),
];

impl Spec {
    /// All columns, in their order.
    fn columns(&self) -> impl Iterator<Item = &'static str> {
        COMMON.iter().chain(self.columns).copied()
    }

    /// The number of a column, which this file names.
    fn column(&self, name: &str) -> usize {
        self.columns().position(|column| column == name).expect("a column that the table has")
    }
}

/// What is wrong with a table, and on which line (from 1).
struct Fault {
    line: usize,
    what: String,
}

/// A stretch of the table's text that can be searched for, and its row.
struct Key<'t> {
    text: &'t str,
    start: usize,
    row_start: usize,
    row_end: usize,
    line: usize,
}

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build.rs");
    let (Some(root), Some(out)) = (env::var_os("CARGO_MANIFEST_DIR"), env::var_os("OUT_DIR")) else {
        println!("cargo::error=this script is run by cargo");
        return;
    };
    let mut code = String::new();
    for spec in &SPECS {
        let path = Path::new(&root).join("data").join(format!("{}.tsv", spec.name));
        let result = fs::read_to_string(&path)
            .map_err(|error| Fault { line: 1, what: error.to_string() })
            .and_then(|text| write_table(spec, &text, &mut code));
        if let Err(fault) = result {
            println!("cargo::error=server/catalog/data/{}.tsv:{}: {}", spec.name, fault.line, fault.what);
        }
    }
    if let Err(error) = fs::write(Path::new(&out).join("tables.rs"), code) {
        println!("cargo::error=cannot write the tables: {error}");
    }
}

/// Checks one table and writes its static and those of its further searches.
fn write_table(spec: &Spec, text: &str, code: &mut String) -> Result<(), Fault> {
    let keys = check(spec, text)?;
    write_columns(spec, code);
    if let Some(kinds) = spec.kinds {
        write_kinds(kinds, code);
    }
    let name = spec.name.replace('-', "_").to_uppercase();
    let path = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/data/{}.tsv\")", spec.name);
    write_static(code, &name, &path, &keys);
    for Index { name, columns, separator, repeats } in spec.indexes {
        let columns: Vec<usize> = columns.iter().map(|column| spec.column(column)).collect();
        let mut found: Vec<Key> = keys.iter().flat_map(|key| items(text, key, &columns, separator)).collect();
        found.sort_by_key(|key| (fold(key.text), key.row_start));
        let repeated = found.windows(2).find(|pair| fold(pair[0].text) == fold(pair[1].text));
        if let Some(pair) = repeated.filter(|_| !repeats) {
            let what = format!("`{}` is on line {} too", pair[1].text, pair[0].line);
            return Err(Fault { line: pair[1].line, what });
        }
        write_static(code, name, &path, &found);
    }
    Ok(())
}

/// The rows of a table, if all of them are as they must be.
fn check<'t>(spec: &Spec, text: &'t str) -> Result<Vec<Key<'t>>, Fault> {
    let columns: Vec<&str> = spec.columns().collect();
    let within = spec.within.map(|column| spec.column(column));
    let kind = spec.kinds.map(|kinds| (spec.column("kind"), kinds.words));
    let mut keys: Vec<Key> = Vec::new();
    let mut last: Option<(String, &str)> = None;
    let mut start = 0;
    for (index, row) in text.split_terminator('\n').enumerate() {
        let line = index + 1;
        let fault = |what: String| Err(Fault { line, what });
        let fields: Vec<&str> = row.split('\t').collect();
        if index == 0 && fields != columns {
            return fault(format!("the first line must name the columns {}", columns.join(", ")));
        }
        if fields.len() != columns.len() {
            return fault(format!("{} columns, {} expected", fields.len(), columns.len()));
        }
        if let Some(field) = fields.iter().find(|field| field.trim() != **field) {
            return fault(format!("blank around `{field}`"));
        }
        if index > 0 {
            for column in [0, 1, 3] {
                if fields[column].is_empty() {
                    return fault(format!("no {}", columns[column]));
                }
            }
            if !matches!(fields[4], "" | "?") {
                return fault(format!("doubt is `?` or nothing, not `{}`", fields[4]));
            }
            if let Some((column, kinds)) = kind.filter(|(column, kinds)| !kinds.contains(&fields[*column])) {
                return fault(format!("`{}` is none of the kinds {}", fields[column], kinds.join(", ")));
            }
            let order = (fold(fields[0]), within.map_or("", |column| fields[column]));
            if last.as_ref().is_some_and(|last| *last >= order) {
                return fault(format!("`{}` is a duplicate or out of order", fields[0]));
            }
            last = Some(order);
            keys.push(Key { text: fields[0], start, row_start: start, row_end: start + row.len(), line });
        }
        start += row.len() + 1;
    }
    Ok(keys)
}

/// Each item of the given columns of a row, with its place in the table's text.
fn items<'t>(text: &'t str, row: &Key, columns: &[usize], separator: &str) -> Vec<Key<'t>> {
    let mut found = Vec::new();
    let mut start = row.row_start;
    for (column, field) in text[row.row_start..row.row_end].split('\t').enumerate() {
        if columns.contains(&column) {
            let mut at = start;
            for item in field.split(separator) {
                if !item.is_empty() {
                    let (row_start, row_end, line) = (row.row_start, row.row_end, row.line);
                    found.push(Key { text: item, start: at, row_start, row_end, line });
                }
                at += item.len() + separator.len();
            }
        }
        start += field.len() + 1;
    }
    found
}

/// The order of the searches: by bytes, with ASCII letters in upper case.
fn fold(text: &str) -> String {
    text.to_ascii_uppercase()
}

/// The first eight bytes of a key as one number, in the order of the searches.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(fold(text).bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

fn write_static(code: &mut String, name: &str, path: &str, keys: &[Key]) {
    // Writing to a string cannot fail.
    let _ = write!(code, "pub(crate) static {name}: Table = Table {{ text: include_str!({path}), keys: &[");
    for key in keys {
        let (start, end) = (key.start, key.start + key.text.len());
        let _ = write!(code, "Key({},{start},{end},{},{}),", beginning(key.text), key.row_start, key.row_end);
    }
    let _ = writeln!(code, "] }};");
}

/// Writes the numbers of a table's own columns, in a module of the table's name.
fn write_columns(spec: &Spec, code: &mut String) {
    let _ = writeln!(code, "pub(crate) mod {} {{", spec.name.replace('-', "_"));
    for column in spec.columns {
        let _ = writeln!(code, "pub(crate) const {}: usize = {};", column.to_uppercase(), spec.column(column));
    }
    let _ = writeln!(code, "}}");
}

/// Writes the enum of a table's kinds.
fn write_kinds(kinds: &Kinds, code: &mut String) {
    let Kinds { name, of, words, added } = kinds;
    let variant = |word: &str| -> String {
        let words = word.split([' ', '-']).filter(|part| !part.is_empty());
        words.map(|part| part[..1].to_uppercase() + &part[1..]).collect()
    };
    let all = || words.iter().chain(*added);
    let _ = writeln!(code, "/// The kinds of {of}, in the words of its table.");
    let _ = writeln!(code, "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum {name} {{");
    for word in *words {
        let _ = writeln!(code, "/// `{word}`.\n{},", variant(word));
    }
    for word in *added {
        let _ = writeln!(code, "/// Known from the archive's settings alone.\n{},", variant(word));
    }
    let _ = writeln!(code, "}}\nimpl {name} {{");
    let _ =
        writeln!(code, "/// The kind in words, for people.\npub const fn name(self) -> &'static str {{ match self {{");
    for word in all() {
        let _ = writeln!(code, "Self::{} => {word:?},", variant(word));
    }
    // The script has checked every row, so what is none of the others is the last.
    let _ = writeln!(code, "}} }}\npub(crate) fn of(word: &str) -> Self {{ match word {{");
    for (index, word) in words.iter().enumerate() {
        let pattern = if index + 1 == words.len() { "_".to_owned() } else { format!("{word:?}") };
        let _ = writeln!(code, "{pattern} => Self::{},", variant(word));
    }
    let _ = writeln!(code, "}} }} }}");
    let _ = writeln!(code, "impl std::fmt::Display for {name} {{");
    let _ = writeln!(code, "fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{");
    let _ = writeln!(code, "formatter.write_str(self.name()) }} }}");
}
