//! With what somebody signs in: the ladder of the school, with what each session was opened, and the password and the codes of
//! those who have them.
//!
//! The rule: sessions that are open stay; of staff they were opened with a passkey. The ladder is part of what a session is
//! read from, so the table that it stands in has the triggers of such a table.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const ADDED: [&str; 3] = [
    "ALTER TABLE school ADD COLUMN ladder text NOT NULL DEFAULT '[]'",
    "ALTER TABLE session ADD COLUMN credential text",
    "UPDATE session SET credential = 'passkey' WHERE owner_kind = 'staff'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for statement in ADDED {
            connection.execute_unprepared(statement).await?;
        }
        if manager.get_database_backend() == sea_orm::DatabaseBackend::Sqlite {
            for event in ["INSERT", "UPDATE", "DELETE"] {
                let raised = "UPDATE access_change SET seq = seq + 1";
                let trigger = format!("CREATE TRIGGER school_{}_admits AFTER {event} ON school BEGIN {raised}; END", event.to_lowercase());
                connection.execute_unprepared(&trigger).await?;
            }
        }
        let table = Table::create()
            .table("password")
            .col(uuid("staff_id").primary_key())
            .col(blob("hash"))
            .col(blob("totp"))
            .col(big_integer("last_step"))
            .col(big_integer("set_at"))
            .to_owned();
        manager.create_table(table).await
    }
}
