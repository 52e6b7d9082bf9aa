//! What is kept of a session is never another thing than what lies in the database, whoever changed it.

use crate::{
    Db, NewSession,
    source::tests::{noted, tables},
    support::{School, guardian, now, student},
};
use chrono::TimeDelta;
use contract::ids::SessionId;
use guard::Actor;
use std::collections::BTreeSet;
use uuid::Uuid;

async fn open(school: &School, digest: [u8; 32], actor: Actor) {
    let new = NewSession {
        id: SessionId(Uuid::now_v7()),
        token_digest: digest,
        actor,
        device: "a browser".into(),
        at: now(),
        expires_at: now() + TimeDelta::hours(1),
        stepped_up_at: None,
        location: None,
        credential: contract::Credential::Any,
    };
    school.db.open_session(new).await.unwrap();
}

async fn told(db: &Db, digest: [u8; 32]) -> String {
    format!("{:?}", db.session(&digest).await.unwrap())
}

#[tokio::test]
async fn every_change_holds_at_the_next_request_whoever_made_it() {
    let school = School::sqlite().await;
    let ids = school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
    let (staff, parent) = ([1; 32], [2; 32]);
    open(&school, staff, Actor::Staff(school.li)).await;
    open(&school, parent, Actor::Guardian(ids.guardians[0])).await;
    let (other, direct) = (school.second().await, Db { readers: None, ..school.db.clone() });
    let li = format!("x'{}'", school.li.0.simple());
    let changes = [
        "UPDATE session SET seen_at = seen_at + 1".to_owned(),
        "UPDATE session SET stepped_up_at = 1".to_owned(),
        format!("UPDATE staff SET name = 'another' WHERE id = {li}"),
        format!("UPDATE staff SET roles = 0 WHERE id = {li}"),
        format!("DELETE FROM staff_campus WHERE staff_id = {li}"),
        format!("INSERT INTO staff_campus SELECT {li}, id FROM campus"),
        "INSERT INTO policy SELECT version + 1, at, changed_by, document FROM policy".to_owned(),
        "UPDATE kinship SET custody = 'blocked'".to_owned(),
        "UPDATE kinship SET custody = 'full'".to_owned(),
        "DELETE FROM kinship".to_owned(),
        format!("UPDATE staff SET active = 0 WHERE id = {li}"),
        format!("UPDATE staff SET active = 1 WHERE id = {li}"),
        "UPDATE session SET ended_at = 1".to_owned(),
    ];
    let both = |db: Db| async move { (told(&db, staff).await, told(&db, parent).await) };
    let mut before = both(direct.clone()).await;
    for change in changes {
        assert_eq!(both(school.db.clone()).await, before);
        assert_eq!(both(other.clone()).await, before);
        school.sql(&change).await;
        let after = both(direct.clone()).await;
        assert_ne!(after, before, "{change} changes nothing of a session");
        assert_eq!(both(school.db.clone()).await, after, "{change}");
        assert_eq!(both(other.clone()).await, after, "{change}");
        before = after;
    }
    assert_eq!(before, ("None".to_owned(), "None".to_owned()));
}

#[tokio::test]
async fn a_session_that_was_read_is_not_read_again() {
    let school = School::sqlite().await;
    open(&school, [1; 32], Actor::Staff(school.li)).await;
    let (db, statements) = noted(&school.db);
    let first = told(&db, [1; 32]).await;
    assert!(first.contains("a browser"));
    let read = statements.lock().unwrap().len();
    assert!(read > 3, "{read}");
    assert_eq!(told(&db, [1; 32]).await, first);
    assert_eq!(statements.lock().unwrap().len(), read);
    assert_eq!(told(&db, [3; 32]).await, "None");
    assert_eq!(told(&db, [3; 32]).await, "None");
    assert_eq!(statements.lock().unwrap().len(), read + 2, "of nobody nothing is kept");
}

#[tokio::test]
async fn every_table_that_a_session_is_read_from_notes_its_changes() {
    let school = School::sqlite().await;
    let ids = school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
    let (db, statements) = noted(&school.db);
    open(&school, [1; 32], Actor::Staff(school.li)).await;
    open(&school, [2; 32], Actor::Guardian(ids.guardians[0])).await;
    for digest in [[1; 32], [2; 32]] {
        assert_ne!(told(&db, digest).await, "None");
    }
    let read = tables(&statements.lock().unwrap());
    assert!(read.contains("session") && read.contains("kinship") && read.contains("policy"), "{read:?}");
    let noted: BTreeSet<String> = school
        .rows("SELECT tbl_name || ' ' || upper(substr(sql, instr(sql, 'AFTER ') + 6, 6)) AS event FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_admits'")
        .await
        .iter()
        .map(|row| row.try_get("", "event").unwrap())
        .collect();
    for table in read {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            assert!(noted.contains(&format!("{table} {event}")), "{event} of {table} is noted nowhere");
        }
    }
}
