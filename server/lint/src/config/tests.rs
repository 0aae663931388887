//! Settings by example: what is read, what is reported of a fault, which layer wins, and that the schema is current.

use super::*;
use crate::{Severity, rule};

fn told(text: &str) -> Vec<String> {
    Config::parse(text).expect_err("it is wrong").iter().map(ToString::to_string).collect()
}

#[test]
fn reads_every_key() {
    let config = Config::parse(concat!(
        "select = ['TXT', 'paragraph-gap']\nignore = ['TXT001']\nparagraph-style = 'pilcrow'\n",
        "include = ['*.tel']\nexclude = ['old/']\nextra-tags = { QQQQ = 'a test' }\nextra-captions = ['NOODLE']\n",
        "format.wrap = 69\nhints.date = false\n[severity]\nTXT002 = 'hint'\nmissing-subject = 'off'\n",
        "[per-file-ignores]\n'drafts/**' = ['PAR']\n"
    ))
    .expect("it is right");
    let settings = config.settings();
    assert_eq!(settings.paragraph_style, ParagraphStyle::Pilcrow);
    let runs = |code: &str| settings.runs(rule(code).expect("a rule"));
    assert_eq!((runs("TXT001"), runs("TXT002"), runs("PAR001"), runs("PAR002")), (false, true, true, false));
    assert_eq!(settings.severity_of(rule("TXT002").expect("a rule")), Some(Severity::Hint));
    assert_eq!(config.additions().tags, [("QQQQ".to_owned(), "a test".to_owned())]);
    assert_eq!(config.additions().captions, [("NOODLE".to_owned(), String::new())]);
    assert_eq!((config.format.wrap, config.hints.date, config.hints.code), (Some(Wrap::Column(69)), Some(false), None));
}

#[test]
fn names_the_line_and_what_is_near() {
    assert_eq!(told("\nselct = []\n"), ["2:1: unknown key \"selct\"; did you mean \"select\"?"]);
    assert_eq!(
        told("[hints]\nnumbr = true\n[formt]\nwrap = 1"),
        [
            "2:1: in [hints]: unknown key \"numbr\"; did you mean \"number\"?",
            "3:2: unknown key \"formt\"; did you mean \"format\"?"
        ]
    );
    let said = |text: &str, place: &str, words: &str| {
        let problems = told(text);
        assert!(problems[0].starts_with(place) && problems[0].contains(words), "{text}: {problems:?}");
    };
    said("ignore = [\n  'TXX001',\n]", "2:3: ", "TXT001 (pilcrow-as-one)");
    said("[severity]\nTXX001 = 'off'", "2:1: ", "TXT001");
    said("[severity]\nTXT001 = 'wrning'", "2:10: ", "off, hint, information, warning or error");
    said("exclude = ['a', 'a[']", "1:17: ", "a[");
    said("[per-file-ignores]\n'a' = ['PAR', 'NOPE']", "2:15: ", "NOPE");
    said("paragraph-style = 'fancy'", "1:19: ", "pilcrow");
    said("extra-tags = 3", "1:14: ", "a table of codes");
    said("hints.number = 'yes'", "1:16: ", "bool");
    said("archive = 7", "1:11: ", "true, false, or the file of an index");
    said("select = [", "1:", "");
    for wrong in ["-1", "65536", "'wide'", "true"] {
        said(&format!("format.wrap = {wrong}"), "1:15: ", "\"preserve\", \"unwrap\" or a column");
    }
}

