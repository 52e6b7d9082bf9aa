//! The trail: append-only, held by triggers that refuse updates and deletes.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// The triggers of SQLite that refuse updates and deletes.
pub(super) const APPEND_ONLY_ON_SQLITE: &[&str] = &[
    "CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    "CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    "CREATE TRIGGER trail_family_no_update BEFORE UPDATE ON trail_family BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    "CREATE TRIGGER trail_family_no_delete BEFORE DELETE ON trail_family BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            Table::create()
                .table("trail")
                .col(big_integer("seq").primary_key())
                .col(big_integer("at"))
                .col(uuid_null("actor_id"))
                .col(text("action"))
                .col(uuid_null("record_id"))
                .col(blob("body"))
                .col(blob("hash"))
                .to_owned(),
            Table::create()
                .table("trail_family")
                .col(uuid("family_id"))
                .col(big_integer("seq"))
                .primary_key(Index::create().col("family_id").col("seq"))
                .to_owned(),
            Table::create()
                .table("trail_head")
                .col(integer("id").primary_key())
                .col(big_integer("seq"))
                .col(blob("hash"))
                .col(blob("seal"))
                .to_owned(),
            Table::create()
                .table("reveal_use")
                .col(uuid("actor_id"))
                .col(date("day"))
                .col(integer("used"))
                .primary_key(Index::create().col("actor_id").col("day"))
                .to_owned(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        manager.create_index(Index::create().name("trail_record").table("trail").col("record_id").col("seq").to_owned()).await?;
        manager.create_index(Index::create().name("trail_family_seq").table("trail_family").col("seq").to_owned()).await?;
        let connection = manager.get_connection();
        let statements: &[&str] = match manager.get_database_backend() {
            sea_orm::DatabaseBackend::Postgres => &[
                "CREATE FUNCTION trail_is_append_only() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$ LANGUAGE plpgsql",
                "CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()",
                "CREATE TRIGGER trail_family_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_family FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()",
            ],
            _ => APPEND_ONLY_ON_SQLITE,
        };
        for statement in statements {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
