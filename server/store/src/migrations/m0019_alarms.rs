//! What the watch over the trail found, by which rules it looks, and how far it is.
//!
//! The rule: up to where the trail was watched is one row that moves together with the alarms of that stretch, so that of several
//! servers one raises each alarm, once.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let alarm = Table::create()
            .table("alarm")
            .col(uuid("id").primary_key())
            .col(text("rule"))
            .col(text_null("about_kind"))
            .col(uuid_null("about_id"))
            .col(big_integer("first_at"))
            .col(big_integer("last_at"))
            .col(big_integer("hits"))
            .col(text("evidence"))
            .col(text("state"))
            .col(uuid_null("owner_id"))
            .col(text_null("outcome"))
            .col(blob_null("words"))
            .col(big_integer_null("closed_at"))
            .col(text("answer"))
            .col(boolean("undone"))
            .to_owned();
        let rule = Table::create()
            .table("alarm_rule")
            .col(text("rule").primary_key())
            .col(boolean("watched"))
            .col(integer("threshold"))
            .col(integer("minutes"))
            .col(text("answer"))
            .col(text("changed_by"))
            .col(big_integer("changed_at"))
            .to_owned();
        let watch = Table::create()
            .table("watch")
            .col(integer("id").primary_key())
            .col(big_integer("seen"))
            .col(big_integer("heard_at"))
            .to_owned();
        for table in [alarm, rule, watch] {
            manager.create_table(table).await?;
        }
        let index = Index::create().name("alarm_state").table("alarm").col("state").col("last_at").col("id").to_owned();
        manager.create_index(index).await
    }
}
