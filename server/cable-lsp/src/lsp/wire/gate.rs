//! The gate: a `tower::Service` around `LspService` that corrects what tower-lsp 0.20 gets wrong.
//!
//! - `exit` leaves an exit code for the loop; the library's own `exit` never ends and never says 1.
//! - `$/cancelRequest` is answered from a table of ours, at once; the library's waits for a free slot.
//! - A panic in a handler is an answer, -32603; the library goes deaf.
//! - `shutdown` with `params: null` is accepted (Emacs sends it); the library takes it for malformed.
//! - `workspace.diagnostics` is also given the name under which lsp-types 0.94 looks for it (`diagnostic`).
//!
//! It assumes that `call` is made in the order of arrival, and that `exit` is the last call.

use std::any::Any;
use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures::future::{self, AbortHandle, FutureExt};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use super::answer::{Answer, Written};
use super::client_watch::ClientWatch;

tokio::task_local! {
    static CANCELLED: CancelFlag;
}

/// Raised when the client cancels the request. Dropping a future does not stop work on a blocking thread, so such
/// work asks the flag.
#[derive(Clone, Debug, Default)]
pub(in crate::lsp) struct CancelFlag(Arc<AtomicBool>);

impl CancelFlag {
    /// The flag of the request being answered; outside a request one that nobody raises.
    /// Ask before the work moves to another thread.
    pub(in crate::lsp) fn current() -> Self {
        CANCELLED.try_with(Clone::clone).unwrap_or_default()
    }

    /// Whether the answer is no longer wanted.
    pub(in crate::lsp) fn is_raised(&self) -> bool {
        // A late look costs a little work and nothing else, so no ordering is needed.
        self.0.load(Ordering::Relaxed)
    }

    fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The requests that have no answer yet.
type Pending = Arc<Mutex<HashMap<Id, (AbortHandle, CancelFlag)>>>;

/// An answer on its way. It cannot fail: whatever goes wrong inside is the client's answer.
type Coming = Pin<Box<dyn Future<Output = Result<Option<Answer>, Infallible>> + Send>>;

/// See the module.
pub(in crate::lsp) struct Gate<S> {
    inner: S,
    pending: Pending,
    watch: ClientWatch,
    exit_requested: bool,
}

impl<S> Gate<S> {
    /// Stands before `inner`, and tells `watch` of the client's `shutdown`.
    pub(in crate::lsp) fn new(inner: S, watch: ClientWatch) -> Self {
        Self { inner, pending: Pending::default(), watch, exit_requested: false }
    }

    /// Whether `exit` has come.
    pub(in crate::lsp) fn exit_requested(&self) -> bool {
        self.exit_requested
    }

    /// The process's exit code if it ended now: 0 after an answered `shutdown`, else 1.
    pub(in crate::lsp) fn exit_code(&self) -> u8 {
        self.watch.exit_code()
    }

    fn cancel(&self, params: Option<&Value>) {
        let id = params.and_then(|params| params.get("id")).and_then(|id| serde_json::from_value(id.clone()).ok());
        if let Some(id) = id
            && let Some((handle, flag)) = locked(&self.pending).remove(&id)
        {
            flag.raise();
            handle.abort();
        }
    }
}

impl<S> Service<Request> for Gate<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    type Response = Option<Answer>;
    type Error = Infallible;
    type Future = Coming;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        // A service that has failed still gets its calls: each then fails with an answer of its own.
        self.inner.poll_ready(context).map(|_| Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match request.method() {
            "exit" => self.exit_requested = true,
            "$/cancelRequest" => self.cancel(request.params()),
            _ => return self.pass(corrected(request)),
        }
        future::ok(None).boxed()
    }
}

impl<S> Gate<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    fn pass(&mut self, request: Request) -> Coming {
        let is_shutdown = request.method() == "shutdown";
        let Some(id) = request.id().cloned() else {
            let notified = AssertUnwindSafe(self.inner.call(request)).catch_unwind();
            return notified
                .map(|outcome| {
                    if let Err(panic) = outcome {
                        report(&*panic);
                    }
                    Ok(None)
                })
                .boxed();
        };
        if locked(&self.pending).contains_key(&id) {
            return future::ok(Some(Response::from_error(id, Error::invalid_request()).into())).boxed();
        }

