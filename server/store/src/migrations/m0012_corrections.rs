//! Corrections that guardians ask for.
//!
//! The rule: of one guardian, one record and one field at most one is open.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("correction")
            .col(uuid("id").primary_key())
            .col(uuid("family_id"))
            .col(uuid("about_id"))
            .col(integer("field"))
            .col(text("wish"))
            .col(text("state"))
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer_null("decided_at"))
            .col(uuid_null("decided_by"))
            .col(blob_null("proposed"))
            .col(blob("words"))
            .col(blob("answer"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, columns) in
            [("correction_state", ["state", "asked_at", "id"].as_slice()), ("correction_about", &["about_id", "asked_at"])]
        {
            let mut index = Index::create().name(name).table("correction").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let one_open = "CREATE UNIQUE INDEX correction_open ON correction (asked_by, about_id, field) WHERE state = 'open'";
        manager.get_connection().execute_unprepared(one_open).await?;
        Ok(())
    }
}
