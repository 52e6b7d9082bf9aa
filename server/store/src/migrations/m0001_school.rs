//! Campuses, staff, classes, policy.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            Table::create().table("school").col(integer("id").primary_key()).col(text("name")).col(blob("key_check")).to_owned(),
            Table::create().table("campus").col(uuid("id").primary_key()).col(text("name")).to_owned(),
            Table::create()
                .table("staff")
                .col(uuid("id").primary_key())
                .col(text("login").unique_key())
                .col(text("name"))
                .col(integer("roles"))
                .col(boolean("active"))
                .col(blob("data_key"))
                .col(blob("phone"))
                .col(blob("email"))
                .to_owned(),
            Table::create()
                .table("staff_campus")
                .col(uuid("staff_id"))
                .col(uuid("campus_id"))
                .primary_key(Index::create().col("staff_id").col("campus_id"))
                .to_owned(),
            Table::create()
                .table("class")
                .col(uuid("id").primary_key())
                .col(uuid("campus_id"))
                .col(text("name"))
                .col(uuid("teacher_id"))
                .col(date("starts"))
                .col(date("ends"))
                .to_owned(),
            Table::create()
                .table("enrolment")
                .col(uuid("id").primary_key())
                .col(uuid("class_id"))
                .col(uuid("student_id"))
                .col(date("starts"))
                .col(date_null("ends"))
                .to_owned(),
            Table::create()
                .table("policy")
                .col(big_integer("version").primary_key())
                .col(big_integer("at"))
                .col(text("changed_by"))
                .col(text("document"))
                .to_owned(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [
            ("class_teacher", "class", "teacher_id"),
            ("enrolment_class", "enrolment", "class_id"),
            ("enrolment_student", "enrolment", "student_id"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}
