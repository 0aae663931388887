//! An archive in the editor: from a reference to its cable, who cites it, the cables by id and subject; kept up to date.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use cable_tests::client::Client;
use cable_tests::command::Folder;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{at, capable, position};

/// A cable of 2006 with this number and these references.
fn cable(post: &str, serial: u32, day: &str, references: &[&str]) -> String {
    let list: Vec<String> = ('A'..).zip(references).map(|(letter, text)| format!("{letter}. {text}")).collect();
    let list = if list.is_empty() { String::new() } else { format!("\nREF: {}\n", list.join("\n     ")) };
    format!(
        "P {day}0826Z SEP 06\nFM AMEMBASSY {post}\nTO SECSTATE WASHDC\n\nUNCLAS {post} {serial:06}\n\nE.O. 12958: N/A\n\
         TAGS: PREL, ECON\nSUBJECT: GRAIN OF {post} {serial}\n{list}\n1. The harbour of {post} is full (ref A).\n\nDOE\n"
    )
}

/// A folder of cables, and a server that has it open.
pub(super) struct Archive {
    pub(super) client: Client,
    folder: TempDir,
}

pub(super) const CITING: &str = "2006/06ASTANA20.cable";

impl Archive {
    fn with(files: &[(&str, String)], capabilities: &Value) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            write(folder.path(), name, text);
        }
        let mut client = Client::start();
        client.initialize(&json!({
            "processId": std::process::id(),
            "capabilities": capabilities,
            "workspaceFolders": [{ "uri": format!("file://{}", folder.path().display()), "name": "cables" }],
        }));
        Self { client, folder }
    }

    /// Five cables, of which one cites three, and the citing one open.
    pub(super) fn new() -> Self {
        let mut capabilities = capable();
        capabilities["textDocument"]["codeLens"] = json!({});
        let mut archive = Self::with(
            &[
                ("2006/06ASTANA10.cable", cable("ASTANA", 10, "09", &[])),
                ("2006/06LONDON7.cable", cable("LONDON", 7, "08", &["ASTANA 10"])),
                ("2006/06ASTANA30.cable", cable("ASTANA", 30, "17", &["ASTANA 20", "ASTANA 10"])),
                ("2006/06ASTANA40.cable", cable("ASTANA", 40, "18", &[])),
                (CITING, cable("ASTANA", 20, "14", &["ASTANA 10", "ASTANA 25", "LONDON 7"])),
            ],
            &capabilities,
        );
        archive.open(CITING);
        archive
    }

    pub(super) fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path().join(name).display())
    }

    fn open(&mut self, name: &str) -> String {
        let text = fs::read_to_string(self.folder.path().join(name)).expect("it is there");
        self.client.open(&self.uri(name), 1, &text);
        text
    }

    /// Asks about a place of the citing cable, after the first letter of `needle`.
    fn ask(&mut self, method: &str, needle: &str) -> Value {
        let text = cable("ASTANA", 20, "14", &["ASTANA 10", "ASTANA 25", "LONDON 7"]);
        let mut place = position(&text, needle);
        place["character"] = json!(place["character"].as_u64().expect("a column") + 1);
        let params = json!({
            "textDocument": { "uri": self.uri(CITING) }, "position": place, "context": { "includeDeclaration": true },
        });
        self.client.request(method, &params)
    }

    pub(super) fn definition(&mut self, needle: &str) -> Vec<(String, u64)> {
        let found = self.ask("textDocument/definition", needle);
        places(&found)
    }

    fn references(&mut self, needle: &str) -> Vec<(String, u64)> {
        let found = self.ask("textDocument/references", needle);
        places(&found)
    }

    fn hover(&mut self, needle: &str) -> String {
        self.ask("textDocument/hover", needle)["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    fn symbols(&mut self, query: &str) -> Vec<String> {
        let found = self.client.request("workspace/symbol", &json!({ "query": query }));
        let found = found.as_array().map_or(&[][..], Vec::as_slice);
        found.iter().map(|symbol| symbol["name"].as_str().expect("a name").to_owned()).collect()
    }

    pub(super) fn end(mut self) {
        assert_eq!(self.client.finish(), Some(0));
    }
}

