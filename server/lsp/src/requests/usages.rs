//! `pygloss/usages`: where a concept is used in the libraries, or in the workspace, the best example first.
//!
//! What is indexed answers at once; what isn't yet is indexed in the meantime, and `indexing` says so.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pygloss_analysis::{Encoding, Finding, Position as Place, Snapshot, byte_to_position};
use pygloss_catalog::{Catalog, ConceptIndex};
use pygloss_library::{Answer, Level, Query, State as Known, Usage};
use ropey::Rope;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::gen_lsp_types::{Location, Position, Range, Uri};
use tower_lsp::jsonrpc::{Error, Result};
use url::Url;

use super::{blocking, failed};
use crate::config::Config;
use crate::libraries::{Opened, Scope, Wanted, canonical, path_of};
use crate::state::State;

/// How many usages are given if nobody says how many.
const USUAL_LIMIT: usize = 20;

/// More than this nobody reads, and each is read from its file.
const MOST: usize = 500;

/// What a client asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Question {
    concept: Option<String>,
    day: Option<u16>,
    with: Option<String>,
    package: Option<String>,
    level: Option<String>,
    limit: Option<usize>,
    scope: Option<String>,
    start: Option<bool>,
}

/// The answer. Fields may be added, not changed: editors/README.md documents them.
#[derive(Serialize)]
pub(crate) struct Usages {
    total: usize,
    indexing: bool,
    #[serde(rename = "usages")]
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    concept: String,
    location: Location,
    package: String,
    version: Option<String>,
    module: String,
    symbol: String,
    kind: &'static str,
    level: &'static str,
    documented: bool,
    aspects: Vec<&'static str>,
    pinned: Option<String>,
    block: Range,
    concepts: Vec<String>,
    snippet: String,
}

/// A question that can be answered.
pub(crate) struct Asked {
    pub(crate) query: Query,
    pub(crate) scope: Scope,
    /// Whether what isn't indexed yet is to be.
    starts: bool,
}

/// What is known, and whether more may come.
pub(crate) struct Found {
    pub(crate) answer: Answer,
    pub(crate) is_indexing: bool,
}

impl Asked {
    /// A question of our own.
    pub(crate) fn of(query: Query, scope: Scope) -> Self {
        Self { query, scope, starts: true }
    }
}

pub(crate) async fn usages(state: &Arc<State>, params: Value) -> Result<Usages> {
    let config = state.configuration.current();
    let asked = read(params, "pygloss/usages", &config)?;
    let state = Arc::clone(state);
    blocking(move || {
        let opened = state.opened(&config);
        if asked.starts {
            begin(&state, &config, &opened, asked.scope)?;
        }
        let found = find(&state, &config, &opened, &asked)?;
        let catalog = &config.glossary.catalog;
        let encoding = state.encoding();
        let entries = found.answer.usages.iter().filter_map(|usage| entry(usage, catalog, encoding)).collect();
        Ok(Usages { total: found.answer.total, indexing: found.is_indexing, entries })
    })
    .await?
}

/// What a client says that it wants; `asked` is what takes it.
pub(crate) fn read(params: Value, asked: &str, config: &Config) -> Result<Asked> {
    let taken = r#"{"concept": "an-id"} or {"day": 3}, and perhaps with, package, level, limit, scope and start"#;
    let question: Question = serde_json::from_value(params)
        .map_err(|error| Error::invalid_params(format!("{asked} takes one argument, {taken}: {error}")))?;
    let catalog = &config.glossary.catalog;
    let concepts = match (&question.concept, question.day) {
        (Some(id), _) => vec![concept(catalog, id)?],
        (None, Some(day)) => {
            let topic = catalog.day(day).ok_or_else(|| Error::invalid_params(format!("there is no day {day}")))?;
            let is_rare = |it: &ConceptIndex| config.glossary.detects(*it) && !catalog.concept(*it).common;
            topic.concepts.iter().copied().filter(is_rare).collect()
        }
        (None, None) => return Err(Error::invalid_params(format!("{asked} takes one argument, {taken}"))),
    };
    let with = question.with.as_deref().map(|id| concept(catalog, id)).transpose()?;
    let limit = question.limit.unwrap_or(USUAL_LIMIT).min(MOST);
    let level = question.level.as_deref().map(level).transpose()?;
    let scope = match question.scope.as_deref() {
        None | Some("libraries") => Scope::Libraries,
        Some("workspace") => Scope::Workspace,
        Some(other) => {
            let message = format!("there is no scope {other:?}; there are libraries and workspace");
            return Err(Error::invalid_params(message));
        }
    };
    let query = Query { with, package: question.package, level, ..Query::of(concepts, limit) };
    Ok(Asked { query, scope, starts: question.start != Some(false) })
}

