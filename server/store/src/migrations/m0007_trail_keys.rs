//! The trail in one B-tree a table on SQLite: an entry under its number, a line of a ledger under family and number. And up
//! to which entry the ledgers have their lines (`family_ledgers`).
//!
//! The rule: the rows stay as they are, and so do the triggers that refuse to alter them. Verification walks the ledgers in
//! their own order, so neither engine keeps an index by number beside them. PostgreSQL keeps its tables, where a table is a
//! heap and not a tree.

use super::m0004_trail::APPEND_ONLY_ON_SQLITE;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// `integer` and not `bigint`: by SQLite's own rule this alone makes the key the id of the row.
const ON_SQLITE: [&str; 8] = [
    "CREATE TABLE trail_by_number (seq integer NOT NULL PRIMARY KEY, at bigint NOT NULL, actor_id uuid_text, action text NOT NULL, \
     record_id uuid_text, body blob NOT NULL, hash blob NOT NULL)",
    "INSERT INTO trail_by_number SELECT seq, at, actor_id, action, record_id, body, hash FROM trail ORDER BY seq",
    "DROP TABLE trail",
    "ALTER TABLE trail_by_number RENAME TO trail",
    "CREATE TABLE trail_of_family (family_id uuid_text NOT NULL, seq bigint NOT NULL, PRIMARY KEY (family_id, seq)) WITHOUT ROWID",
    "INSERT INTO trail_of_family SELECT family_id, seq FROM trail_family ORDER BY family_id, seq",
    "DROP TABLE trail_family",
    "ALTER TABLE trail_of_family RENAME TO trail_family",
];
/// Most entries are about no single record: lists, searches, sign-ins.
const RECORD: &str = "CREATE INDEX trail_record ON trail (record_id, seq) WHERE record_id IS NOT NULL";

const FOLDED: [&str; 2] = ["ALTER TABLE trail_head ADD COLUMN folded bigint NOT NULL DEFAULT 0", "UPDATE trail_head SET folded = seq"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Between two of the statements there is no trail.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for statement in FOLDED {
            connection.execute_unprepared(statement).await?;
        }
        if manager.get_database_backend() == sea_orm::DatabaseBackend::Sqlite {
            for statement in ON_SQLITE.iter().chain(&[RECORD]).chain(APPEND_ONLY_ON_SQLITE) {
                connection.execute_unprepared(statement).await?;
            }
            return Ok(());
        }
        for statement in ["DROP INDEX trail_family_seq", "DROP INDEX trail_record", RECORD] {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
