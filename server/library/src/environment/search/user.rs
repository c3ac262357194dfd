//! The user's variables and folders: home, data, settings and caches, where platformdirs puts them (its `unix.py`,
//! `macos.py`, `_xdg.py` and `windows.py`), since the tools for environments ask that.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::environment::Search;
use crate::environment::version::Series;

/// Whose customs for folders count.
enum System {
    Windows,
    Mac,
    Other,
}

const SYSTEM: System = if cfg!(windows) {
    System::Windows
} else if cfg!(target_os = "macos") {
    System::Mac
} else {
    System::Other
};

impl Search<'_> {
    /// An environment variable; an empty one counts as not set.
    pub(super) fn value(&self, name: &str) -> Option<OsString> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// A variable that holds a path, as [`Self::absolute`] reads it.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.absolute(Path::new(&self.value(name)?)))
    }

    /// A path of a setting: `~` stands for the home, and a relative one starts in the folder.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), self.home()) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => self.folder.join(path),
        }
    }

    /// The user's home.
    pub(in crate::environment) fn home(&self) -> Option<PathBuf> {
        self.folder_in(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
    }

    /// Where a tool keeps what it made.
    pub(super) fn data(&self, tool: &str) -> Option<PathBuf> {
        let folder = match SYSTEM {
            System::Windows => self.folder_in("LOCALAPPDATA"),
            System::Mac => self.xdg("XDG_DATA_HOME", "Library/Application Support"),
            System::Other => self.xdg("XDG_DATA_HOME", ".local/share"),
        };
        Some(folder?.join(tool))
    }

    /// Where a tool keeps its settings; `roams` for those that move with a user of Windows.
    pub(super) fn settings(&self, tool: &str, roams: bool) -> Option<PathBuf> {
        let folder = match SYSTEM {
            System::Windows => self.folder_in(if roams { "APPDATA" } else { "LOCALAPPDATA" }),
            System::Mac => self.xdg("XDG_CONFIG_HOME", "Library/Application Support"),
            System::Other => self.xdg("XDG_CONFIG_HOME", ".config"),
        };
        Some(folder?.join(tool))
    }

    /// Where a tool keeps what it can make again.
    pub(super) fn cache(&self, tool: &str) -> Option<PathBuf> {
        match SYSTEM {
            System::Windows => Some(self.folder_in("LOCALAPPDATA")?.join(tool).join("Cache")),
            System::Mac => Some(self.xdg("XDG_CACHE_HOME", "Library/Caches")?.join(tool)),
            System::Other => Some(self.xdg("XDG_CACHE_HOME", ".cache")?.join(tool)),
        }
    }

    /// The folder that the variable names, else the one in the home.
    pub(super) fn xdg(&self, variable: &str, in_home: &str) -> Option<PathBuf> {
        self.folder_in(variable).or_else(|| Some(self.home()?.join(in_home)))
    }

    /// Where `pip install --user` puts packages (PEP 370; CPython's `Lib/site.py`), unless Python is told not to look
    /// there.
    pub(in crate::environment) fn user_packages(&self, series: Series) -> Option<PathBuf> {
        if self.value("PYTHONNOUSERSITE").is_some() {
            return None;
        }
        let base = self.folder_in("PYTHONUSERBASE");
        if cfg!(windows) {
            let base = base.or_else(|| Some(self.folder_in("APPDATA")?.join("Python")))?;
            return Some(base.join(format!("Python{}{}", series.major, series.minor)).join("site-packages"));
        }
        let base = base.or_else(|| Some(self.home()?.join(".local")))?;
        let mark = if series.is_free_threaded { "t" } else { "" };
        Some(base.join(format!("lib/python{series}{mark}/site-packages")))
    }

    fn folder_in(&self, name: &str) -> Option<PathBuf> {
        self.value(name).map(PathBuf::from).filter(|path| path.is_absolute())
    }
}
