//! Standing grants: a person, a class, fields, a last day. Their words are in the trail, under the numbers that stand here.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("standing_grant")
            .col(uuid("id").primary_key())
            .col(uuid("class_id"))
            .col(big_integer("fields"))
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer("asked_in"))
            .col(text("state"))
            .col(big_integer("until"))
            .col(date("last_day"))
            .col(uuid_null("decided_by"))
            .col(big_integer_null("decided_in"))
            .col(big_integer_null("ended_in"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, columns) in
            [("standing_grant_asked_by", ["asked_by", "asked_at"].as_slice()), ("standing_grant_state", &["state", "until"])]
        {
            let mut index = Index::create().name(name).table("standing_grant").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
