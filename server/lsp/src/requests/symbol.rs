//! `workspace/symbol`: `#yield-from` and `#day3` list usages, those in the workspace before those in the libraries.
//!
//! Every editor's symbol picker becomes a search that way. Any other query is other servers' business.

use std::sync::Arc;

use pygloss_analysis::Encoding;
use pygloss_catalog::{Catalog, ConceptIndex};
use pygloss_library::{Query, Usage};
use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, SymbolInformation, SymbolKind, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::jsonrpc::Result;

use super::blocking;
use super::usages::{Asked, begin, find, location};
use crate::config::Config;
use crate::libraries::Scope;
use crate::state::State;

/// What a query for usages begins with.
const MARK: char = '#';

/// A picker isn't scrolled further.
const MOST: usize = 100;

pub(crate) async fn symbol(
    state: &Arc<State>,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>> {
    let Some(wanted) = params.query.trim().strip_prefix(MARK).map(str::to_lowercase) else {
        return Ok(None);
    };
    let config = state.configuration.current();
    let concepts = concepts(&config, &wanted);
    if concepts.is_empty() {
        return Ok(None);
    }
    let state = Arc::clone(state);
    let symbols = blocking(move || symbols(&state, &config, &concepts)).await??;
    Ok(Some(symbols.into()))
}

/// The concepts of a day, or those whose ids begin so.
fn concepts(config: &Config, wanted: &str) -> Vec<ConceptIndex> {
    let catalog = &config.glossary.catalog;
    let day = wanted.strip_prefix("day").and_then(|number| catalog.day(number.trim().parse().ok()?));
    let concepts: Vec<_> = match (day, catalog.find(wanted)) {
        (Some(topic), _) => topic.concepts.clone(),
        (None, Some(concept)) => vec![concept],
        (None, None) if wanted.len() < 3 => Vec::new(),
        (None, None) => catalog.indices().filter(|it| catalog.concept(*it).id.starts_with(wanted)).collect(),
    };
    concepts.into_iter().filter(|concept| config.glossary.detects(*concept)).collect()
}

fn symbols(state: &State, config: &Config, concepts: &[ConceptIndex]) -> Result<Vec<SymbolInformation>> {
    let opened = state.opened(config);
    let catalog = &config.glossary.catalog;
    let mut symbols = Vec::new();
    for scope in [Scope::Workspace, Scope::Libraries] {
        let query = Query::of(concepts.to_vec(), MOST - symbols.len());
        let is_asked = scope == Scope::Workspace || config.settings.usages_enabled;
        if is_asked && query.limit > 0 {
            begin(state, config, &opened, scope)?;
            let found = find(state, config, &opened, &Asked::of(query, scope))?;
            let of_scope = found.answer.usages.iter();
            symbols.extend(of_scope.filter_map(|usage| information(usage, scope, catalog, state.encoding())));
        }
    }
    Ok(symbols)
}

/// Its name begins with the query's, since pickers filter by that.
fn information(usage: &Usage, scope: Scope, catalog: &Catalog, encoding: Encoding) -> Option<SymbolInformation> {
    let concept = catalog.concept(usage.concept);
    let version = usage.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    let container = match scope {
        Scope::Workspace => "workspace".to_owned(),
        Scope::Libraries => format!("{}{version} · {}", usage.package, usage.level.name()),
    };
    let name = format!(
        "{MARK}{} {} ({MARK}day{}: {})",
        concept.id,
        usage.symbol(),
        concept.day,
        concept.name.replace('`', "")
    );
    #[expect(deprecated, reason = "the protocol's type has the field")]
    Some(SymbolInformation {
        deprecated: None,
        location: location(usage, encoding)?,
        base_symbol_information: BaseSymbolInformation {
            name,
            kind: SymbolKind::Key,
            tags: None,
            container_name: Some(container),
        },
    })
}
