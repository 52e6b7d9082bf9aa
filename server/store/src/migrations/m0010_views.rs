//! Views of the list of families: where they are saved, and the index that answers whatever one narrows by.
//!
//! The index has the list in its order with every fact that a condition is about, so that a page is read off it and neither
//! sorted nor looked up row by row.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let views = Table::create()
            .table("saved_view")
            .col(uuid("id").primary_key())
            .col(uuid("owner_id"))
            .col(boolean("shared"))
            .col(blob("name"))
            .col(text("look"))
            .to_owned();
        manager.create_table(views).await?;
        let owner = Index::create().name("saved_view_owner").table("saved_view").col("owner_id").to_owned();
        manager.create_index(owner).await?;
        let mut list = Index::create().name("family_list").table("family").to_owned();
        for column in ["updated_at", "id", "stage", "owner_id", "campus_id", "next_contact"] {
            list.col(column);
        }
        manager.create_index(list).await?;
        // The new one begins with the same columns.
        manager.drop_index(Index::drop().name("family_recent").table("family").to_owned()).await
    }
}
