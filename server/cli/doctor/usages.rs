//! Whether real-world usages can be shown at once: the index of the current folder's environment. It is looked at and not made.

use std::sync::Arc;

use pygloss_analysis::Glossary;
use pygloss_library::environment::Environment;
use pygloss_library::{Library, Source, State};

use super::report::{Check, Status};
use crate::cli::figures::size;
use crate::cli::index::size_of;

const GROUP: &str = "Usages";

const ADVICE: &str = "A damaged index is set aside and made anew when you next ask for usages. If that doesn't help, delete \
                      the folder `index` there, or name another cache folder in PYGLOSS_CACHE_DIR.";

pub(super) fn checks(environment: Option<&Environment>, glossary: Glossary) -> Vec<Check> {
    let check = |status, message: String| Check::new(GROUP, "index", status, message);
    let Some(cache) = pygloss_lsp::default_cache() else {
        return vec![check(Status::Note, "without a cache folder, the index is made anew each time".to_owned())];
    };
    vec![match Library::peek(&cache, Arc::new(glossary)) {
        Ok(Some(library)) => covered(&library, environment),
        Ok(None) => {
            check(Status::Note, "no index yet: it is made when you first ask, or by `pygloss index`".to_owned())
        }
        Err(error) => check(Status::Warning, format!("{}: {error}", cache.display())).advise(ADVICE),
    }]
}

fn covered(library: &Library, environment: Option<&Environment>) -> Check {
    let path = library.path().unwrap_or_default();
    let file = format!("{} of index in {}", size(size_of(&path)), path.display());
    let check = |status, said: &str| Check::new(GROUP, "index", status, format!("{file}; {said}"));
    let Some(environment) = environment else {
        return check(Status::Note, "this folder has no environment to be in it");
    };
    let sources: Vec<_> = environment.roots.iter().map(Source::Installed).collect();
    match library.state(&sources) {
        Ok(State::Complete) => check(Status::Ok, "this folder's environment is in it"),
        Ok(State::Changed) => {
            check(Status::Note, "this folder's environment was changed since, and is read when you ask")
        }
        Ok(State::Missing) => {
            check(Status::Note, "this folder's environment isn't in it yet, and is read when you ask")
        }
        Err(error) => check(Status::Warning, &error.to_string()).advise(ADVICE),
    }
}
