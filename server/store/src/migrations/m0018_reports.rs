//! What the reports read: the number of the entry with which an approval was used or withdrawn, and the action of an entry in the
//! index by person, so that counting what somebody did reads the index alone.
//!
//! The rule: for the approvals that are there the number is found in the trail by whoever asked, the record, the field and the
//! time in which it could be used; where nothing is found none is made up.

use contract::catalogue::FieldKey;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const CHANGES: [&str; 4] = [
    "ALTER TABLE approval ADD COLUMN ended_in bigint",
    "CREATE INDEX approval_asked_in ON approval (asked_in)",
    "DROP INDEX trail_actor",
    "CREATE INDEX trail_actor ON trail (actor_id, at, seq, action) WHERE actor_id IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for statement in CHANGES {
            connection.execute_unprepared(statement).await?;
        }
        let words = match manager.get_database_backend() {
            sea_orm::DatabaseBackend::Sqlite => "CAST(trail.body AS TEXT)",
            _ => "convert_from(trail.body, 'UTF8')",
        };
        for field in FieldKey::ALL {
            for (state, action, since, last) in [
                ("used", "revealed", "approval.decided_in", "approval.until"),
                // A request may be withdrawn while it waits, and after it was granted for a shorter time.
                ("withdrawn", "approval_withdrawn", "approval.asked_in", "trail.at"),
            ] {
                let statement = format!(
                    "UPDATE approval SET ended_in = (SELECT MIN(trail.seq) FROM trail WHERE trail.record_id = approval.record_id \
                     AND trail.seq > {since} AND trail.actor_id = approval.asked_by AND trail.action = '{action}' \
                     AND trail.at <= {last} AND {words} LIKE '%\"{name}\"%') WHERE state = '{state}' AND field = {code}",
                    name = field.name(),
                    code = field.code(),
                );
                connection.execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }
}
