//! Through the protocol, beside a server that only answers and beside `ruff server` on Python of the same size.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use cable_bench::texts;
use serde_json::{Value, json};

use super::client::{Client, framed};
use super::measure::{median, shown, slow, times};
use super::{Programs, Table, Wishes, on_path};

/// Between two keys a person does nothing for a while, and a server sleeps.
const PAUSE: Duration = Duration::from_millis(10);
/// How long keys are pressed in one document before enough is known.
const LONG: Duration = Duration::from_secs(4);
/// But never fewer.
const FEWEST: usize = 3;

/// A server, how it is started, and what it is given to read.
struct Server {
    name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
    is_python: bool,
}

impl Server {
    fn start(&self, capabilities: &Value) -> io::Result<(Client, Duration)> {
        Client::start(&self.program, self.arguments, &introduction(capabilities, None))
    }

    /// A text of its language, of about this size.
    fn text(&self, size: usize) -> String {
        if self.is_python { python(size) } else { texts::cable(size) }
    }

    fn language(&self) -> &'static str {
        if self.is_python { "python" } else { "cable" }
    }
}

/// An open document, and what is typed in it.
struct Session {
    client: Client,
    uri: String,
    version: u64,
    /// Where a letter is typed and taken back.
    line: usize,
    has_typed: bool,
}

impl Session {
    fn open(server: &Server, capabilities: &Value, text: &str) -> io::Result<Self> {
        let (client, _) = server.start(capabilities)?;
        let uri = format!("file:///tmp/cable-bench/{}.{}", server.name, server.language());
        let mut session = Self { client, uri, version: 1, line: a_line_of_words(text), has_typed: false };
        session.client.notify(
            "textDocument/didOpen",
            &json!({ "textDocument": {
                "uri": session.uri, "languageId": server.language(), "version": 1, "text": text,
            }}),
        )?;
        Ok(session)
    }

    /// The frame of the next key.
    fn key(&mut self) -> Vec<u8> {
        const COLUMN: usize = 4;
        let end = COLUMN + usize::from(self.has_typed);
        let range = json!({
            "start": { "line": self.line, "character": COLUMN }, "end": { "line": self.line, "character": end },
        });
        let text = if self.has_typed { "" } else { "x" };
        self.has_typed = !self.has_typed;
        self.version += 1;
        framed(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": { "uri": self.uri, "version": self.version },
            "contentChanges": [{ "range": range, "text": text }],
        }}))
    }

    /// A key, and the time until its diagnostics were there, and their bytes.
    fn press(&mut self) -> io::Result<(Duration, usize)> {
        thread::sleep(PAUSE);
        self.client.drain()?;
        let key = self.key();
        let begin = Instant::now();
        self.client.write(&key)?;
        let (frame, _) = self.client.diagnostics(self.version)?;
        Ok((frame.at.saturating_duration_since(begin), frame.body.len()))
    }

    /// A key, and the time until the diagnostics that were asked for after it were there, and their bytes.
    fn press_and_pull(&mut self) -> io::Result<(Duration, usize)> {
        thread::sleep(PAUSE);
        self.client.drain()?;
        let mut frames = self.key();
        let (id, pull) =
            self.client.prepare("textDocument/diagnostic", &json!({ "textDocument": { "uri": self.uri } }));
        frames.extend(pull);
        let begin = Instant::now();
        self.client.write(&frames)?;
        let frame = self.client.answer(id)?;
        Ok((frame.at.saturating_duration_since(begin), frame.body.len()))
    }
}

