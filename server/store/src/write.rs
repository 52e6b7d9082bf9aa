//! Permitted writes. Row, index and trail entry commit together, or none of them.

use crate::{
    db::Db,
    error::StoreError,
    rows::{blind_index, family, guardian, kinship, note, student},
    trail::{TrailStore, append_in},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    change::Change,
    ids::{FamilyId, StudentId},
    wire::school::{Custody, Relation},
};
use guard::{
    Entry,
    records::{GuardianFields, StudentFields},
    write::{
        FamilyIntake, FamilyWrite, GuardianIntake, GuardianPatch, GuardianWrite, IndexChange, NoteWrite, StudentIntake, StudentPatch,
        StudentWrite,
    },
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

/// What became of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is stored.
    Stored,
    /// Somebody was faster: the record has another version; nothing was changed.
    Conflict,
}

pub(crate) const fn custody_name(custody: Custody) -> &'static str {
    match custody {
        Custody::Full => "full",
        Custody::Blocked => "blocked",
    }
}

impl Db {
    /// Stores a family that was taken in.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn take_in(&self, trail: &TrailStore, intake: FamilyIntake) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let at = intake.entry.at();
        let entry = insert_family(&txn, intake, at).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        Ok(txn.commit().await?)
    }

    /// Stores a student who joins a family, with the kinships of the guardians who are there.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn add_student(
        &self,
        trail: &TrailStore,
        family: FamilyId,
        (intake, entry): (StudentIntake, Entry),
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let siblings: Vec<Uuid> =
            student::Entity::find().filter(student::Column::FamilyId.eq(family.0)).all(&txn).await?.iter().map(|row| row.id).collect();
        let student = insert_student(&txn, family, intake).await?;
        let mut kin = kinship::Entity::find().filter(kinship::Column::StudentId.is_in(siblings)).all(&txn).await?;
        // A new child is not shown to a guardian whose custody of a sibling is blocked: that kinship comes first and stays.
        kin.sort_by_key(|row| (row.guardian_id, row.custody == custody_name(Custody::Full)));
        kin.dedup_by_key(|row| row.guardian_id);
        let rows = kin.into_iter().map(|row| kinship::ActiveModel {
            student_id: Set(student),
            guardian_id: Set(row.guardian_id),
            relation: Set(row.relation),
            custody: Set(row.custody),
        });
        insert_all(&txn, rows.collect()).await?;
        touch(&txn, family, &entry).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        Ok(txn.commit().await?)
    }

    /// Stores a guardian who joins a family.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn add_guardian(
        &self,
        trail: &TrailStore,
        family: FamilyId,
        (intake, entry): (GuardianIntake, Entry),
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let students: Vec<StudentId> = student::Entity::find()
            .filter(student::Column::FamilyId.eq(family.0))
            .all(&txn)
            .await?
            .iter()
            .map(|row| StudentId(row.id))
            .collect();
        insert_guardian(&txn, family, &students, intake, Custody::Full).await?;
        touch(&txn, family, &entry).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        Ok(txn.commit().await?)
    }

    /// Stores a note. The family is to be contacted when the note says so; where it says nothing, what was due by today is done
    /// and a later day stays.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn add_note(&self, trail: &TrailStore, note: NoteWrite) -> Result<(), StoreError> {
        let NoteWrite { id, family, by, at, body, next_contact, today, entry } = note;
        let txn = self.begin().await?;
        insert_note(&txn, family, id.0, by.0, at, body.as_stored().to_vec(), next_contact).await?;
        let mut change = family::Entity::update_many()
            .col_expr(family::Column::NextContact, Expr::value(next_contact))
            .filter(family::Column::Id.eq(family.0));
        if next_contact.is_none() {
            change = change.filter(family::Column::NextContact.lte(today));
        }
        change.exec(&txn).await?;
        touch(&txn, family, &entry).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        Ok(txn.commit().await?)
    }

    /// Changes a family as such, when it still has the version that the change replaces.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_family(&self, trail: &TrailStore, write: FamilyWrite) -> Result<Written, StoreError> {
        let FamilyWrite { id, replaces, stage, owner, next_contact, entry } = write;
        let txn = self.begin().await?;
        let Some(row) = family::Entity::find_by_id(id.0).filter(family::Column::Version.eq(replaces)).lock_exclusive().one(&txn).await?
        else {
            return Ok(Written::Conflict);
        };
        let mut row: family::ActiveModel = row.into();
        row.version = Set(replaces.saturating_add(1));
        row.updated_at = Set(entry.at().timestamp_micros());
        if let Some(stage) = stage {
            row.stage = Set(stage.name().to_owned());
        }
        if let Some(owner) = owner {
            row.owner_id = Set(Some(owner.0));
        }
        match next_contact {
            Change::Keep => {}
            Change::Set(day) => row.next_contact = Set(Some(day)),
            Change::Erase => row.next_contact = Set(None),
        }
        row.update(&txn).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Changes a student, when it still has the version that the change replaces.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_student(&self, trail: &TrailStore, write: StudentWrite) -> Result<Written, StoreError> {
        let txn = self.begin().await?;
        let Some(entry) = student_in(&txn, write).await? else {
            return Ok(Written::Conflict);
        };
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Changes a guardian, when it still has the version that the change replaces.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_guardian(&self, trail: &TrailStore, write: GuardianWrite) -> Result<Written, StoreError> {
        let txn = self.begin().await?;
        let Some(entry) = guardian_in(&txn, write).await? else {
            return Ok(Written::Conflict);
        };
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Written::Stored)
    }
}

