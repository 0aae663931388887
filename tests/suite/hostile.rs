//! A text that tries to steer whoever reads about it: escape sequences, marks of direction, line ends of other systems,
//! in every part of a cable and in the names of files.

use cable_catalog::Catalog;
use cable_lint::{Settings, check};
use cable_syntax::Document;
use cable_tests::client::Client;
use cable_tests::command::{Folder, Ran, slips};
use cable_tests::fixture;
use serde_json::{Value, json};

/// What acts on a terminal or on the eye, one of each kind.
const ACTING: [&str; 16] = [
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{8}",
    "\u{0}",
    "\u{b}",
    "\u{c}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}2J",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{61c}",
    "\u{2028}",
    "\u{2029}",
    "\r",
];

fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A cable with slips and with something that acts in every word of its header and its text.
fn hostile(acting: &str) -> String {
    let replaced = [
        ("SIPDIS", format!("STP{acting}DIS\n\nSTPDIS")),
        ("KDEM,", format!("KD{acting}ME, OVIP (ROE,{acting} JANE),")),
        ("A LIBRARY", format!("A {acting}LIBRARY")),
        ("Ambassador Jane", format!("Ambassador {acting}Jane")),
        ("AMEMBASSY ASTANA", format!("AMEMBASSY{acting} ASTANA")),
        ("141130Z", format!("14{acting}1130")),
        ("11. (C)", format!("11. (C{acting})")),
        ("Summary:", format!("{acting}Summary:")),
        ("12. (U) The", format!("The {acting}Shelves\n-----------\n\n12. (U) {acting}The")),
        ("DOE\n", format!("D{acting}OE\n")),
    ];
    replaced.iter().fold(slips(), |text, (from, to)| text.replacen(from, to, 1))
}

fn assert_inert(text: &str, about: &str) {
    let acting = |line: &str| line.trim_end_matches('\r').chars().any(|character| acts(character) && character != '\t');
    if let Some(line) = text.split('\n').find(|line| acting(line)) {
        panic!("{about}: {line:?}");
    }
}

fn assert_said_inert(ran: &Ran, about: &str) {
    assert_inert(&ran.out, about);
    assert_inert(&ran.err, &format!("{about}, stderr"));
}

#[test]
fn nothing_that_a_person_reads_acts() {
    for acting in ACTING {
        let folder = Folder::new();
        folder.write("a.cable", hostile(acting));
        for format in ["full", "concise", "github", "junit", "json", "jsonl", "sarif", "gitlab"] {
            let ran = folder.run(&format!("check --select ALL --exit-zero --format {format} a.cable"));
            assert!(ran.code == Some(0) && ran.out.contains("TXT001"), "{format}: {}", ran.err);
            assert_said_inert(&ran, format);
        }
        let diff = folder.run("check --diff --select TXT001 a.cable");
        assert!(diff.code == Some(1) && diff.out.contains("+2. (U)"), "{}{}", diff.out, diff.err);
        assert_said_inert(&diff, "diff");
        for command in ["outline", "outline --format json", "export", "export --format jsonl"] {
            let ran = folder.run(&format!("{command} a.cable"));
            assert!(ran.code == Some(0) && ran.out.len() > 200, "{command}: {}", ran.err);
            assert_said_inert(&ran, command);
        }
        assert_eq!(folder.run("check --exit-zero --write-baseline known.json a.cable").code, Some(0));
        assert_inert(&String::from_utf8(folder.read("known.json")).expect("text"), "baseline");
        assert_eq!(folder.run("check --baseline known.json a.cable").out, "0 diagnostics in 1 file\n", "{acting:?}");
    }
}

#[test]
#[cfg(unix)]
fn no_name_and_no_argument_acts() {
    for acting in ACTING.into_iter().filter(|acting| !acting.contains('\0')).chain(["\n"]) {
        let folder = Folder::new();
        let name = format!("a{acting}b.cable");
        folder.write(&name, slips());
        folder.write(&format!("latin{acting}.cable"), b"UNCLAS ASTANA 000312\n\n1. caf\xe9\n");
        let units: Vec<String> = acting.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        let units = units.concat();
        folder.write("cable-lsp.toml", format!("[extra-tags]\nKXYZ = \"a{units}b\"\n"));
        for format in ["full", "concise", "github", "junit", "json", "jsonl", "sarif", "gitlab"] {
            assert_said_inert(&folder.run(&format!("check --exit-zero --format {format}")), format);
        }
        let concise = folder.run("check --select TXT001 --exit-zero --format concise");
        assert_eq!(concise.out.lines().count(), 3, "{}{}", concise.out, concise.err);
        assert_said_inert(&folder.run("check --diff"), "diff");
        let missing = format!("missing{acting}");
        for (command, argument) in [
            ("check", missing.as_str()),
            ("lookup", &missing),
            ("lookup", "KXYZ"),
            ("explain", &missing),
            ("check", &format!("--{acting}")),
            ("outline", &missing),
            ("export", &missing),
            ("man", &missing),
        ] {
            let output = folder.command(command).arg(argument).output().expect("the program runs");
            let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            assert!(!out.is_empty() || !err.is_empty(), "{command} {argument:?}");
            assert_inert(&out, command);
            assert_inert(&err, command);
        }
    }
}