pub(super) fn print(table: &mut Table, programs: &Programs, wishes: &Wishes) -> io::Result<()> {
    let mut servers =
        vec![Server { name: "bare server", program: programs.bare.clone(), arguments: &[], is_python: false }];
    for (name, path) in programs.both() {
        servers.push(Server { name, program: path.to_owned(), arguments: &["server"], is_python: false });
    }
    match on_path("ruff") {
        Some(program) => servers.push(Server { name: "ruff server", program, arguments: &["server"], is_python: true }),
        None => table.skip("ruff server", "ruff is not on PATH"),
    }
    let keys = if wishes.is_quick { 10 } else { 100 };
    starts(table, &servers, keys.min(30))?;
    for (name, size) in [("10 KB", 10_000), ("100 KB", 100_000), ("1 MB", 1_000_000)] {
        edits(table, &servers, name, size, keys)?;
    }
    bursts(table, &servers)?;
    let ours: Vec<&Server> =
        servers.iter().filter(|server| server.arguments == ["server"] && !server.is_python).collect();
    findings(table, &ours, keys.min(30))?;
    everything(table, &ours, keys.min(30))?;
    let folder = match &wishes.folder {
        Some(folder) => Some(folder.clone()),
        None => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus-large"))
            .filter(|path| path.is_dir()),
    };
    let invented = tempfile::tempdir()?;
    let folder = if let Some(folder) = folder {
        folder
    } else {
        texts::archive(invented.path(), wishes.files)?;
        invented.path().to_owned()
    };
    workspace(table, &ours, &fs::canonicalize(folder)?)?;
    memory(table, &servers)
}

fn starts(table: &Table, servers: &[Server], rounds: usize) -> io::Result<()> {
    table.section("Protocol: start to the answer to initialize", &["median", "x bare"])?;
    let mut bare = None;
    for server in servers {
        let mut took = (0..rounds).map(|_| Ok(server.start(&pushed())?.1)).collect::<io::Result<Vec<_>>>()?;
        let took = median(&mut took);
        let bare = *bare.get_or_insert(took);
        table.row(server.name, &[shown(took), times(took, bare)])?;
    }
    Ok(())
}

/// A key, then its diagnostics, one after the other; the servers in turns.
fn edits(table: &Table, servers: &[Server], name: &str, size: usize, keys: usize) -> io::Result<()> {
    const ROUNDS: u32 = 5;
    table.section(
        &format!("Protocol: edit to diagnostics, {name}"),
        &["median", "x bare", "over bare", "slow (95 %)", "processor a key", "answer"],
    )?;
    let mut sessions = Vec::new();
    for server in servers {
        let mut session = Session::open(server, &pushed(), &server.text(size))?;
        session.client.diagnostics(1)?;
        for _ in 0..5 {
            session.press()?;
        }
        sessions.push((session, Vec::new(), Duration::ZERO, 0));
    }
    for _ in 0..ROUNDS {
        for (session, took, worked, bytes) in &mut sessions {
            let before = session.client.worked();
            let begin = Instant::now();
            for key in 0..keys {
                if key >= FEWEST && begin.elapsed() > LONG / ROUNDS {
                    break;
                }
                let (time, length) = session.press()?;
                took.push(time);
                *bytes = length;
            }
            *worked += session.client.worked().saturating_sub(before);
        }
    }
    let mut bare = None;
    for (server, (_, took, worked, bytes)) in servers.iter().zip(&mut sessions) {
        let (middle, slow) = (median(took), slow(took));
        let bare = *bare.get_or_insert(middle);
        let a_key = *worked / u32::try_from(took.len()).unwrap_or(1);
        let cells = [
            shown(middle),
            times(middle, bare),
            shown(middle.saturating_sub(bare)),
            shown(slow),
            shown(a_key),
            format!("{bytes} B"),
        ];
        table.row(server.name, &cells)?;
    }
    Ok(())
}

/// Fifty keys without waiting.
fn bursts(table: &Table, servers: &[Server]) -> io::Result<()> {
    const KEYS: usize = 50;
    table.section("Protocol: a burst of 50 edits", &["publications", "last after", "one edit alone"])?;
    for (name, size) in [("10 KB", 10_000), ("1 MB", 1_000_000)] {
        for server in servers {
            let mut session = Session::open(server, &pushed(), &server.text(size))?;
            session.client.diagnostics(1)?;
            let mut alone = (0..5).map(|_| Ok(session.press()?.0)).collect::<io::Result<Vec<_>>>()?;
            session.client.drain()?;
            for _ in 1..KEYS {
                let key = session.key();
                session.client.write(&key)?;
            }
            let key = session.key();
            let begin = Instant::now();
            session.client.write(&key)?;
            let (frame, before) = session.client.diagnostics(session.version)?;
            let last = frame.at.saturating_duration_since(begin);
            let cells = [(before + 1).to_string(), shown(last), shown(median(&mut alone))];
            table.row(&format!("{}, {name}", server.name), &cells)?;
        }
    }
    Ok(())
}

