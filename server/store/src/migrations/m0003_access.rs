//! Passkeys, sessions, ceremonies, invitations, recovery codes.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            Table::create()
                .table("passkey")
                .col(uuid("id").primary_key())
                .col(text("owner_kind"))
                .col(uuid("owner_id"))
                .col(text("name"))
                .col(blob("credential_id").unique_key())
                .col(text("credential"))
                .col(big_integer("created_at"))
                .col(big_integer_null("used_at"))
                .col(boolean("synced"))
                .to_owned(),
            Table::create()
                .table("session")
                .col(uuid("id").primary_key())
                .col(blob("token_digest").unique_key())
                .col(text("owner_kind"))
                .col(uuid("owner_id"))
                .col(text("device"))
                .col(big_integer("created_at"))
                .col(big_integer("seen_at"))
                .col(big_integer("expires_at"))
                .col(big_integer_null("stepped_up_at"))
                .col(big_integer_null("ended_at"))
                .to_owned(),
            Table::create()
                .table("ceremony")
                .col(uuid("id").primary_key())
                .col(text("kind"))
                .col(text_null("owner_kind"))
                .col(uuid_null("owner_id"))
                .col(uuid_null("session_id"))
                .col(integer("attempts"))
                .col(text("state"))
                .col(big_integer("expires_at"))
                .to_owned(),
            Table::create()
                .table("invitation")
                .col(blob("token_digest").primary_key())
                .col(text("owner_kind"))
                .col(uuid("owner_id"))
                .col(big_integer("expires_at"))
                .col(big_integer_null("used_at"))
                .to_owned(),
            Table::create()
                .table("recovery_code")
                .col(blob("digest").primary_key())
                .col(uuid("staff_id"))
                .col(big_integer_null("used_at"))
                .to_owned(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [
            ("passkey_owner", "passkey", "owner_id"),
            ("session_owner", "session", "owner_id"),
            ("ceremony_expiry", "ceremony", "expires_at"),
            ("recovery_code_staff", "recovery_code", "staff_id"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}
