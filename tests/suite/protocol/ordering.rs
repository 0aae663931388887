//! Edits and questions without a pause: every answer is about the text that the client had when it asked.
//!
//! Thousands of frames come from a seeded generator and nobody waits for an answer. A second server, which is told of
//! one text at a time and is asked in peace, says what each answer should have been.

use std::ops::Range;

use cable_catalog::Catalog;
use cable_ide::Typing;
use cable_lint::{Settings, check};
use cable_syntax::Document;
use cable_tests::client::Client;
use cable_tests::generator::{Options, Random, generate};
use cable_tests::position::{Encoding, position};
use serde_json::{Value, json};

use super::at;
use super::conformance::everything;

/// Edits and requests of one run.
const STEPS: usize = 2000;

/// The longest document that is answered on the loop's own thread, in bytes (`work::SMALL` of the server).
const SMALL: usize = 32 << 10;

/// What is asked, as far as it is offered.
const ASKED: [(&str, &str); 16] = [
    ("hoverProvider", "textDocument/hover"),
    ("documentSymbolProvider", "textDocument/documentSymbol"),
    ("diagnosticProvider", "textDocument/diagnostic"),
    ("codeActionProvider", "textDocument/codeAction"),
    ("completionProvider", "textDocument/completion"),
    ("definitionProvider", "textDocument/definition"),
    ("referencesProvider", "textDocument/references"),
    ("documentHighlightProvider", "textDocument/documentHighlight"),
    ("documentLinkProvider", "textDocument/documentLink"),
    ("documentFormattingProvider", "textDocument/formatting"),
    ("foldingRangeProvider", "textDocument/foldingRange"),
    ("selectionRangeProvider", "textDocument/selectionRange"),
    ("linkedEditingRangeProvider", "textDocument/linkedEditingRange"),
    ("inlayHintProvider", "textDocument/inlayHint"),
    ("codeLensProvider", "textDocument/codeLens"),
    ("semanticTokensProvider", "textDocument/semanticTokens/full"),
];

/// What an edit writes.
const TYPED: [&str; 14] = [
    "",
    "",
    "",
    "x",
    "\u{10348}",
    "é\r\n",
    "\n",
    "\r\n\r\n9. (U) ",
    "STPDIS",
    "(SBU)",
    "KDEM, ",
    "¶7. ",
    "\t",
    "\n\nSUBJECT: \u{10348} ",
];

/// What an answer is about.
struct Question {
    id: i64,
    document: usize,
    version: usize,
    method: &'static str,
    params: Value,
}

/// A document as the client has it.
struct Open {
    uri: String,
    /// The text of each version, from 1.
    texts: Vec<String>,
    /// What was typed up to each version.
    typed: Vec<Typing>,
    options: Options,
}

impl Open {
    fn new(name: &str, cables: u32, crlf: bool) -> Self {
        let options = Options { cables, crlf, non_bmp: true, paragraphs: (2, 5), disturbed: 50, ..Options::default() };
        let text = generate(u64::from(cables), &options).text;
        Self {
            uri: format!("file:///ordering/{name}.cable"),
            texts: vec![text],
            typed: vec![Typing::default()],
            options,
        }
    }

    fn version(&self) -> usize {
        self.texts.len()
    }

    fn text(&self) -> &str {
        self.texts.last().expect("a first text")
    }

    fn is_small(&self) -> bool {
        self.text().len() <= SMALL
    }

    /// A byte where a character begins and that the protocol can name: not between the two halves of a line's end.
    fn place(&self, random: &mut Random) -> usize {
        let text = self.text();
        let mut offset = random.between(0, text.len() as u32) as usize;
        while !text.is_char_boundary(offset) || text[..offset].ends_with('\r') && text[offset..].starts_with('\n') {
            offset -= 1;
        }
        offset
    }

    fn position(&self, offset: usize) -> Value {
        position(self.text(), offset, Encoding::Utf16)
    }

