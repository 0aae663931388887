//! Frames of the base protocol: bytes on standard input and output ↔ JSON-RPC values.
//!
//! Reading and writing each have a thread of their own. The reader decodes while the loop works; the writer never lets
//! a client that stopped reading hold the loop. This stands in for `tower_lsp::Server`: its `FramedRead` stops reading
//! for good after the first frame that it cannot decode, and here a bad frame gets an error and the next one is read.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::lsp_types::notification::Notification;

use super::quiet::Quiet;
use super::record::Record;

/// How many decoded frames may wait for the loop; a client that sends more waits in its pipe.
const QUEUE: usize = 256;
/// Longest frame accepted, in bytes. A longer one is read past and answered with an error.
const LONGEST_FRAME: u64 = 1 << 30;
/// Longest header line looked at, in bytes.
const LONGEST_HEADER: u64 = 8 << 10;

/// One decoded frame from the client.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The client's answer to a request of ours.
    Response(Response),
    /// Not the protocol: the error to send back.
    Malformed(Response),
}

/// Reads frames from `input` on a thread of its own. The channel closes at the end of input.
pub(super) fn spawn_reader(
    input: impl Read + Send + 'static,
    quiet: Quiet,
    record: Record,
) -> io::Result<mpsc::Receiver<Incoming>> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    thread::Builder::new().name("reader".into()).spawn(move || {
        let mut input = BufReader::with_capacity(64 << 10, quiet.watch(input));
        while let Ok(Some(frame)) = read_frame(&mut input, &record) {
            quiet.hold(!input.buffer().is_empty());
            if sender.blocking_send(frame).is_err() {
                break;
            }
        }
    })?;
    Ok(receiver)
}

/// The way out: frames are queued here and written by a thread. Clones share the queue.
#[derive(Clone)]
pub(super) struct Outgoing {
    queue: Sender<Work>,
}

enum Work {
    Write(Vec<u8>),
    /// Everything before it is written when the sender is dropped.
    Finish(SyncSender<()>),
}

impl Outgoing {
    /// Writes to `output` on a thread of its own, until `output` is closed.
    pub(super) fn spawn(output: impl Write + Send + 'static, record: Record) -> io::Result<Self> {
        let (queue, work) = std::sync::mpsc::channel();
        thread::Builder::new().name("writer".into()).spawn(move || write_frames(output, work, &record))?;
        Ok(Self { queue })
    }

    /// Queues a frame. False if the client has closed its end.
    pub(super) fn send(&self, message: &impl Serialize) -> bool {
        match serde_json::to_vec(message) {
            Ok(body) => self.queue.send(Work::Write(body)).is_ok(),
            Err(error) => {
                eprintln!("cable-lsp: an answer could not be written as JSON: {error}");
                true
            }
        }
    }

    /// Queues a notification, without the tree of values that tower-lsp's `Client` builds for each.
    pub(super) fn notify<N: Notification>(&self, params: &N::Params) -> bool {
        #[derive(Serialize)]
        struct Frame<'a, P> {
            jsonrpc: &'static str,
            method: &'static str,
            params: &'a P,
        }
        self.send(&Frame { jsonrpc: "2.0", method: N::METHOD, params })
    }

    /// Waits until everything queued is written, at most `patience`.
    pub(super) fn finish(&self, patience: Duration) {
        let (done, written) = std::sync::mpsc::sync_channel(0);
        if self.queue.send(Work::Finish(done)).is_ok()
            && written.recv_timeout(patience) == Err(RecvTimeoutError::Timeout)
        {
            eprintln!("cable-lsp: the client does not read; the last answers are lost");
        }
    }
}

fn write_frames(mut output: impl Write, work: Receiver<Work>, record: &Record) {
    for work in work {
        match work {
            Work::Write(body) => {
                record.sent(&body);
                let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
                frame.extend_from_slice(&body);
                if output.write_all(&frame).and_then(|()| output.flush()).is_err() {
                    break;
                }
            }
            Work::Finish(waiting) => drop(waiting),
        }
    }
}

/// Reads one frame; `None` at the end of input. Only a failing read is an error: bad frames are values.
fn read_frame(input: &mut impl BufRead, record: &Record) -> io::Result<Option<Incoming>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        match parse_header(&line) {
            Header::Length(bytes) => length = Some(bytes),
            Header::Other => {}
            Header::End => break,
        }
    }
    let Some(length) = length else { return Ok(Some(malformed(Id::Null, Error::parse_error()))) };
    if length > LONGEST_FRAME {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Some(malformed(Id::Null, Error::parse_error())));
    }
    let mut body = Vec::new();
    if (input.by_ref().take(length).read_to_end(&mut body)? as u64) < length {
        return Ok(None);
    }
    record.received(&body);
    Ok(Some(decode(&body)))
}

