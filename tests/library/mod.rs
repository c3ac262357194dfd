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

/// Everything in an index but the numbers that its rows have, which depend on their order: files with the hashes of their texts, packages,
/// and what stands in each text. A row that is there twice, or that nothing leads to, shows.
fn content_of(index: &Path) -> Vec<String> {
    let connection = Connection::open_with_flags(index, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    assert_eq!(text(&connection, "PRAGMA integrity_check"), ["ok"]);
    let mut rows =
        text(&connection, "SELECT root.path || ' ' || root.kind || ' ' || (root.stamp != 0) FROM root ORDER BY 1");
    rows.extend(text(
        &connection,
        "SELECT root.path || '/' || file.path || ' ' || size || ' ' || coalesce(hex(hash), '-') || ' ' || name
         FROM file JOIN root ON root.id = file.root LEFT JOIN content ON content.id = content
         LEFT JOIN package ON package.id = package ORDER BY 1",
    ));
    rows.extend(text(&connection, "SELECT name || ' ' || coalesce(version, '-') FROM package ORDER BY 1"));
    rows.extend(text(
        &connection,
        "SELECT hex(hash) || ' ' || hex(concepts) || ' ' || hex(blocks) FROM content ORDER BY 1",
    ));
    rows.extend(text(
        &connection,
        "SELECT coalesce(hex(hash), '-') || ' ' || concept || ' ' || count || ' ' || best || ' ' || hex(usages)
         FROM posting LEFT JOIN content ON content.id = content ORDER BY 1",
    ));
    rows
}

fn text(connection: &Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// An environment with so many modules more, no two of them equal.
fn with_modules(folder: Folder, count: usize) -> Folder {
    (0..count).fold(folder, |folder, number| {
        let text = format!(
            "class Tree{number}:\n    __slots__ = ('left',)\n\n    def walk(self):\n        if (n := self.left) is not None:\n            \
             yield from n\n        yield {number}\n"
        );
        folder.and(&format!("{PACKAGES}/many/m{number:03}.py"), text)
    })
}
