//! The command `pygloss.findUsages`: open a page of real-world usages.
//!
//! Where nothing is indexed yet, the page opens as soon as there is something to show, and is written once more when the index is
//! whole; an editor that shows it loads it again.

mod page;

use std::path::PathBuf;
use std::sync::Arc;

use pygloss_catalog::inert;
use pygloss_library::State as Known;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};

use super::usages::{self, Asked, Found};
use super::{blocking, failed, no_folder};
use crate::config::Config;
use crate::libraries::Scope;
use crate::pages;
use crate::show::{Page, show};
use crate::state::State;

/// The command; its only argument says of what.
pub(crate) const FIND_USAGES: &str = "pygloss.findUsages";

/// What is to be found, and where its page will be. The question is kept as it was asked, since other topics may be in force
/// by the time when the page is written again.
struct Task {
    argument: Value,
    scope: Scope,
    title: String,
    path: PathBuf,
}

pub(crate) async fn find_usages(state: &Arc<State>, argument: Value) -> Result<()> {
    let config = state.configuration.current();
    let asked = usages::read(argument.clone(), FIND_USAGES, &config)?;
    if !config.settings.usages_enabled && asked.scope == Scope::Libraries {
        return Err(Error::invalid_params("the setting pygloss.usages.enabled is false".to_owned()));
    }
    let cache = state.cache.as_ref().ok_or_else(no_folder)?;
    let title = title(&config, &asked)?;
    let path = pages::folder(cache).join("usages").join(format!("{}.md", file_name(&config, &asked)));
    let task = Arc::new(Task { argument, scope: asked.scope, title, path });
    let (news, for_begin) = (state.libraries.news(), Arc::clone(state));
    blocking(move || usages::begin(&for_begin, &config, &for_begin.opened(&config), asked.scope)).await??;
    let found = write(state, &task).await?;
    tokio::spawn(follow(Arc::clone(state), task, found, news));
    Ok(())
}

/// Show the page as soon as there is something on it or no more will come; write it again at the end.
async fn follow(state: Arc<State>, task: Arc<Task>, first: Found, mut news: tokio::sync::watch::Receiver<()>) {
    let (mut found, mut is_shown) = (first, false);
    loop {
        if !is_shown && (found.answer.total > 0 || !found.is_indexing) {
            let title = format!("Real-world usages: {}", task.title.replace('`', ""));
            show(Arc::clone(&state), Page { title, path: task.path.clone(), line: 0 }).await;
            is_shown = true;
        }
        if !found.is_indexing {
            return;
        }
        // What is shown already is only written again when all is there: nobody reads a page that moves.
        while news.changed().await.is_ok() && is_shown && state.libraries.is_indexing(task.scope) {}
        match write(&state, &task).await {
            Ok(now) => found = now,
            Err(error) => return state.outbox.log(format!("the page of usages can't be written: {}", error.message)),
        }
    }
}

/// Ask, and write the answer as a page.
async fn write(state: &Arc<State>, task: &Arc<Task>) -> Result<Found> {
    let (state, task) = (Arc::clone(state), Arc::clone(task));
    blocking(move || {
        let config = state.configuration.current();
        let asked = usages::read(task.argument.clone(), FIND_USAGES, &config)?;
        let opened = state.opened(&config);
        // Before the answer, as in there.
        let is_whole = opened.state(asked.scope).map_err(failed)? == Known::Complete;
        let found = usages::find(&state, &config, &opened, &asked)?;
        let catalog = &config.glossary.catalog;
        let (query, scope) = (&asked.query, asked.scope);
        let subject = page::Subject { catalog, query, scope, title: &task.title, is_whole };
        let text = page::text(&subject, &opened, &found);
        pages::put(&task.path, &text).map_err(failed)?;
        Ok(found)
    })
    .await?
}

/// What is asked for, as people call it; Markdown.
fn title(config: &Config, asked: &Asked) -> Result<String> {
    let (catalog, query) = (&config.glossary.catalog, &asked.query);
    let mut title = match query.concepts.as_slice() {
        [one] if config.glossary.detects(*one) => catalog.concept(*one).name.clone(),
        [] | [_] => {
            return Err(Error::invalid_params("nothing of it is detected, so there are no usages".to_owned()));
        }
        [first, ..] => inert(&pages::title(catalog.topic(catalog.concept(*first).topic))),
    };
    if let Some(with) = query.with {
        title = format!("{title}, with {}", catalog.concept(with).name);
    }
    if let Some(package) = &query.package {
        title = format!("{title}, in {}", page::said(package));
    }
    if let Some(level) = query.level {
        title = format!("{title}, {} ones", level.name());
    }
    Ok(title)
}

/// The same for the same question, so that an editor doesn't collect pages.
fn file_name(config: &Config, asked: &Asked) -> String {
    let catalog = &config.glossary.catalog;
    let id = |concept: &pygloss_catalog::ConceptIndex| catalog.concept(*concept).id.as_str();
    let mut parts = match asked.query.concepts.as_slice() {
        [one] => vec![id(one).to_owned()],
        all => vec![format!("day-{:02}", all.first().map_or(0, |first| catalog.concept(*first).day))],
    };
    parts.extend(asked.query.with.iter().map(|with| format!("with-{}", id(with))));
    parts.extend(asked.query.package.iter().map(|package| format!("in-{}", plain(package))));
    parts.extend(asked.query.level.iter().map(|level| level.name().to_owned()));
    if asked.scope == Scope::Workspace {
        parts.push("workspace".to_owned());
    }
    parts.join("-")
}

/// A package's name as a part of a file's.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).take(60).collect()
}