/// Writes a student; nothing where somebody was faster. Gives back the entry, which the caller appends.
pub(crate) async fn student_in(txn: &DatabaseTransaction, write: StudentWrite) -> Result<Option<Entry>, StoreError> {
    let StudentWrite { id, family, replaces, patch, index, entry } = write;
    let StudentPatch { name, birth_date, id_card, school, address, health_note } = patch;
    let Some(row) = student::Entity::find_by_id(id.0).filter(student::Column::Version.eq(replaces)).lock_exclusive().one(txn).await? else {
        return Ok(None);
    };
    let mut row: student::ActiveModel = row.into();
    row.version = Set(replaces.saturating_add(1));
    macro_rules! put { ($($column:ident),+) => { $(if let Some(sealed) = $column { row.$column = Set(sealed.as_stored().to_vec()); })+ }; }
    put!(name, birth_date, id_card, school, address, health_note);
    row.update(txn).await?;
    reindex(txn, family, id.0, &index).await?;
    touch(txn, family, &entry).await?;
    Ok(Some(entry))
}

/// Writes a guardian; nothing where somebody was faster. Gives back the entry, which the caller appends.
pub(crate) async fn guardian_in(txn: &DatabaseTransaction, write: GuardianWrite) -> Result<Option<Entry>, StoreError> {
    let GuardianWrite { id, family, replaces, patch, index, entry } = write;
    let GuardianPatch { name, phone, second_phone, wechat, email, id_card, address, employer } = patch;
    let Some(row) = guardian::Entity::find_by_id(id.0).filter(guardian::Column::Version.eq(replaces)).lock_exclusive().one(txn).await?
    else {
        return Ok(None);
    };
    let mut row: guardian::ActiveModel = row.into();
    row.version = Set(replaces.saturating_add(1));
    macro_rules! put { ($($column:ident),+) => { $(if let Some(sealed) = $column { row.$column = Set(sealed.as_stored().to_vec()); })+ }; }
    put!(name, phone, second_phone, wechat, email, id_card, address, employer);
    row.update(txn).await?;
    reindex(txn, family, id.0, &index).await?;
    touch(txn, family, &entry).await?;
    Ok(Some(entry))
}

/// The family was changed through one of its people.
async fn touch(txn: &DatabaseTransaction, family: FamilyId, entry: &Entry) -> Result<(), StoreError> {
    family::Entity::update_many()
        .col_expr(family::Column::UpdatedAt, Expr::value(entry.at().timestamp_micros()))
        .filter(family::Column::Id.eq(family.0))
        .exec(txn)
        .await?;
    Ok(())
}

