//! Reading: what the index knows of roots, files and concepts.

use pygloss_catalog::ConceptIndex;
use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::write::{Hash, bit};
use crate::facts::{BlockFacts, UsageFacts, from_bytes};
use crate::rank::Level;

/// A connection that reads.
pub(crate) struct Reader {
    connection: Connection,
}

/// A root as of its last pass.
#[derive(Debug)]
pub(crate) struct RootRow {
    pub(crate) id: i64,
    pub(crate) path: String,
    pub(crate) kind: String,
    /// The dotted name of the package that the folder is; empty if it holds packages.
    pub(crate) module: String,
    /// 0 before the first complete pass.
    pub(crate) stamp: i64,
}

/// A file as of its last pass.
#[derive(Debug)]
pub(crate) struct FileRow {
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) modified: i64,
    pub(crate) content: Option<i64>,
    pub(crate) is_generated: bool,
    pub(crate) package: i64,
}

/// A package.
#[derive(Debug)]
pub(crate) struct PackageRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    pub(crate) required_by: u32,
}

/// A text.
pub(crate) struct ContentRow {
    pub(crate) hash: Hash,
    pub(crate) blocks: Vec<BlockFacts>,
}

/// What stands in a text of one concept.
pub(crate) struct Posting {
    pub(crate) content: i64,
    pub(crate) count: u32,
    pub(crate) best: u8,
    levels: u8,
    usages: Vec<u8>,
}

impl Posting {
    /// Whether a level is among the usages.
    pub(crate) fn has(&self, level: Level) -> bool {
        self.levels & bit(level) != 0
    }

    /// The usages, in the order of the text.
    pub(crate) fn usages(&self) -> Vec<UsageFacts> {
        from_bytes(&self.usages).unwrap_or_default()
    }
}

impl Reader {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Differs from an earlier answer when somebody wrote in the meantime.
    pub(crate) fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// All roots.
    pub(crate) fn roots(&self) -> Result<Vec<RootRow>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, path, kind, module, stamp FROM root ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            let (id, path, kind, module) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(RootRow { id, path, kind, module, stamp: row.get(4)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The files of a root, by path.
    pub(crate) fn files(&self, root: i64) -> Result<Vec<FileRow>, StoreError> {
        let sql = "SELECT path, size, modified, content, coalesce(is_generated, 0), package
                   FROM file LEFT JOIN content ON content.id = file.content WHERE root = ? ORDER BY path";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([root], |row| {
            Ok(FileRow {
                path: row.get(0)?,
                size: row.get::<_, i64>(1)?.unsigned_abs(),
                modified: row.get(2)?,
                content: row.get(3)?,
                is_generated: row.get(4)?,
                package: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The packages of a root.
    pub(crate) fn packages(&self, root: i64) -> Result<Vec<PackageRow>, StoreError> {
        let sql = "SELECT id, name, version, required_by FROM package WHERE root = ? ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([root], |row| {
            Ok(PackageRow { id: row.get(0)?, name: row.get(1)?, version: row.get(2)?, required_by: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The hashes of all texts.
    pub(crate) fn hashes(&self) -> Result<Vec<Hash>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT hash FROM content")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Where a concept stands, text by text.
    pub(crate) fn postings(&self, concept: ConceptIndex) -> Result<Vec<Posting>, StoreError> {
        let sql = "SELECT content, count, best, levels, usages FROM posting WHERE concept = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([concept.0], |row| {
            let (content, count, best, levels) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Posting { content, count, best, levels, usages: row.get(4)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How often a concept stands in each text.
    pub(crate) fn counts(&self, concept: ConceptIndex) -> Result<Vec<(i64, u32)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT content, count FROM posting WHERE concept = ?")?;
        let rows = statement.query_map([concept.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What stands in a text of one concept.
    pub(crate) fn posting(&self, concept: ConceptIndex, content: i64) -> Result<Vec<UsageFacts>, StoreError> {
        let sql = "SELECT usages FROM posting WHERE concept = ? AND content = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let bytes: Option<Vec<u8>> = statement.query_row((concept.0, content), |row| row.get(0)).optional()?;
        Ok(bytes.and_then(|bytes| from_bytes(&bytes)).unwrap_or_default())
    }

    /// A text: its hash and its blocks. `None` if it isn't there any more.
    pub(crate) fn content(&self, content: i64) -> Result<Option<ContentRow>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT hash, blocks FROM content WHERE id = ?")?;
        let row = statement.query_row([content], |row| {
            let blocks: Vec<u8> = row.get(1)?;
            Ok(ContentRow { hash: row.get(0)?, blocks: from_bytes(&blocks).unwrap_or_default() })
        });
        Ok(row.optional()?)
    }
}
