//! Where a fixture is played: the texts the client holds, the marks in them, and how an answer is told without its
//! encoding.

use std::collections::HashMap;

use cable_tests::position::{self, Encoding};
use serde_json::{Map, Value, json};

/// The name of the document's file in the folder of a fixture.
const DOCUMENT: &str = "document.cable";

/// The texts and what has been said about them.
pub(super) struct Stage {
    encoding: Encoding,
    /// The address of the fixture's folder, without a `/` at its end.
    root: String,
    /// The texts by address.
    texts: HashMap<String, String>,
    /// Where each mark is: an address and a byte.
    marks: HashMap<String, (String, usize)>,
    /// The types and the modifiers of semantic tokens.
    legend: [Vec<String>; 2],
    /// The semantic tokens of the last answer, which edits are made to.
    tokens: Vec<u64>,
    /// The result ids in the order of their appearance.
    result_ids: Vec<String>,
    /// Whether a position told since the last look is after a character beyond the Basic Multilingual Plane.
    told: Vec<bool>,
}

impl Stage {
    /// Nothing but the folder at this path.
    pub(super) fn new(encoding: Encoding, folder: &std::path::Path) -> Self {
        Self {
            encoding,
            root: format!("file://{}", folder.display()),
            texts: HashMap::new(),
            marks: HashMap::new(),
            legend: Default::default(),
            tokens: Vec::new(),
            result_ids: Vec::new(),
            told: Vec::new(),
        }
    }

    /// What the server's semantic tokens mean.
    pub(super) fn learn_legend(&mut self, capabilities: &Value) {
        self.legend = ["tokenTypes", "tokenModifiers"].map(|key| {
            let names = capabilities["semanticTokensProvider"]["legend"][key].as_array();
            names.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        });
    }

    /// The address of the folder.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// The address of the document.
    pub(super) fn uri(&self) -> String {
        self.address(DOCUMENT)
    }

    /// The address of a file in the folder.
    pub(super) fn address(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    /// Takes the marks out of a text, and what stands for characters that cannot be seen; remembers and returns it.
    pub(super) fn set_text(&mut self, uri: &str, marked: &str) -> String {
        self.marks.retain(|_, (marked, _)| marked != uri);
        let marked = marked.replace('␍', "\r").replace('␌', "\u{c}");
        let mut text = String::new();
        let mut pieces = marked.split('⟦');
        text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (name, rest) = piece.split_once('⟧').unwrap_or_else(|| panic!("⟦{piece}: a mark is ⟦name⟧"));
            let twice = self.marks.insert(name.to_owned(), (uri.to_owned(), text.len()));
            assert!(twice.is_none(), "two marks ⟦{name}⟧");
            text.push_str(rest);
        }
        self.texts.insert(uri.to_owned(), text.clone());
        text
    }

    /// How many marks there are, and how many are after a character beyond the Basic Multilingual Plane.
    pub(super) fn count_marks(&self) -> (usize, usize) {
        let after = self.marks.values().filter(|(uri, offset)| position::is_after_astral(&self.texts[uri], *offset));
        (self.marks.len(), after.count())
    }

    /// For each position told since the last look, whether it is after such a character.
    pub(super) fn take_told(&mut self) -> Vec<bool> {
        std::mem::take(&mut self.told)
    }

    /// What a fixture writes → what is sent. `last` is the last answer as it came.
    pub(super) fn params(&self, written: &Value, last: &Value) -> Value {
        match written {
            Value::Array(items) => items.iter().map(|item| self.params(item, last)).collect(),
            Value::Object(entries) => entries
                .iter()
                .map(|(key, item)| (self.resolve(key), self.params(item, last)))
                .collect::<Map<_, _>>()
                .into(),
            Value::String(text) => self.mark(text).unwrap_or_else(|| match text.strip_prefix("ANSWER") {
                Some(pointer) => last.pointer(pointer).unwrap_or_else(|| panic!("{text}: not in {last}")).clone(),
                None => self.resolve(text).into(),
            }),
            _ => written.clone(),
        }
    }

    /// `⟦1⟧` or `⟦1⟧..⟦2⟧`.
    fn mark(&self, text: &str) -> Option<Value> {
        if let Some((start, end)) = text.split_once("..")
            && start.ends_with('⟧')
        {
            return Some(json!({ "start": self.mark(start)?, "end": self.mark(end)? }));
        }
        let name = text.strip_prefix('⟦')?.strip_suffix('⟧')?;
        let (uri, offset) = self.marks.get(name).unwrap_or_else(|| panic!("no mark {text} in the texts"));
        Some(position::position(&self.texts[uri], *offset, self.encoding))
    }

    fn resolve(&self, text: &str) -> String {
        match text.strip_prefix("ROOT") {
            _ if text == "URI" => self.uri(),
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{}{rest}", self.root),
            _ => text.to_owned(),
        }
    }

    /// What came → what a fixture writes: see the format.
    pub(super) fn tell(&mut self, method: &str, came: &Value) -> Value {
        let uri = self.uri();
        if method.starts_with("textDocument/semanticTokens/") && came.is_object() {
            return self.tell_tokens(came, &uri);
        }
        self.tell_value(came, &uri)
    }

