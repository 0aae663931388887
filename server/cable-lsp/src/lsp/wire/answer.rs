//! What a request is answered with: the library's tree of values, or JSON that is written already.
//!
//! What is long and kept from one answer to the next (diagnostics, symbols, folds) would be taken apart and put together
//! again by the library. Its handler leaves the JSON here, and what it returns for the library is not sent.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tower_lsp::jsonrpc::{Id, Response};

tokio::task_local! {
    static WRITTEN: Written;
}

/// The answer to one request.
#[derive(Debug, PartialEq)]
pub(in crate::lsp) enum Answer {
    /// As the library built it.
    Built(Response),
    /// The result as JSON.
    Written(Id, Vec<u8>),
}

/// Where the handler of one request may leave its result.
#[derive(Debug, Clone, Default)]
pub(super) struct Written(Arc<Mutex<Option<Vec<u8>>>>);

/// Answers the request at hand with `result`, which is JSON; what its handler returns is for the library alone.
pub(in crate::lsp) fn answer_with(result: Vec<u8>) {
    // Outside a request nobody waits for an answer.
    let _ = WRITTEN.try_with(|written| *written.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(result));
}

impl Written {
    /// Lets a handler run so that it finds this place.
    pub(super) fn scope<F: Future>(&self, handler: F) -> impl Future<Output = F::Output> + use<F> {
        WRITTEN.scope(self.clone(), handler)
    }

    /// The answer to send for what the handler returned: an error goes before anything that was left.
    pub(super) fn or(&self, response: Response) -> Answer {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match left {
            Some(result) if response.is_ok() => Answer::Written(response.id().clone(), result),
            _ => Answer::Built(response),
        }
    }
}

impl Answer {
    /// The body of its frame.
    ///
    /// # Errors
    ///
    /// When what the library built is no JSON.
    pub(super) fn into_body(self) -> serde_json::Result<Vec<u8>> {
        match self {
            Self::Built(response) => serde_json::to_vec(&response),
            Self::Written(id, mut body) => {
                let mut head = br#"{"jsonrpc":"2.0","id":"#.to_vec();
                serde_json::to_writer(&mut head, &id)?;
                head.extend_from_slice(br#","result":"#);
                // What is long is moved and not copied.
                body.reserve_exact(head.len() + 1);
                body.splice(..0, head);
                body.push(b'}');
                Ok(body)
            }
        }
    }
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self::Built(response)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tower_lsp::jsonrpc::Error;

    use super::*;

    fn body(answer: Answer) -> Value {
        serde_json::from_slice(&answer.into_body().expect("it is JSON")).expect("it is JSON")
    }

    #[tokio::test]
    async fn what_a_handler_has_written_is_sent() {
        let written = Written::default();
        written.scope(async { answer_with(b"[1]".to_vec()) }).await;
        let built = || Response::from_ok(Id::Number(7), json!("for the library"));
        assert_eq!(body(written.or(built())), json!({ "jsonrpc": "2.0", "id": 7, "result": [1] }));
        assert_eq!(body(written.or(built())), json!({ "jsonrpc": "2.0", "id": 7, "result": "for the library" }));
    }

    #[tokio::test]
    async fn an_error_goes_first() {
        let written = Written::default();
        written.scope(async { answer_with(b"[1]".to_vec()) }).await;
        let refused = Response::from_error(Id::Number(7), Error::request_cancelled());
        assert_eq!(written.or(refused.clone()), Answer::Built(refused));
    }
}
