//! The contracts of the commands: exit codes, formats, order, what is built where.

use std::fs;

use cable_tests::archive::{by_rule, counted, counted_by_rule, write};
use cable_tests::command::Folder;
use serde_json::{Value, json};

use super::{Archive, cable};

#[test]
fn the_exit_code_says_what_was_found() {
    let archive = Archive::new();
    for (arguments, code) in [
        ("build", 0),
        ("build --text", 0),
        ("build . -o all.sqlite", 0),
        ("find", 0),
        ("find --archive all.sqlite", 0),
        ("find --id 06ASTANA10", 0),
        ("find --id 06ASTANA11", 1),
        ("find --text grain", 0),
        ("find --text grain --archive all.sqlite", 2),
        ("find --text \"", 2),
        ("find --from tomorrow", 2),
        ("find --archive missing", 2),
        ("find --archive 06ASTANA10.txt", 2),
        ("thread 06ASTANA10", 0),
        ("thread 06ASTANA11", 1),
        ("missing", 0),
        ("missing --archive in", 0),
        ("stats", 0),
        ("graph", 0),
        ("graph --format nothing", 2),
        ("build . in", 2),
        ("build 06ASTANA10.txt", 2),
        ("build -o 06ASTANA10.txt", 2),
        ("build missing -o x.sqlite", 2),
        ("forget", 0),
        ("forget", 1),
        ("--schema", 0),
        ("", 2),
    ] {
        let ran = archive.run(arguments);
        assert_eq!(ran.code, Some(code), "{arguments}: {}{}", ran.out, ran.err);
        assert!(code == 0 || !ran.err.is_empty() || arguments.starts_with("find --id"), "{arguments}: {}", ran.err);
    }
    assert!(archive.folder.read("06ASTANA10.txt").starts_with(b"R 141130Z"), "a cable is no index");
}

#[test]
fn cables_are_written_in_each_format() {
    let archive = Archive::new();
    let ran = archive.run("find --format jsonl");
    let ids: Vec<Value> = ran.rows().iter().map(|row| row["canonical_id"].clone()).collect();
    assert_eq!(ids, ["05ASTANA900", "05LONDON77", "06ASTANA10", "06ASTANA20"].map(Value::from));
    let keys: Vec<String> = ran.rows()[3].as_object().expect("an object").keys().cloned().collect();
    let table = archive.run("find --format csv").out;
    assert_eq!(table.lines().next(), Some(keys.join(",").as_str()));
    assert_eq!(table.lines().count(), 5);
    assert_eq!(
        ran.rows()[3],
        json!({"path": "in/06ASTANA20.txt", "line": 1, "canonical_id": "06ASTANA20", "id_from": "text",
            "mrn": "ASTANA 000020", "post": "ASTANA", "year": 2006, "serial": 20, "dtg": "2006-01-14T11:30:00Z",
            "classification": "CONFIDENTIAL", "sensitive": false, "subject": "WHEAT AND PORTS 20",
            "sender": "AMEMBASSY ASTANA", "section": null, "sections": null})
    );
    assert_eq!(archive.run("find --year 06 --format paths").out, "06ASTANA10.txt\nin/06ASTANA20.txt\n");
    let text = archive.run("find --id 06ASTANA20").out;
    assert_eq!(text, "06ASTANA20        2006-01-14  CONFIDENTIAL  WHEAT AND PORTS 20  in/06ASTANA20.txt:1\n");
    assert_eq!(archive.run("find --archive in --format paths").out, "in/06ASTANA20.txt\n");
    assert_eq!(archive.run("find --cites 06ASTANA10 --format paths").out, "in/06ASTANA20.txt\n");
    assert_eq!(archive.run("find --cited-by 06ASTANA10 --format paths").out, "05ASTANA900.txt\n05LONDON77.txt\n");
    // In the text alone: what a cable cites is asked for with --cites.
    assert_eq!(archive.run("find --text london --format paths").out, "05LONDON77.txt\n");
}