/// Texts with thousands of findings, pushed and pulled.
fn findings(table: &Table, servers: &[&Server], keys: usize) -> io::Result<()> {
    table.section(
        "Protocol: edit to diagnostics with many findings",
        &["median", "processor a key", "answer", "findings"],
    )?;
    for (name, text) in [("1 MB", texts::damaged(1_000_000)), ("10 MB, 1300 cables", texts::document(10_000_000))] {
        for (way, capabilities) in [("push", pushed()), ("pull", pulled())] {
            for server in servers {
                let mut session = Session::open(server, &capabilities, &text)?;
                if way == "push" {
                    session.client.diagnostics(1)?;
                }
                let press =
                    |session: &mut Session| if way == "push" { session.press() } else { session.press_and_pull() };
                press(&mut session)?;
                press(&mut session)?;
                let before = session.client.worked();
                let mut took = Vec::new();
                let mut bytes = 0;
                let begin = Instant::now();
                while took.len() < keys && (took.len() < FEWEST || begin.elapsed() < LONG) {
                    let (time, length) = press(&mut session)?;
                    took.push(time);
                    bytes = length;
                }
                let a_key = session.client.worked().saturating_sub(before) / u32::try_from(took.len()).unwrap_or(1);
                let found = session
                    .client
                    .request("textDocument/diagnostic", &json!({ "textDocument": { "uri": session.uri } }));
                let found = found.ok().map(|frame| frame.json());
                let found = found.as_ref().and_then(|found| found.pointer("/result/items")?.as_array()).map(Vec::len);
                let cells = [
                    shown(median(&mut took)),
                    shown(a_key),
                    format!("{bytes} B"),
                    found.map_or("-".to_owned(), |found| found.to_string()),
                ];
                table.row(&format!("{}, {name}, {way}", server.name), &cells)?;
            }
        }
    }
    Ok(())
}

/// All that an editor asks after a key.
fn everything(table: &Table, servers: &[&Server], keys: usize) -> io::Result<()> {
    table.section("Protocol: all that an editor asks after a key", &["processor a key", "median", "answers"])?;
    for (name, text) in [
        ("10 KB", texts::cable(10_000)),
        ("100 KB", texts::cable(100_000)),
        ("1 MB", texts::cable(1_000_000)),
        ("10 MB, 1300 cables", texts::document(10_000_000)),
    ] {
        for server in servers {
            let mut session = Session::open(server, &pulled(), &text)?;
            let document = json!({ "uri": session.uri });
            let whole =
                session.client.request("textDocument/semanticTokens/full", &json!({ "textDocument": document }))?;
            let mut known = result_id(&whole.body);
            for _ in 0..2 {
                known = ask(&mut session, &known)?.0;
            }
            let before = session.client.worked();
            let mut took = Vec::new();
            let mut bytes = 0;
            let first = Instant::now();
            while took.len() < keys && (took.len() < FEWEST || first.elapsed() < LONG) {
                thread::sleep(PAUSE);
                let begin = Instant::now();
                let (next, end, length) = ask(&mut session, &known)?;
                known = next;
                took.push(end.saturating_duration_since(begin));
                bytes = length;
            }
            let a_key = session.client.worked().saturating_sub(before) / u32::try_from(took.len()).unwrap_or(1);
            table.row(
                &format!("{}, {name}", server.name),
                &[shown(a_key), shown(median(&mut took)), format!("{bytes} B")],
            )?;
        }
    }
    Ok(())
}

