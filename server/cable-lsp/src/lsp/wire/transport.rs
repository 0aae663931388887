//! The loop between the frames and the gate.
//!
//! tower-lsp promises order only up to a handler's first await. Here each handler is polled once as soon as its frame
//! is taken, before the next frame is looked at; so what a handler does before its first await has happened when the
//! next handler starts, and an `exit` finds every answer that was ready already on its way out.
//!
//! A client that does not read is not listened to either: while there is no room in the way out nothing is taken from
//! the way in, and no answer from its handler. So neither answers nor requests pile up.

use std::future::poll_fn;
use std::time::Duration;

use futures::SinkExt;
use futures::future::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use tower_lsp::ClientSocket;
use tower_lsp::jsonrpc::{Error, ErrorCode, Request, Response};
use tower_service::Service;

use super::frames::{Frames, Incoming};
use super::gate::Gate;
use super::outgoing::Outgoing;
use super::unread::Lost;

/// How long unfinished answers may take once the client has closed its end.
const GRACE: Duration = Duration::from_millis(500);
/// How many requests may be without an answer. Work is done in the order of asking, so more would only wait.
const MOST_UNFINISHED: usize = 2048;
/// LSP's `RequestFailed`. tower-lsp 0.20 has no name for it.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

/// Serves until `exit`, until the input ends, or until nobody reads the output. Returns the process's exit code.
/// `lost` is told of what the client said and could not be read.
pub(in crate::lsp) async fn serve<S>(
    mut gate: Gate<S>,
    socket: ClientSocket,
    mut incoming: Frames,
    outgoing: &Outgoing,
    lost: impl Fn(Lost),
) -> u8
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    let (mut to_client, mut from_client) = socket.split();
    let mut unfinished = FuturesUnordered::new();
    let mut client_reads = true;

    while client_reads {
        let has_room = outgoing.has_room();
        tokio::select! {
            // What the client says comes first: an answer that a later frame makes stale is then never computed.
            biased;
            frame = incoming.recv(), if has_room => match frame {
                Some(Incoming::Request(request)) if unfinished.len() >= MOST_UNFINISHED && request.id().is_some() => {
                    client_reads = outgoing.send(&too_many(&request));
                }
                Some(Incoming::Request(request)) => {
                    let Ok(()) = poll_fn(|context| gate.poll_ready(context)).await;
                    let mut answer = gate.call(request);
                    match (&mut answer).now_or_never() {
                        Some(Ok(Some(answer))) => client_reads = outgoing.answer(answer),
                        Some(Ok(None)) => {}
                        None => unfinished.push(answer),
                    }
                    if gate.exit_requested() {
                        return gate.exit_code();
                    }
                }
                Some(Incoming::Response(response)) => {
                    // It fails only after the library's own `exit`, which the gate keeps from it.
                    let _ = from_client.send(response).await;
                }
                Some(Incoming::Malformed(error)) => client_reads = outgoing.send(&error),
                Some(Incoming::Unread(what, error)) => {
                    lost(what);
                    client_reads = error.is_none_or(|error| outgoing.send(&error));
                }
                None => break,
            },
            Some(Ok(answer)) = unfinished.next(), if has_room => {
                client_reads = answer.is_none_or(|answer| outgoing.answer(answer));
            }
            Some(request) = to_client.next(), if has_room => client_reads = outgoing.send(&request),
            () = outgoing.room(), if !has_room => {}
        }
        // However much the client says: what waited for a thread gets its turn, and an answer that is there goes out.
        if has_room && let Some(Some(Ok(Some(answer)))) = unfinished.next().now_or_never() {
            client_reads &= outgoing.answer(answer);
        }
    }

    // The input has ended. What is nearly done may finish, for whoever still reads.
    let rest = async {
        while let Some(Ok(answer)) = unfinished.next().await {
            if let Some(answer) = answer {
                outgoing.answer(answer);
            }
        }
    };
    // Running out of time is no different from finishing: the process ends.
    let _ = tokio::time::timeout(GRACE, rest).await;
    gate.exit_code()
}

fn too_many(request: &Request) -> Response {
    let message = format!("{MOST_UNFINISHED} requests wait for their answers; ask again when some have come");
    let error = Error { code: REQUEST_FAILED, message: message.into(), data: None };
    Response::from_error(request.id().cloned().unwrap_or_default(), error)
}