    fn tell_value(&mut self, came: &Value, uri: &str) -> Value {
        match came {
            Value::Array(items) => items.iter().map(|item| self.tell_value(item, uri)).collect(),
            Value::String(text) => lines_of(&self.name(text)),
            Value::Object(entries) => {
                if let Some(place) = self.tell_place(came, uri) {
                    return place.into();
                }
                // What an object says of a document holds for the positions in it.
                let document = came
                    .get("uri")
                    .or_else(|| came.get("targetUri"))
                    .or_else(|| came["textDocument"].get("uri"))
                    .or_else(|| came["from"].get("uri"));
                let uri = document.and_then(Value::as_str).unwrap_or(uri).to_owned();
                let mut told = Map::new();
                for (key, item) in entries {
                    match key.as_str() {
                        "resultId" => {
                            told.insert(key.clone(), self.tell_result_id(item));
                        }
                        "originSelectionRange" => {
                            told.insert(key.clone(), self.tell_value(item, &self.uri()));
                        }
                        "startLine" | "endLine" => {
                            let end = key.strip_suffix("Line").unwrap_or_default();
                            let character = came.get(format!("{end}Character"));
                            told.insert(end.to_owned(), self.tell_fold(item, character, &uri).into());
                        }
                        "startCharacter" | "endCharacter" => {}
                        _ => {
                            let within = if self.texts.contains_key(key) { key.clone() } else { uri.clone() };
                            let item = self.tell_value(item, &within);
                            told.insert(self.name(key), item);
                        }
                    }
                }
                told.into()
            }
            _ => came.clone(),
        }
    }

    /// A position or a range.
    fn tell_place(&mut self, came: &Value, uri: &str) -> Option<String> {
        let entries = came.as_object()?;
        if entries.len() != 2 {
            return None;
        }
        if entries.contains_key("line") && entries.contains_key("character") {
            // A file that the fixture does not hold is one that the answer makes.
            let text = self.texts.get(uri).map_or("", String::as_str);
            let offset = position::offset(text, came, self.encoding).unwrap_or_else(|fault| panic!("{fault}"));
            self.told.push(position::is_after_astral(text, offset));
            return Some(position::for_people(text, offset));
        }
        let (start, end) = (entries.get("start")?, entries.get("end")?);
        Some(format!("{}-{}", self.tell_place(start, uri)?, self.tell_place(end, uri)?))
    }

    /// The line of a fold, and the column where it has one.
    fn tell_fold(&mut self, line: &Value, character: Option<&Value>, uri: &str) -> String {
        let place = json!({ "line": line, "character": character.unwrap_or(&Value::from(0)) });
        let told = self.tell_place(&place, uri).unwrap_or_default();
        if character.is_some() {
            return told;
        }
        // A line alone is the same in every encoding.
        self.told.pop();
        told.split(':').next().unwrap_or_default().to_owned()
    }

    /// Tokens by rows: where, the type and its modifiers, and the text.
    fn tell_tokens(&mut self, came: &Value, uri: &str) -> Value {
        let numbers =
            |list: &Value| list.as_array().into_iter().flatten().filter_map(Value::as_u64).collect::<Vec<_>>();
        let data = match came["edits"].as_array() {
            None => numbers(&came["data"]),
            Some(edits) => {
                let mut data = std::mem::take(&mut self.tokens);
                for edit in edits {
                    let number = |key: &str| edit[key].as_u64().expect("a number") as usize;
                    let start = number("start");
                    data.splice(start..start + number("deleteCount"), numbers(&edit["data"]));
                }
                data
            }
        };
        let rows = self.rows(&data, uri);
        let mut told = Map::new();
        if let Some(id) = came.get("resultId") {
            self.tokens = data;
            told.insert("resultId".into(), self.tell_result_id(id));
        }
        if let Some(edits) = came["edits"].as_array() {
            told.insert("edits".into(), edits.len().into());
        }
        told.insert("tokens".into(), rows);
        told.into()
    }

    fn rows(&mut self, data: &[u64], uri: &str) -> Value {
        assert_eq!(data.len() % 5, 0, "five numbers a token");
        let text = self.texts[uri].clone();
        let (mut line, mut column) = (0, 0);
        let mut rows = Vec::new();
        for token in data.chunks(5) {
            let &[lines, columns, length, kind, modifiers] = token else { continue };
            (line, column) = (line + lines, if lines > 0 { columns } else { column + columns });
            let place = |character: u64| json!({ "line": line, "character": character });
            let range = json!({ "start": place(column), "end": place(column + length) });
            let offset = |key: &str| {
                position::offset(&text, &range[key], self.encoding).unwrap_or_else(|fault| panic!("{fault}"))
            };
            let covered = &text[offset("start")..offset("end")];
            let mut name = self.legend[0].get(kind as usize).unwrap_or_else(|| panic!("no token type {kind}")).clone();
            for (index, modifier) in self.legend[1].iter().enumerate() {
                if modifiers >> index & 1 == 1 {
                    name = format!("{name}.{modifier}");
                }
            }
            assert!(modifiers >> self.legend[1].len() == 0, "modifiers that are not in the legend");
            let place = self.tell_place(&range, uri).unwrap_or_default();
            rows.push(Value::from(format!("{place} {name} {covered}")));
        }
        rows.into()
    }

    /// `ID1` for the first result id seen, and so on.
    fn tell_result_id(&mut self, id: &Value) -> Value {
        let Some(id) = id.as_str() else { return id.clone() };
        let index = self.result_ids.iter().position(|known| known == id).unwrap_or_else(|| {
            self.result_ids.push(id.to_owned());
            self.result_ids.len() - 1
        });
        format!("ID{}", index + 1).into()
    }

    /// A text without the folder's name, which differs from run to run.
    fn name(&self, text: &str) -> String {
        let path = self.root.trim_start_matches("file://");
        text.replace(&self.uri(), "URI").replace(&self.root, "ROOT").replace(path, "ROOT")
    }
}

/// A text of several lines, line by line.
fn lines_of(text: &str) -> Value {
    if text.contains('\n') { json!({ "lines": text.split('\n').collect::<Vec<_>>() }) } else { text.into() }
}