/// A key and everything that is asked after it. Returns the name of the colours, when the last answer came, and the bytes
/// of all.
fn ask(session: &mut Session, known: &str) -> io::Result<(String, Instant, usize)> {
    const SCREEN: usize = 60;
    // An editor that asks for actions after each key says that nobody has.
    const BY_ITSELF: u8 = 2;
    let document = json!({ "uri": session.uri });
    let mut frames = session.key();
    let here = json!({ "line": session.line, "character": 4 });
    let end = json!({ "line": session.line + SCREEN, "character": 0 });
    let whole = json!({ "textDocument": document });
    let at = json!({ "textDocument": document, "position": here });
    let tokens = json!({ "textDocument": document, "previousResultId": known });
    let screen = json!({ "textDocument": document, "range": { "start": here, "end": end } });
    let actions = json!({
        "textDocument": document, "range": { "start": here, "end": here }, "context": { "diagnostics": [], "triggerKind": BY_ITSELF },
    });
    let requests: [(&str, &Value); 9] = [
        ("textDocument/diagnostic", &whole),
        ("textDocument/documentSymbol", &whole),
        ("textDocument/semanticTokens/full/delta", &tokens),
        ("textDocument/inlayHint", &screen),
        ("textDocument/foldingRange", &whole),
        ("textDocument/documentLink", &whole),
        ("textDocument/codeAction", &actions),
        ("textDocument/documentHighlight", &at),
        ("textDocument/completion", &at),
    ];
    let mut asked = Vec::new();
    for (method, params) in requests {
        let (id, frame) = session.client.prepare(method, params);
        frames.extend(frame);
        asked.push((id, method));
    }
    session.client.write(&frames)?;
    let mut left = asked;
    let (mut name, mut last, mut bytes) = (String::new(), Instant::now(), 0);
    while !left.is_empty() {
        // The answers come in any order.
        let (frame, at) = session.client.any_answer(&left.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        let (_, method) = left.swap_remove(at);
        bytes += frame.body.len();
        last = last.max(frame.at);
        if method.ends_with("delta") {
            name = result_id(&frame.body);
        }
    }
    Ok((name, last, bytes))
}

/// Every cable of a folder: once, and again by a client that knows what it was told.
fn workspace(table: &Table, servers: &[&Server], folder: &Path) -> io::Result<()> {
    table.section("Protocol: pull of a workspace", &["took", "processor", "peak", "sent", "reports"])?;
    for server in servers {
        let capabilities = pulled();
        let params = introduction(&capabilities, Some(folder));
        let (mut client, _) = Client::start(&server.program, server.arguments, &params)?;
        client.rest()?;
        let before = client.worked();
        let begin = Instant::now();
        let first = client.request("workspace/diagnostic", &json!({ "previousResultIds": [] }))?;
        let took = first.at.saturating_duration_since(begin);
        let answer = first.json();
        let reports = answer.pointer("/result/items").and_then(Value::as_array).cloned().unwrap_or_default();
        let peak = client.most_memory().unwrap_or_default() as f64 / 1024.0;
        table.row(
            &format!("{}, first", server.name),
            &[
                shown(took),
                shown(client.worked().saturating_sub(before)),
                format!("{peak:.1} MiB"),
                format!("{} B", first.body.len()),
                reports.len().to_string(),
            ],
        )?;
        let known: Vec<Value> = reports
            .iter()
            .filter(|report| report["resultId"].is_string())
            .map(|report| json!({ "uri": report["uri"], "value": report["resultId"] }))
            .collect();
        client.rest()?;
        let before = client.worked();
        let (id, frame) = client.prepare("workspace/diagnostic", &json!({ "previousResultIds": known }));
        client.write(&frame)?;
        // A server that has nothing new to tell may wait until it has.
        let sent = client.rest()?;
        client.notify("$/cancelRequest", &json!({ "id": id }))?;
        let peak = client.most_memory().unwrap_or_default() as f64 / 1024.0;
        table.row(
            &format!("{}, again", server.name),
            &[
                "-".to_owned(),
                shown(client.worked().saturating_sub(before)),
                format!("{peak:.1} MiB"),
                format!("{sent} B"),
                "-".to_owned(),
            ],
        )?;
    }
    Ok(())
}

/// What is held with one cable open, with many, and when they are closed.
fn memory(table: &Table, servers: &[Server]) -> io::Result<()> {
    const FURTHER: u64 = 100;
    table.section("Protocol: memory", &["one open", "a further one", "all closed"])?;
    for server in servers {
        let (mut client, _) = server.start(&pushed())?;
        let text = server.text(10_000);
        let uri = |number: u64| format!("file:///tmp/cable-bench/{number}.{}", server.language());
        let open = |client: &mut Client, number: u64| {
            client.notify(
                "textDocument/didOpen",
                &json!({ "textDocument": {
                    "uri": uri(number), "languageId": server.language(), "version": number, "text": text,
                }}),
            )?;
            client.diagnostics(number).map(|_| ())
        };
        open(&mut client, 1)?;
        client.rest()?;
        let one = client.memory();
        for number in 2..FURTHER + 2 {
            open(&mut client, number)?;
        }
        client.rest()?;
        let all = client.memory();
        for number in 1..FURTHER + 2 {
            client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri(number) } }))?;
        }
        client.rest()?;
        let closed = client.memory();
        let mebibytes =
            |held: Option<u64>| held.map_or("-".to_owned(), |held| format!("{:.1} MiB", held as f64 / 1024.0));
        let further = one.zip(all).map(|(one, all)| all.saturating_sub(one) as f64 * 1.024 / FURTHER as f64);
        let further = further.map_or("-".to_owned(), |further| format!("{further:.1} KB"));
        table.row(server.name, &[mebibytes(one), further, mebibytes(closed)])?;
    }
    Ok(())
}

