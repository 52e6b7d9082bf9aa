//! The numbers of the entries with which an emergency was decided and ended, for the register.
//!
//! The rule: for the emergencies that are there they are found in the trail by the person whom the entries are about; where nothing is
//! found none is made up.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const CHANGES: [&str; 4] = [
    "ALTER TABLE emergency ADD COLUMN decided_in bigint",
    "ALTER TABLE emergency ADD COLUMN ended_in bigint",
    "UPDATE emergency SET decided_in = (SELECT MIN(trail.seq) FROM trail WHERE trail.record_id = emergency.asked_by \
     AND trail.seq > emergency.asked_in AND trail.actor_id = emergency.decided_by \
     AND trail.action IN ('emergency_opened', 'emergency_closed')) WHERE decided_by IS NOT NULL",
    "UPDATE emergency SET ended_in = (SELECT MIN(trail.seq) FROM trail WHERE trail.record_id = emergency.asked_by \
     AND trail.seq > COALESCE(emergency.decided_in, emergency.asked_in) AND trail.action = 'emergency_closed') WHERE state = 'ended'",
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
