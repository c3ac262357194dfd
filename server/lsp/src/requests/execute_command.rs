//! `workspace/executeCommand`: `pygloss.showTopic` opens a topic's page at the concept's line, `pygloss.findUsages` a page of
//! usages.
//!
//! The pages are files in the cache folder, so that they open in every editor, over ssh too. The answer doesn't wait
//! for the client to open them.

use std::sync::Arc;

use tower_lsp::gen_lsp_types::{ExecuteCommandParams, LspAny};
use tower_lsp::jsonrpc::{Error, Result};

use super::find_usages::{self, FIND_USAGES};
use super::show_topic::{self, SHOW_TOPIC};
use crate::state::State;

/// All commands.
pub(crate) const COMMANDS: [&str; 2] = [SHOW_TOPIC, FIND_USAGES];

pub(crate) async fn execute_command(state: &Arc<State>, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
    let argument = params.arguments.unwrap_or_default().into_iter().next().unwrap_or_default();
    match params.command.as_str() {
        SHOW_TOPIC => show_topic::show_topic(state, argument).await?,
        FIND_USAGES => find_usages::find_usages(state, argument).await?,
        other => {
            let message = format!("unknown command {other:?}; there are {}", COMMANDS.join(" and "));
            return Err(Error::invalid_params(message));
        }
    }
    Ok(None)
}
