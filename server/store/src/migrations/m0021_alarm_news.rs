//! What became of alarms, numbered, so that whoever is told of it can say how far they are.
//!
//! The rule: one counter gives the numbers inside the transaction that raises or closes an alarm, and is locked until it commits;
//! a number that can be read has none below it that is still to come. 0: nothing was numbered, as of alarms that were there before.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const ADDED: [&str; 3] = [
    "ALTER TABLE watch ADD COLUMN news bigint NOT NULL DEFAULT 0",
    "ALTER TABLE alarm ADD COLUMN raised_no bigint NOT NULL DEFAULT 0",
    "ALTER TABLE alarm ADD COLUMN closed_no bigint NOT NULL DEFAULT 0",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in ADDED {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
