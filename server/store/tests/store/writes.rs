//! Row, index and trail entry commit together, or none of them.

use crate::support::{School, guardian, on_each_engine, student};
use contract::{
    change::Change,
    wire::{families::FamilyChanges, guardians::GuardianChanges, notes::NewNote, school::Stage, students::StudentChanges},
};
use store::{StoreError, Written};

/// How many rows there are of what a write touches, and every version.
async fn everything(school: &School) -> Vec<i64> {
    let mut all = Vec::new();
    for table in ["family", "student", "guardian", "kinship", "note", "blind_index", "trail", "trail_family"] {
        all.push(school.count(table).await);
    }
    for table in ["family", "student", "guardian"] {
        for row in school.rows(&format!("SELECT version FROM {table} ORDER BY id")).await {
            all.push(row.try_get("", "version").unwrap());
        }
    }
    all
}

/// The index, byte by byte.
async fn index(school: &School) -> Vec<Vec<u8>> {
    let rows = school.rows("SELECT token FROM blind_index ORDER BY token, field, record_id").await;
    rows.iter().map(|row| row.try_get("", "token").unwrap()).collect()
}

on_each_engine! {
    async fn a_change_of_a_stale_version_changes_nothing(school) {
        let ids = school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
        let li = school.consultant(school.li);
        let family = school.db.family(&school.gate.scope(&li), ids.family).await.unwrap().unwrap();
        let of_guardian = |phone: &str| {
            let change = GuardianChanges { version: 1, phone: Change::Set(phone.into()), ..GuardianChanges::default() };
            school.gate.change_guardian(&li, &family.guardians[0], &change).unwrap()
        };
        let of_student = |name: &str| {
            let change = StudentChanges { version: 1, name: Change::Set(name.into()), ..StudentChanges::default() };
            school.gate.change_student(&li, &family.students[0], &change).unwrap()
        };
        let of_family = |stage| school.gate.change_family(&li, &family, &FamilyChanges { version: 1, stage: Some(stage), ..FamilyChanges::default() }).unwrap();
        assert_eq!(school.db.change_guardian(&school.trail, of_guardian("10012345601")).await, Ok(Written::Stored));
        assert_eq!(school.db.change_student(&school.trail, of_student("欧阳修文")).await, Ok(Written::Stored));
        assert_eq!(school.db.change_family(&school.trail, of_family(Stage::Trial)).await, Ok(Written::Stored));
        let before = (everything(&school).await, index(&school).await);
        assert_eq!(school.db.change_guardian(&school.trail, of_guardian("10012345602")).await, Ok(Written::Conflict));
        assert_eq!(school.db.change_student(&school.trail, of_student("欧阳修平")).await, Ok(Written::Conflict));
        assert_eq!(school.db.change_family(&school.trail, of_family(Stage::Left)).await, Ok(Written::Conflict));
        assert_eq!((everything(&school).await, index(&school).await), before);
        assert_eq!(school.verified().await, 4);
        let since = school.db.changes_since(ids.guardians[0].0, 1).await.unwrap();
        assert_eq!(since.iter().map(|kept| kept.entry.version()).collect::<Vec<_>>(), [Some(2)]);
        assert!(school.db.changes_since(ids.guardians[0].0, 2).await.unwrap().is_empty());
    }

    async fn of_two_changes_at_once_one_is_stored(school) {
        let ids = school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
        let li = school.consultant(school.li);
        let record = school.db.guardian(&school.gate.scope(&li), ids.guardians[0]).await.unwrap().unwrap();
        let write = |phone: &str| {
            let change = GuardianChanges { version: 1, phone: Change::Set(phone.into()), ..GuardianChanges::default() };
            school.gate.change_guardian(&li, &record, &change).unwrap()
        };
        let (one, two) = tokio::join!(
            school.db.change_guardian(&school.trail, write("10012345601")),
            school.db.change_guardian(&school.trail, write("10012345602")),
        );
        let mut outcomes = [one.unwrap(), two.unwrap()].map(|written| written == Written::Stored);
        outcomes.sort_unstable();
        assert_eq!(outcomes, [false, true]);
        assert_eq!(school.verified().await, 2);
    }

    async fn a_write_whose_trail_entry_fails_leaves_nothing(school) {
        let ids = school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
        let li = school.consultant(school.li);
        let family = school.db.family(&school.gate.scope(&li), ids.family).await.unwrap().unwrap();
        school.sql("DELETE FROM trail_head").await;
        let before = (everything(&school).await, index(&school).await);
        let (db, gate, trail) = (&school.db, &school.gate, &school.trail);
        let wish = school.wish(school.li, vec![student("诸葛明")], vec![guardian("诸葛青", "10012345677")]);
        assert_eq!(db.take_in(trail, school.intake(wish)).await, Err(StoreError::TrailDown));
        let new = gate.add_student(&li, &family, &student("欧阳修文")).unwrap();
        assert_eq!(db.add_student(trail, ids.family, new).await, Err(StoreError::TrailDown));
        let new = gate.add_guardian(&li, &family, &guardian("司马红", "10012345676")).unwrap();
        assert_eq!(db.add_guardian(trail, ids.family, new).await, Err(StoreError::TrailDown));
        let note = gate.add_note(&li, &family, &NewNote { body: "a note".into(), next_contact: None }).unwrap();
        assert_eq!(db.add_note(trail, note).await, Err(StoreError::TrailDown));
        let change = FamilyChanges { version: 1, stage: Some(Stage::Trial), ..FamilyChanges::default() };
        assert_eq!(db.change_family(trail, gate.change_family(&li, &family, &change).unwrap()).await, Err(StoreError::TrailDown));
        let change = StudentChanges { version: 1, name: Change::Set("欧阳修平".into()), ..StudentChanges::default() };
        let write = gate.change_student(&li, &family.students[0], &change).unwrap();
        assert_eq!(db.change_student(trail, write).await, Err(StoreError::TrailDown));
        let change = GuardianChanges { version: 1, phone: Change::Set("10012345601".into()), ..GuardianChanges::default() };
        let write = gate.change_guardian(&li, &family.guardians[0], &change).unwrap();
        assert_eq!(db.change_guardian(trail, write).await, Err(StoreError::TrailDown));
        assert_eq!((everything(&school).await, index(&school).await), before);
    }
}
