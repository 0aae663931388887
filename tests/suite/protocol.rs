//! The language server as an editor meets it: the built program, over its standard input and output.

mod archive;
mod busy;
mod clients;
mod completion;
mod conformance;
mod diagnostics;
mod edition;
mod explaining;
mod held_up;
mod in_step;
mod lifecycle;
mod next_line;
mod ordering;
mod reading;
mod text;
mod typing;
mod workspace;

use cable_tests::client::Client;
use cable_tests::shared::RealFile;
use serde_json::{Value, json};

/// A cable made up for these tests. Nothing is wrong with it, and `é𐍈` counts differently in every encoding.
const CABLE: &str = concat!(include_str!("../src/library.cable"), "DOE\nBT\n#0312\n");

const URI: &str = "file:///cables/astana-312.cable";

/// A document of many cables, each with a number of its own; those with the same number would be copies of one cable.
fn many(count: usize) -> String {
    (0..count).map(|index| CABLE.replace("0312", &format!("{:04}", 1000 + index))).collect()
}

/// A client that takes what the server can give, columns in bytes.
fn capable() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "workspace": { "workspaceEdit": { "documentChanges": true }, "diagnostics": { "refreshSupport": true } },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } } },
            "publishDiagnostics": { "relatedInformation": true, "dataSupport": true, "tagSupport": { "valueSet": [1, 2] } }
        }
    })
}

/// The same, but it asks for diagnostics itself.
fn pulling() -> Value {
    let mut capabilities = capable();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities
}

/// A client with `CABLE` open as version 1, its first diagnostics read.
fn with_cable() -> Client {
    let mut client = Client::with(&capable());
    client.open(URI, 1, CABLE);
    client.diagnostics_of(URI, 1);
    client
}

/// The position of `needle` in `text`, columns in bytes.
fn position(text: &str, needle: &str) -> Value {
    let offset = text.find(needle).unwrap_or_else(|| panic!("{needle} is not in the text"));
    let line_start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    json!({ "line": text[..offset].matches('\n').count(), "character": offset - line_start })
}

fn at(line: u32, character: u32) -> Value {
    json!({ "line": line, "character": character })
}

fn document() -> Value {
    json!({ "uri": URI })
}

/// A file's address.
fn uri_of(file: &RealFile) -> String {
    format!("file://{}", file.path.display())
}
