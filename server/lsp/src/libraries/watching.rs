//! Changed files: which of them matter to the index.
//!
//! What nobody has asked for yet isn't indexed because a file changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pygloss_library::walk::is_python_path;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower_lsp::gen_lsp_types::{Registration, Unregistration};
use url::Url;

use super::places::{Places, canonical, path_of};
use super::{Opened, Scope, Wanted};
use crate::state::{CLIENT_PATIENCE, State};

const METHOD: &str = "workspace/didChangeWatchedFiles";

/// The registration for what lies outside of the workspace, which changes with the environments.
const ENVIRONMENTS: &str = "pygloss-environments";

/// Ask to be told of the workspace's Python files and environments.
pub(crate) fn watch_workspace(state: &Arc<State>) {
    let patterns = ["**/*.{py,pyi,pyw}", "**/pyvenv.cfg", "**/*.dist-info"];
    register(state, "pygloss-workspace", patterns.iter().map(|pattern| json!(pattern)).collect(), false);
}

/// Ask to be told of what is installed where the workspace doesn't reach, if that wasn't asked for yet.
pub(super) fn watch_environments(state: &Arc<State>, places: &Places) {
    let mut folders = places.library_folders();
    folders.retain(|folder| places.folder_around(folder).is_none());
    let before = std::mem::replace(&mut *state.libraries.watched.lock(), folders.clone());
    if before == folders {
        return;
    }
    let is_relative = state.client_capabilities().watches_relative;
    let patterns = |folders: &[PathBuf]| folders.iter().filter_map(|it| metadata_in(it, is_relative)).collect();
    let (before, now): (Vec<Value>, Vec<Value>) = (patterns(&before), patterns(&folders));
    register(state, ENVIRONMENTS, now, !before.is_empty());
}

/// What stands for the metadata of the packages in a folder. `None` for a folder that can't be named in a pattern, since patterns
/// have no escapes.
fn metadata_in(folder: &Path, is_relative: bool) -> Option<Value> {
    if is_relative {
        let base = Url::from_directory_path(folder).ok()?;
        return Some(json!({ "baseUri": base.as_str(), "pattern": "*.dist-info" }));
    }
    let folder = folder.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    (!folder.contains(['*', '?', '[', ']', '{', '}'])).then(|| json!(format!("{folder}/*.dist-info")))
}

/// Have files watched that fit these patterns, and no more those that were registered under the same name before.
fn register(state: &Arc<State>, id: &'static str, patterns: Vec<Value>, is_anew: bool) {
    if !state.client_capabilities().watches_files {
        return;
    }
    let (id, method) = (id.to_owned(), METHOD.to_owned());
    let old = is_anew.then(|| Unregistration { id: id.clone(), method: method.clone() });
    let watchers: Vec<_> = patterns.into_iter().map(|pattern| json!({ "globPattern": pattern })).collect();
    let options = json!({ "watchers": watchers });
    let new = (!watchers.is_empty()).then_some(Registration { id, method, register_options: Some(options) });
    let client = state.client.clone();
    tokio::spawn(async move {
        if let Some(old) = old {
            let _ = timeout(CLIENT_PATIENCE, client.unregister_capability(vec![old])).await;
        }
        let Some(new) = new else { return };
        let answer = timeout(CLIENT_PATIENCE, client.register_capability(vec![new])).await;
        if !matches!(answer, Ok(Ok(()))) {
            tracing::warn!("the client won't tell of changed files: {answer:?}");
        }
    });
}

/// Files were changed: bring up to date what is indexed of them.
pub(crate) fn changed(state: &Arc<State>, uris: Vec<String>) {
    let state = Arc::clone(state);
    spawn_blocking(move || {
        let Some(opened) = state.libraries.last_opened() else { return };
        let paths: Vec<_> = uris.iter().filter_map(|uri| path_of(uri)).map(canonical).collect();
        if paths.iter().any(|path| path.file_name().is_some_and(|name| name == "pyvenv.cfg")) {
            state.libraries.forget();
        }
        let wanted = affected(&opened, &paths);
        if !wanted.is_nothing() {
            state.libraries.refresh(wanted);
        }
    });
}

/// The parts that were indexed before and hold one of the files.
fn affected(opened: &Opened, paths: &[PathBuf]) -> Wanted {
    let is_installed = |path: &PathBuf| opened.folders(Scope::Libraries).iter().any(|folder| path.starts_with(folder));
    let is_own = |path: &PathBuf| is_python_path(path) && opened.places.own_folder(path).is_some();
    let (installed, own): (Vec<_>, Vec<_>) = paths.iter().partition(|path| is_installed(path));
    Wanted {
        libraries: !installed.is_empty() && opened.is_known(Scope::Libraries),
        workspace: own.into_iter().any(is_own) && opened.is_known(Scope::Workspace),
    }
}
