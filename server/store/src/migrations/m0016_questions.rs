//! Questions that guardians ask about looks.
//!
//! The rule: of one guardian and one line of the trail at most one is open.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("question")
            .col(uuid("id").primary_key())
            .col(uuid("family_id"))
            .col(uuid("about_id"))
            .col(big_integer("line"))
            .col(uuid("of_id"))
            .col(text("state"))
            .col(text_null("finding"))
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer_null("decided_at"))
            .col(uuid_null("decided_by"))
            .col(blob("words"))
            .col(blob("answer"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, columns) in [("question_state", ["state", "asked_at", "id"].as_slice()), ("question_about", &["about_id", "asked_at"])] {
            let mut index = Index::create().name(name).table("question").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let one_open = "CREATE UNIQUE INDEX question_open ON question (asked_by, line) WHERE state = 'open'";
        manager.get_connection().execute_unprepared(one_open).await?;
        Ok(())
    }
}
