//! `server --log-file`: every frame of a session, as it was sent, in a file. For reports of what went wrong.
//!
//! A line is a JSON object: seconds since the start, who spoke, and the frame. A frame that is no JSON is there as
//! text. A record that cannot be written ends, and the session goes on.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde::Serialize;
use serde_json::value::RawValue;

/// Where frames are written, if anybody wants them. Clones write to the same file.
#[derive(Clone, Debug, Default)]
pub(in crate::lsp) struct Record {
    file: Option<Arc<Mutex<Option<File>>>>,
    start: Option<Instant>,
}

#[derive(Serialize)]
struct Line<'a> {
    seconds: f64,
    from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl Record {
    /// A record in a new file; one that is there already is replaced.
    ///
    /// # Errors
    ///
    /// When the file cannot be made.
    pub(in crate::lsp) fn create(path: &Path) -> io::Result<Self> {
        let file = File::create(path)
            .map_err(|error| io::Error::new(error.kind(), format!("the log file {}: {error}", path.display())))?;
        Ok(Self { file: Some(Arc::new(Mutex::new(Some(file)))), start: Some(Instant::now()) })
    }

    /// Writes down what the client sent.
    pub(in crate::lsp) fn received(&self, body: &[u8]) {
        self.write("client", body);
    }

    /// Writes down what the server sends.
    pub(in crate::lsp) fn sent(&self, body: &[u8]) {
        self.write("server", body);
    }

    fn write(&self, from: &str, body: &[u8]) {
        let (Some(shared), Some(start)) = (&self.file, self.start) else { return };
        let text = String::from_utf8_lossy(body);
        let frame = serde_json::from_str(&text).ok();
        let plain = frame.is_none().then_some(&*text);
        let line = Line { seconds: start.elapsed().as_secs_f64(), from, frame, text: plain };
        // A line at a time, for two threads write.
        let mut file = shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &mut *file
            && let Err(error) = serde_json::to_vec(&line).map_err(io::Error::other).and_then(|mut line| {
                line.push(b'\n');
                open.write_all(&line)
            })
        {
            eprintln!("cable-lsp: the log file is no longer written: {error}");
            *file = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn keeps_who_said_what() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("frames.jsonl");
        let record = Record::create(&path).expect("a file");
        record.received(br#"{"id":1}"#);
        record.sent(b"no JSON \xff");
        let text = std::fs::read_to_string(&path).expect("the file");
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!((&lines[0]["from"], &lines[0]["frame"]), (&json!("client"), &json!({ "id": 1 })));
        assert_eq!((&lines[1]["from"], &lines[1]["text"]), (&json!("server"), &json!("no JSON \u{fffd}")));
        assert!(lines[0]["seconds"].as_f64() <= lines[1]["seconds"].as_f64());
        assert!(Record::create(&folder.path().join("no/such/folder")).is_err());
    }
}
