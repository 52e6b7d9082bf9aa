//! One number that every change to who may sign in, and as whom, raises; for the sessions kept in memory (`known`). And the
//! blind index in one B-tree on SQLite: a look-up by token finds its family at once.
//!
//! The rule: every table that a session is read from has its triggers, whoever makes the change. PostgreSQL has the table and
//! no triggers, since there nothing is kept.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// The tables that say who a token is and what they may do.
const READ: [&str; 5] = ["session", "staff", "staff_campus", "kinship", "policy"];

const INDEX_IN_ONE: [&str; 5] = [
    "CREATE TABLE blind_index_in_one (token blob NOT NULL, field integer NOT NULL, record_id uuid_text NOT NULL, \
     family_id uuid_text NOT NULL, PRIMARY KEY (token, field, record_id)) WITHOUT ROWID",
    "INSERT INTO blind_index_in_one SELECT token, field, record_id, family_id FROM blind_index ORDER BY token, field, record_id",
    "DROP TABLE blind_index",
    "ALTER TABLE blind_index_in_one RENAME TO blind_index",
    "CREATE INDEX blind_index_record ON blind_index (record_id, field)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Between two of the statements there is no index.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create().table("access_change").col(integer("id").primary_key()).col(big_integer("seq")).to_owned();
        manager.create_table(table).await?;
        let connection = manager.get_connection();
        connection.execute_unprepared("INSERT INTO access_change (id, seq) VALUES (1, 1)").await?;
        if manager.get_database_backend() != sea_orm::DatabaseBackend::Sqlite {
            return Ok(());
        }
        for statement in INDEX_IN_ONE {
            connection.execute_unprepared(statement).await?;
        }
        for table in READ {
            for event in ["INSERT", "UPDATE", "DELETE"] {
                let raised = "UPDATE access_change SET seq = seq + 1";
                let trigger =
                    format!("CREATE TRIGGER {table}_{}_admits AFTER {event} ON {table} BEGIN {raised}; END", event.to_lowercase());
                connection.execute_unprepared(&trigger).await?;
            }
        }
        Ok(())
    }
}
