//! Notifications about texts that cannot be read. The library drops them without a word, and from then on the server
//! would speak of another text than the editor shows; so it is told which documents it no longer knows.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tower_lsp::jsonrpc::Request;
use tower_lsp::lsp_types::{Range, Url};

/// What is no longer known, since a notification could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) enum Lost {
    /// The text of one document.
    One(Url),
    /// A document whose address is none, and which cannot be open here.
    Nameless(String),
    /// It is not known which document the notification was about.
    All,
}

/// What the protocol says of `didOpen` and its like, with the texts left where they are.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "a field that is not used must be readable all the same")]
struct DidOpen<'a> {
    #[serde(borrow)]
    text_document: Item<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "see above")]
struct Item<'a> {
    uri: Url,
    language_id: &'a str,
    version: i32,
    text: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "see above")]
struct DidChange<'a> {
    text_document: Versioned,
    #[serde(borrow)]
    content_changes: Vec<Change<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "see above")]
struct Versioned {
    uri: Url,
    version: i32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "see above")]
struct Change<'a> {
    range: Option<Range>,
    range_length: Option<u32>,
    text: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "see above")]
struct DidSave<'a> {
    text_document: Named,
    text: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "see above")]
struct DidClose {
    text_document: Named,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "see above")]
struct Named {
    uri: Url,
}

/// What is lost if the library cannot read the params of a notification; none if it can, or if it is another.
pub(in crate::lsp) fn by(request: &Request) -> Option<Lost> {
    if request.id().is_some() {
        return None;
    }
    of(request.method(), request.params())
}

/// The same of a frame that is no request for the library but JSON, at least when signs that are none are replaced.
pub(in crate::lsp) fn by_frame(body: &[u8]) -> Option<Lost> {
    #[derive(Deserialize)]
    struct Frame {
        id: Option<Box<RawValue>>,
        method: Option<String>,
        params: Option<Value>,
    }
    let text = String::from_utf8_lossy(body);
    if !text.trim_ascii_start().starts_with('{') && serde_json::from_str::<Box<RawValue>>(&text).is_ok() {
        // A number or a list: nothing of the protocol, and so nothing about a text.
        return None;
    }
    let Ok(frame) = serde_json::from_str::<Frame>(&text) else { return Some(Lost::All) };
    if frame.id.is_some() {
        return None;
    }
    let is_about_a_text = frame.method.as_deref().is_some_and(|method| TEXTS.contains(&method));
    is_about_a_text.then(|| place(frame.params.as_ref()))
}

/// The notifications that a text depends on.
const TEXTS: [&str; 4] =
    ["textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "textDocument/didClose"];

fn of(method: &str, params: Option<&Value>) -> Option<Lost> {
    let nothing = Value::Null;
    let value = params.unwrap_or(&nothing);
    let is_readable = match method {
        "textDocument/didOpen" => DidOpen::deserialize(value).is_ok(),
        "textDocument/didChange" => DidChange::deserialize(value).is_ok(),
        "textDocument/didSave" => DidSave::deserialize(value).is_ok(),
        "textDocument/didClose" => DidClose::deserialize(value).is_ok(),
        _ => true,
    };
    (!is_readable).then(|| place(params))
}

/// The document that params are about.
fn place(params: Option<&Value>) -> Lost {
    match params.and_then(|params| params.pointer("/textDocument/uri")).and_then(Value::as_str) {
        Some(text) => Url::parse(text).map_or_else(|_| Lost::Nameless(text.to_owned()), Lost::One),
        None => Lost::All,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lost(method: &'static str, params: Value) -> Option<Lost> {
        by(&Request::build(method).params(params).finish())
    }

    fn one() -> Lost {
        Lost::One(Url::parse("file:///a.cable").expect("an address"))
    }

    #[test]
    fn what_the_library_reads_loses_nothing() {
        let named = json!({ "uri": "file:///a.cable", "version": 2, "languageId": "cable", "text": "é\n", "more": [] });
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 1 } });
        for (method, params) in [
            ("textDocument/didOpen", json!({ "textDocument": named })),
            ("textDocument/didChange", json!({ "textDocument": named, "contentChanges": [{ "text": "" }] })),
            (
                "textDocument/didChange",
                json!({ "textDocument": named, "contentChanges": [{ "range": range, "rangeLength": 1, "text": "x" }] }),
            ),
            ("textDocument/didSave", json!({ "textDocument": named })),
            ("textDocument/didSave", json!({ "textDocument": named, "text": "x" })),
            ("textDocument/didClose", json!({ "textDocument": named })),
            ("textDocument/hover", json!([])),
        ] {
            assert_eq!(lost(method, params.clone()), None, "{method} {params}");
        }
    }

    #[test]
    fn what_it_drops_loses_its_document_or_all() {
        let named = json!({ "uri": "file:///a.cable", "version": 2 });
        let far = json!({ "start": { "line": -1, "character": 0 }, "end": { "line": 0, "character": 1 } });
        let change = |change: Value| json!({ "textDocument": named, "contentChanges": [change] });
        for params in [change(json!({})), change(json!({ "text": 1 })), change(json!({ "range": far, "text": "" }))] {
            assert_eq!(lost("textDocument/didChange", params.clone()), Some(one()), "{params}");
        }
        assert_eq!(lost("textDocument/didOpen", json!({ "textDocument": named })), Some(one()));
        assert_eq!(lost("textDocument/didChange", json!({})), Some(Lost::All));
        let nameless = json!({ "textDocument": { "uri": "no address" } });
        assert_eq!(lost("textDocument/didClose", nameless), Some(Lost::Nameless("no address".into())));
        assert_eq!(by(&Request::build("textDocument/didOpen").finish()), Some(Lost::All));
    }

    #[test]
    fn a_frame_that_is_no_request_loses_what_it_may_have_been_about() {
        let known: &[u8] =
            b"{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\"file:///a.cable\"},\"x\":\"\xff\"}}";
        assert_eq!(by_frame(known), Some(one()));
        assert_eq!(by_frame(b"{\"method\":\"textDocument/didCha"), Some(Lost::All));
        assert_eq!(by_frame(b"\xff\xfe"), Some(Lost::All));
        for harmless in ["[1, 2]", "7", r#"{"id":3,"method":"x"}"#, r#"{"method":"$/setTrace"}"#, "{}"] {
            assert_eq!(by_frame(harmless.as_bytes()), None, "{harmless}");
        }
    }
}
