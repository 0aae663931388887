//! The formats that other tools read, each held to what those tools ask for.

use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use cable_tests::command::{Folder, slips};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};

/// Fails with every reason why a value is not what the schema of that name allows.
fn validate(value: &Value, schema: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(schema);
    let text = fs::read_to_string(&file).expect("the schema is there");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource(schema, serde_json::from_str(&text).expect("the schema is JSON")).expect("a schema");
    let index = compiler.compile(schema, &mut schemas).expect("the schema is one");
    if let Err(error) = schemas.validate(value, index) {
        panic!("{schema}: {error:#}");
    }
}

/// A folder whose diagnostics are of every severity, with fixes and without, under names that need care.
fn folder() -> Folder {
    let folder = Folder::new();
    let text = slips().replace("SIPDIS", "STPDIS").replace("TAGS:", "TAGS").replace("141130Z", "141130");
    folder.write("a b,c:d%.cable", text.replace("12. (U)", "- 12. (U)"));
    folder.write("<&\">.cable", slips());
    folder.write("clean.cable", cable_tests::command::CLEAN);
    folder
}

#[test]
fn json_rows_are_as_promised() {
    let ran = folder().run("check --format jsonl --select ALL");
    assert!(ran.rows().len() >= 10, "{}", ran.out);
    ran.rows().iter().for_each(|row| validate(row, "check-row.json"));
}

#[test]
fn sarif_is_valid_and_agrees_with_json() {
    let folder = folder();
    let sarif = folder.run("check --format sarif").json();
    let rows = folder.run("check --format jsonl").rows();
    validate(&sarif, "sarif.json");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), rows.len());
    for (result, row) in results.iter().zip(&rows) {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!((&result["ruleId"], &rules[index]["id"]), (&row["code"], &row["code"]));
        assert_eq!(result["message"]["text"], row["message"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let place = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| &region[key]);
        assert_eq!(place, ["line", "column", "end_line", "end_column"].map(|key| &row[key]));
        assert_eq!(result["fixes"].is_null(), row["fix"].is_null());
        assert_eq!(result["fixes"][0]["description"]["text"], row["fix"]["title"]);
    }
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "%3C%26%22%3E.cable");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let failed = folder.run("check --format sarif missing.cable clean.cable").json();
    assert_eq!(failed["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let empty = folder.run("check --format sarif --select TXT001 clean.cable").json();
    validate(&empty, "sarif.json");
    assert_eq!(empty["runs"][0]["results"], json!([]));
}

#[test]
fn fingerprints_are_unique_and_outlive_edits() {
    let folder = Folder::new();
    let prints = |format: &str| {
        let report = folder.run(&format!("check --select TXT001 --format {format}")).json();
        let (items, pointer) = match format {
            "gitlab" => (report.clone(), "/fingerprint"),
            _ => (report["runs"][0]["results"].clone(), "/partialFingerprints/pathRuleText~1v1"),
        };
        let items = items.as_array().expect("a list").clone();
        items.iter().map(|item| item.pointer(pointer).expect("a fingerprint").to_string()).collect::<Vec<_>>()
    };
    folder.write("a.cable", slips());
    folder.write("b.cable", slips());
    let before = prints("sarif");
    assert_eq!(before, prints("gitlab"));
    let mut apart = before.clone();
    apart.sort_unstable();
    apart.dedup();
    assert_eq!(apart.len(), 6);
    folder.write("a.cable", slips().replace("SIPDIS\n", "SIPDIS\nNOFORN\n\n"));
    assert_eq!(prints("sarif"), before);
}

#[test]
fn gitlab_is_valid() {
    let folder = folder();
    let issues = folder.run("check --format gitlab").json();
    validate(&issues, "gitlab.json");
    assert_eq!(issues.as_array().expect("a list").len(), folder.run("check --format jsonl").rows().len());
    assert_eq!(folder.run("check --format gitlab --select TXT001 clean.cable").json(), json!([]));
}

#[test]
fn github_has_a_command_a_diagnostic() {
    let folder = folder();
    let ran = folder.run("check --format github --select TXT001");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 6);
    assert_eq!(
        lines[0],
        "::warning file=<&\">.cable,line=19,endLine=19,col=1,endColumn=4,title=TXT001 pilcrow-as-one::\
         \"11.\" is paragraph 1: the leading 1 is a misread pilcrow"
    );
    assert!(lines[3].starts_with("::warning file=a b%2Cc%3Ad%25.cable,line="), "{}", lines[3]);
}

/// Depth, name and attributes.
type Element = (usize, String, Vec<(String, String)>);

/// The elements of a document by depth, with what they bear; fails if it is not well formed.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let (mut elements, mut depth) = (Vec::new(), 0);
    let element = |start: &BytesStart<'_>| {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("an attribute");
            let value = quick_xml::escape::unescape(&attribute.value).expect("escaped").into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        (start.name().as_ref().to_owned(), attributes.collect())
    };
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(start) => {
                let (name, attributes) = element(&start);
                elements.push((depth, name, attributes));
                depth += 1;
            }
            Event::Empty(start) => {
                let (name, attributes) = element(&start);
                elements.push((depth, name, attributes));
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    elements
}

/// The constraints of the schema that Jenkins and GitLab read by: names, nesting, counts.
#[test]
fn junit_has_a_suite_a_file() {
    let folder = folder();
    let ran = folder.run("check --format junit --select TXT,CLS,ENV,HDR");
    let is_legal = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    assert!(ran.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") && ran.out.chars().all(is_legal));
    let elements = elements(&ran.out);
    assert_eq!((elements[0].0, elements[0].1.as_str()), (0, "testsuites"));
    let mut suites: Vec<(String, usize, usize, usize, usize)> = Vec::new();
    for (depth, name, attributes) in &elements[1..] {
        let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value);
        let number = |key: &str| value(key).parse().expect("a number");
        match (name.as_str(), depth) {
            ("testsuite", 1) => suites.push((value("name").to_owned(), number("tests"), number("failures"), 0, 0)),
            ("testcase", 2) => {
                assert!(!value("name").is_empty() && value("classname") == suites.last().expect("in a suite").0);
                suites.last_mut().expect("in a suite").3 += 1;
            }
            ("failure", 3) => {
                assert!(!value("message").is_empty() && !value("type").is_empty());
                suites.last_mut().expect("in a suite").4 += 1;
            }
            other => panic!("{other:?} is where nothing of the kind may be"),
        }
    }
    assert_eq!(
        suites.iter().map(|suite| suite.0.as_str()).collect::<Vec<_>>(),
        ["<&\">.cable", "a b,c:d%.cable", "clean.cable"]
    );
    for (name, tests, failures, cases, failed) in &suites {
        assert_eq!((tests, failures), (cases, failed), "{name}");
    }
    assert_eq!((suites[2].1, suites[2].2), (1, 0));
}

#[test]
fn the_full_format_shows_the_source() {
    let ran = folder().run("check --select TXT001 <&\">.cable");
    for part in
        ["warning[TXT001]", "19 | 11. (C) Summary", "^^^", "safe fix: ", "3 diagnostics in 1 file, 3 with a safe fix"]
    {
        assert!(ran.out.contains(part), "{part} is not in {}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "no colours into a pipe");
}
