//! Writing: files and their texts, in transactions that hold whole files.

use pygloss_catalog::ConceptIndex;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::StoreError;
use crate::environment::Package;
use crate::facts::{Facts, UsageFacts, from_bytes, to_bytes};
use crate::rank::Level;

/// SHA-256 of a file's bytes.
pub(crate) type Hash = [u8; 32];

/// A connection that writes.
pub(crate) struct Writer {
    connection: Connection,
}

/// Changes that are seen by others all at once, or never.
pub(crate) struct Batch<'a>(Transaction<'a>);

/// A file as it is now.
pub(crate) struct NewFile<'a> {
    pub(crate) root: i64,
    pub(crate) path: &'a str,
    pub(crate) size: u64,
    pub(crate) modified: i64,
    pub(crate) package: i64,
    /// `None` if it can't be read.
    pub(crate) content: Option<i64>,
}

/// A text that is to be stored.
pub(crate) struct Text<'a> {
    pub(crate) hash: &'a Hash,
    pub(crate) facts: &'a Facts,
}

impl Writer {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Begin a transaction; waits for those of other processes.
    pub(crate) fn begin(&mut self) -> Result<Batch<'_>, StoreError> {
        Ok(Batch(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?))
    }

    /// Move what was logged into the file, if nobody reads at the moment, so that the log doesn't stay large.
    pub(crate) fn checkpoint(&self) -> Result<(), StoreError> {
        let done = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        Ok(done.optional().map(drop)?)
    }
}

impl Batch<'_> {
    /// Make it last.
    pub(crate) fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit()?)
    }

    /// The number of a root; it is made if it isn't there.
    pub(crate) fn root(&self, path: &str, kind: &str, module: &str) -> Result<i64, StoreError> {
        let sql = "INSERT INTO root (path, kind, module, stamp) VALUES (?, ?, ?, 0)
                   ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, module = excluded.module RETURNING id";
        Ok(self.0.prepare_cached(sql)?.query_row((path, kind, module), |row| row.get(0))?)
    }

    /// Note that a pass over a root is complete.
    pub(crate) fn complete(&self, root: i64, stamp: i64) -> Result<(), StoreError> {
        self.0.prepare_cached("UPDATE root SET stamp = ? WHERE id = ?")?.execute((stamp, root))?;
        Ok(())
    }

    /// The number of a package, with its version as it is now.
    pub(crate) fn package(&self, root: i64, package: &Package) -> Result<i64, StoreError> {
        let sql = "INSERT INTO package (root, name, version, required_by) VALUES (?, ?, ?, ?)
                   ON CONFLICT (root, name) DO UPDATE SET version = excluded.version, required_by = excluded.required_by
                   RETURNING id";
        let values = (root, &package.name, &package.version, package.required_by);
        Ok(self.0.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
    }

    /// The number of a text that is stored already.
    pub(crate) fn content(&self, hash: &Hash) -> Result<Option<i64>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT id FROM content WHERE hash = ?")?;
        Ok(statement.query_row([hash.as_slice()], |row| row.get(0)).optional()?)
    }

    /// Store a text that isn't there yet, with everything that stands in it.
    pub(crate) fn add_content(&self, text: &Text<'_>) -> Result<i64, StoreError> {
        let facts = text.facts;
        let concepts: Vec<u16> = facts.usages.iter().map(|(concept, _)| concept.0).collect();
        let sql = "INSERT INTO content (hash, is_generated, concepts, blocks) VALUES (?, ?, ?, ?) RETURNING id";
        let values = (text.hash.as_slice(), facts.is_generated, to_bytes(&concepts), to_bytes(&facts.blocks));
        let content = self.0.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
        for (concept, usages) in &facts.usages {
            self.add_posting(*concept, content, usages)?;
        }
        Ok(content)
    }

    fn add_posting(&self, concept: ConceptIndex, content: i64, usages: &[UsageFacts]) -> Result<(), StoreError> {
        let best = usages.iter().map(|usage| usage.score).max().unwrap_or(0);
        let levels = usages.iter().fold(0, |levels, usage| levels | bit(usage.level));
        let sql = "INSERT INTO posting (concept, content, count, best, levels, usages) VALUES (?, ?, ?, ?, ?, ?)";
        let values = params![concept.0, content, usages.len() as u32, best, levels, to_bytes(&usages)];
        self.0.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Note what a file is now.
    pub(crate) fn put_file(&self, file: &NewFile<'_>) -> Result<(), StoreError> {
        let sql =
            "INSERT OR REPLACE INTO file (root, path, size, modified, content, package) VALUES (?, ?, ?, ?, ?, ?)";
        let values = params![file.root, file.path, file.size.cast_signed(), file.modified, file.content, file.package];
        self.0.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Forget a file that is gone.
    pub(crate) fn remove_file(&self, root: i64, path: &str) -> Result<(), StoreError> {
        self.0.prepare_cached("DELETE FROM file WHERE root = ? AND path = ?")?.execute((root, path))?;
        Ok(())
    }

    /// Forget a root that is gone.
    pub(crate) fn remove_root(&self, root: i64) -> Result<(), StoreError> {
        for sql in
            ["DELETE FROM file WHERE root = ?", "DELETE FROM package WHERE root = ?", "DELETE FROM root WHERE id = ?"]
        {
            self.0.execute(sql, [root])?;
        }
        Ok(())
    }

    /// Forget texts that no file has any more, and packages without files.
    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        let sql =
            "SELECT id, concepts FROM content WHERE id NOT IN (SELECT content FROM file WHERE content IS NOT NULL)";
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        let orphans = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        for (content, concepts) in orphans {
            for concept in from_bytes::<Vec<u16>>(&concepts).unwrap_or_default() {
                let sql = "DELETE FROM posting WHERE concept = ? AND content = ?";
                self.0.prepare_cached(sql)?.execute((concept, content))?;
            }
            self.0.prepare_cached("DELETE FROM content WHERE id = ?")?.execute([content])?;
        }
        self.0.execute("DELETE FROM package WHERE id NOT IN (SELECT package FROM file)", [])?;
        Ok(())
    }
}

/// The level's place in `posting.levels`.
pub(super) fn bit(level: Level) -> u8 {
    1 << level as u8
}
