//! What is in force, and where it comes from.

use std::env;
use std::path::Path;

use super::report::{Check, Status};
use crate::cli::source::MaxSize;

const GROUP: &str = "Settings";

pub(super) fn checks(has_color: bool) -> Vec<Check> {
    let color = if has_color { "used here" } else { "not used here" };
    let note = |name: &str, message: String| Check::new(GROUP, name, Status::Note, message);
    let mut checks = vec![
        note("color", format!("colour is {color} (--color, NO_COLOR, and whether this is a terminal)")),
        note("size", format!("files up to {} are analysed", MaxSize::default())),
    ];
    checks.extend(["PYGLOSS_CACHE_DIR", "NO_COLOR"].map(|name| note(name, format!("{name} {}", value(name)))));
    checks.push(cache_home());
    checks.push(Check::new(GROUP, "editor", Status::Unknown, "what an editor tells its server isn't known here"));
    checks
}

fn value(name: &str) -> String {
    match env::var_os(name) {
        Some(value) => format!("is {:?}", value.to_string_lossy()),
        None => "is not set".to_owned(),
    }
}

/// By its specification a relative path there counts as none, which surprises who set it.
fn cache_home() -> Check {
    const NAME: &str = "XDG_CACHE_HOME";
    let set = env::var_os(NAME).filter(|value| !value.is_empty());
    let message = format!("{NAME} {}", value(NAME));
    if set.is_some_and(|value| !Path::new(&value).is_absolute()) {
        return Check::new(GROUP, NAME, Status::Warning, message)
            .advise("A path that isn't absolute is ignored; the folder .cache in your home is used.");
    }
    Check::new(GROUP, NAME, Status::Note, message)
}
