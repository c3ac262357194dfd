//! Whether the server can write the pages that "Show topic" opens.

use std::fs;
use std::io;
use std::path::Path;

use super::report::{Check, Status};

const GROUP: &str = "Pages";

const ADVICE: &str = "\"Show topic\" opens pages that the server writes there. Make it writable, or name another folder in \
                      PYGLOSS_CACHE_DIR. Hovers work without it.";

pub(super) fn checks() -> Vec<Check> {
    let Some(folder) = pygloss_lsp::default_cache() else {
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

/// Write into the folder, or into the one in which it would be made, and leave nothing behind.
fn writable(folder: &Path) -> io::Result<()> {
    let is_there = |path: &&Path| path.symlink_metadata().is_ok();
    let existing = folder.ancestors().find(is_there).unwrap_or(folder);
    let probe = existing.join(format!(".pygloss-{}", std::process::id()));
    fs::create_dir(&probe)?;
    fs::remove_dir(&probe)
}
