//! `workspace/executeCommand`: `pygloss.showTopic` opens a topic's page at the concept's line.
//!
//! The page is a file in the cache folder, so that it opens in every editor, over ssh too. The answer doesn't wait
//! for the client to open it.

use std::sync::Arc;

use serde::Deserialize;
use tower_lsp::gen_lsp_types::{ExecuteCommandParams, LspAny};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::blocking;
use crate::pages;
use crate::show::{Page, show};
use crate::state::State;

/// The command; its only argument says which topic.
pub(crate) const SHOW_TOPIC: &str = "pygloss.showTopic";

/// The argument: `{"concept": "walrus"}` or `{"day": 3}`, or the bare value.
#[derive(Deserialize)]
#[serde(untagged)]
enum Wanted {
    Concept { concept: String },
    Day { day: u16 },
    BareConcept(String),
    BareDay(u16),
}

pub(crate) async fn execute_command(state: &Arc<State>, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
    if params.command != SHOW_TOPIC {
        return Err(invalid(format!("unknown command {:?}; there is {SHOW_TOPIC}", params.command)));
    }
    let argument = params.arguments.unwrap_or_default().into_iter().next().unwrap_or_default();
    let wanted: Wanted = serde_json::from_value(argument)
        .map_err(|_| invalid(format!(r#"{SHOW_TOPIC} takes one argument, {{"concept": "an-id"}} or {{"day": 3}}"#)))?;
    let for_page = Arc::clone(state);
    let page = blocking(move || page(&for_page, wanted)).await??;
    tokio::spawn(show(Arc::clone(state), page));
    Ok(None)
}

fn page(state: &State, wanted: Wanted) -> Result<Page> {
    let catalog = &state.glossary.catalog;
    let (topic, line) = match wanted {
        Wanted::Day { day } | Wanted::BareDay(day) => {
            (catalog.day(day).ok_or_else(|| invalid(format!("there is no day {day}")))?, None)
        }
        Wanted::Concept { concept: id } | Wanted::BareConcept(id) => {
            let concept = catalog.find(&id).ok_or_else(|| invalid(format!("there is no concept {id:?}")))?;
            let topic = catalog.topic(catalog.concept(concept).topic);
            (topic, topic.line_of(catalog, &id))
        }
    };
    if !topic.is_written() {
        return Err(invalid(format!("day {} has no page yet", topic.day)));
    }
    let cache = state.cache.as_ref().ok_or_else(|| {
        failed("there is no cache folder to put the page in; set PYGLOSS_CACHE_DIR to one".to_owned())
    })?;
    let path = pages::write(catalog, topic, cache).map_err(|error| failed(error.to_string()))?;
    Ok(Page { title: pages::title(topic), path, line: line.unwrap_or(0) })
}

fn invalid(message: String) -> Error {
    Error::invalid_params(message)
}

fn failed(message: String) -> Error {
    Error { code: ErrorCode::InternalError, message: message.into(), data: None }
}
