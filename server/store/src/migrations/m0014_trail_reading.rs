//! What reading the trail asks for: the kind of the record as a column, an index for each filter in the order of the list, and
//! the verifications that somebody had made.
//!
//! The rule: the new column repeats what the bytes of an entry say and is compared with them by verification. To fill it in for
//! the entries that are there, the triggers that refuse updates stand aside inside this one transaction; number, bytes and hash of
//! an entry stay as they are.

use super::m0004_trail::APPEND_ONLY_ON_SQLITE;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const COLUMN: &str = "ALTER TABLE trail ADD COLUMN record_kind text";
const ON_SQLITE: [&str; 2] = [
    "DROP TRIGGER trail_no_update",
    "UPDATE trail SET record_kind = json_extract(CAST(body AS TEXT), '$.record.kind') WHERE record_id IS NOT NULL",
];
const ON_POSTGRES: [&str; 3] = [
    "ALTER TABLE trail DISABLE TRIGGER trail_append_only",
    "UPDATE trail SET record_kind = convert_from(body, 'UTF8')::json -> 'record' ->> 'kind' WHERE record_id IS NOT NULL",
    "ALTER TABLE trail ENABLE TRIGGER trail_append_only",
];
const INDEXES: [&str; 4] = [
    "CREATE INDEX trail_at ON trail (at, seq)",
    "CREATE INDEX trail_actor ON trail (actor_id, at, seq) WHERE actor_id IS NOT NULL",
    "CREATE INDEX trail_action ON trail (action, at, seq)",
    "CREATE INDEX trail_kind ON trail (record_kind, at, seq) WHERE record_kind IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Between two of the statements an entry could be changed.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared(COLUMN).await?;
        if manager.get_database_backend() == sea_orm::DatabaseBackend::Sqlite {
            let again = APPEND_ONLY_ON_SQLITE.iter().filter(|trigger| trigger.contains("trail_no_update "));
            for statement in ON_SQLITE.iter().chain(again) {
                connection.execute_unprepared(statement).await?;
            }
        } else {
            for statement in ON_POSTGRES {
                connection.execute_unprepared(statement).await?;
            }
        }
        for statement in INDEXES {
            connection.execute_unprepared(statement).await?;
        }
        let verification = Table::create()
            .table("verification")
            .col(uuid("id").primary_key())
            .col(big_integer("started_at"))
            .col(text("started_by"))
            .col(big_integer("seen_at"))
            .col(text("state"))
            .col(big_integer("rows"))
            .col(big_integer("of"))
            .col(text_null("fault"))
            .col(big_integer_null("fault_at"))
            .to_owned();
        manager.create_table(verification).await
    }
}