/// What a client says of itself that is pushed to.
fn pushed() -> Value {
    json!({ "textDocument": { "publishDiagnostics": { "versionSupport": true } } })
}

/// What a client says of itself that pulls, and that asks for all the rest.
fn pulled() -> Value {
    json!({
        "textDocument": {
            "diagnostic": {},
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "semanticTokens": {
                "requests": { "full": { "delta": true } },
                "formats": ["relative"],
                "tokenTypes": [],
                "tokenModifiers": [],
            },
            "inlayHint": {},
            "foldingRange": {},
            "documentLink": {},
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source", "refactor"] } },
                "dataSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
            "documentHighlight": {},
            "completion": { "completionItem": { "resolveSupport": { "properties": ["documentation"] } } },
        },
    })
}

fn introduction(capabilities: &Value, folder: Option<&Path>) -> Value {
    let folders = folder.map(|folder| json!([{ "uri": format!("file://{}", folder.display()), "name": "cables" }]));
    json!({ "processId": null, "rootUri": null, "workspaceFolders": folders, "capabilities": capabilities })
}

/// The number of a line in the middle that holds words and can take a letter.
fn a_line_of_words(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let is_long = |line: &&str| line.len() > 30 && line.is_ascii();
    let middle = lines.len() / 2;
    middle + lines[middle..].iter().position(is_long).unwrap_or_default()
}

/// The name that a server gave to an answer.
fn result_id(answer: &[u8]) -> String {
    const KEY: &str = "\"resultId\":\"";
    let Some(at) = memchr::memmem::find(answer, KEY.as_bytes()) else { return String::new() };
    let rest = answer.get(at + KEY.len()..).unwrap_or_default();
    let end = memchr::memchr(b'"', rest).unwrap_or_default();
    String::from_utf8_lossy(&rest[..end]).into_owned()
}

/// Python in which `ruff` finds nothing.
fn python(size: usize) -> String {
    let mut text = String::from("\"\"\"Wheat and barley.\"\"\"\n");
    let mut number = 0;
    while text.len() < size {
        number += 1;
        let _ = write!(
            text,
            "\n\ndef price_of_wheat_{number}(tons: int, silo: str) -> str:\n    \"\"\"Say what the wheat of a silo costs.\"\"\"\n    \
             total = tons * {number} + len(silo)\n    if total > 100:\n        return f\"{{silo}}: {{total}}\"\n    return silo\n"
        );
    }
    text
}
