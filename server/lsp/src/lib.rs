//! The language server of pygloss; the only crate that imports tower-lsp.
//!
//! [`serve_stdio`] runs it as a process, [`serve`] over any pair of streams. Invariants:
//!
//! - Edits are applied, and snapshots taken, before the first `await` of a handler: the framework polls handlers in the
//!   order of the messages, and that order is gone after an `await`.
//! - No handler waits for the client. Requests to it run in tasks of their own, with a time limit.
//! - Parsing, detection and files are the business of the blocking pool. A panic there costs one request.
//! - A message that can't be read costs that message, not the session (`frames.rs`); so does a panic (`watch.rs`).
//! - What holds for a request, settings and glossary, is one immutable value, taken together with its snapshot.
//! - A document's URI is a key that is compared byte by byte; files are read by the index alone, and only below workspace
//!   folders and environments.
//! - Protocol types are made and read in `convert.rs` and by the request's own file, and never leave this crate.

mod capabilities;
mod config;
mod configuration;
mod convert;
mod documents;
mod folders;
mod frames;
mod libraries;
mod notebooks;
mod pages;
mod progress;
mod requests;
mod server;
mod settings;
mod show;
mod state;
mod tell;
#[cfg(test)]
mod tests;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::LspService;

pub use crate::configuration::Topics;
pub use crate::pages::default_cache;
use crate::server::Server;
use crate::state::State;
use crate::watch::Watched;

/// More requests at once than any client has running, so that a cancellation never waits behind them.
const CONCURRENCY: usize = 256;

/// The size in bytes of the pipe from the client's messages to the framework.
const PIPE: usize = 1 << 16;

/// Serve on stdin and stdout until the client says `exit` or closes stdin, and give the exit code for the process: 0 if
/// it asked for `shutdown` first, else 1, as the protocol says. The caller should end the process then: a thread
/// may still be waiting on stdin.
///
/// Topic pages are written to `PYGLOSS_CACHE_DIR`, else to `pygloss` in the user's cache folder.
///
/// # Errors
/// If the threads of the server can't be started.
pub fn serve_stdio(topics: Topics) -> std::io::Result<u8> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (input, output) = (tokio::io::stdin(), tokio::io::stdout());
    let code = runtime.block_on(serve(input, output, topics, default_cache()));
    // Dropping the runtime would wait for the read on stdin, which some clients never close.
    runtime.shutdown_background();
    Ok(code)
}

/// Serve one client over a pair of streams. Topic pages are written below `cache`; without it they can't be shown.
/// Returns the exit code that [`serve_stdio`] describes.
pub async fn serve(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite,
    topics: Topics,
    cache: Option<PathBuf>,
) -> u8 {
    let is_shut_down = Arc::new(AtomicBool::new(false));
    let builder = LspService::build(|client| Server {
        state: Arc::new(State::new(topics, client, cache, Arc::clone(&is_shut_down))),
    })
    .custom_method("pygloss/findings", Server::findings)
    .custom_method("pygloss/topics", Server::topics)
    .custom_method("pygloss/topic", Server::topic)
    .custom_method("pygloss/usages", Server::usages)
    .custom_method("window/workDoneProgress/cancel", Server::cancel_work);
    #[cfg(test)]
    let builder = tests::add_methods(builder);
    let (service, socket) = builder.finish();
    let following = tokio::spawn(configuration::follow(Arc::clone(&service.inner().state)));
    let indexing = tokio::spawn(libraries::follow(Arc::clone(&service.inner().state)));
    let (mended, mended_input) = tokio::io::duplex(PIPE);
    let server = tower_lsp::Server::new(mended_input, output, socket).concurrency_level(CONCURRENCY);
    // The end of the input reaches the server through the pipe; `exit` ends the server while the input is open.
    let forwarding = async {
        frames::forward(input, mended).await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = server.serve(Watched(service)) => {}
        () = forwarding => {}
    }
    following.abort();
    indexing.abort();
    u8::from(!is_shut_down.load(Ordering::SeqCst))
}
