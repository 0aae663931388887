//! The way out: frames are queued here and written by a thread of their own.
//!
//! A client that stops reading never holds the loop. What waits to be written is bounded all the same: when there is no
//! room, nothing more is taken from the client until it reads ([`super::transport`]), diagnostics wait, and what only
//! the log would show is left out.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::Notify;
use tower_lsp::lsp_types::notification::Notification;

use super::answer::Answer;
use super::record::Record;

/// How many bytes may wait before there is no room. One frame may be longer.
const ROOM: usize = 4 << 20;
/// How long a thread that has something to say waits before it looks again whether there is room.
const PERIOD: Duration = Duration::from_millis(100);

/// The queue of what is to be written. Clones share it.
#[derive(Clone)]
pub(in crate::lsp) struct Outgoing {
    queue: Sender<Work>,
    waiting: Arc<Waiting>,
}

/// What waits to be written.
#[derive(Default)]
struct Waiting {
    bytes: AtomicUsize,
    /// Wakes the tasks that wait for room.
    tasks: Notify,
    /// Wakes the threads that wait for room.
    lock: Mutex<()>,
    threads: Condvar,
}

enum Work {
    Write(Vec<u8>),
    /// Everything before it is written when the sender is dropped.
    Finish(SyncSender<()>),
}

impl Waiting {
    fn has_room(&self) -> bool {
        // A late look lets a frame more or less in, so no ordering is needed.
        self.bytes.load(Ordering::Relaxed) < ROOM
    }

    /// Some bytes no longer wait.
    fn give_back(&self, bytes: usize) {
        let before = self.bytes.fetch_sub(bytes, Ordering::Relaxed);
        if before >= ROOM && before - bytes < ROOM {
            self.wake();
        }
    }

    fn wake(&self) {
        self.tasks.notify_waiters();
        self.threads.notify_all();
    }
}

impl Outgoing {
    /// Writes to `output` on a thread of its own, until `output` is closed.
    pub(in crate::lsp) fn spawn(output: impl Write + Send + 'static, record: Record) -> io::Result<Self> {
        let (queue, work) = std::sync::mpsc::channel();
        let waiting = Arc::<Waiting>::default();
        let shared = Arc::clone(&waiting);
        thread::Builder::new().name("writer".into()).spawn(move || {
            write_frames(output, work, &record, &shared);
            // Nobody reads any more: what is sent from now on is refused, and who waits for room is to find that out.
            shared.bytes.store(0, Ordering::Relaxed);
            shared.wake();
        })?;
        Ok(Self { queue, waiting })
    }

    /// Queues a frame. False if the client has closed its end.
    pub(in crate::lsp) fn send(&self, message: &impl Serialize) -> bool {
        self.queue(serde_json::to_vec(message))
    }

    /// Queues an answer.
    pub(super) fn answer(&self, answer: Answer) -> bool {
        self.queue(answer.into_body())
    }

    fn queue(&self, body: serde_json::Result<Vec<u8>>) -> bool {
        match body {
            Ok(body) => {
                self.waiting.bytes.fetch_add(body.len(), Ordering::Relaxed);
                self.queue.send(Work::Write(body)).is_ok()
            }
            Err(error) => {
                eprintln!("cable-lsp: an answer could not be written as JSON: {error}");
                true
            }
        }
    }

    /// Queues a notification, without the tree of values that tower-lsp's `Client` builds for each.
    pub(in crate::lsp) fn notify<N: Notification>(&self, params: &N::Params) -> bool {
        #[derive(Serialize)]
        struct Frame<'a, P> {
            jsonrpc: &'static str,
            method: &'static str,
            params: &'a P,
        }
        self.send(&Frame { jsonrpc: "2.0", method: N::METHOD, params })
    }

    /// Queues a notification whose parameters are JSON already.
    pub(in crate::lsp) fn notify_written<N: Notification>(&self, params: &[u8]) -> bool {
        let mut body = format!(r#"{{"jsonrpc":"2.0","method":"{}","params":"#, N::METHOD).into_bytes();
        body.extend_from_slice(params);
        body.push(b'}');
        self.queue(Ok(body))
    }

    /// Whether the client reads what it is sent.
    pub(in crate::lsp) fn has_room(&self) -> bool {
        self.waiting.has_room()
    }

    /// Returns when there is room, or when the client has closed its end.
    pub(in crate::lsp) async fn room(&self) {
        loop {
            // Made before the look, so that a wake between the look and the wait is not missed.
            let woken = self.waiting.tasks.notified();
            if self.has_room() {
                return;
            }
            woken.await;
        }
    }

    /// The same for work on a thread. It goes on without room once `is_over`.
    pub(in crate::lsp) fn wait_for_room(&self, is_over: impl Fn() -> bool) {
        let mut lock = self.waiting.lock.lock().unwrap_or_else(PoisonError::into_inner);
        while !self.has_room() && !is_over() {
            let woken = self.waiting.threads.wait_timeout(lock, PERIOD);
            lock = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until everything queued is written, at most `patience`.
    pub(in crate::lsp) fn finish(&self, patience: Duration) {
        let (done, written) = std::sync::mpsc::sync_channel(0);
        if self.queue.send(Work::Finish(done)).is_ok()
            && written.recv_timeout(patience) == Err(RecvTimeoutError::Timeout)
        {
            eprintln!("cable-lsp: the client does not read; the last answers are lost");
        }
    }
}

fn write_frames(mut output: impl Write, work: Receiver<Work>, record: &Record, waiting: &Waiting) {
    for work in work {
        match work {
            Work::Write(body) => {
                record.sent(&body);
                if write_frame(&mut output, &body).is_err() {
                    break;
                }
                waiting.give_back(body.len());
            }
            Work::Finish(waiting) => drop(waiting),
        }
    }
}

/// Writes a frame: a short one at once, and of a long one no copy.
fn write_frame(output: &mut impl Write, body: &[u8]) -> io::Result<()> {
    const SHORT: usize = 64 << 10;
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    if body.len() <= SHORT {
        frame.extend_from_slice(body);
        output.write_all(&frame)?;
    } else {
        output.write_all(&frame)?;
        output.write_all(body)?;
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use tower_lsp::lsp_types::LogTraceParams;
    use tower_lsp::lsp_types::notification::LogTrace;

    use super::*;

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

    #[tokio::test]
    async fn there_is_no_room_until_the_client_reads() {
        let (mut reader, writer) = io::pipe().expect("a pipe");
        let outgoing = Outgoing::spawn(writer, Record::default()).expect("a thread");
        let long = "x".repeat(ROOM);
        outgoing.room().await;
        assert!(outgoing.send(&long) && !outgoing.has_room());
        let reading = thread::spawn(move || io::copy(&mut reader, &mut io::sink()));
        outgoing.room().await;
        outgoing.wait_for_room(|| false);
        drop(outgoing);
        assert!(reading.join().expect("a thread").expect("a pipe") > ROOM as u64);
    }

    #[tokio::test]
    async fn a_client_that_is_gone_keeps_nobody_waiting() {
        let (reader, writer) = io::pipe().expect("a pipe");
        let outgoing = Outgoing::spawn(writer, Record::default()).expect("a thread");
        outgoing.send(&"x".repeat(ROOM));
        drop(reader);
        outgoing.room().await;
        outgoing.wait_for_room(|| false);
        while outgoing.send(&1) {}
    }
}
