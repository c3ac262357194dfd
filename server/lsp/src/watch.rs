//! Around every message: a panic costs that message, and a request that fails leaves a line in the log.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_service::Service;

/// The framework's service, watched. The future of a message is polled as the framework would poll it, so the order of
/// messages stays.
pub(crate) struct Watched<S>(pub(crate) S);

type Answer<E> = Result<Option<Response>, E>;

impl<S> Service<Request> for Watched<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Answer<S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        let answer = self.0.call(request);
        Box::pin(async move {
            let answer = match caught(answer).await {
                Ok(answer) => answer?,
                Err(panic) => failure(&method, id.as_ref(), panic.as_ref()),
            };
            let answer = answer.or_else(|| id.map(unanswered));
            if let Some(error) = answer.as_ref().and_then(Response::error) {
                log(&method, error);
            }
            Ok(answer)
        })
    }
}

/// The error of a request that panicked: the panic's own words.
pub(crate) fn bug(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    let why = text.unwrap_or("it panicked");
    let message = format!("pygloss failed at this, which is a bug to report: {why}").into();
    Error { code: ErrorCode::InternalError, message, data: None }
}

async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

fn failure(method: &str, id: Option<&Id>, panic: &(dyn Any + Send)) -> Option<Response> {
    let error = bug(panic);
    if id.is_none() {
        tracing::error!("{method} failed: {}", error.message);
    }
    Some(Response::from_error(id?.clone(), error))
}

/// The framework leaves requests whose method begins with `$/` without an answer; the protocol wants this one.
fn unanswered(id: Id) -> Response {
    Response::from_error(id, Error::method_not_found())
}

fn log(method: &str, error: &Error) {
    let (code, why) = (error.code.code(), &error.message);
    match error.code {
        ErrorCode::RequestCancelled => tracing::debug!("{method} was cancelled"),
        ErrorCode::InternalError => tracing::error!("{method} failed with {code}: {why}"),
        _ => tracing::warn!("{method} failed with {code}: {why}"),
    }
}