        let flag = CancelFlag::default();
        let written = Written::default();
        let handled = written.scope(CANCELLED.scope(flag.clone(), self.inner.call(request)));
        let handled = AssertUnwindSafe(handled).catch_unwind();
        let (handled, handle) = future::abortable(handled);
        locked(&self.pending).insert(id.clone(), (handle, flag));

        let (pending, watch) = (Arc::clone(&self.pending), self.watch.clone());
        async move {
            let outcome = handled.await;
            locked(&pending).remove(&id);
            let error = match outcome {
                Ok(Ok(Ok(Some(response)))) => {
                    if is_shutdown && response.is_ok() {
                        watch.shut_down();
                    }
                    return Ok(Some(written.or(response)));
                }
                // The library drops unknown `$/` requests; a request is owed an answer.
                Ok(Ok(Ok(None))) => Error::method_not_found(),
                Ok(Ok(Err(_refused))) => Error::invalid_request(),
                Ok(Err(panic)) => {
                    report(&*panic);
                    Error::internal_error()
                }
                Err(future::Aborted) => Error::request_cancelled(),
            };
            Ok(Some(Response::from_error(id, error).into()))
        }
        .boxed()
    }
}

/// Requests that clients send in good faith and the library misreads.
fn corrected(request: Request) -> Request {
    match request.method() {
        "shutdown" => {
            let (method, id, _) = request.into_parts();
            rebuild(method, id, None)
        }
        "initialize" => {
            let (method, id, mut params) = request.into_parts();
            // https://github.com/gluon-lang/lsp-types/issues/281
            if let Some(Value::Object(workspace)) =
                params.as_mut().and_then(|p| p.pointer_mut("/capabilities/workspace"))
                && let Some(diagnostics) = workspace.get("diagnostics").cloned()
            {
                workspace.insert("diagnostic".into(), diagnostics);
            }
            rebuild(method, id, params)
        }
        _ => request,
    }
}

fn rebuild(method: Cow<'static, str>, id: Option<Id>, params: Option<Value>) -> Request {
    let mut request = Request::build(method);
    if let Some(id) = id {
        request = request.id(id);
    }
    if let Some(params) = params {
        request = request.params(params);
    }
    request.finish()
}

/// The panic hook has printed the place; this says what the server did about it.
fn report(panic: &(dyn Any + Send)) {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    eprintln!("cable-lsp: a handler failed, the server goes on: {}", text.unwrap_or("no text"));
}

