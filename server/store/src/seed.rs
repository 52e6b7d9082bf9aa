//! Bulk intake for a demonstration school: many families a transaction, each with its trail entry like any other.

use crate::{
    db::Db,
    error::StoreError,
    rows::{enrolment, family, kinship},
    trail::{TrailStore, append_in},
    write::{custody_name, insert_family, insert_note},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{ClassId, GuardianId, StudentId},
    wire::school::Custody,
};
use guard::write::{FamilyIntake, NoteWrite};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

/// A pupil's time in a class.
#[derive(Debug, Clone, Copy)]
pub struct SeedEnrolment {
    /// The pupil.
    pub student: StudentId,
    /// The class.
    pub class: ClassId,
    /// From this day.
    pub starts: NaiveDate,
    /// To this day, where it has ended.
    pub ends: Option<NaiveDate>,
}

/// A note, with the day it was written on.
#[derive(Debug)]
pub struct SeedNote(pub NoteWrite);

/// A family with its history.
#[derive(Debug)]
pub struct SeedFamily {
    /// The family.
    pub intake: FamilyIntake,
    /// When it was taken in.
    pub at: DateTime<Utc>,
    /// Guardians whose custody is blocked.
    pub blocked: Vec<GuardianId>,
    /// The classes.
    pub enrolments: Vec<SeedEnrolment>,
    /// The notes, oldest first.
    pub notes: Vec<SeedNote>,
}

impl Db {
    /// Stores families with their histories, all or none.
    ///
    /// # Errors
    /// [`StoreError`]; then none was stored.
    pub async fn seed(&self, trail: &TrailStore, families: Vec<SeedFamily>) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let mut entries = Vec::with_capacity(families.len());
        for SeedFamily { intake, at, blocked, enrolments, notes } in families {
            let id = intake.id;
            entries.push(insert_family(&txn, intake, at).await?);
            for guardian in blocked {
                kinship::Entity::update_many()
                    .col_expr(kinship::Column::Custody, Expr::value(custody_name(Custody::Blocked)))
                    .filter(kinship::Column::GuardianId.eq(guardian.0))
                    .exec(&txn)
                    .await?;
            }
            for SeedEnrolment { student, class, starts, ends } in enrolments {
                let row = enrolment::ActiveModel {
                    id: Set(Uuid::now_v7()),
                    class_id: Set(class.0),
                    student_id: Set(student.0),
                    starts: Set(starts),
                    ends: Set(ends),
                };
                enrolment::Entity::insert(row).exec_without_returning(&txn).await?;
            }
            for SeedNote(NoteWrite { id: note, family: _, by, at, body, next_contact, today: _, entry }) in notes {
                insert_note(&txn, id, note.0, by.0, at, body.as_stored().to_vec(), next_contact).await?;
                family::Entity::update_many()
                    .col_expr(family::Column::NextContact, Expr::value(next_contact))
                    .col_expr(family::Column::UpdatedAt, Expr::value(at.timestamp_micros()))
                    .filter(family::Column::Id.eq(id.0))
                    .exec(&txn)
                    .await?;
                entries.push(entry);
            }
        }
        append_in(&txn, trail.sealer(), &entries.iter().collect::<Vec<_>>()).await?;
        Ok(txn.commit().await?)
    }
}