async fn insert_all(txn: &DatabaseTransaction, rows: Vec<kinship::ActiveModel>) -> Result<(), StoreError> {
    if !rows.is_empty() {
        kinship::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

/// Inserts a family with its people; gives back the entry, which the caller appends.
pub(crate) async fn insert_family(txn: &DatabaseTransaction, intake: FamilyIntake, at: DateTime<Utc>) -> Result<Entry, StoreError> {
    let FamilyIntake { id, campus, stage, owner, key, students, guardians, entry } = intake;
    let row = family::ActiveModel {
        id: Set(id.0),
        campus_id: Set(campus.0),
        owner_id: Set(owner.map(|owner| owner.0)),
        stage: Set(stage.name().to_owned()),
        version: Set(1),
        data_key: Set(key.as_stored().to_vec()),
        created_at: Set(at.timestamp_micros()),
        updated_at: Set(at.timestamp_micros()),
        next_contact: Set(None),
    };
    family::Entity::insert(row).exec_without_returning(txn).await?;
    let mut ids = Vec::with_capacity(students.len());
    for student in students {
        ids.push(StudentId(insert_student(txn, id, student).await?));
    }
    for guardian in guardians {
        insert_guardian(txn, id, &ids, guardian, Custody::Full).await?;
    }
    Ok(entry)
}

async fn insert_student(txn: &DatabaseTransaction, family: FamilyId, intake: StudentIntake) -> Result<Uuid, StoreError> {
    let StudentIntake { id, fields, index } = intake;
    let StudentFields { name, birth_date, id_card, school, address, health_note } = fields;
    let row = student::ActiveModel {
        id: Set(id.0),
        family_id: Set(family.0),
        version: Set(1),
        name: Set(name.as_stored().to_vec()),
        birth_date: Set(birth_date.as_stored().to_vec()),
        id_card: Set(id_card.as_stored().to_vec()),
        school: Set(school.as_stored().to_vec()),
        address: Set(address.as_stored().to_vec()),
        health_note: Set(health_note.as_stored().to_vec()),
    };
    student::Entity::insert(row).exec_without_returning(txn).await?;
    put_index(txn, family, id.0, &index).await?;
    Ok(id.0)
}

async fn insert_guardian(
    txn: &DatabaseTransaction,
    family: FamilyId,
    students: &[StudentId],
    intake: GuardianIntake,
    custody: Custody,
) -> Result<(), StoreError> {
    let GuardianIntake { id, relation, fields, index } = intake;
    let GuardianFields { name, phone, second_phone, wechat, email, id_card, address, employer } = fields;
    let row = guardian::ActiveModel {
        id: Set(id.0),
        family_id: Set(family.0),
        version: Set(1),
        name: Set(name.as_stored().to_vec()),
        phone: Set(phone.as_stored().to_vec()),
        second_phone: Set(second_phone.as_stored().to_vec()),
        wechat: Set(wechat.as_stored().to_vec()),
        email: Set(email.as_stored().to_vec()),
        id_card: Set(id_card.as_stored().to_vec()),
        address: Set(address.as_stored().to_vec()),
        employer: Set(employer.as_stored().to_vec()),
    };
    guardian::Entity::insert(row).exec_without_returning(txn).await?;
    put_index(txn, family, id.0, &index).await?;
    insert_all(txn, students.iter().map(|student| kin(student.0, id.0, relation, custody)).collect()).await
}

fn kin(student: Uuid, guardian: Uuid, relation: Relation, custody: Custody) -> kinship::ActiveModel {
    kinship::ActiveModel {
        student_id: Set(student),
        guardian_id: Set(guardian),
        relation: Set(relation.name().to_owned()),
        custody: Set(custody_name(custody).to_owned()),
    }
}

pub(crate) async fn insert_note(
    txn: &DatabaseTransaction,
    family: FamilyId,
    id: Uuid,
    by: Uuid,
    at: DateTime<Utc>,
    body: Vec<u8>,
    next_contact: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let row = note::ActiveModel {
        id: Set(id),
        family_id: Set(family.0),
        written_by: Set(by),
        at: Set(at.timestamp_micros()),
        body: Set(body),
        next_contact: Set(next_contact),
    };
    note::Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}

async fn put_index(txn: &DatabaseTransaction, family: FamilyId, record: Uuid, index: &[IndexChange]) -> Result<(), StoreError> {
    let rows: Vec<_> = index
        .iter()
        .flat_map(|change| change.tokens.iter().map(move |token| (change.field, token)))
        .map(|(field, token)| blind_index::ActiveModel {
            token: Set(token.to_vec()),
            field: Set(i32::from(field.code())),
            record_id: Set(record),
            family_id: Set(family.0),
        })
        .collect();
    if !rows.is_empty() {
        blind_index::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

async fn reindex(txn: &DatabaseTransaction, family: FamilyId, record: Uuid, index: &[IndexChange]) -> Result<(), StoreError> {
    for change in index {
        blind_index::Entity::delete_many()
            .filter(blind_index::Column::RecordId.eq(record))
            .filter(blind_index::Column::Field.eq(i32::from(change.field.code())))
            .exec(txn)
            .await?;
    }
    put_index(txn, family, record, index).await
}