/// Have a scope indexed, if it isn't yet or if something was installed since; and a workspace, if the client tells of no
/// changed files.
pub(crate) fn begin(state: &State, config: &Config, opened: &Opened, scope: Scope) -> Result<()> {
    let is_known = opened.state(scope).map_err(failed)? == Known::Complete;
    let is_watched = scope == Scope::Libraries || state.client_capabilities().watches_files;
    let is_fresh = is_known && (is_watched || state.libraries.is_fresh());
    let is_allowed = config.settings.usages_enabled || scope == Scope::Workspace;
    if is_allowed && !is_fresh && !opened.folders(scope).is_empty() {
        state.libraries.ask(Wanted::of(scope));
    }
    Ok(())
}

/// The answer to a question, from what is known.
pub(crate) fn find(state: &State, config: &Config, opened: &Opened, asked: &Asked) -> Result<Found> {
    // Before the answer: a pass that ends meanwhile leaves one that says so for the next question.
    let is_indexing = state.libraries.is_indexing(asked.scope);
    let answer = match asked.scope {
        Scope::Libraries => opened.library.usages(opened.folders(asked.scope), &asked.query).map_err(failed)?,
        Scope::Workspace => in_workspace(state, config, opened, &asked.query)?,
    };
    Ok(Found { answer, is_indexing })
}

/// Open files answer for themselves, from the text that their user sees; those that are closed, from the index.
fn in_workspace(state: &State, config: &Config, opened: &Opened, query: &Query) -> Result<Answer> {
    let mut live = Vec::new();
    let mut except: Vec<PathBuf> = Vec::new();
    for (uri, snapshot) in state.open_files() {
        let Some(path) = path_of(&uri).map(canonical) else { continue };
        let Some(root) = opened.places.own_folder(&path) else { continue };
        live.extend(snapshot.map(|snapshot| in_open_file(config, opened, query, &snapshot, &path, root)));
        except.push(path);
    }
    let mut live: Vec<Usage> = live.into_iter().flatten().collect();
    live.sort_by(|a, b| a.path.cmp(&b.path));
    let stored = Query { except, ..query.clone() };
    let mut answer = opened.library.usages(opened.folders(Scope::Workspace), &stored).map_err(failed)?;
    answer.total += live.len();
    answer.usages.splice(0..0, live);
    answer.usages.truncate(query.limit);
    for usage in &mut answer.usages {
        // The client opened the folder under another name, perhaps, and would take this for another file.
        usage.path = opened.places.spelled(&usage.path);
    }
    Ok(answer)
}

/// The usages in a file that is open. Most hold none, as their findings show, which are kept.
fn in_open_file(
    config: &Config,
    opened: &Opened,
    query: &Query,
    snapshot: &Snapshot,
    path: &Path,
    root: &Path,
) -> Vec<Usage> {
    let analysis = snapshot.analysis(&config.glossary);
    let is_wanted = |finding: &Finding| query.concepts.contains(&finding.concept);
    if !analysis.findings.iter().any(is_wanted) {
        return Vec::new();
    }
    opened.library.usages_in(&analysis.text, path, root, query)
}

fn concept(catalog: &Catalog, id: &str) -> Result<ConceptIndex> {
    catalog.find(id).ok_or_else(|| Error::invalid_params(format!("there is no concept {id:?}")))
}

fn level(name: &str) -> Result<Level> {
    Level::ALL.into_iter().find(|level| level.name() == name).ok_or_else(|| {
        Error::invalid_params(format!("there is no level {name:?}; there are simple, typical and gnarly"))
    })
}

/// `None` for a path that no URI can name.
fn entry(usage: &Usage, catalog: &Catalog, encoding: Encoding) -> Option<Entry> {
    Some(Entry {
        concept: catalog.concept(usage.concept).id.clone(),
        location: location(usage, encoding)?,
        package: usage.package.clone(),
        version: usage.version.clone(),
        module: usage.module.clone(),
        symbol: usage.symbol(),
        kind: usage.block.kind.name(),
        level: usage.level.name(),
        documented: usage.block.is_documented,
        aspects: usage.file.aspects.iter().map(|aspect| aspect.name()).collect(),
        pinned: usage.why.clone(),
        block: block(usage),
        concepts: usage.block.concepts.iter().map(|it| catalog.concept(*it).id.clone()).collect(),
        snippet: usage.excerpt.text(),
    })
}

/// Where a usage is, for the client.
pub(crate) fn location(usage: &Usage, encoding: Encoding) -> Option<Location> {
    let url = Url::from_file_path(&usage.path).ok()?;
    let rope = Rope::from_str(&usage.text);
    let place = |byte: u32| {
        let Place { line, column } = byte_to_position(&rope, byte as usize, encoding);
        Position { line, character: column }
    };
    let range = Range { start: place(usage.span.start), end: place(usage.span.end) };
    Some(Location { uri: Uri::from(String::from(url)), range })
}

/// All lines of the block.
fn block(usage: &Usage) -> Range {
    let line = |line| Position { line, character: 0 };
    Range { start: line(usage.block.line), end: line(usage.block.line + usage.block.lines) }
}
