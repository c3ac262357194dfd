//! `workspace/executeCommand`: `pygloss.showTopic` opens a topic's page at the concept's line.
//!
//! The page is a file in the cache folder, so that it opens in every editor, over ssh too. The answer doesn't wait
//! for the client to open it.

use std::sync::Arc;

use tower_lsp::gen_lsp_types::{ExecuteCommandParams, LspAny};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::blocking;
use super::topic::{self, Wanted};
use crate::pages;
use crate::show::{Page, show};
use crate::state::State;

/// The command; its only argument says which topic.
pub(crate) const SHOW_TOPIC: &str = "pygloss.showTopic";

pub(crate) async fn execute_command(state: &Arc<State>, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
    if params.command != SHOW_TOPIC {
        let message = format!("unknown command {:?}; there is {SHOW_TOPIC}", params.command);
        return Err(Error::invalid_params(message));
    }
    let argument = params.arguments.unwrap_or_default().into_iter().next().unwrap_or_default();
    let wanted = topic::read(argument, SHOW_TOPIC)?;
    let for_page = Arc::clone(state);
    let page = blocking(move || page(&for_page, &wanted)).await??;
    tokio::spawn(show(Arc::clone(state), page));
    Ok(None)
}

fn page(state: &State, wanted: &Wanted) -> Result<Page> {
    let catalog = &state.configuration.current().glossary.catalog;
    let (topic, line) = topic::find(catalog, wanted)?;
    let cache = state.cache.as_ref().ok_or_else(|| {
        failed("there is no cache folder to put the page in; set PYGLOSS_CACHE_DIR to one".to_owned())
    })?;
    let path = pages::write(catalog, topic, cache).map_err(|error| failed(error.to_string()))?;
    Ok(Page { title: pages::title(topic), path, line })
}

fn failed(message: String) -> Error {
    Error { code: ErrorCode::InternalError, message: message.into(), data: None }
}
