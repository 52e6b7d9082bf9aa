//! The log of which families changed, for what is kept of them in memory (`memory`).
//!
//! The rule: every table that a list or a card reads has its triggers, so that no change passes by, whoever makes it. The
//! last few thousand are kept: whoever knows less forgets everything. PostgreSQL has the table and no triggers, since there
//! a read is not one moment and nothing is kept.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Table, and the family of a row in it, `row` being OLD or NEW; NULL stands for every family.
const FAMILY_OF: [(&str, &str); 8] = [
    ("family", "row.id"),
    ("student", "row.family_id"),
    ("guardian", "row.family_id"),
    ("note", "row.family_id"),
    ("kinship", "(SELECT family_id FROM guardian WHERE id = row.guardian_id)"),
    ("enrolment", "(SELECT family_id FROM student WHERE id = row.student_id)"),
    ("class", "NULL"),
    ("campus", "NULL"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create().table("family_change").col(integer("seq").primary_key()).col(uuid_null("family_id")).to_owned();
        manager.create_table(table).await?;
        if manager.get_database_backend() != sea_orm::DatabaseBackend::Sqlite {
            return Ok(());
        }
        let connection = manager.get_connection();
        let mut triggers = vec![
            "CREATE TRIGGER family_change_kept AFTER INSERT ON family_change \
             BEGIN DELETE FROM family_change WHERE seq <= NEW.seq - 4096; END"
                .to_owned(),
            // Of the staff the name alone is beside a family; signing in writes other columns.
            "CREATE TRIGGER staff_name_noted AFTER UPDATE OF name ON staff \
             BEGIN INSERT INTO family_change (family_id) VALUES (NULL); END"
                .to_owned(),
        ];
        for (table, family) in FAMILY_OF {
            // A row that moves to another family changes both.
            for (event, rows) in [("INSERT", ["NEW"].as_slice()), ("UPDATE", &["OLD", "NEW"]), ("DELETE", &["OLD"])] {
                let notes: Vec<String> = rows.iter().map(|row| format!("({})", family.replace("row.", &format!("{row}.")))).collect();
                triggers.push(format!(
                    "CREATE TRIGGER {table}_{}_noted AFTER {event} ON {table} BEGIN INSERT INTO family_change (family_id) VALUES {}; END",
                    event.to_lowercase(),
                    notes.join(", ")
                ));
            }
        }
        for trigger in triggers {
            connection.execute_unprepared(&trigger).await?;
        }
        Ok(())
    }
}
