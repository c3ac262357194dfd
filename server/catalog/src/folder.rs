//! Where topics come from: the files of a folder, embedded or on disk, as text.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

use rust_embed::RustEmbed;

/// The file of a topics folder that lists phases and days.
pub(crate) const SYLLABUS: &str = "syllabus.toml";

/// The files of a topic. `Embedded` repeats them, because an attribute can't name a constant.
const TOPIC_FILES: [&str; 4] = ["topic.md", "detect.scm", "practice.py", "solution.py"];

/// More than a hundred times the size of a long page: what is larger was put there by accident.
const MOST_BYTES: u64 = 1 << 20;

#[derive(RustEmbed)]
#[folder = "../../topics"]
#[include = "syllabus.toml"]
#[include = "*/topic.md"]
#[include = "*/detect.scm"]
#[include = "*/practice.py"]
#[include = "*/solution.py"]
struct Embedded;

/// The files of a topics folder.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder's path, for messages.
    pub path: String,
    /// Whether it is a user's.
    pub from_user: bool,
    /// Relative path with `/` to text. Lines end in `\n`, and no text begins with a byte order mark.
    pub files: BTreeMap<String, String>,
}

impl Folder {
    /// The topics embedded in the binary.
    pub fn built_in() -> Self {
        let text = |path: &str| Some(normalized(&String::from_utf8_lossy(&Embedded::get(path)?.data)));
        let files = Embedded::iter()
            .filter(|path| is_read(path))
            .filter_map(|path| Some((path.to_string(), text(&path)?)))
            .collect();
        Self { path: "topics".to_owned(), from_user: false, files }
    }

    /// Read a user's folder. Only the files that a topic consists of are read.
    ///
    /// # Errors
    /// If the folder can't be read, or one of its files isn't UTF-8, is larger than 1 MB, or is reached by a link that leaves
    /// the folder. The message names the file.
    pub fn read(path: &Path) -> Result<Self> {
        let root = fs::canonicalize(path).map_err(|error| named(path, &error))?;
        let mut files = BTreeMap::new();
        let mut add = |relative: String, file: &Path| -> Result<()> {
            let text = read_within(&root, file).map_err(|error| named(file, &error))?;
            files.extend(text.map(|text| (relative, text)));
            Ok(())
        };
        add(SYLLABUS.to_owned(), &path.join(SYLLABUS))?;
        for entry in fs::read_dir(path).map_err(|error| named(path, &error))? {
            let topic = entry.map_err(|error| named(path, &error))?.path();
            let name = topic.file_name().unwrap_or_default().to_string_lossy();
            if topic.is_dir() {
                TOPIC_FILES.iter().try_for_each(|file| add(format!("{name}/{file}"), &topic.join(file)))?;
            }
        }
        let shown = path.display().to_string();
        Ok(Self { path: shown.trim_end_matches('/').to_owned(), from_user: true, files })
    }

    /// A file's path for messages.
    pub(crate) fn file_path(&self, relative: &str) -> String {
        format!("{}/{relative}", self.path)
    }
}

/// The embedding's `*` also matches folders within folders.
fn is_read(path: &str) -> bool {
    match path.split_once('/') {
        None => path == SYLLABUS,
        Some((_, file)) => TOPIC_FILES.contains(&file),
    }
}

/// The text of a file that really lies below `root`; `None` if there is no such file.
fn read_within(root: &Path, path: &Path) -> Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        found => found?,
    };
    let real = fs::canonicalize(path)?;
    if !real.starts_with(root) {
        return Err(Error::new(ErrorKind::PermissionDenied, "it is reached by a link that leaves the folder; copy it"));
    }
    // A pipe would never end.
    if !fs::metadata(&real)?.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it isn't a file"));
    }
    let mut bytes = Vec::new();
    File::open(&real)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::new(ErrorKind::InvalidData, "it is larger than 1 MB, the most that is read"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(normalized(&text))),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            Err(Error::new(ErrorKind::InvalidData, format!("it isn't UTF-8 (byte {offset}); save it as UTF-8")))
        }
    }
}

fn normalized(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

fn named(path: &Path, error: &Error) -> Error {
    Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        folder
    }

    fn error_of(folder: &Path) -> String {
        Folder::read(folder).expect_err("an error").to_string()
    }

    #[test]
    fn built_in_topics_are_embedded_with_their_syllabus() {
        let folder = Folder::built_in();
        assert!(folder.files.contains_key(SYLLABUS));
        assert!(folder.files.keys().all(|path| is_read(path)));
        assert_eq!((folder.path.as_str(), folder.from_user), ("topics", false));
    }

    #[test]
    fn only_the_files_of_a_topic_are_read() {
        let folder = folder_with(&[
            ("syllabus.toml", b""),
            ("README.md", b"\xff"),
            ("17-slots/topic.md", b"page"),
            ("17-slots/notes.txt", b"\xff"),
            ("17-slots/deep/topic.md", b"\xff"),
            ("empty/other", b""),
        ]);
        let read = Folder::read(folder.path()).expect("read");
        assert_eq!(read.files.keys().collect::<Vec<_>>(), ["17-slots/topic.md", "syllabus.toml"]);
        assert!(read.from_user);
    }

    #[test]
    fn line_ends_and_byte_order_mark_are_normalized() {
        let folder = folder_with(&[("17-slots/topic.md", "\u{feff}a\r\nb\rc\r\n".as_bytes())]);
        let read = Folder::read(folder.path()).expect("read");
        assert_eq!(read.files["17-slots/topic.md"], "a\nb\rc\n");
    }

    #[test]
    fn a_trailing_slash_is_not_doubled_in_messages() {
        let folder = folder_with(&[]);
        let with_slash = format!("{}/", folder.path().display());
        let read = Folder::read(Path::new(&with_slash)).expect("read");
        assert_eq!(read.path, folder.path().display().to_string());
    }

    #[test]
    fn an_unreadable_file_is_named() {
        let broken = folder_with(&[("17-slots/topic.md", b"ab\xff")]);
        assert!(error_of(broken.path()).ends_with("topic.md: it isn't UTF-8 (byte 2); save it as UTF-8"));

        let large = folder_with(&[("17-slots/detect.scm", &vec![b' '; (1 << 20) + 1])]);
        assert!(error_of(large.path()).contains("detect.scm: it is larger than 1 MB"));

        let no_file = folder_with(&[("17-slots/practice.py/x", b"")]);
        assert!(error_of(no_file.path()).ends_with("practice.py: it isn't a file"));

        assert!(error_of(Path::new("/no/such/folder")).starts_with("/no/such/folder: "));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_not_leave_the_folder() {
        use std::os::unix::fs::symlink;

        let outside = folder_with(&[("topic.md", b"secret")]);
        let inside = folder_with(&[("shared/topic.md", b"page")]);
        symlink(inside.path().join("shared"), inside.path().join("17-slots")).expect("linked");
        symlink("turning", inside.path().join("turning")).expect("linked");
        let read = Folder::read(inside.path()).expect("links within the folder, and loops, are fine");
        assert_eq!(read.files["17-slots/topic.md"], "page");

        symlink(outside.path(), inside.path().join("18-other")).expect("linked");
        assert!(error_of(inside.path()).contains("18-other/topic.md: it is reached by a link that leaves"));
    }
}