/// The names of files and the lines, from 0, of places.
fn places(places: &Value) -> Vec<(String, u64)> {
    let places = places.as_array().map_or(&[][..], Vec::as_slice);
    let place = |place: &Value| {
        let uri = place["uri"].as_str().or_else(|| place["targetUri"].as_str()).expect("an address");
        let range = place.get("range").or_else(|| place.get("targetRange")).expect("a range");
        let name = uri.rsplit('/').next().expect("a name").to_owned();
        (name, range["start"]["line"].as_u64().expect("a line"))
    };
    places.iter().map(place).collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn named(places: &[(&str, u64)]) -> Vec<(String, u64)> {
    places.iter().map(|(name, line)| ((*name).to_owned(), *line)).collect()
}

/// Asks again until the answer is right, for changes of files are seen a moment later.
fn until<T: PartialEq + std::fmt::Debug>(expected: &T, mut ask: impl FnMut() -> T) {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let answer = ask();
        if answer == *expected {
            return;
        }
        assert!(Instant::now() < end, "{answer:?} instead of {expected:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_reference_leads_to_its_cable() {
    let mut archive = Archive::new();
    for needle in ["ASTANA 10", "A. ASTANA 10", "ref A"] {
        assert_eq!(archive.definition(needle), named(&[("06ASTANA10.cable", 0)]), "{needle}");
    }
    assert_eq!(archive.definition("LONDON 7"), named(&[("06LONDON7.cable", 0)]));
    // One that is not there leads to its entry, as it does without an archive.
    assert_eq!(archive.definition("ASTANA 25"), named(&[("06ASTANA20.cable", 11)]));
    archive.end();
}

#[test]
fn a_cable_knows_who_cites_it() {
    let mut archive = Archive::new();
    assert_eq!(archive.references("GRAIN"), named(&[("06ASTANA30.cable", 10)]));
    let of_entry = archive.references("ASTANA 10");
    let elsewhere: Vec<_> = of_entry.iter().filter(|(name, _)| name != "06ASTANA20.cable").cloned().collect();
    assert_eq!(elsewhere, named(&[("06ASTANA30.cable", 11), ("06LONDON7.cable", 10)]));
    assert!(of_entry.len() > elsewhere.len(), "the places of the document itself: {of_entry:?}");
    archive.end();
}

#[test]
fn a_hover_tells_of_the_cable_or_where_it_would_be() {
    let mut archive = Archive::new();
    let present = archive.hover("ASTANA 10");
    for words in [
        "**`06ASTANA10`** 9 September 2006, UNCLASSIFIED",
        "GRAIN OF ASTANA 10",
        "> The harbour of ASTANA",
        "cited by 3",
    ] {
        assert!(present.contains(words), "{words}: {present}");
    }
    let absent = archive.hover("ASTANA 25");
    let words = "not in this archive; between `06ASTANA20` (14 Sep) and `06ASTANA30` (17 Sep)";
    assert!(absent.contains(words), "{absent}");
    assert!(archive.hover("ASTANA 000020").contains("cited by 1"), "its own number");
    archive.end();
}

#[test]
fn the_call_hierarchy_goes_both_ways() {
    let mut archive = Archive::new();
    let items = archive.ask("textDocument/prepareCallHierarchy", "The harbour");
    assert_eq!(items[0]["name"], "06ASTANA20");
    let params = json!({ "item": items[0] });
    let outgoing = archive.client.request("callHierarchy/outgoingCalls", &params);
    let names: Vec<&str> =
        outgoing.as_array().expect("a list").iter().filter_map(|call| call["to"]["name"].as_str()).collect();
    assert_eq!(names, ["06ASTANA10", "06LONDON7"]);
    assert_eq!(outgoing[1]["fromRanges"][0]["start"], at(12, 8));
    let incoming = archive.client.request("callHierarchy/incomingCalls", &params);
    assert_eq!(incoming[0]["from"]["name"], "06ASTANA30");
    assert_eq!(incoming[0]["fromRanges"][0], json!({ "start": at(10, 8), "end": at(10, 17) }));
    let cited = archive.ask("textDocument/prepareCallHierarchy", "LONDON 7");
    assert_eq!(cited[0]["name"], "06LONDON7");
    archive.end();
}

#[test]
fn cables_are_found_by_id_subject_and_tag() {
    let mut archive = Archive::new();
    assert_eq!(archive.symbols("06ASTANA1"), ["06ASTANA10 GRAIN OF ASTANA 10"]);
    assert_eq!(archive.symbols("grain london"), ["06LONDON7 GRAIN OF LONDON 7"]);
    assert_eq!(archive.symbols("#ECON").len(), 5);
    assert!(archive.symbols("")[0].starts_with("06ASTANA40"), "the latest first");
    assert_eq!(archive.symbols("nothing of the kind"), [] as [&str; 0]);
    archive.end();
}

#[test]
fn links_lead_only_where_there_is_something() {
    let mut archive = Archive::new();
    // Whoever points at something has the archive read, and a link does not wait for that.
    archive.definition("LONDON 7");
    let params = json!({ "textDocument": { "uri": archive.uri(CITING) } });
    for _ in 0..2 {
        let links = archive.client.request("textDocument/documentLink", &params);
        let links: Vec<(u64, &str)> = links
            .as_array()
            .expect("a list")
            .iter()
            .map(|link| {
                let target = link["target"].as_str().and_then(|target| target.rsplit('/').next()).expect("a target");
                (link["range"]["start"]["line"].as_u64().expect("a line"), target)
            })
            .collect();
        assert_eq!(links, [(10, "06ASTANA10.cable"), (12, "06LONDON7.cable")]);
    }
    archive.end();
}

#[test]
fn a_reference_is_completed_by_id_and_by_subject() {
    let mut archive = Archive::new();
    archive.definition("LONDON 7");
    let uri = archive.uri("2006/new.cable");
    for (typed, labels) in [
        ("06AST", vec!["06 ASTANA 40", "06 ASTANA 30", "06 ASTANA 20", "06 ASTANA 10"]),
        ("06 LON", vec!["06 LONDON 7"]),
        ("grain of lon", vec!["06 LONDON 7"]),
    ] {
        let text = cable("LIMA", 3, "20", &["TYPED"]).replace("TYPED", typed);
        archive.client.open(&uri, 1, &text);
        let mut end = position(&text, &format!("A. {typed}"));
        end["character"] = json!(end["character"].as_u64().expect("a column") + 3 + typed.len() as u64);
        let params = json!({ "textDocument": { "uri": uri }, "position": end });
        let found = archive.client.request("textDocument/completion", &params);
        let found: Vec<&str> =
            found["items"].as_array().expect("a list").iter().filter_map(|item| item["label"].as_str()).collect();
        let of_archive: Vec<&str> = found.into_iter().filter(|label| label.starts_with("06 ")).collect();
        assert_eq!(of_archive, labels, "{typed}");
    }
    archive.end();
}

#[test]
fn a_lens_is_shown_where_it_is_wanted() {
    let mut archive = Archive::new();
    archive.definition("LONDON 7");
    let params = json!({ "textDocument": { "uri": archive.uri(CITING) } });
    assert_eq!(archive.client.request("textDocument/codeLens", &params), Value::Null);
    archive.client.notify(
        "workspace/didChangeConfiguration",
        &json!({ "settings": { "cable": { "lens": { "citations": true } } } }),
    );
    let lenses = archive.client.request("textDocument/codeLens", &params);
    assert_eq!(lenses[0]["command"]["title"], "cited by 1 · cites 3");
    assert_eq!(lenses[0]["command"]["command"], "cable.thread");
    archive.end();
}

#[test]
fn commands_go_along_the_archive() {
    let mut archive = Archive::new();
    let uri = archive.uri(CITING);
    let run = |archive: &mut Archive, command: &str| {
        archive.client.request("workspace/executeCommand", &json!({ "command": command, "arguments": [uri] }))
    };
    for (command, name) in [("cable.nextOfPost", "06ASTANA30.cable"), ("cable.previousOfPost", "06ASTANA10.cable")] {
        let place = run(&mut archive, command);
        assert_eq!(places(&json!([place])), named(&[(name, 0)]), "{command}");
    }
    let thread = run(&mut archive, "cable.thread");
    let thread = thread.as_str().expect("a text");
    assert!(thread.starts_with("06ASTANA20") && thread.contains("cited by  06ASTANA30"), "{thread}");
    assert!(thread.contains("06ASTANA25") && thread.contains("not in this archive"), "{thread}");
    assert_eq!(run(&mut archive, "cable.rebuildArchive"), true);
    until(&named(&[("06ASTANA10.cable", 0)]), || archive.definition("ASTANA 10"));
    archive.end();
}

#[test]
fn changes_from_outside_are_seen() {
    let mut archive = Archive::new();
    assert_eq!(archive.definition("ASTANA 25"), named(&[("06ASTANA20.cable", 11)]));
    write(archive.folder.path(), "2006/06ASTANA25.cable", &cable("ASTANA", 25, "15", &[]));
    until(&named(&[("06ASTANA25.cable", 0)]), || archive.definition("ASTANA 25"));
    // Also in a folder that was not there, and under another name.
    write(archive.folder.path(), "2006/late/06LIMA1.cable", &cable("LIMA", 1, "20", &["ASTANA 20"]));
    until(&named(&[("06ASTANA30.cable", 10)]), || {
        archive.references("GRAIN").into_iter().filter(|(name, _)| name.contains("ASTANA")).collect()
    });
    write(archive.folder.path(), "2006/late/06LIMA2.cable", &cable("LIMA", 2, "20", &["06 ASTANA 20"]));
    until(&true, || archive.references("GRAIN").iter().any(|(name, _)| name == "06LIMA2.cable"));
    fs::rename(archive.folder.path().join("2006/06ASTANA25.cable"), archive.folder.path().join("2006/moved.cable"))
        .expect("it moves");
    until(&named(&[("moved.cable", 0)]), || archive.definition("ASTANA 25"));
    fs::remove_file(archive.folder.path().join("2006/moved.cable")).expect("it goes");
    until(&named(&[("06ASTANA20.cable", 11)]), || archive.definition("ASTANA 25"));
    fs::remove_dir_all(archive.folder.path().join("2006/late")).expect("it goes");
    until(&false, || archive.references("GRAIN").iter().any(|(name, _)| name == "06LIMA2.cable"));
    archive.end();
}

#[test]
fn what_is_open_wins_over_its_file() {
    let mut archive = Archive::new();
    let name = "2006/06ASTANA10.cable";
    let text = archive.open(name);
    assert_eq!(archive.definition("ASTANA 10"), named(&[("06ASTANA10.cable", 4)]));
    // Nobody has saved it.
    let uri = archive.uri(name);
    archive.client.change(&uri, 2, &json!([{ "text": format!("\n\n{}", text.replace("000010", "000025")) }]));
    assert_eq!(archive.definition("ASTANA 25"), named(&[("06ASTANA10.cable", 6)]));
    assert_eq!(archive.definition("ASTANA 10"), named(&[("06ASTANA20.cable", 10)]));
    let close = json!({ "textDocument": { "uri": uri } });
    archive.client.notify("textDocument/didClose", &close);
    assert_eq!(archive.definition("ASTANA 10"), named(&[("06ASTANA10.cable", 0)]));
    archive.end();
}

#[test]
fn what_is_wrong_beside_other_cables_is_told_and_goes_with_them() {
    let mut capabilities = capable();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let name = "06ASTANA10.cable";
    let files = [(name, cable("ASTANA", 10, "09", &[])), ("copy/06ASTANA10.cable", cable("ASTANA", 10, "10", &[]))];
    let mut archive = Archive::with(&files, &capabilities);
    archive.open(name);
    let params = json!({ "textDocument": { "uri": archive.uri(name) } });
    let codes = |archive: &mut Archive| -> Vec<String> {
        let report = archive.client.request("textDocument/diagnostic", &params);
        let codes = report["items"].as_array().map_or(&[][..], Vec::as_slice).iter();
        let codes = codes.filter_map(|found| found["code"].as_str()).filter(|code| code.starts_with("ARC"));
        codes.map(str::to_owned).collect()
    };
    assert!(codes(&mut archive).is_empty(), "nobody has asked for the archive");
    assert_eq!(archive.symbols("ASTANA10").len(), 2);
    until(&vec!["ARC004".to_owned()], || codes(&mut archive));
    fs::remove_file(archive.folder.path().join("copy/06ASTANA10.cable")).expect("it goes");
    until(&Vec::new(), || codes(&mut archive));
    archive.end();
}

#[test]
fn a_folder_of_texts_is_asked_about_once() {
    let citing = cable("ASTANA", 20, "14", &["ASTANA 10", "ASTANA 25", "LONDON 7"]);
    let files = [("2006/06ASTANA20.txt", citing.clone()), ("2006/06ASTANA10.txt", cable("ASTANA", 10, "09", &[]))];
    for (answer, leads_to) in [("Index", "06ASTANA10.txt"), ("Not Now", "06ASTANA20.txt")] {
        let mut archive = Archive::with(&files, &capable());
        archive.client.reply("window/showMessageRequest", json!({ "title": answer }));
        archive.open("2006/06ASTANA20.txt");
        let params = json!({ "textDocument": { "uri": archive.uri("2006/06ASTANA20.txt") }, "position": position(&citing, "ASTANA 10") });
        let first = archive.client.request("textDocument/definition", &params);
        assert_eq!(places(&first)[0].0, "06ASTANA20.txt", "nothing is read unasked");
        let question = archive.client.notification("window/showMessageRequest");
        assert!(
            question["message"].as_str().is_some_and(|words| words.starts_with("Index the cables of")),
            "{question}"
        );
        until(&leads_to.to_owned(), || {
            let found = archive.client.request("textDocument/definition", &params);
            places(&found)[0].0.clone()
        });
        let said = archive.client.said_to_the_end();
        assert!(said.iter().all(|frame| frame["method"] != "window/showMessageRequest"), "it was asked again");
    }
}

#[test]
fn the_settings_turn_it_off_or_name_a_file() {
    let citing = cable("ASTANA", 20, "14", &["ASTANA 10", "ASTANA 25", "LONDON 7"]);
    let mut archive = Archive::with(
        &[
            (CITING, citing),
            ("2006/06ASTANA10.cable", cable("ASTANA", 10, "09", &[])),
            ("cable-lsp.toml", "archive = false\n".to_owned()),
        ],
        &capable(),
    );
    archive.open(CITING);
    assert_eq!(archive.definition("ASTANA 10"), named(&[("06ASTANA20.cable", 10)]));
    assert_eq!(archive.symbols("ASTANA"), [] as [&str; 0]);
    let built = Folder::new();
    built.write("06ASTANA10.cable", cable("ASTANA", 10, "09", &[]));
    let ran = built.run("archive build -o all.sqlite");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let settings = format!("archive = '{}'\n", built.path("all.sqlite").display());
    write(archive.folder.path(), "cable-lsp.toml", &settings);
    let changes = json!({ "changes": [{ "uri": archive.uri("cable-lsp.toml"), "type": 2 }] });
    archive.client.notify("workspace/didChangeWatchedFiles", &changes);
    assert_eq!(archive.definition("ASTANA 10"), named(&[("06ASTANA10.cable", 0)]));
    archive.end();
}

#[test]
fn two_servers_and_a_build_share_one_index() {
    let (folder, cache) = (Folder::new(), tempfile::tempdir().expect("a folder"));
    let name = |serial: u32| format!("06ASTANA{serial}.cable");
    for serial in 1..=60 {
        folder.write(&name(serial), cable("ASTANA", serial, "14", &[&format!("ASTANA {}", serial % 60 + 1)]));
    }
    let uri = |name: &str| format!("file://{}", folder.path(name).display());
    let environment = [("XDG_CACHE_HOME", cache.path().to_str().expect("a path"))];
    let mut clients: Vec<Client> = (0..2)
        .map(|_| {
            let mut client = Client::start_in(&environment);
            let folders = json!([{ "uri": uri(""), "name": "cables" }]);
            let params =
                json!({ "processId": std::process::id(), "capabilities": capable(), "workspaceFolders": folders });
            client.initialize(&params);
            client
        })
        .collect();
    let build = || {
        let output =
            folder.command("archive stats --format json").envs(environment).output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    let search = |client: &mut Client, query: &str| {
        let found = client.request("workspace/symbol", &json!({ "query": query }));
        found.as_array().map_or(0, Vec::len)
    };
    // All three at once.
    let asked: Vec<i64> =
        clients.iter_mut().map(|client| client.send("workspace/symbol", &json!({ "query": "grain" }))).collect();
    assert_eq!(build()["cables"], 60);
    for (client, id) in clients.iter_mut().zip(asked) {
        client.answer(id).expect("an answer");
        until(&60, || search(client, "grain"));
    }
    folder.write(&name(61), cable("ASTANA", 61, "15", &[]));
    for client in &mut clients {
        until(&1, || search(client, "06ASTANA61"));
    }
    assert_eq!(build()["cables"], 61);
    for mut client in clients {
        assert_eq!(client.finish(), Some(0));
    }
}