#[test]
fn a_thread_and_what_is_missing_are_told() {
    let archive = Archive::new();
    let thread = archive.run("thread 06ASTANA10").out;
    assert_eq!(
        thread,
        "06ASTANA10        2006-01-14  CONFIDENTIAL  WHEAT AND PORTS 10\n  \
         cites     05ASTANA900       2005-12-14  CONFIDENTIAL  WHEAT AND PORTS 900\n  \
         cites     05LONDON77        2005-12-14  CONFIDENTIAL  WHEAT AND PORTS 77\n  \
         cited by  06ASTANA20        2006-01-14  CONFIDENTIAL  WHEAT AND PORTS 20\n      \
         cites     06STATE5          not in this archive\n"
    );
    let whole = archive.run("thread 06ASTANA10 --format json --depth 1").json();
    assert_eq!((whole["nodes"].as_array().map(Vec::len), whole["edges"].as_array().map(Vec::len)), (Some(4), Some(3)));
    assert_eq!(archive.run("missing").out, "06STATE5          cited once\n");
    let missing = archive.run("missing --archive in --format jsonl").rows();
    assert_eq!((&missing[0]["canonical_id"], &missing[0]["after"]), (&json!("06ASTANA10"), &json!("06ASTANA20")));
    assert!(archive.run("missing --format csv").out.starts_with("canonical_id,post,year,serial,cited,before"));
}

#[test]
fn graphs_are_whole() {
    let archive = Archive::new();
    for (format, nodes, edges) in [("graphml", "<node ", "<edge "), ("gexf", "<node ", "<edge "), ("dot", "[", " -> ")]
    {
        let graph = archive.run(&format!("graph --missing --format {format}")).out;
        let count = |part: &str| graph.lines().filter(|line| line.contains(part)).count();
        assert_eq!(count(edges), 4, "{format}: {graph}");
        assert!(count(nodes) >= 5, "{format}: {graph}");
        if format != "dot" {
            let mut reader = quick_xml::Reader::from_str(&graph);
            while !matches!(reader.read_event().expect("well-formed"), quick_xml::events::Event::Eof) {}
        }
    }
    let table = archive.run("graph --format csv").out;
    assert_eq!(
        table,
        "citing,cited,letter,how\n06ASTANA10,05LONDON77,A,exact\n06ASTANA10,05ASTANA900,B,year-before\n06ASTANA20,06ASTANA10,A,exact\n"
    );
}

