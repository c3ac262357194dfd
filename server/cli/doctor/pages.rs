//! Whether the server can write the pages that "Show topic" opens.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::report::{Check, Status};

const GROUP: &str = "Pages";

const ADVICE: &str = "\"Show topic\" opens pages that the server writes there. Make it writable, or name another folder in \
                      PYGLOSS_CACHE_DIR. Hovers work without it.";

pub(super) fn checks() -> Vec<Check> {
    let Some(folder) = folder() else {
        let message = "there is no folder to write pages to, since there is no home";
        return vec![Check::new(GROUP, "cache", Status::Warning, message).advise(ADVICE)];
    };
    let shown = folder.display();
    vec![match writable(&folder) {
        Ok(()) => Check::new(GROUP, "cache", Status::Ok, format!("{shown} can be written")),
        Err(error) => {
            Check::new(GROUP, "cache", Status::Warning, format!("{shown} can't be written: {error}")).advise(ADVICE)
        }
    }]
}

/// As the server chooses it, which a test compares.
fn folder() -> Option<PathBuf> {
    let chosen = env::var_os("PYGLOSS_CACHE_DIR").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let folder = chosen.or_else(|| Some(choose_base_strategy().ok()?.cache_dir().join("pygloss")))?;
    std::path::absolute(folder).ok()
}

/// Write into the folder, or into the one in which it would be made, and leave nothing behind.
fn writable(folder: &Path) -> io::Result<()> {
    let is_there = |path: &&Path| path.symlink_metadata().is_ok();
    let existing = folder.ancestors().find(is_there).unwrap_or(folder);
    let probe = existing.join(format!(".pygloss-{}", std::process::id()));
    fs::create_dir(&probe)?;
    fs::remove_dir(&probe)
}