enum Header {
    Length(u64),
    Other,
    End,
}

fn parse_header(line: &[u8]) -> Header {
    let line = line.trim_ascii();
    if line.is_empty() {
        return Header::End;
    }
    let mut parts = line.splitn(2, |&byte| byte == b':');
    let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if !name.trim_ascii().eq_ignore_ascii_case(b"content-length") {
        return Header::Other;
    }
    match std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok()) {
        Some(bytes) => Header::Length(bytes),
        None => Header::Other,
    }
}

fn decode(body: &[u8]) -> Incoming {
    // `Request` leaves the method empty when there is none, so one parse tells the two apart.
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => Incoming::Request(request),
        Err(error) if !error.is_data() => malformed(Id::Null, Error::parse_error()),
        _ => match serde_json::from_slice::<Response>(body) {
            Ok(response) => Incoming::Response(response),
            Err(_) => malformed(id_of(body), Error::invalid_request()),
        },
    }
}

fn malformed(id: Id, error: Error) -> Incoming {
    Incoming::Malformed(Response::from_error(id, error))
}

/// The id of a frame that is JSON but no request, so that the client can tell which of its requests failed.
fn id_of(body: &[u8]) -> Id {
    let id = serde_json::from_slice::<Value>(body).ok().and_then(|frame| frame.get("id").cloned());
    id.and_then(|id| serde_json::from_value(id).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types::LogTraceParams;
    use tower_lsp::lsp_types::notification::LogTrace;

    use super::*;

    fn frames(bytes: &[u8]) -> Vec<Incoming> {
        let mut input = bytes;
        std::iter::from_fn(|| read_frame(&mut input, &Record::default()).expect("a slice does not fail")).collect()
    }

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn writes_frames_in_order_and_finishes() {
        let (mut reader, writer) = io::pipe().expect("a pipe");
        let outgoing = Outgoing::spawn(writer, Record::default()).expect("a thread");
        assert!(
            outgoing.send(&1) && outgoing.notify::<LogTrace>(&LogTraceParams { message: "é".into(), verbose: None })
        );
        outgoing.finish(Duration::from_secs(10));
        drop(outgoing);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("the writer closes its end");
        let notification = r#"{"jsonrpc":"2.0","method":"$/logTrace","params":{"message":"é"}}"#;
        assert_eq!(text, frame("1") + &frame(notification));
    }

    const HOVER: &str = r#"{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{}}"#;

    fn code(incoming: &Incoming) -> (Id, i64) {
        let Incoming::Malformed(response) = incoming else { panic!("expected an error, got {incoming:?}") };
        (response.id().clone(), response.error().expect("an error").code.code())
    }

    #[test]
    fn reads_requests_and_answers() {
        let answer = r#"{"jsonrpc":"2.0","id":0,"result":null}"#;
        let read = frames((frame(HOVER) + &frame(answer)).as_bytes());
        assert!(matches!(&read[0], Incoming::Request(request) if request.method() == "textDocument/hover"));
        assert!(matches!(&read[1], Incoming::Response(response) if response.is_ok()));
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn header_names_have_no_case_and_others_are_skipped() {
        let text = format!("content-type: x\r\nCONTENT-LENGTH:{}\r\n\r\n{HOVER}", HOVER.len());
        assert!(matches!(frames(text.as_bytes())[..], [Incoming::Request(_)]));
    }

    #[test]
    fn reads_on_after_a_frame_that_is_not_json() {
        let read = frames((frame("{\"jsonrpc\":") + &frame(HOVER)).as_bytes());
        assert_eq!(code(&read[0]), (Id::Null, -32700));
        assert!(matches!(read[1], Incoming::Request(_)));
    }

    #[test]
    fn reads_on_after_a_header_without_a_length() {
        let read = frames(format!("Content-Type: x\r\n\r\n{}", frame(HOVER)).as_bytes());
        assert_eq!(code(&read[0]), (Id::Null, -32700));
        assert!(matches!(read[1], Incoming::Request(_)));
    }

    #[test]
    fn json_that_is_no_request_is_answered_by_its_id() {
        assert_eq!(code(&frames(frame(r#"{"id":3,"method":"x"}"#).as_bytes())[0]), (Id::Number(3), -32600));
        assert_eq!(code(&frames(frame("[]").as_bytes())[0]), (Id::Null, -32600));
    }

    #[test]
    fn a_frame_cut_short_is_the_end() {
        assert!(frames(b"Content-Length: 100\r\n\r\n{").is_empty());
        assert!(frames(b"Content-Len").is_empty());
    }

    #[test]
    fn a_length_beyond_reason_takes_no_memory() {
        assert!(frames(b"Content-Length: 99999999999999\r\n\r\n{}").len() <= 1);
    }
}
