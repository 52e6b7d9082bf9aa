//! Requests to open one field, and what became of them. Their words are in the trail, under the numbers that stand here.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("approval")
            .col(uuid("id").primary_key())
            .col(uuid("family_id"))
            .col(text("record_kind"))
            .col(uuid("record_id"))
            .col(integer("field"))
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer("asked_in"))
            .col(text("state"))
            .col(big_integer("until"))
            .col(uuid_null("decided_by"))
            .col(big_integer_null("decided_in"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, columns) in [("approval_asked_by", ["asked_by", "asked_at"].as_slice()), ("approval_state", &["state", "until"])] {
            let mut index = Index::create().name(name).table("approval").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
