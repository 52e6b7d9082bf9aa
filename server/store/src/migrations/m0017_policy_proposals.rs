//! Proposed changes of the field matrix, and what became of them. Their words are in the trail, under the numbers that stand here.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("policy_proposal")
            .col(uuid("id").primary_key())
            .col(big_integer("base"))
            .col(text("document"))
            .col(big_integer("proposed_at"))
            .col(uuid("proposed_by"))
            .col(big_integer("proposed_in"))
            .col(boolean("alone"))
            .col(big_integer_null("holds_from"))
            .col(text("state"))
            .col(uuid_null("decided_by"))
            .col(big_integer_null("decided_in"))
            .to_owned();
        manager.create_table(table).await
    }
}
