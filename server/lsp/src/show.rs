//! Show a topic's page in the client, in a task that no request waits for.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower_lsp::gen_lsp_types::{MessageType, Position, Range, ShowDocumentParams, Uri};
use url::Url;

use crate::pages;
use crate::state::{CLIENT_PATIENCE, State};

/// A page on disk and what to show of it.
pub(crate) struct Page {
    /// What a person calls it.
    pub(crate) title: String,
    /// The absolute path of the file.
    pub(crate) path: PathBuf,
    /// 0-based.
    pub(crate) line: u32,
}

/// Ask the client to open the page; if it can't, tell the user where it is. Then write the pages that it links to.
pub(crate) async fn show(state: Arc<State>, page: Page) {
    let is_shown = state.client_capabilities().shows_documents && open(&state, &page).await;
    if !is_shown {
        let message = format!("{}: {}:{}", page.title, page.path.display(), page.line + 1);
        let _ = timeout(CLIENT_PATIENCE, state.client.show_message(MessageType::Info, message)).await;
    }
    let config = state.configuration.current();
    let write = move || pages::write_all(&config.glossary.catalog, state.cache.as_deref());
    let _ = spawn_blocking(write).await;
}

async fn open(state: &State, page: &Page) -> bool {
    let Ok(url) = Url::from_file_path(&page.path) else {
        return false;
    };
    let start = Position { line: page.line, character: 0 };
    let request = ShowDocumentParams {
        uri: Uri::from(String::from(url)),
        external: Some(false),
        take_focus: Some(true),
        selection: Some(Range { start, end: start }),
    };
    matches!(timeout(CLIENT_PATIENCE, state.client.show_document(request)).await, Ok(Ok(true)))
}