#[test]
fn lines_break_by_a_word_or_a_column() {
    let wraps = [("'preserve'", Wrap::Preserve), ("0", Wrap::Preserve), ("'unwrap'", Wrap::Unwrap)];
    for (written, wrap) in wraps.into_iter().chain([("69", Wrap::Column(69)), ("65535", Wrap::Column(65535))]) {
        let config = Config::parse(&format!("format.wrap = {written}")).expect("it is right");
        assert_eq!(config.format.wrap, Some(wrap), "{written}");
        let in_editor: serde_json::Value = serde_json::from_str(&written.replace('\'', "\"")).expect("it is JSON");
        let editor: Format = serde_json::from_value(serde_json::json!({ "wrap": in_editor })).expect("it is right");
        assert_eq!(editor, config.format, "{written}");
    }
    let editor: Format = serde_json::from_str(r#"{ "wrap": null }"#).expect("nothing is set");
    assert_eq!(editor.wrap, None);
}

#[test]
fn globs_name_files_and_folders() {
    let text = "exclude = ['old/', '*.bak.txt', '/top', 'a/*/x.txt']\ninclude = ['*.tel']";
    let paths = Config::parse(text).expect("it is right").paths();
    for out in ["old", "old/1.txt", "x/old/2.txt", "1.bak.txt", "x/1.bak.txt", "top/1.txt", "a/b/x.txt"] {
        assert!(paths.is_excluded(out), "{out}");
    }
    for kept in ["older/1.txt", "bak.txt", "x/top/1.txt", "a/b/c/x.txt"] {
        assert!(!paths.is_excluded(kept), "{kept}");
    }
    assert_eq!((paths.is_included("x/1.tel"), paths.is_included("x/1.txt")), (Some(true), Some(false)));
}

#[test]
fn the_command_line_lies_over_the_file() {
    let settings =
        || Config::parse("select = ['TXT']\nignore = ['TXT001']\nseverity.TXT002 = 'off'").expect("right").settings();
    let select = |codes: &[&str]| codes.iter().map(|code| code.parse().expect("a rule")).collect::<Vec<Selector>>();
    let running = |choice: &Choice, code: &str| choice.over(settings()).runs(rule(code).expect("a rule"));
    let besides = Choice { extend_select: select(&["TXT002", "PAR001"]), ..Choice::default() };
    let ran = ["TXT001", "TXT002", "TXT003", "PAR001", "PAR002"].map(|code| running(&besides, code));
    assert_eq!(ran, [false, true, true, true, false]);
    let only = Choice { select: Some(select(&["TXT001", "PAR"])), ignore: select(&["PAR002"]), ..Choice::default() };
    let ran = ["TXT001", "TXT002", "TXT003", "PAR001", "PAR002"].map(|code| running(&only, code));
    assert_eq!(ran, [true, false, false, true, false]);
}

#[test]
fn the_file_lies_over_the_editor() {
    let editor = serde_json::json!({ "ignore": ["TXT001"], "paragraph-style": "pilcrow", "hints": { "date": true } });
    let editor: Config = serde_json::from_value(editor).expect("an editor's settings");
    let file = Config::parse("ignore = ['TXT002']\nhints.code = true").expect("it is right");
    let both = file.over(&editor);
    assert_eq!(both.ignore, Some(vec!["TXT002".parse().expect("a rule")]));
    assert_eq!(both.paragraph_style, Some(ParagraphStyle::Pilcrow));
    assert_eq!((both.hints.date, both.hints.code), (Some(true), Some(true)));
}

/// Run with `CABLE_WRITE_SCHEMA=1` to write it anew.
#[test]
fn the_schema_is_current() {
    let schema = serde_json::to_value(schemars::schema_for!(Config)).expect("a schema is JSON");
    let properties = schema["properties"].as_object().expect("keys");
    let mut keys: Vec<&str> = keys().collect();
    keys.sort_unstable();
    let mut written: Vec<&str> = properties.keys().map(String::as_str).collect();
    written.sort_unstable();
    assert_eq!(written, keys);
    if std::env::var_os("CABLE_WRITE_SCHEMA").is_some() {
        let text = serde_json::to_string_pretty(&schema).expect("it is JSON") + "\n";
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/cable-lsp.schema.json");
        std::fs::write(file, text).expect("it can be written");
    } else {
        let current: serde_json::Value = serde_json::from_str(SCHEMA).expect("it is JSON");
        assert_eq!(current, schema, "cable-lsp.schema.json is not current");
    }
}
