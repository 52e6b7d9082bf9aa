//! Families, students, guardians, notes and the blind index.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sealed = |mut table: TableCreateStatement, columns: &[&'static str]| {
            for column in columns {
                table.col(blob(*column));
            }
            table
        };
        let student =
            Table::create().table("student").col(uuid("id").primary_key()).col(uuid("family_id")).col(big_integer("version")).to_owned();
        let guardian =
            Table::create().table("guardian").col(uuid("id").primary_key()).col(uuid("family_id")).col(big_integer("version")).to_owned();
        let tables = [
            Table::create()
                .table("family")
                .col(uuid("id").primary_key())
                .col(uuid("campus_id"))
                .col(uuid_null("owner_id"))
                .col(text("stage"))
                .col(big_integer("version"))
                .col(blob("data_key"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .col(date_null("next_contact"))
                .to_owned(),
            sealed(student, &["name", "birth_date", "id_card", "school", "address", "health_note"]),
            sealed(guardian, &["name", "phone", "second_phone", "wechat", "email", "id_card", "address", "employer"]),
            Table::create()
                .table("kinship")
                .col(uuid("student_id"))
                .col(uuid("guardian_id"))
                .col(text("relation"))
                .col(text("custody"))
                .primary_key(Index::create().col("student_id").col("guardian_id"))
                .to_owned(),
            Table::create()
                .table("note")
                .col(uuid("id").primary_key())
                .col(uuid("family_id"))
                .col(uuid("written_by"))
                .col(big_integer("at"))
                .col(blob("body"))
                .col(date_null("next_contact"))
                .to_owned(),
            Table::create()
                .table("blind_index")
                .col(blob("token"))
                .col(integer("field"))
                .col(uuid("record_id"))
                .col(uuid("family_id"))
                .primary_key(Index::create().col("token").col("field").col("record_id"))
                .to_owned(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("family_recent", "family", ["updated_at", "id"].as_slice()),
            ("family_owner", "family", &["owner_id", "updated_at", "id"]),
            ("family_campus", "family", &["campus_id", "updated_at", "id"]),
            ("student_family", "student", &["family_id"]),
            ("guardian_family", "guardian", &["family_id"]),
            ("kinship_guardian", "kinship", &["guardian_id"]),
            ("note_family", "note", &["family_id", "at"]),
            ("blind_index_record", "blind_index", &["record_id", "field"]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
