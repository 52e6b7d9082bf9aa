//! The browsers that people signed in with, and where a session that ended for its network was seen by then.
//!
//! The rule: a browser is a digest that is bound to one person, so that no two rows say that they are the same. Days are numbers of
//! days since 1970.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("ALTER TABLE session ADD COLUMN moved_to text").await?;
        let table = Table::create()
            .table("device")
            .col(blob("digest").primary_key())
            .col(text("owner_kind"))
            .col(uuid("owner_id"))
            .col(big_integer("first_day"))
            .col(big_integer("last_day"))
            .to_owned();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("device_owner").table("device").col("owner_id").to_owned()).await
    }
}
