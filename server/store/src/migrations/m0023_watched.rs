//! What the watch asks beside the trail: where a session was opened, which families are honey
//! records, and who is slowed down.
//!
//! The rule: of a place a country and a network, nothing finer; empty where no file of places is given. A honey record is a row of
//! its own and no column of the family, so that nothing that reads families can tell.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const ADDED: [&str; 3] = [
    "ALTER TABLE session ADD COLUMN location text",
    "ALTER TABLE staff ADD COLUMN slowed_until bigint",
    "ALTER TABLE staff ADD COLUMN slowed_next bigint NOT NULL DEFAULT 0",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in ADDED {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        let honey = Table::create()
            .table("honey")
            .col(uuid("family_id").primary_key())
            .col(text_null("marked_by"))
            .col(big_integer("marked_at"))
            .to_owned();
        manager.create_table(honey).await
    }
}
