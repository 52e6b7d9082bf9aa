//! The trail is listed by number: the indexes by action and by kind of record end in it, and there is one by person.
//!
//! The rule: by time stays one index, for days; by person and time stays the one that reports count from.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const CHANGES: [&str; 5] = [
    "DROP INDEX trail_action",
    "CREATE INDEX trail_action ON trail (action, seq)",
    "DROP INDEX trail_kind",
    "CREATE INDEX trail_kind ON trail (record_kind, seq) WHERE record_kind IS NOT NULL",
    "CREATE INDEX trail_by ON trail (actor_id, seq)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in CHANGES {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