#[test]
fn statistics_are_columns_and_a_page() {
    let archive = Archive::new();
    let posts = archive.run("stats --by post --format json").json();
    assert_eq!(
        posts[0],
        json!({"name": "ASTANA", "cables": 3, "highest_serial": 900, "serials": 3, "expected": 920, "coverage": 0.0033})
    );
    for by in ["post", "year", "classification", "tag"] {
        assert!(archive.run(&format!("stats --by {by}")).out.lines().count() >= 2, "{by}");
        assert!(archive.run(&format!("stats --by {by} --format csv")).out.starts_with("name,cables,"), "{by}");
    }
    let page = archive.run("stats --format html").out;
    for part in ["<!DOCTYPE html>", "<svg ", "2005-12", "05LONDON77", "06STATE5", "</html>"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script") && !page.contains("http"), "one file, and no script");
}

#[test]
fn an_index_follows_its_files() {
    let archive = Archive::new();
    let ids = || archive.run("find --format csv").out.lines().skip(1).count();
    assert_eq!(ids(), 4);
    archive.folder.write("new.cable", cable("ASTANA", 30, &[]));
    assert_eq!(ids(), 5);
    fs::remove_file(archive.folder.path("05LONDON77.txt")).expect("it can go");
    assert_eq!(ids(), 4);
    archive.folder.write("new.cable", cable("ASTANA", 31, &["ASTANA 20"]));
    assert_eq!(archive.run("find --cites 06ASTANA20 --format paths").out, "new.cable\n");
    // Codes of the settings alter what is read.
    archive.folder.write("x.cable", cable("NOWHERE CITY", 5, &["NOWHERE CITY 4"]));
    assert_eq!(archive.run("find --cites 06NOWHERECITY4").code, Some(1));
    archive.folder.write("cable-lsp.toml", "[extra-posts]\n\"NOWHERE CITY\" = \"AMEMBASSY NOWHERE CITY\"\n");
    assert_eq!(archive.run("find --cites 06NOWHERECITY4 --format paths").out, "x.cable\n");
    archive.folder.write("latin.cable", b"\0\0\0\0\0\0\0\0");
    let ran = archive.run("find --id 06ASTANA10");
    assert!(ran.code == Some(1) && ran.err.contains("latin.cable"), "some files are left: {}", ran.err);
}

#[test]
fn an_index_of_its_own_is_a_plain_file() {
    let archive = Archive::new();
    assert_eq!(archive.run("build -o all.sqlite --text").code, Some(0));
    let connection = rusqlite::Connection::open(archive.folder.path("all.sqlite")).expect("a database");
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, rusqlite::types::Value>(0)).expect(sql);
    assert_eq!(one("PRAGMA journal_mode"), "delete".to_owned().into());
    assert_eq!(one("PRAGMA integrity_check"), "ok".to_owned().into());
    assert_eq!(one("SELECT count(*) FROM citation"), 4.into());
    assert_eq!(one("SELECT sum(present) FROM citation"), 2.into());
    assert_eq!(one("SELECT count(*) FROM words WHERE words MATCH 'harbour'"), 4.into());
    // The tables are those that the program documents.
    let other = rusqlite::Connection::open_in_memory().expect("memory");
    other.execute_batch(&archive.run("--schema").out).expect("SQL");
    let tables = |connection: &rusqlite::Connection| -> Vec<String> {
        let sql = "SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1";
        let mut names = connection.prepare(sql).expect("SQL");
        names.query_map([], |row| row.get(0)).expect("it runs").map(|name| name.expect("a name")).collect()
    };
    assert_eq!(tables(&connection), tables(&other));
    // Indexes of parts make one, with nothing but the SQL that the recipes show.
    for (part, serial) in [("part", 50), ("other", 60)] {
        archive.folder.write(&format!("{part}/06ASTANA{serial}.txt"), cable("ASTANA", serial, &["ASTANA 10"]));
        assert_eq!(archive.run(&format!("build {part} -o {part}.sqlite")).code, Some(0));
        let path = archive.folder.path(&format!("{part}.sqlite")).display().to_string();
        let sql = joining().replace("part.sqlite", &path);
        connection
            .execute_batch(&format!("{sql}; DROP TABLE shift; DETACH part;"))
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    let whole = "SELECT count(*) FROM addressee JOIN plad ON plad.id = addressee.plad \
                 JOIN cable ON cable.id = addressee.cable JOIN file ON file.id = cable.file";
    let addressees: i64 = connection.query_row(whole, [], |row| row.get(0)).expect("it can be asked");
    drop(connection);
    assert_eq!(archive.run("find --archive all.sqlite --cites 06ASTANA10 --format csv").out.lines().count(), 4);
    let paths = archive.run("find --archive all.sqlite --post ASTANA --year 06 --format paths").out;
    assert_eq!(paths, "06ASTANA10.txt\nin/06ASTANA20.txt\npart/06ASTANA50.txt\nother/06ASTANA60.txt\n");
    assert_eq!(addressees, 6, "each cable keeps its one addressee");
}

/// How the recipes join two indexes.
fn joining() -> String {
    let recipes = concat!(env!("CARGO_MANIFEST_DIR"), "/../.github/RECIPES.md");
    let recipes = fs::read_to_string(recipes).expect("it is there");
    let block = recipes.split_once("```sql\n").and_then(|(_, rest)| rest.split_once("```")).expect("a block of SQL");
    block.0.trim().trim_end_matches(';').to_owned()
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let archive = Archive { folder: Folder::new(), caches: Folder::new() };
    let planted = write(&archive.folder.path("archive"), 7, 2_000);
    assert!(
        planted.doubled > 5 && planted.misnamed > 5 && planted.by_name > 50 && planted.year_before > 50,
        "{planted:?}"
    );
    let ran = archive.run("stats --archive archive --format json");
    assert_eq!(counted(&ran.json()), planted, "{}", ran.err);
    let ran = archive.program("check archive --archive archive --select ARC --statistics --format json --exit-zero");
    assert_eq!(counted_by_rule(&ran.json()), by_rule(&planted), "{}", ran.err);
}
