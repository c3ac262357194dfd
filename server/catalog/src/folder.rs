//! Where topics come from: the files of a folder, embedded or on disk, as text.

use std::collections::BTreeMap;
use std::path::Path;

/// The files of a topics folder.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder's path, for messages.
    pub path: String,
    /// Whether it is a user's.
    pub from_user: bool,
    /// Relative path with `/` to text.
    pub files: BTreeMap<String, String>,
}

impl Folder {
    /// The topics embedded in the binary.
    pub fn built_in() -> Self {
        todo!()
    }

    /// Read a user's folder. Only the files that a topic consists of are read; links that leave the folder are not followed.
    ///
    /// # Errors
    /// If the folder can't be read, or a file of it isn't UTF-8.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        let _ = path;
        todo!()
    }
}
