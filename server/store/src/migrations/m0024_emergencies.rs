//! Emergency access, and until when a member of staff has it. The words are in the trail, under the numbers that stand here.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("emergency")
            .col(uuid("id").primary_key())
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer("asked_in"))
            .col(text("state"))
            .col(big_integer("until"))
            .col(uuid_null("decided_by"))
            .to_owned();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("emergency_asked_at").table("emergency").col("asked_at").to_owned()).await?;
        manager.get_connection().execute_unprepared("ALTER TABLE staff ADD COLUMN emergency_until bigint").await?;
        Ok(())
    }
}
