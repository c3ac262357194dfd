//! Changed files: which of them matter to the index.
//!
//! What nobody has asked for yet isn't indexed because a file changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pygloss_library::State as Known;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower_lsp::gen_lsp_types::Registration;
use url::Url;

use super::places::{Places, folder_around, path_of};
use super::{Opened, Scope, Wanted};
use crate::state::{CLIENT_PATIENCE, State};

const METHOD: &str = "workspace/didChangeWatchedFiles";

/// Ask to be told of the workspace's Python files and environments.
pub(crate) fn watch_workspace(state: &Arc<State>) {
    let patterns = ["**/*.{py,pyi,pyw}", "**/pyvenv.cfg", "**/*.dist-info"];
    register(state, "pygloss-workspace", patterns.iter().map(|pattern| json!(pattern)).collect());
}

/// Ask to be told of what is installed where the workspace doesn't reach.
pub(super) fn watch_environments(state: &Arc<State>, places: &Places) {
    if !state.client_capabilities().watches_relative {
        return;
    }
    let is_outside = |folder: &PathBuf| folder_around(places, folder).is_none();
    let folders = places.library_folders().into_iter().filter(is_outside);
    let pattern = |folder: PathBuf| {
        let base = Url::from_directory_path(folder).ok()?;
        Some(json!({ "baseUri": base.as_str(), "pattern": "*.dist-info" }))
    };
    register(state, "pygloss-environments", folders.filter_map(pattern).collect());
}

fn register(state: &Arc<State>, id: &str, patterns: Vec<Value>) {
    if !state.client_capabilities().watches_files || patterns.is_empty() {
        return;
    }
    let watchers: Vec<_> = patterns.into_iter().map(|pattern| json!({ "globPattern": pattern })).collect();
    let registration = Registration {
        id: id.to_owned(),
        method: METHOD.to_owned(),
        register_options: Some(json!({ "watchers": watchers })),
    };
    let client = state.client.clone();
    tokio::spawn(async move {
        let answer = timeout(CLIENT_PATIENCE, client.register_capability(vec![registration])).await;
        if !matches!(answer, Ok(Ok(()))) {
            tracing::warn!("the client won't tell of changed files: {answer:?}");
        }
    });
}

/// Files were changed: bring up to date what is indexed of them.
pub(crate) fn changed(state: &Arc<State>, uris: Vec<String>) {
    let config = state.configuration.current();
    let Some(opened) = state.libraries.if_opened(&config) else { return };
    let state = Arc::clone(state);
    spawn_blocking(move || {
        let paths: Vec<_> = uris.iter().filter_map(|uri| path_of(uri)).collect();
        if paths.iter().any(|path| path.file_name().is_some_and(|name| name == "pyvenv.cfg")) {
            state.libraries.forget();
        }
        let wanted = affected(&opened, &paths);
        if wanted != Wanted::default() {
            state.libraries.want(wanted);
        }
    });
}

/// The parts that were indexed before and hold one of the files.
fn affected(opened: &Opened, paths: &[PathBuf]) -> Wanted {
    let is_known = |scope| !matches!(opened.state(scope), Ok(Known::Missing) | Err(_));
    let is_installed = |path: &PathBuf| opened.folders(Scope::Libraries).iter().any(|folder| path.starts_with(folder));
    let is_own = |path: &PathBuf| folder_around(&opened.places, path).is_some() && is_python(path);
    let (installed, own): (Vec<_>, Vec<_>) = paths.iter().partition(|path| is_installed(path));
    Wanted {
        libraries: !installed.is_empty() && is_known(Scope::Libraries),
        workspace: own.into_iter().any(is_own) && is_known(Scope::Workspace),
    }
}

fn is_python(path: &Path) -> bool {
    pygloss_library::walk::is_python_path(path)
}
