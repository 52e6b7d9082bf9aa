//! Indexes for the families to get in touch with, by whom they belong to and by campus.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, column) in [("family_owner_due", "owner_id"), ("family_campus_due", "campus_id")] {
            let index = Index::create().name(name).table("family").col(column).col("next_contact").to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