fn locked(pending: &Pending) -> MutexGuard<'_, HashMap<Id, (AbortHandle, CancelFlag)>> {
    // Nothing that can panic runs under this lock.
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A server that panics, waits, echoes or answers by the method's name.
    #[derive(Default)]
    struct Fake {
        /// The flags its handlers were given, in order.
        flags: Arc<Mutex<Vec<CancelFlag>>>,
    }

    impl Service<Request> for Fake {
        type Response = Option<Response>;
        type Error = std::io::Error;
        type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, Self::Error>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            let (method, id, params) = request.into_parts();
            let flags = Arc::clone(&self.flags);
            async move {
                flags.lock().expect("whole").push(CancelFlag::current());
                match &*method {
                    "panic" => panic!("as the test asks"),
                    "wait" => future::pending().await,
                    "fail" => Err(std::io::Error::other("as the test asks")),
                    _ => Ok(id.map(|id| Response::from_ok(id, params.unwrap_or_default()))),
                }
            }
            .boxed()
        }
    }

    fn gate() -> Gate<Fake> {
        Gate::new(Fake::default(), ClientWatch::default())
    }

    fn request(method: &'static str, id: i64) -> Request {
        Request::build(method).id(id).finish()
    }

    fn cancel(id: impl Into<Value>) -> Request {
        Request::build("$/cancelRequest").params(json!({ "id": id.into() })).finish()
    }

    async fn answer(gate: &mut Gate<Fake>, request: Request) -> Option<Response> {
        let Ok(answer) = gate.call(request).await;
        answer.map(built)
    }

    fn built(answer: Answer) -> Response {
        let Answer::Built(response) = answer else { panic!("no handler writes here") };
        response
    }

    fn code(response: Option<&Response>) -> Option<i64> {
        response.and_then(Response::error).map(|error| error.code.code())
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_the_next_request_is_served() {
        let mut gate = gate();
        assert_eq!(code(answer(&mut gate, request("panic", 1)).await.as_ref()), Some(-32603));
        assert_eq!(answer(&mut gate, Request::build("panic").finish()).await, None);
        assert!(answer(&mut gate, request("echo", 2)).await.is_some_and(|response| response.is_ok()));
    }

    #[tokio::test]
    async fn a_failing_service_is_an_answer() {
        assert_eq!(code(answer(&mut gate(), request("fail", 1)).await.as_ref()), Some(-32600));
    }

    #[tokio::test]
    async fn cancel_answers_one_among_many_and_raises_its_flag() {
        let mut gate = gate();
        let mut waiting: Vec<_> = (0..200).map(|id| gate.call(request("wait", id))).collect();
        for answer in &mut waiting {
            assert!(answer.now_or_never().is_none(), "the handlers wait");
        }
        assert_eq!(answer(&mut gate, cancel(150)).await, None);
        let Ok(cancelled) = waiting.swap_remove(150).await;
        assert_eq!(code(cancelled.map(built).as_ref()), Some(-32800));
        let raised: Vec<_> = gate.inner.flags.lock().expect("whole").iter().map(CancelFlag::is_raised).collect();
        assert_eq!(raised.iter().position(|&raised| raised), Some(150));
        assert_eq!(raised.iter().filter(|&&raised| raised).count(), 1);
    }

    #[tokio::test]
    async fn cancel_of_nothing_and_cancel_of_nonsense_change_nothing() {
        let mut gate = gate();
        for stray in [cancel(9), cancel("nine"), cancel(json!({})), Request::build("$/cancelRequest").finish()] {
            assert_eq!(answer(&mut gate, stray).await, None);
        }
        assert!(answer(&mut gate, request("echo", 9)).await.is_some_and(|response| response.is_ok()));
    }

    #[tokio::test]
    async fn an_id_in_use_is_refused_and_the_first_request_stays() {
        let mut gate = gate();
        let first = gate.call(request("wait", 1));
        assert_eq!(code(answer(&mut gate, request("echo", 1)).await.as_ref()), Some(-32600));
        gate.cancel(Some(&json!({ "id": 1 })));
        let Ok(first) = first.await;
        assert_eq!(code(first.map(built).as_ref()), Some(-32800));
    }

    #[tokio::test]
    async fn the_exit_code_says_whether_shutdown_was_answered() {
        let mut gate = gate();
        assert_eq!((gate.exit_requested(), gate.exit_code()), (false, 1));
        answer(&mut gate, Request::build("shutdown").id(1).params(Value::Null).finish()).await;
        assert_eq!((gate.exit_requested(), gate.exit_code()), (false, 0));
        answer(&mut gate, Request::build("exit").finish()).await;
        assert_eq!((gate.exit_requested(), gate.exit_code()), (true, 0));
    }

    #[test]
    fn corrects_what_the_library_misreads() {
        let shutdown = corrected(Request::build("shutdown").id(1).params(Value::Null).finish());
        assert_eq!((shutdown.params(), shutdown.id()), (None, Some(&Id::Number(1))));
        let diagnostics = json!({ "refreshSupport": true });
        let initialize = corrected(
            Request::build("initialize")
                .id(1)
                .params(json!({ "capabilities": { "workspace": { "diagnostics": diagnostics } } }))
                .finish(),
        );
        let found = initialize.params().and_then(|params| params.pointer("/capabilities/workspace/diagnostic"));
        assert_eq!(found, Some(&diagnostics));
    }
}
