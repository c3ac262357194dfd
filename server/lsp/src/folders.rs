//! The user's topic folders: found, read and compiled, off the threads that read messages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pygloss_analysis::Glossary;
use pygloss_catalog::{Folder, Problem, Severity};
use tokio::task::spawn_blocking;

use crate::progress::Progress;
use crate::state::State;

/// The path of a folder as the user wrote it: `~/` is the home folder, and a relative one starts at the workspace's root.
pub(crate) fn absolute(path: &Path, root: Option<&Path>) -> PathBuf {
    let at_home = path.strip_prefix("~").ok().and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    let path = at_home.unwrap_or_else(|| path.to_owned());
    root.map_or(path.clone(), |root| root.join(&path))
}

/// Put the topics of these folders in force, beside those that the server started with. What is wrong with a folder is
/// told once, and the rest works. If the user cancels, all stays as it was.
pub(crate) async fn load(state: &Arc<State>, paths: &[PathBuf]) {
    if paths.is_empty() {
        return state.replace_glossary(Arc::clone(&state.configuration.topics.glossary));
    }
    let progress = Progress::begin(state, "pygloss: loading topics").await;
    let Some(folders) = read(state, paths, &progress).await else {
        return progress.end("cancelled").await;
    };
    if let Some(glossary) = compile(state, folders).await {
        state.replace_glossary(glossary);
    }
    progress.end("done").await;
}

/// Read the folders one by one; `None` once the user cancels.
async fn read(state: &State, paths: &[PathBuf], progress: &Progress<'_>) -> Option<Vec<Folder>> {
    let mut folders = state.configuration.topics.folders.clone();
    for (done, path) in paths.iter().enumerate() {
        if !progress.step(&path.display().to_string(), done, paths.len()).await {
            tracing::info!("loading topic folders was cancelled");
            return None;
        }
        let to_read = path.clone();
        match spawn_blocking(move || Folder::read(&to_read)).await {
            Ok(Ok(folder)) => folders.push(folder),
            Ok(Err(error)) => tell(state, format!("can't read the topics of {}: {error}", path.display())),
            Err(error) => tell(state, format!("can't read the topics of {}: {error}", path.display())),
        }
    }
    progress.step("compiling rules", paths.len(), paths.len()).await.then_some(folders)
}

async fn compile(state: &State, folders: Vec<Folder>) -> Option<Arc<Glossary>> {
    let own = state.configuration.topics.folders.len();
    let paths: Vec<String> = folders[own..].iter().map(|folder| folder.path.clone()).collect();
    match spawn_blocking(move || Glossary::load(&folders)).await {
        Ok((glossary, problems)) => {
            paths.iter().filter_map(|path| summary(path, &problems)).for_each(|message| tell(state, message));
            Some(Arc::new(glossary))
        }
        Err(error) => {
            tell(state, format!("can't load the topic folders: {error}"));
            None
        }
    }
}

/// What is wrong in a folder, in one message; the first error stands for all.
fn summary(folder: &str, problems: &[Problem]) -> Option<String> {
    let here = problems.iter().filter(|it| Path::new(&it.path).starts_with(folder));
    let errors: Vec<&Problem> = here.filter(|problem| problem.severity == Severity::Error).collect();
    let first = errors.first()?;
    Some(match errors.len() {
        1 => format!("{first}"),
        more => format!("{first}, and {} more; `pygloss check {folder}` lists them", more - 1),
    })
}

fn tell(state: &State, message: String) {
    if state.configuration.is_news(&message) {
        state.outbox.show(message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_start_at_the_root() {
        let root = Path::new("/home/ada");
        assert_eq!(absolute(Path::new("a/b"), Some(root)), Path::new("/home/ada/a/b"));
        assert_eq!(absolute(Path::new("/a"), Some(root)), Path::new("/a"));
        assert_eq!(absolute(Path::new("a"), None), Path::new("a"));
        let home = std::env::home_dir().expect("a home folder");
        assert_eq!(absolute(Path::new("~/a"), Some(root)), home.join("a"));
        assert_eq!(absolute(Path::new("~a"), Some(root)), Path::new("/home/ada/~a"));
    }

    #[test]
    fn one_message_stands_for_all_errors_of_a_folder() {
        let error = |path: &str| Problem::error(path, 1, 2, "it is wrong");
        let problems =
            [error("/a/1/topic.md"), error("/ab/1/topic.md"), Problem::warning("/c/1/topic.md", 1, 1, "odd")];
        assert_eq!(summary("/a", &problems).as_deref(), Some("/a/1/topic.md:1:2: error: it is wrong"));
        assert_eq!(summary("/c", &problems), None);
        let twice = [error("/a/1/topic.md"), error("/a/2/topic.md")];
        let expected = "/a/1/topic.md:1:2: error: it is wrong, and 1 more; `pygloss check /a` lists them";
        assert_eq!(summary("/a", &twice).as_deref(), Some(expected));
    }
}
