//! `pygloss/topic`: a topic's page, for a client that shows it in a view of its own.

use std::sync::Arc;

use pygloss_catalog::{Catalog, Topic};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use url::Url;

use super::blocking;
use crate::pages;
use crate::state::State;

/// What names a topic: `{"concept": "walrus"}` or `{"day": 3}`, or the bare value.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Wanted {
    Concept { concept: String },
    Day { day: u16 },
    BareConcept(String),
    BareDay(u16),
}

/// The answer. Fields may be added, not changed: editors/README.md documents them.
#[derive(Serialize)]
pub(crate) struct Page {
    day: u16,
    slug: String,
    title: String,
    /// Of the page as a file; `null` if it can't be written.
    uri: Option<String>,
    /// Of the concept's heading in the file and in `markdown`, 0-based.
    line: u32,
    markdown: String,
}

pub(crate) async fn topic(state: &Arc<State>, params: Value) -> Result<Page> {
    let wanted = read(params, "pygloss/topic")?;
    let state = Arc::clone(state);
    blocking(move || page(&state, &wanted)).await?
}

/// What a client says that it wants; `asked` is what takes it.
pub(crate) fn read(params: Value, asked: &str) -> Result<Wanted> {
    let taken = r#"{"concept": "an-id"} or {"day": 3}"#;
    serde_json::from_value(params).map_err(|_| Error::invalid_params(format!("{asked} takes one argument, {taken}")))
}

/// The topic that is wanted, and the line in its page; an error that names what isn't there.
pub(crate) fn find<'c>(catalog: &'c Catalog, wanted: &Wanted) -> Result<(&'c Topic, u32)> {
    let (topic, line) = match wanted {
        Wanted::Day { day } | Wanted::BareDay(day) => {
            let there = catalog.day(*day);
            (there.ok_or_else(|| Error::invalid_params(format!("there is no day {day}")))?, None)
        }
        Wanted::Concept { concept: id } | Wanted::BareConcept(id) => {
            let there = catalog.find(id).map(|index| catalog.topic(catalog.concept(index).topic));
            let topic = there.ok_or_else(|| Error::invalid_params(format!("there is no concept {id:?}")))?;
            (topic, topic.line_of(catalog, id))
        }
    };
    if !topic.is_written() {
        return Err(Error::invalid_params(format!("day {} has no page yet", topic.day)));
    }
    Ok((topic, line.unwrap_or(0)))
}

fn page(state: &State, wanted: &Wanted) -> Result<Page> {
    let glossary = &state.configuration.current().glossary;
    let (topic, line) = find(&glossary.catalog, wanted)?;
    let written = state.cache.as_ref().and_then(|cache| pages::write(&glossary.catalog, topic, cache).ok());
    Ok(Page {
        day: topic.day,
        slug: topic.slug.clone(),
        title: topic.title.clone(),
        uri: written.and_then(|path| Some(Url::from_file_path(path).ok()?.into())),
        line,
        markdown: pages::text(&glossary.catalog, topic),
    })
}
