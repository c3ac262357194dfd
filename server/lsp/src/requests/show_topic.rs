//! The command `pygloss.showTopic`: open a topic's page at the concept's line.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::Result;

use super::topic::{self, Wanted};
use super::{blocking, failed, no_folder};
use crate::pages;
use crate::show::{Page, show};
use crate::state::State;

/// The command; its only argument says which topic.
pub(crate) const SHOW_TOPIC: &str = "pygloss.showTopic";

pub(crate) async fn show_topic(state: &Arc<State>, argument: Value) -> Result<()> {
    let wanted = topic::read(argument, SHOW_TOPIC)?;
    let for_page = Arc::clone(state);
    let page = blocking(move || page(&for_page, &wanted)).await??;
    tokio::spawn(show(Arc::clone(state), page));
    Ok(())
}

fn page(state: &State, wanted: &Wanted) -> Result<Page> {
    let catalog = &state.configuration.current().glossary.catalog;
    let (topic, line) = topic::find(catalog, wanted)?;
    let cache = state.cache.as_ref().ok_or_else(no_folder)?;
    let path = pages::write(catalog, topic, cache).map_err(failed)?;
    Ok(Page { title: pages::title(topic), path, line })
}
