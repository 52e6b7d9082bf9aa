//! The make (AAGUID) that the authenticator of a passkey proved; from now on `attested` says whether that make is on the list.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("passkey").add_column(uuid_null("make")).to_owned()).await
    }
}
