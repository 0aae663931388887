//! The loop between the frames and the gate.
//!
//! tower-lsp promises order only up to a handler's first await. Here each handler is polled once as soon as its frame
//! is taken, before the next frame is looked at; so what a handler does before its first await has happened when the
//! next handler starts, and an `exit` finds every answer that was ready already on its way out.

use std::future::poll_fn;
use std::time::Duration;

use futures::SinkExt;
use futures::future::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc::Receiver;
use tower_lsp::ClientSocket;
use tower_lsp::jsonrpc::{Request, Response};
use tower_service::Service;

use super::frames::{Incoming, Outgoing};
use super::gate::Gate;

/// How long unfinished answers may take once the client has closed its end.
const GRACE: Duration = Duration::from_millis(500);

/// Serves until `exit`, until the input ends, or until nobody reads the output. Returns the process's exit code.
pub(super) async fn serve<S>(
    mut gate: Gate<S>,
    socket: ClientSocket,
    mut incoming: Receiver<Incoming>,
    outgoing: &Outgoing,
) -> u8
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    let (mut to_client, mut from_client) = socket.split();
    let mut unfinished = FuturesUnordered::new();
    let mut client_reads = true;

    while client_reads {
        tokio::select! {
            // What the client says comes first: an answer that a later frame makes stale is then never computed.
            biased;
            frame = incoming.recv() => match frame {
                Some(Incoming::Request(request)) => {
                    let Ok(()) = poll_fn(|context| gate.poll_ready(context)).await;
                    let mut answer = gate.call(request);
                    match (&mut answer).now_or_never() {
                        Some(Ok(Some(response))) => client_reads = outgoing.send(&response),
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
                None => break,
            },
            Some(Ok(answer)) = unfinished.next() => {
                client_reads = answer.is_none_or(|response| outgoing.send(&response));
            }
            Some(request) = to_client.next() => client_reads = outgoing.send(&request),
        }
    }

    // The input has ended. What is nearly done may finish, for whoever still reads.
    let rest = async {
        while let Some(Ok(answer)) = unfinished.next().await {
            if let Some(response) = answer {
                outgoing.send(&response);
            }
        }
    };
    // Running out of time is no different from finishing: the process ends.
    let _ = tokio::time::timeout(GRACE, rest).await;
    gate.exit_code()
}
