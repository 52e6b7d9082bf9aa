//! What the watch asks beside the trail: where a session was opened.
//!
//! The rule: a country and a network, nothing finer; empty where no file of places is given.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const ADDED: [&str; 1] = ["ALTER TABLE session ADD COLUMN location text"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in ADDED {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
