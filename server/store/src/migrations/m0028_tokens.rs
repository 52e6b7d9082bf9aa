//! Tokens for programs: a person, a role, until when. What they are for is in the trail, under the number that stands here.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("api_token")
            .col(uuid("id").primary_key())
            .col(uuid("owner_id"))
            .col(text("role"))
            .col(blob("name"))
            .col(integer("days"))
            .col(text("networks"))
            .col(big_integer("asked_at"))
            .col(big_integer("asked_in"))
            .col(text("state"))
            .col(big_integer("until"))
            .col(uuid_null("decided_by"))
            .col(blob_null("digest"))
            .col(text_null("credential"))
            .col(big_integer_null("used_at"))
            .col(text_null("used_from"))
            .to_owned();
        manager.create_table(table).await?;
        manager.create_index(Index::create().name("api_token_digest").table("api_token").col("digest").unique().to_owned()).await?;
        manager.create_index(Index::create().name("api_token_owner").table("api_token").col("owner_id").col("asked_at").to_owned()).await?;
        manager.create_index(Index::create().name("api_token_state").table("api_token").col("state").col("until").to_owned()).await
    }
}
