//! Connections to an index, and the tables that it begins with.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use url::Url;

use super::{SCHEMA, companion};

/// How long a writer waits for another process's transaction, all of which are short.
const PATIENCE: Duration = Duration::from_secs(10);

/// What can be done with the file of an index.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Everything.
    Write,
    /// Reading, while others may write.
    Read,
    /// Reading where nobody can write: SQLite's reading makes a file beside the index, which a folder may not take.
    Frozen,
}

/// Connect to a file; one that isn't there is made if it may be written.
pub(super) fn connect(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    let connection = match access {
        Access::Write => open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE),
        Access::Read => open(path, OpenFlags::SQLITE_OPEN_READ_ONLY),
        Access::Frozen => open_frozen(path),
    }?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    Ok(connection)
}

/// Connect to a database that the connections of this process share.
pub(super) fn connect_memory(name: &str) -> rusqlite::Result<Connection> {
    open(
        Path::new(name),
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI,
    )
}

/// Whether a file has the tables. One that isn't there comes into being, empty.
pub(super) fn is_made(path: &Path) -> rusqlite::Result<bool> {
    let connection = connect(path, Access::Write)?;
    match version(&connection)? {
        0 => Ok(false),
        SCHEMA if connection.is_readonly("main")? => Err(unusable("only its owner may".to_owned())),
        SCHEMA => connection.query_row("SELECT count(*) FROM root", [], |row| row.get::<_, i64>(0)).map(|_| true),
        other => Err(unusable(format!("its schema is {other}, and this pygloss knows {SCHEMA}"))),
    }
}

/// Make the tables in a file, unless they are there. Whoever calls it has the right to: of two that turn to a log at once,
/// SQLite refuses one, however patient it is.
pub(super) fn prepare(path: &Path, concepts: &[&str]) -> rusqlite::Result<()> {
    if is_made(path)? {
        return Ok(());
    }
    let mut connection = connect(path, Access::Write)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    create(&mut connection, concepts)
}

/// Make the tables in a database, unless they are there.
pub(super) fn create(connection: &mut Connection, concepts: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if version(&transaction)? == 0 {
        transaction.execute_batch(include_str!("schema.sql"))?;
        for (id, name) in concepts.iter().enumerate() {
            transaction.execute("INSERT INTO concept VALUES (?, ?)", (id as u32, name))?;
        }
        transaction.pragma_update(None, "user_version", SCHEMA)?;
    }
    transaction.commit()
}

/// The number of the schema; 0 if there is none yet.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whether every page of a file is as it should be. Takes as long as reading all of it.
pub(super) fn is_whole(path: &Path) -> bool {
    let check = |connection: Connection| connection.pragma_query_value(None, "integrity_check", |row| row.get(0));
    connect(path, Access::Write).and_then(check).is_ok_and(|said: String| said == "ok")
}

/// Whether an error says that the file is damaged.
pub(super) fn is_broken(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Without a look at the log, which must be empty: SQLite can't take it into account where it can't write.
fn open_frozen(path: &Path) -> rusqlite::Result<Connection> {
    if std::fs::metadata(companion(path, "-wal")).is_ok_and(|log| log.len() > 0) {
        return Err(unusable("it wasn't closed the last time".to_owned()));
    }
    let mut url = Url::from_file_path(path).map_err(|()| unusable("its path can't be written as a URL".to_owned()))?;
    url.set_query(Some("immutable=1"));
    open(Path::new(url.as_str()), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
}

/// An error of our own in SQLite's clothes.
fn unusable(reason: String) -> rusqlite::Error {
    rusqlite::Error::InvalidParameterName(reason)
}
