//! One request, one file. Each takes its snapshot before the first `await` and computes on the blocking pool.

pub(crate) mod code_action;
pub(crate) mod execute_command;
pub(crate) mod find_usages;
pub(crate) mod findings;
pub(crate) mod hover;
pub(crate) mod show_topic;
pub(crate) mod symbol;
pub(crate) mod topic;
pub(crate) mod topics;
pub(crate) mod usages;

use tokio::task::{AbortHandle, JoinError, spawn_blocking};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::watch::bug;

/// Compute off the threads that read messages. A panic becomes an error of this one request; a request that is cancelled
/// before its turn is not computed.
pub(crate) async fn blocking<T: Send + 'static>(compute: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let task = spawn_blocking(compute);
    let _cancel = AbortOnDrop(task.abort_handle());
    task.await.map_err(failure)
}

/// Something of ours went wrong.
#[expect(clippy::needless_pass_by_value, reason = "a function for `map_err`")]
pub(crate) fn failed(error: impl ToString) -> Error {
    Error { code: ErrorCode::InternalError, message: error.to_string().into(), data: None }
}

/// Pages have to be somewhere.
pub(crate) fn no_folder() -> Error {
    failed("there is no cache folder to put the page in; set PYGLOSS_CACHE_DIR to one")
}

fn failure(error: JoinError) -> Error {
    error.try_into_panic().map_or_else(|_| Error::internal_error(), |panic| bug(panic.as_ref()))
}

/// The framework drops the future of a cancelled request, which alone would leave its task in the queue.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_of_one_request() {
        let panicked = blocking(|| panic!("as the test wants it")).await;
        assert_eq!(panicked, Err::<(), _>(bug(&"as the test wants it")));
        assert_eq!(blocking(|| 1).await, Ok(1));
    }
}
