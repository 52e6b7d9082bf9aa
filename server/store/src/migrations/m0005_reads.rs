//! Indexes that hold all that the list and the card ask of a table, so that they need not go on to its rows.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, columns) in [
            ("family_campus_stage", "family", ["campus_id", "stage", "updated_at", "id"].as_slice()),
            ("kinship_of_guardian", "kinship", &["guardian_id", "student_id", "relation", "custody"]),
            ("enrolment_of_student", "enrolment", &["student_id", "starts", "ends", "class_id"]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        // The new ones begin with the same column.
        for (name, table) in [("kinship_guardian", "kinship"), ("enrolment_student", "enrolment")] {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        Ok(())
    }
}
