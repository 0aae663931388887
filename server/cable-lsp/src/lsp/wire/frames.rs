//! Frames of the base protocol: bytes on standard input → JSON-RPC values. [`super::outgoing`] is the way back.
//!
//! Reading has a thread of its own, which decodes while the loop works. This stands in for `tower_lsp::Server`: its `FramedRead` stops reading
//! for good after the first frame that it cannot decode, and here a bad frame gets an error and the next one is read.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use serde_json::Value;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use super::quiet::Quiet;
use super::record::Record;
use super::surrogates;
use super::unread::{self, Lost};

/// How many decoded frames may wait for the loop; a client that sends more waits in its pipe.
const QUEUE: usize = 256;
/// How many bytes of frames may wait for the loop. One frame may be longer.
const QUEUE_BYTES: usize = 8 << 20;
/// Longest frame accepted, in bytes: the largest file that `check` reads. A longer one is answered with an error and
/// read past.
const LONGEST_FRAME: u64 = 512 << 20;
/// Longest header line looked at, in bytes.
const LONGEST_HEADER: u64 = 8 << 10;

/// One decoded frame from the client.
#[derive(Debug, PartialEq)]
pub(in crate::lsp) enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The client's answer to a request of ours.
    Response(Response),
    /// Not the protocol: the error to send back.
    Malformed(Response),
    /// What the server no longer knows, since a notification could not be read, and the error to send back if there is
    /// one.
    Unread(Lost, Option<Response>),
}

/// Decoded frames on their way to the loop.
pub(in crate::lsp) struct Frames {
    receiver: mpsc::Receiver<(Incoming, usize)>,
    load: Arc<Load>,
}

/// How many bytes of frames wait for the loop.
#[derive(Default)]
struct Load {
    bytes: Mutex<usize>,
    lighter: Condvar,
}

impl Load {
    /// Waits until a frame of this length may wait too.
    fn take(&self, length: usize) {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_heavy = |bytes: &mut usize| *bytes > 0 && *bytes + length > QUEUE_BYTES;
        *self.lighter.wait_while(bytes, is_heavy).unwrap_or_else(PoisonError::into_inner) += length;
    }

    fn give_back(&self, length: usize) {
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= length;
        self.lighter.notify_one();
    }
}

impl Frames {
    /// The next frame; none at the end of input.
    pub(in crate::lsp) async fn recv(&mut self) -> Option<Incoming> {
        let (frame, length) = self.receiver.recv().await?;
        self.load.give_back(length);
        Some(frame)
    }
}

/// Reads frames from `input` on a thread of its own, and calls `at_end` when there are no more.
pub(in crate::lsp) fn spawn_reader(
    input: impl Read + Send + 'static,
    quiet: Quiet,
    record: Record,
    at_end: impl FnOnce() + Send + 'static,
) -> io::Result<Frames> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let load = Arc::<Load>::default();
    let shared = Arc::clone(&load);
    thread::Builder::new().name("reader".into()).spawn(move || {
        let mut input = BufReader::with_capacity(64 << 10, quiet.watch(input));
        let mut past = 0;
        while let Ok(Some((frame, length))) = read_frame(&mut input, &record, &mut past) {
            quiet.hold(!input.buffer().is_empty());
            shared.take(length);
            if sender.blocking_send((frame, length)).is_err() {
                break;
            }
        }
        // The loop learns it first, and may end by itself.
        drop(sender);
        at_end();
    })?;
    Ok(Frames { receiver, load })
}

/// Reads one frame and says how long it is; `None` at the end of input. Only a failing read is an error: bad frames are
/// values. First it reads past the bytes of a frame that was too long, and sets `past` if this one is.
fn read_frame(input: &mut impl BufRead, record: &Record, past: &mut u64) -> io::Result<Option<(Incoming, usize)>> {
    io::copy(&mut input.by_ref().take(std::mem::take(past)), &mut io::sink())?;
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
    let Some(length) = length else { return Ok(Some((malformed(Id::Null, Error::parse_error()), 0))) };
    if length > LONGEST_FRAME {
        // Told before its bytes come: they may never.
        *past = length;
        let error = Response::from_error(Id::Null, too_long(length));
        return Ok(Some((Incoming::Unread(Lost::All, Some(error)), 0)));
    }
    let mut body = Vec::new();
    if (input.by_ref().take(length).read_to_end(&mut body)? as u64) < length {
        return Ok(None);
    }
    record.received(&body);
    Ok(Some((decode(&mut body), body.len())))
}