    /// Changes the text and says how, as one to three changes that follow one another.
    fn edit(&mut self, random: &mut Random) -> Value {
        let before = self.text().to_owned();
        self.texts.push(before);
        self.typed.push(self.typed.last().expect("a first text").clone());
        if random.once_in(60) {
            let text = generate(random.bits(), &self.options).text;
            self.replace(0..self.text().len(), &text);
            return json!([{ "text": text }]);
        }
        let changes = (0..random.between(1, 3)).map(|_| {
            let (start, end) = (self.place(random), self.place(random));
            let mut end = end.clamp(start, self.text().len().min(start + 30));
            while !self.text().is_char_boundary(end) || self.text()[..end].ends_with('\r') {
                end += 1;
            }
            let typed = random.pick(&TYPED);
            let range = json!({ "start": self.position(start), "end": self.position(end) });
            self.replace(start..end, typed);
            json!({ "range": range, "text": typed })
        });
        changes.collect::<Vec<_>>().into()
    }

    /// Changes the last version. What an edit leaves as it was is not typed.
    fn replace(&mut self, range: Range<usize>, new: &str) {
        let old = &self.text()[range.clone()];
        let same = |one: &mut dyn Iterator<Item = char>, two: &mut dyn Iterator<Item = char>| -> usize {
            one.zip(two).take_while(|(one, two)| one == two).map(|(one, _)| one.len_utf8()).sum()
        };
        let front = same(&mut old.chars(), &mut new.chars());
        let back = same(&mut old[front..].chars().rev(), &mut new[front..].chars().rev());
        let typed = self.typed.last_mut().expect("a first text");
        typed.edit(range.start + front..range.end - back, new.len() - front - back);
        self.texts.last_mut().expect("a first text").replace_range(range, new);
    }

    /// What is shown of all findings of a version, in the answer of a server that holds nothing back.
    fn shown(&self, version: usize, mut answer: Value) -> Value {
        let document = Document::new(&self.texts[version - 1], &Catalog::built_in());
        let mut found = check(&document, &Settings::default()).into_iter();
        let items = answer["items"].as_array_mut().expect("a full report");
        assert_eq!(items.len(), found.len());
        let watch = self.typed[version - 1].watch(&document);
        items.retain(|_| {
            let found = found.next().expect("as many");
            watch.wait(found.rule, &found.range).is_none()
        });
        answer
    }

    /// Params that fit every question: each takes what it knows.
    fn params(&self, random: &mut Random) -> Value {
        let place = self.position(self.place(random));
        json!({
            "textDocument": { "uri": self.uri },
            "position": place,
            "positions": [place],
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "includeDeclaration": true, "triggerKind": 1 },
            "options": { "tabSize": 4, "insertSpaces": true },
        })
    }
}

