//! Whether the make of a passkey's authenticator was proved, and stood on the school's list, when it was registered.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let added = "ALTER TABLE passkey ADD COLUMN attested boolean NOT NULL DEFAULT FALSE";
        manager.get_connection().execute_unprepared(added).await?;
        Ok(())
    }
}