/// What a person should know who finds it in a log.
fn too_long(length: u64) -> Error {
    let longest = LONGEST_FRAME >> 20;
    let message = format!(
        "a message of {length} bytes is too long: at most {longest} MiB are read. Open a smaller part of the file"
    );
    Error { code: ErrorCode::InvalidRequest, message: message.into(), data: None }
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

fn decode(body: &mut [u8]) -> Incoming {
    surrogates::replace(body);
    // `Request` leaves the method empty when there is none, so one parse tells the two apart.
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => match unread::by(&request) {
            None => Incoming::Request(request),
            Some(lost) => Incoming::Unread(lost, None),
        },
        Err(error) if !error.is_data() => lossy(body, Id::Null, Error::parse_error()),
        _ => match serde_json::from_slice::<Response>(body) {
            Ok(response) => Incoming::Response(response),
            Err(_) => lossy(body, id_of(body), Error::invalid_request()),
        },
    }
}

/// An error, and what is lost if the frame was a notification about a text.
fn lossy(body: &[u8], id: Id, error: Error) -> Incoming {
    match unread::by_frame(body) {
        Some(lost) => Incoming::Unread(lost, Some(Response::from_error(id, error))),
        None => malformed(id, error),
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
    use super::*;

    fn frames(bytes: &[u8]) -> Vec<Incoming> {
        let (mut input, mut past) = (bytes, 0);
        let next = || read_frame(&mut input, &Record::default(), &mut past).expect("a slice does not fail");
        std::iter::from_fn(next).map(|(frame, _)| frame).collect()
    }

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const HOVER: &str = r#"{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{}}"#;

    fn code(incoming: &Incoming) -> (Id, i64) {
        let (Incoming::Malformed(response) | Incoming::Unread(_, Some(response))) = incoming else {
            panic!("expected an error, got {incoming:?}")
        };
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
    fn a_length_beyond_reason_is_an_error_at_once_and_takes_no_memory() {
        let read = frames(b"Content-Length: 99999999999999\r\n\r\n{}");
        assert_eq!((read.len(), code(&read[0])), (1, (Id::Null, -32600)));
    }

    #[test]
    fn reads_on_after_a_frame_that_is_too_long() {
        let long = io::repeat(b' ').take(LONGEST_FRAME + 1);
        let header = format!("Content-Length: {}\r\n\r\n", LONGEST_FRAME + 1);
        let after = frame(HOVER);
        let mut input = BufReader::new(header.as_bytes().chain(long).chain(after.as_bytes()));
        let mut past = 0;
        let mut next = || read_frame(&mut input, &Record::default(), &mut past).expect("it does not fail");
        assert!(matches!(next(), Some((Incoming::Unread(Lost::All, Some(_)), _))));
        assert!(matches!(next(), Some((Incoming::Request(_), _))));
        assert_eq!(next(), None);
    }

    #[test]
    fn a_change_that_cannot_be_read_is_no_request() {
        let change = r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"a:b"}}}"#;
        assert!(matches!(frames(frame(change).as_bytes())[..], [Incoming::Unread(Lost::One(_), None)]));
    }

    #[test]
    fn half_a_character_is_read() {
        let body = r#"{"jsonrpc":"2.0","method":"x","params":{"text":"\ud800"}}"#;
        let [Incoming::Request(request)] = &frames(frame(body).as_bytes())[..] else { panic!("a notification") };
        assert_eq!(request.params().and_then(|params| params["text"].as_str()), Some("\u{fffd}"));
    }
}
