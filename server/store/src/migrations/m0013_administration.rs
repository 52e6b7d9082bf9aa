//! What the administrator keeps: a version and a last day for staff, a last day for campuses, settings of the school.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const ADDED: [&str; 5] = [
    "ALTER TABLE staff ADD COLUMN version bigint NOT NULL DEFAULT 1",
    "ALTER TABLE staff ADD COLUMN left_at bigint",
    "ALTER TABLE campus ADD COLUMN closed_at bigint",
    "ALTER TABLE school ADD COLUMN two_of_three boolean NOT NULL DEFAULT FALSE",
    "ALTER TABLE school ADD COLUMN session_hours integer NOT NULL DEFAULT 12",
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