/// A client that takes everything, so that all there is can be asked.
fn client(environment: &[(&str, &str)]) -> Client {
    let mut capabilities = everything();
    capabilities["general"]["positionEncodings"] = json!(["utf-16"]);
    let mut client = Client::start_in(environment);
    client.initialize(&json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
    client
}

/// A version as the protocol has it.
fn number(version: usize) -> i32 {
    i32::try_from(version).expect("some thousand versions")
}

/// An answer without what names the server's own state.
fn comparable(mut answer: Value) -> Value {
    if let Some(answer) = answer.as_object_mut() {
        answer.remove("resultId");
    }
    answer
}

/// A server that is never hurried.
struct Quiet {
    client: Client,
    /// The document and the version it was told of last.
    knows: Option<(usize, usize)>,
}

impl Quiet {
    fn ask(&mut self, documents: &[Open], question: &Question) -> Value {
        let document = &documents[question.document];
        if self.knows != Some((question.document, question.version)) {
            if let Some((before, _)) = self.knows.replace((question.document, question.version)) {
                let before = json!({ "textDocument": { "uri": documents[before].uri } });
                self.client.notify("textDocument/didClose", &before);
            }
            self.client.open(&document.uri, number(question.version), &document.texts[question.version - 1]);
        }
        comparable(self.client.request(question.method, &question.params))
    }
}

fn run(workers: &str, seed: u64) {
    // The pause in which all is shown never comes.
    let mut client = client(&[("CABLE_LSP_WORKERS", workers), ("CABLE_LSP_PAUSE", "3600000")]);
    let offered = |key: &str| !matches!(client.server["capabilities"][key], Value::Null | Value::Bool(false));
    let methods: Vec<_> = ASKED.iter().filter(|(key, _)| offered(key)).map(|&(_, method)| method).collect();
    assert!(methods.len() >= 4, "{methods:?}");

    let mut documents = [Open::new("short", 2, false), Open::new("crlf", 3, true), Open::new("long", 40, true)];
    assert_eq!(documents.each_ref().map(Open::is_small), [true, true, false]);
    for document in &documents {
        client.open(&document.uri, 1, document.text());
    }
    // A pull waits for the client's settings, and then is about the text of that moment; from here on they are known. So
    // is the long text, which is read on a thread.
    for document in &documents {
        client.request("textDocument/diagnostic", &json!({ "textDocument": { "uri": document.uri } }));
    }
    let random = &mut Random::new(seed);
    let mut questions = Vec::new();
    for _ in 0..STEPS {
        // Work on the long document is given up at each of its edits, so there are few.
        let edited = if random.once_in(40) { 2 } else { random.between(0, 1) as usize };
        if random.once_in(2) {
            let document = &mut documents[edited];
            let changes = document.edit(random);
            client.change(&document.uri, number(document.version()), &changes);
        } else {
            let index = if random.once_in(10) { 2 } else { edited };
            let (document, method) = (&documents[index], random.pick(&methods));
            let params = document.params(random);
            let id = client.send(method, &params);
            questions.push(Question { id, document: index, version: document.version(), method, params });
        }
    }
    assert_eq!(documents.each_ref().map(Open::is_small), [true, true, false]);

    let mut quiet = Quiet { client: self::client(&[]), knows: None };
    let mut answered = [0; 3];
    let mut findings = [0; 2];
    let mut given_up = 0;
    let answers: Vec<_> = questions.iter().map(|question| client.answer(question.id)).collect();
    for (question, answer) in questions.iter().zip(answers) {
        match answer {
            Ok(answer) => {
                let mut right = quiet.ask(&documents, question);
                let Question { document, version, method, params, .. } = question;
                if *method == "textDocument/diagnostic" {
                    // What waits while a person types is left out, and nothing else.
                    let count = |report: &Value| report["items"].as_array().map_or(0, Vec::len);
                    findings[0] += count(&right);
                    right = documents[*document].shown(*version, right);
                    findings[1] += count(&right);
                }
                let place = &params["position"];
                assert_eq!(comparable(answer), right, "seed {seed}: {method} of {document} at {version}, {place}");
                answered[*document] += 1;
            }
            Err(refusal) => {
                // ContentModified and ServerCancelled, and only where the answer takes longer than the next edit.
                assert!([-32801, -32802].contains(&refusal.code), "{refusal:?}");
                assert_eq!(question.document, 2, "a short document is answered at once: {refusal:?}");
                given_up += 1;
            }
        }
    }
    assert!(answered.iter().all(|&count| count > 10), "answered {answered:?}, given up {given_up}");
    assert!(given_up * 2 < questions.len(), "answered {answered:?}, given up {given_up}");

    assert!(findings[1] > 0 && findings[1] < findings[0], "found and shown: {findings:?}");

    for (index, document) in documents.iter().enumerate() {
        // With a save nothing is held back.
        let saved = json!({ "textDocument": { "uri": document.uri }, "text": document.text() });
        client.notify("textDocument/didSave", &saved);
        for method in ["textDocument/documentSymbol", "textDocument/diagnostic"] {
            let params = json!({ "textDocument": { "uri": document.uri } });
            let last = comparable(client.request(method, &params));
            let question = Question { id: 0, document: index, version: document.version(), method, params };
            assert_eq!(last, quiet.ask(&documents, &question), "{method} of the last text of {}", document.uri);
        }
    }
    // The server warns if a saved text is not the one it has.
    let params = json!({ "textDocument": { "uri": documents[0].uri }, "position": at(0, 0) });
    client.request("textDocument/hover", &params);
    let said = client.overhear(std::time::Duration::ZERO);
    let warnings: Vec<_> = said.iter().filter(|frame| frame["method"] == "window/logMessage").collect();
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!((client.finish(), quiet.client.finish()), (Some(0), Some(0)));
}

#[test]
fn every_answer_is_about_the_text_it_was_asked_about_with_one_worker() {
    run("1", 1);
}

#[test]
fn every_answer_is_about_the_text_it_was_asked_about_with_four_workers() {
    run("4", 2);
}
