//! Where the workspace's own files are, and where its libraries.

use std::path::{Path, PathBuf};

use pygloss_library::environment::{Environment, Root, Search, find};
use tower_lsp::gen_lsp_types::{InitializeParams, WorkspaceFolder, WorkspaceFolders};
use url::Url;

/// What places follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The folders of the workspace.
    pub(super) folders: Vec<PathBuf>,
    /// What the settings name.
    pub(super) environment: Option<PathBuf>,
}

/// Folders that can be indexed.
pub(crate) struct Places {
    /// The workspace's folders, canonical, none within another.
    pub(crate) workspace: Vec<PathBuf>,
    /// The environments of these folders, each once.
    pub(crate) environments: Vec<Environment>,
}

impl Places {
    /// Look for them. Reads the metadata of everything that is installed.
    pub(super) fn find(key: &Key) -> Self {
        let mut workspace: Vec<PathBuf> = key.folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
        workspace.sort();
        workspace.dedup_by(|inner, outer| inner.starts_with(outer));
        let mut environments: Vec<Environment> = Vec::new();
        for folder in if workspace.is_empty() { vec![std::env::temp_dir()] } else { workspace.clone() } {
            let search = Search {
                folder: &folder,
                configured: key.environment.as_deref(),
                variable: &|name| std::env::var_os(name),
            };
            let chosen = find(&search).chosen;
            environments.extend(chosen.filter(|it| environments.iter().all(|other| other.prefix != it.prefix)));
        }
        Self { workspace, environments }
    }

    /// The folders of installed modules, each once.
    pub(super) fn roots(&self) -> impl Iterator<Item = &Root> {
        let all = || self.environments.iter().flat_map(|environment| &environment.roots);
        all().enumerate().filter_map(move |(index, root)| {
            let is_first = all().take(index).all(|other| other.path != root.path);
            is_first.then_some(root)
        })
    }

    /// Their paths.
    pub(crate) fn library_folders(&self) -> Vec<PathBuf> {
        self.roots().map(|root| root.path.clone()).collect()
    }
}

/// The folders that `initialize` names; older clients name one.
pub(crate) fn folders_of(params: &InitializeParams) -> Vec<PathBuf> {
    #[expect(deprecated, reason = "older clients say no more than this")]
    let root = params.root_uri.as_ref();
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders.iter().filter_map(folder_path).collect(),
        _ => root.and_then(|root| path_of(&root.0)).into_iter().collect(),
    }
}

/// The path of a workspace folder; `None` for one that is no folder on this machine.
pub(crate) fn folder_path(folder: &WorkspaceFolder) -> Option<PathBuf> {
    path_of(&folder.uri.0)
}

/// The path that a URI of a file stands for.
pub(crate) fn path_of(uri: &str) -> Option<PathBuf> {
    Url::parse(uri).ok()?.to_file_path().ok()
}

/// The folder of the workspace that holds a file.
pub(crate) fn folder_around<'p>(places: &'p Places, path: &Path) -> Option<&'p Path> {
    places.workspace.iter().find(|folder| path.starts_with(folder)).map(PathBuf::as_path)
}
