//! Where the workspace's own files are, and where its libraries.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use pygloss_library::environment::{Environment, Root, Search, find};
use pygloss_library::walk::is_own;
use tower_lsp::gen_lsp_types::{InitializeParams, WorkspaceFolder, WorkspaceFolders};
use url::Url;

use crate::folders;

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
    /// The same folders, in their order, as the client spells them.
    spelled: Vec<PathBuf>,
    /// The environments of these folders, each once.
    pub(crate) environments: Vec<Environment>,
    /// When the folders of installed modules were changed, at the time when their packages were read.
    changed: Vec<Option<SystemTime>>,
}

impl Places {
    /// Look for them. Reads the metadata of everything that is installed.
    pub(super) fn find(key: &Key) -> Self {
        let both = |folder: &PathBuf| Some((folder.canonicalize().ok()?, folder.clone()));
        let mut both: Vec<_> = key.folders.iter().filter_map(both).collect();
        both.sort();
        both.dedup_by(|(inner, _), (outer, _)| inner.starts_with(outer));
        let (workspace, spelled): (Vec<PathBuf>, Vec<PathBuf>) = both.into_iter().unzip();
        let mut environments: Vec<Environment> = Vec::new();
        // Without a workspace, no folder may decide, least of all one that others write to.
        for folder in if workspace.is_empty() { vec![PathBuf::from("/")] } else { workspace.clone() } {
            let search = Search {
                folder: &folder,
                configured: key.environment.as_deref(),
                variable: &|name| std::env::var_os(name),
            };
            let chosen = find(&search).chosen;
            environments.extend(chosen.filter(|it| environments.iter().all(|other| other.prefix != it.prefix)));
        }
        let mut places = Self { workspace, spelled, environments, changed: Vec::new() };
        places.changed = places.roots().map(|root| changed(&root.path)).collect();
        places
    }

    /// Whether the packages that were read still are those that are installed: installers add and remove entries.
    pub(super) fn are_current(&self) -> bool {
        let changes = self.roots().map(|root| changed(&root.path));
        !self.environments.is_empty() && changes.eq(self.changed.iter().copied())
    }

    /// The folder of the workspace that a file is the user's own in, by canonical paths.
    pub(crate) fn own_folder(&self, path: &Path) -> Option<&Path> {
        self.folder_around(path).filter(|folder| is_own(folder, path))
    }

    /// The folder of the workspace that holds a file, by canonical paths.
    pub(super) fn folder_around(&self, path: &Path) -> Option<&Path> {
        self.workspace.iter().find(|folder| path.starts_with(folder)).map(PathBuf::as_path)
    }

    /// A file of the workspace as the client would spell it.
    pub(crate) fn spelled(&self, path: &Path) -> PathBuf {
        let mut folders = self.workspace.iter().zip(&self.spelled);
        let spelled = folders.find_map(|(folder, spelled)| Some(spelled.join(path.strip_prefix(folder).ok()?)));
        spelled.unwrap_or_else(|| path.to_owned())
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

/// The canonical path of a file, be it gone.
pub(crate) fn canonical(path: PathBuf) -> PathBuf {
    let in_folder = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(in_folder).unwrap_or(path)
}

/// The environment that a setting means. Editors write paths with `~/`, from the first workspace folder, or from what they call
/// `${workspaceFolder}`; some send URIs, and an empty text for none.
pub(crate) fn chosen(setting: &Path, root: Option<&Path>) -> Option<PathBuf> {
    let text = setting.to_string_lossy();
    if text.trim().is_empty() {
        return None;
    }
    let in_folder = text.strip_prefix("${workspaceFolder}").or_else(|| text.strip_prefix("${workspaceRoot}"));
    if let Some(rest) = in_folder {
        return Some(folders::absolute(Path::new(rest.trim_start_matches(['/', '\\'])), root));
    }
    Some(path_of(&text).unwrap_or_else(|| folders::absolute(setting, root)))
}

fn changed(folder: &Path) -> Option<SystemTime> {
    folder.metadata().ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_is_named_in_many_ways() {
        let root = Path::new("/home/ada");
        for (setting, expected) in [
            ("", None),
            (" ", None),
            (".venv", Some("/home/ada/.venv")),
            ("/opt/py/bin/python", Some("/opt/py/bin/python")),
            ("${workspaceFolder}", Some("/home/ada/")),
            ("${workspaceFolder}/.venv/bin/python", Some("/home/ada/.venv/bin/python")),
            ("${workspaceRoot}\\.venv", Some("/home/ada/.venv")),
            ("file:///opt/a%20b", Some("/opt/a b")),
        ] {
            assert_eq!(chosen(Path::new(setting), Some(root)).as_deref(), expected.map(Path::new), "{setting}");
        }
    }
}