#[test]
fn a_diff_that_is_no_patch_says_so_and_harms_nothing() {
    let folder = Folder::new();
    // The first hunk holds something that acts, the second, far from it, does not.
    let text = slips().replace("12. (U)", "2. (U)").replace("an hour.", "an \u{1b}[2Jhour.");
    let far = "\nA line of the text that says little.\n".repeat(9);
    folder.write("a.cable", text.replace("13. (U)", &format!("{far}\n13. (U)")));
    let diff = folder.run("check --diff --select TXT001 a.cable").out;
    let note = diff.lines().next().unwrap_or_default();
    assert!(note.starts_with("# a.cable: control characters are shown as"), "{diff}");
    assert!(diff.contains("+3. (U)"), "{diff}");
    folder.write("patch", &diff);
    let mut patch = std::process::Command::new("patch");
    match patch.args(["-p0", "--binary", "-i", "patch"]).current_dir(folder.path("")).output() {
        Ok(_) => {
            let patched = String::from_utf8(folder.read("a.cable")).expect("text");
            assert!(patched.contains("an \u{1b}[2Jhour.") && !patched.contains("\\u{1b}"), "{patched}");
        }
        Err(_) => eprintln!("skipped: there is no patch program"),
    }
}

#[test]
fn no_cell_is_a_formula() {
    let folder = Folder::new();
    folder.write("@a.cable", slips().replace("A LIBRARY", "=1+cmd|' /C calc'!A0"));
    folder.write("b.cable", slips().replace("SUBJECT: A", "SUBJECT: -A"));
    let table = folder.run("export --format csv").out;
    assert!(table.contains("\n'@a.cable,") && table.contains(",'=1+cmd|' /C calc'!A0 OPENS"), "{table}");
    assert!(table.contains(",'-A LIBRARY"), "{table}");
}

#[test]
fn no_cell_acts() {
    let folder = Folder::new();
    folder.write("a.cable", slips().replace("A LIBRARY", "A \u{1b}[2J \u{9b}1m \u{202e}LIBRARY"));
    let ran = folder.run("export --format csv");
    assert!(ran.out.contains(r"A \u{1b}[2J \u{9b}1m \u{202e}LIBRARY"), "{}", ran.out);
    let acts = |sign: char| {
        (sign.is_control() && sign != '\n') || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!ran.out.contains(acts), "{:?}", ran.out);
}

/// Hostile versions of a text: what acts, put at places that differ from one version to the next.
fn versions(text: &str) -> impl Iterator<Item = String> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    ACTING.into_iter().chain(["\n", "\r\n", "\u{2028}\n"]).enumerate().map(move |(nth, acting)| {
        let mut version = String::with_capacity(text.len() * 2);
        let mut copied = 0;
        for place in places.iter().skip(nth + 1).step_by(7 + nth) {
            version.push_str(&text[copied..*place]);
            version.push_str(acting);
            copied = *place;
        }
        version + &text[copied..]
    })
}

#[test]
fn no_message_holds_a_line_break() {
    let breaks = |text: &str| text.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
    let all = Settings { select: Some(vec!["ALL".parse().expect("a selector")]), ..Settings::default() };
    let catalog = Catalog::built_in();
    let fixtures = fixture::all();
    let texts = fixtures.iter().map(|fixture| fixture.text.clone()).chain(ACTING.map(hostile));
    let mut rules = std::collections::BTreeSet::new();
    for text in texts {
        for version in versions(&text).chain([text.clone()]) {
            for diagnostic in check(&Document::new(&version, &catalog), &all) {
                rules.insert(diagnostic.rule.code);
                let related = diagnostic.related.iter().map(|related| &related.message);
                let titles = diagnostic.fix.iter().map(|fix| &fix.title);
                for said in std::iter::once(&diagnostic.message).chain(related).chain(titles) {
                    assert!(!breaks(said), "{}: {said:?}", diagnostic.rule.code);
                }
            }
        }
    }
    // Those that look beyond one file say what they have to say in the same way.
    let alone = cable_lint::rules().iter().filter(|rule| !rule.needs.contains(&cable_lint::Need::Archive));
    assert_eq!(rules.len(), alone.count(), "every rule has spoken");
}

/// Every text in an answer.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(values) => values.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[test]
fn nothing_that_an_editor_shows_acts() {
    let uri = "file:///hostile/a.cable";
    for (acting, format) in
        ACTING.into_iter().flat_map(|acting| ["markdown", "plaintext"].map(|format| (acting, format)))
    {
        let text = hostile(acting);
        let mut client = Client::with(&json!({ "textDocument": {
            "hover": { "contentFormat": [format] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": format == "markdown" },
            "publishDiagnostics": { "relatedInformation": true }
        } }));
        client.open(uri, 1, &text);
        let document = json!({ "uri": uri });
        let mut shown = client.diagnostics_of(uri, 1).0;
        assert!(shown.len() > 3, "{shown:?}");
        shown.push(client.request("textDocument/documentSymbol", &json!({ "textDocument": document })));
        let mut hovers = 0;
        for (line, words) in text.split('\n').enumerate() {
            for character in (0..words.encode_utf16().count()).step_by(5) {
                let position = json!({ "line": line, "character": character });
                let hover =
                    client.request("textDocument/hover", &json!({ "textDocument": document, "position": position }));
                hovers += usize::from(!hover.is_null());
                shown.push(hover);
            }
        }
        assert!(hovers > 10, "{hovers}");
        let mut found = Vec::new();
        for value in &shown {
            texts(value, &mut found);
        }
        for text in found {
            assert_inert(text, format);
        }
        client.finish();
    }
}
