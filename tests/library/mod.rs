//! The index under hard conditions, with the real program: killed at any moment, shared by processes, damaged, without room.

#![cfg(unix)]

mod damage;
mod killed;
mod shared;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::cli::Folder;
use crate::cli::libraries::PACKAGES;

/// The file of the index in a cache folder.
fn index_in(cache: &Path) -> PathBuf {
    let entries = std::fs::read_dir(cache.join("index")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|it| it == "sqlite")).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

/// The sizes of the files of an index, whichever are there.
fn sizes(cache: &Path) -> Vec<(PathBuf, u64)> {
    let entries = std::fs::read_dir(cache.join("index")).into_iter().flatten().flatten();
    let sizes = entries.filter_map(|entry| Some((entry.path(), entry.metadata().ok()?.len())));
    let mut sizes: Vec<_> = sizes.filter(|(path, _)| path.extension().is_some()).collect();
    sizes.sort();
    sizes
}

/// Every row of an index, sorted. The numbers of roots, packages and texts depend on the order in which they came: what they
/// lead to stands there instead. A row that leads nowhere has a `-`.
fn content_of(index: &Path) -> Vec<String> {
    let connection = Connection::open_with_flags(index, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    assert_eq!(text(&connection, "PRAGMA integrity_check"), ["ok"]);
    let tables = text(&connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    assert_eq!(tables, TABLES.map(|(name, _)| name));
    let mut rows: Vec<String> = TABLES.iter().flat_map(|(_, query)| text(&connection, query)).collect();
    rows.sort();
    rows
}

/// How the rows of each table are spelled. Whether a root has a stamp counts, and which one it is tells when the folder was made.
const TABLES: [(&str, &str); 6] = [
    ("concept", "SELECT format('concept %s %s', id, name) FROM concept"),
    (
        "content",
        "SELECT format('content %s generated %s concepts %s blocks %s', hex(hash), is_generated, hex(concepts), hex(blocks))
         FROM content",
    ),
    (
        "file",
        "SELECT format('file %s/%s size %s modified %s content %s package %s',
             coalesce(root.path, '-'), file.path, size, modified, coalesce(hex(hash), '-'), coalesce(package.name, '-'))
         FROM file LEFT JOIN root ON root.id = file.root LEFT JOIN content ON content.id = file.content
         LEFT JOIN package ON package.id = file.package AND package.root = file.root",
    ),
    (
        "package",
        "SELECT format('package %s %s %s required by %s', coalesce(path, '-'), name, coalesce(version, '-'), required_by)
         FROM package LEFT JOIN root ON root.id = package.root",
    ),
    (
        "posting",
        "SELECT format('posting %s concept %s count %s best %s levels %s usages %s',
             coalesce(hex(hash), '-'), concept, count, best, levels, hex(usages))
         FROM posting LEFT JOIN content ON content.id = posting.content",
    ),
    ("root", "SELECT format('root %s %s %s %s', path, kind, module, stamp != 0) FROM root"),
];

/// The ids of the concepts that stand somewhere.
fn concepts_in(index: &Path) -> Vec<String> {
    let connection = Connection::open_with_flags(index, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    text(&connection, "SELECT DISTINCT name FROM posting JOIN concept ON concept.id = concept ORDER BY name")
}

/// How many files an index has, which may not be made yet.
fn file_count(cache: &Path) -> u32 {
    let path =
        sizes(cache).into_iter().map(|(path, _)| path).find(|path| path.extension().is_some_and(|it| it == "sqlite"));
    let connection = path.and_then(|path| Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok());
    let count = connection.and_then(|it| it.query_row("SELECT count(*) FROM file", [], |row| row.get(0)).ok());
    count.unwrap_or(0)
}

fn text(connection: &Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// An environment with so many modules more, no two of them equal.
fn with_modules(folder: Folder, count: usize) -> Folder {
    (0..count).fold(folder, |folder, number| {
        let classes = (0..5).map(|class| {
            format!(
                "class Tree{class}:\n    __slots__ = ('left',)\n\n    def walk(self):\n        \
                 if (n := self.left) is not None:\n            yield from n\n        yield {number}\n\n\n"
            )
        });
        folder.and(&format!("{PACKAGES}/many/m{number:03}.py"), classes.collect::<String>())
    })
}
