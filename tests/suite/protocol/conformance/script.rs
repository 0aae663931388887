//! The file of a fixture: its sections as they are written, so that all but the expected answers stay when it is
//! written anew.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// What begins a section.
const WORDS: [&str; 10] =
    ["client", "options", "file", "reply", "text", "request", "answer", "refused", "notify", "expect"];

/// A fixture.
#[derive(Debug, Clone)]
pub(super) struct Script {
    pub(super) path: PathBuf,
    /// The lines before the first section.
    pub(super) notes: String,
    pub(super) sections: Vec<Section>,
}

/// One section: `--- word argument` and the lines below it.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) word: &'static str,
    pub(super) argument: String,
    pub(super) body: String,
}

impl Section {
    /// A section of JSON.
    pub(super) fn new(word: &'static str, value: &Value) -> Self {
        Self { word, argument: String::new(), body: format!("{}\n", pretty(value)) }
    }

    /// The body as JSON; null if there is none.
    pub(super) fn value(&self) -> Value {
        if self.body.trim().is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("--- {} {}: {error}\n{}", self.word, self.argument, self.body))
    }
}

impl Script {
    /// Reads every fixture, in order of their names.
    pub(super) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/protocol");
        let entries = fs::read_dir(folder).expect("the folder of fixtures").flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "conformance"));
        paths.sort();
        let scripts: Vec<_> = paths.into_iter().map(Self::read).collect();
        assert!(!scripts.is_empty());
        scripts
    }

    fn read(path: PathBuf) -> Self {
        let source = fs::read_to_string(&path).expect("a fixture is text");
        let mut script = Self { path, notes: String::new(), sections: Vec::new() };
        for line in source.lines() {
            if let Some(head) = line.strip_prefix("--- ") {
                let (word, argument) = head.split_once(' ').unwrap_or((head, ""));
                let word = WORDS.iter().find(|known| **known == word);
                let word = word.unwrap_or_else(|| panic!("{}: {line}: one of {WORDS:?}", script.name()));
                script.sections.push(Section { word, argument: argument.to_owned(), body: String::new() });
                continue;
            }
            let body = script.sections.last_mut().map_or(&mut script.notes, |section| &mut section.body);
            body.push_str(line);
            body.push('\n');
        }
        script
    }

    /// The name of the file, without its ending.
    pub(super) fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Writes the file.
    pub(super) fn write(&self) {
        fs::write(&self.path, self.to_string()).expect("a fixture can be written");
    }

    /// Each request with its params and its expected answer; null for one that is refused.
    pub(super) fn requests(&self) -> impl Iterator<Item = (&str, Value, Value)> {
        self.sections.iter().enumerate().filter(|(_, section)| section.word == "request").map(|(index, section)| {
            let answer = self.sections.get(index + 1).filter(|next| next.word == "answer");
            (section.argument.as_str(), section.value(), answer.map_or(Value::Null, Section::value))
        })
    }

    /// The methods of the notifications sent.
    pub(super) fn notifications(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().filter(|section| section.word == "notify").map(|section| section.argument.as_str())
    }
}

impl std::fmt::Display for Script {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.notes)?;
        self.sections.iter().try_for_each(|section| section.fmt(formatter))
    }
}

impl std::fmt::Display for Section {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let head = format!("--- {} {}", self.word, self.argument);
        write!(formatter, "{}\n{}", head.trim_end(), self.body)
    }
}

/// JSON for people: what fits on a line is on one.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = String::new();
    print(value, 0, &mut text);
    text
}

fn print(value: &Value, indent: usize, text: &mut String) {
    /// The longest line of a fixture's answer, in characters.
    const WIDTH: usize = 110;
    let column = text.chars().rev().take_while(|&character| character != '\n').count();
    let short = on_one_line(value);
    let list = match value {
        Value::Array(items) => items.iter().map(|item| (None, item)).collect::<Vec<_>>(),
        Value::Object(entries) => entries.iter().map(|(key, item)| (Some(key), item)).collect(),
        _ => Vec::new(),
    };
    if list.is_empty() || column + short.chars().count() <= WIDTH {
        text.push_str(&short);
        return;
    }
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    text.push(open);
    for (index, (key, item)) in list.into_iter().enumerate() {
        text.push_str(if index > 0 { ",\n" } else { "\n" });
        text.push_str(&" ".repeat(indent + 2));
        if let Some(key) = key {
            text.push_str(&Value::from(key.as_str()).to_string());
            text.push_str(": ");
        }
        print(item, indent + 2, text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entry =
                |(key, item): (&String, &Value)| format!("{}: {}", Value::from(key.as_str()), on_one_line(item));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        _ => value.to_string(),
    }
}

/// Puts `change` over `base` as a JSON merge patch does: objects are merged, null takes away.
pub(super) fn merge(base: &mut Value, change: Value) {
    let Value::Object(changes) = change else {
        *base = change;
        return;
    };
    if !base.is_object() {
        *base = Value::Object(Map::new());
    }
    for (key, change) in changes {
        if change.is_null() {
            base.as_object_mut().map(|base| base.remove(&key));
        } else {
            merge(&mut base[&key], change);
        }
    }
}
