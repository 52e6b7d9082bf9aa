//! Corrections on both engines: one open of a field, one decision, the field and the decision together, desks apart.

use crate::support::{Ids, School, guardian, on_each_engine, student};
use contract::{
    catalogue::FieldKey,
    ids::CorrectionId,
    wire::corrections::{CorrectionDecision, CorrectionState, CorrectionWish, NewCorrection, Verdict},
};
use guard::{
    records::Person,
    write::{CorrectionAsk, CorrectionVerdict},
};
use store::{CorrectionList, StoreError, Written};
use uuid::Uuid;

async fn family(school: &School) -> Ids {
    school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await
}

async fn ask(school: &School, ids: &Ids, field: FieldKey, value: &str) -> CorrectionAsk {
    let parent = school.parent(ids.guardians[0]);
    let scope = school.gate.scope(&parent);
    let child = school.db.student(&scope, ids.students[0]).await.unwrap().unwrap();
    let me = school.db.guardian(&scope, ids.guardians[0]).await.unwrap().unwrap();
    let new = NewCorrection { field, wish: CorrectionWish::Replace, value: value.into(), words: "a word".into() };
    school.gate.ask_correction(&parent, Person::with(field, &child, &me).unwrap(), &new).unwrap()
}

async fn verdict(school: &School, id: Uuid, version: i64, verdict: Verdict) -> CorrectionVerdict {
    let li = school.consultant(school.li);
    let (record, family) = school.db.correction(&school.gate.desk(&li), CorrectionId(id)).await.unwrap().unwrap();
    let decision = CorrectionDecision { version, verdict, value: String::new(), answer: "an answer".into() };
    school.gate.decide_correction(&li, &record, Person::in_family(&family, record.about).unwrap(), &decision).unwrap()
}

const OPEN: CorrectionList = CorrectionList { state: CorrectionState::Open, after: None, limit: 1 };

on_each_engine! {
    async fn of_two_requests_for_one_field_one_is_stored(school) {
        let ids = family(&school).await;
        let one = ask(&school, &ids, FieldKey::GuardianPhone, "10033334444").await;
        let two = ask(&school, &ids, FieldKey::GuardianPhone, "10033335555").await;
        let (one, two) = tokio::join!(school.db.ask_correction(&school.trail, one), school.db.ask_correction(&school.trail, two));
        let mut stored = [one.unwrap(), two.unwrap()].map(|written| written == Written::Stored);
        stored.sort_unstable();
        assert_eq!(stored, [false, true]);
        assert_eq!(school.count("correction").await, 1);
        let other = ask(&school, &ids, FieldKey::GuardianEmail, "new@example.com").await;
        assert_eq!(school.db.ask_correction(&school.trail, other).await, Ok(Written::Stored));
    }

    async fn of_two_decisions_one_is_stored_and_a_stale_version_decides_nothing(school) {
        let ids = family(&school).await;
        let asked = ask(&school, &ids, FieldKey::GuardianPhone, "10033334444").await;
        let id = asked.id.0;
        school.db.ask_correction(&school.trail, asked).await.unwrap();
        let stale = verdict(&school, id, 7, Verdict::Accept).await;
        assert_eq!(school.db.decide_correction(&school.trail, stale).await, Ok(Written::Conflict));
        let before = school.count("trail").await;
        let (one, two) = (verdict(&school, id, 1, Verdict::Accept).await, verdict(&school, id, 1, Verdict::Decline).await);
        let (one, two) = tokio::join!(school.db.decide_correction(&school.trail, one), school.db.decide_correction(&school.trail, two));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_ne!(one, two);
        // The write and the decision are an entry each; a refusal is one.
        let entries = if one == Written::Stored { 2 } else { 1 };
        assert_eq!(school.count("trail").await - before, entries);
        let changed: i64 = school.rows("SELECT COUNT(*) AS n FROM guardian WHERE version = 2").await[0].try_get("", "n").unwrap();
        assert_eq!(changed, i64::from(one == Written::Stored));
        let li = school.consultant(school.li);
        assert!(school.db.corrections(&school.gate.desk(&li), OPEN).await.unwrap().0.is_empty());
    }

    async fn a_desk_holds_what_its_role_writes_where_it_reaches(school) {
        let ids = family(&school).await;
        for (field, value) in [(FieldKey::GuardianPhone, "10033334444"), (FieldKey::StudentSchool, "a school")] {
            let asked = ask(&school, &ids, field, value).await;
            school.db.ask_correction(&school.trail, asked).await.unwrap();
        }
        let (li, other) = (school.gate.desk(&school.consultant(school.li)), school.gate.desk(&school.consultant(school.wang)));
        let parent = school.gate.desk(&school.parent(ids.guardians[0]));
        let (page, next) = school.db.corrections(&li, OPEN).await.unwrap();
        assert_eq!((page.len(), page[0].0.field), (1, FieldKey::GuardianPhone));
        let rest = CorrectionList { after: next, ..OPEN };
        let (page, next) = school.db.corrections(&li, rest).await.unwrap();
        assert_eq!((page[0].0.field, next), (FieldKey::StudentSchool, None));
        assert_eq!(school.db.count_corrections(&li).await.unwrap(), 2);
        for desk in [other, parent] {
            assert!(school.db.corrections(&desk, OPEN).await.unwrap().0.is_empty());
            assert_eq!(school.db.count_corrections(&desk).await.unwrap(), 0);
            assert!(school.db.correction(&desk, page[0].0.id).await.unwrap().is_none());
        }
    }

    async fn a_decision_whose_trail_entry_fails_leaves_nothing(school) {
        let ids = family(&school).await;
        let asked = ask(&school, &ids, FieldKey::GuardianPhone, "10033334444").await;
        let id = asked.id.0;
        school.db.ask_correction(&school.trail, asked).await.unwrap();
        let (accept, another) = (verdict(&school, id, 1, Verdict::Accept).await, ask(&school, &ids, FieldKey::GuardianEmail, "new@example.com").await);
        school.sql("DELETE FROM trail_head").await;
        assert_eq!(school.db.decide_correction(&school.trail, accept).await, Err(StoreError::TrailDown));
        assert_eq!(school.db.ask_correction(&school.trail, another).await, Err(StoreError::TrailDown));
        let open: i64 = school.rows("SELECT COUNT(*) AS n FROM correction WHERE state = 'open'").await[0].try_get("", "n").unwrap();
        let untouched: i64 = school.rows("SELECT COUNT(*) AS n FROM guardian WHERE version = 1").await[0].try_get("", "n").unwrap();
        assert_eq!((open, untouched, school.count("correction").await), (1, 1, 1));
    }
}
