//! One request, one file. Each takes its snapshot before the first `await` and computes on the blocking pool.

pub(crate) mod code_action;
pub(crate) mod execute_command;
pub(crate) mod findings;
pub(crate) mod hover;

use tower_lsp::jsonrpc::{Error, Result};

/// Compute off the threads that read messages. A panic becomes an error of this one request.
async fn blocking<T: Send + 'static>(compute: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(compute).await.map_err(|error| {
        tracing::error!("a request failed: {error}");
        Error::internal_error()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_of_one_request() {
        let panicked = blocking(|| panic!("as the test wants it")).await;
        assert_eq!(panicked, Err::<(), _>(Error::internal_error()));
        assert_eq!(blocking(|| 1).await, Ok(1));
    }
}
