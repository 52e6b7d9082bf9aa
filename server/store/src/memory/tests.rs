//! What is kept of families is never another thing than what lies in the database, whoever changed it.

use crate::{
    Db,
    families::FamilyList,
    memory::{Change, Memory, Moment, Question},
    source::tests::{given, noted, tables},
    support::{Ids, School, days, guardian, student, today},
};
use chrono::NaiveDate;
use std::{collections::BTreeSet, convert::Infallible, sync::Arc};

async fn school() -> (School, Ids) {
    let school = School::sqlite().await;
    let mut taken = Vec::new();
    for number in 0..3 {
        let wish = school.wish(
            school.li,
            vec![student("欧阳修远"), student("欧阳修文")],
            vec![guardian("司马青", &format!("1001234567{number}")), guardian("司马红", &format!("1001234568{number}"))],
        );
        let ids = school.seed(wish, &[(0, days(-1), None), (1, today(), Some(today()))]).await;
        school.note(&school.consultant(school.li), ids.family, "a note").await;
        taken.push(ids);
    }
    (school, taken.remove(1))
}

#[tokio::test]
async fn every_change_is_in_the_next_read_whoever_made_it() {
    let (school, ids) = school().await;
    let registrar = school.registrar(&[school.north, school.south]);
    // A second process with a memory of its own, and the database without any.
    let (other, direct) = (school.second().await, Db { readers: None, ..school.db.clone() });
    let hex = |id: uuid::Uuid| format!("x'{}'", id.simple());
    let (family, pupil, mother) = (hex(ids.family.0), hex(ids.students[0].0), hex(ids.guardians[0].0));
    let changes = [
        "UPDATE class SET name = 'another'".to_owned(),
        format!("UPDATE family SET stage = 'left' WHERE id = {family}"),
        format!("UPDATE family SET next_contact = '2030-01-02' WHERE id = {family}"),
        format!("UPDATE student SET version = version + 1 WHERE id = {pupil}"),
        format!("UPDATE student SET address = x'00' WHERE id = {pupil}"),
        format!("UPDATE guardian SET phone = x'00' WHERE id = {mother}"),
        format!("UPDATE kinship SET relation = 'other' WHERE guardian_id = {mother}"),
        format!("UPDATE kinship SET custody = 'blocked' WHERE guardian_id = {mother}"),
        format!("DELETE FROM kinship WHERE guardian_id = {mother} AND student_id = {pupil}"),
        format!("INSERT INTO kinship SELECT {pupil}, {mother}, 'mother', 'full'"),
        format!("UPDATE enrolment SET ends = '2020-01-01' WHERE student_id = {pupil}"),
        format!("DELETE FROM enrolment WHERE student_id <> {pupil}"),
        "UPDATE campus SET name = 'another'".to_owned(),
        "UPDATE staff SET name = 'another'".to_owned(),
        format!("UPDATE note SET body = x'00' WHERE family_id = {family}"),
        format!(
            "INSERT INTO note SELECT randomblob(16), family_id, written_by, at + 1, body, next_contact FROM note WHERE family_id = {family}"
        ),
        format!("DELETE FROM note WHERE family_id = {family}"),
        // To another family: both are others now.
        format!("UPDATE student SET family_id = (SELECT id FROM family WHERE id <> {family} LIMIT 1) WHERE id = {pupil}"),
        format!("UPDATE guardian SET family_id = (SELECT id FROM family WHERE id <> {family} LIMIT 1) WHERE id = {mother}"),
        // One of them is read again alone, the other not.
        format!("UPDATE family SET stage = 'trial' WHERE id = {family}"),
        format!("DELETE FROM student WHERE family_id = {family}"),
        format!(
            "INSERT INTO student SELECT randomblob(16), {family}, 1, name, birth_date, id_card, school, address, health_note FROM student LIMIT 1"
        ),
        format!("DELETE FROM guardian WHERE id = {mother}"),
    ];
    let mut before = given(&school, &direct, &registrar).await;
    assert_eq!(given(&school, &school.db, &registrar).await, before);
    assert_eq!(given(&school, &other, &registrar).await, before);
    for change in changes {
        school.sql(&change).await;
        let now = given(&school, &direct, &registrar).await;
        assert_ne!(now, before, "{change} changes nothing that is read");
        assert_eq!(given(&school, &school.db, &registrar).await, now, "{change}");
        assert_eq!(given(&school, &other, &registrar).await, now, "{change}");
        before = now;
    }
}

#[tokio::test]
async fn every_table_that_a_list_or_a_card_reads_notes_its_changes() {
    let (school, _) = school().await;
    let registrar = school.registrar(&[school.north, school.south]);
    let (read, statements) = noted(&school.db);
    given(&school, &read, &registrar).await;
    let mut read = tables(&statements.lock().unwrap());
    assert!(read.contains("student") && read.contains("class"), "{read:?}");
    // The ledger of a card, the search and the person are read each time.
    for each_time in ["trail", "trail_family", "trail_head", "blind_index", "staff_campus", "school", "family_change", "guardian_login"] {
        read.remove(each_time);
    }
    let noted: BTreeSet<String> = school
        .rows("SELECT tbl_name || ' ' || upper(substr(sql, instr(sql, 'AFTER ') + 6, 6)) AS event FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_noted'")
        .await
        .iter()
        .map(|row| row.try_get("", "event").unwrap())
        .collect();
    for table in read {
        let events: &[&str] = if table == "staff" { &["UPDATE"] } else { &["INSERT", "UPDATE", "DELETE"] };
        for event in events {
            assert!(noted.contains(&format!("{table} {event}")), "{event} of {table} is noted nowhere");
        }
    }
}

#[tokio::test]
async fn what_was_forgotten_of_the_log_forgets_everything() {
    let (school, ids) = school().await;
    let registrar = school.registrar(&[school.north, school.south]);
    let direct = Db { readers: None, ..school.db.clone() };
    given(&school, &school.db, &registrar).await;
    let id = ids.family.0.simple();
    school.sql(&format!("UPDATE family SET stage = 'left' WHERE id = x'{id}'")).await;
    school.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO family_change (family_id) SELECT randomblob(16) FROM n").await;
    assert_eq!(school.count("family_change").await, 4096);
    assert_eq!(given(&school, &school.db, &registrar).await, given(&school, &direct, &registrar).await);
}

#[tokio::test]
async fn a_read_gets_nothing_of_its_future_and_keeps_nothing_of_the_past() {
    let (school, ids) = school().await;
    let scope = school.gate.scope(&school.consultant(school.li));
    let record = school.db.family(&scope, ids.family).await.unwrap().unwrap();
    let (id, depth, day) = (ids.family.0, crate::load::Depth::Card, today());
    let at = |memory: &'static Memory, as_of, changes: Vec<Change>| memory.at(as_of, |_| Ok::<_, Infallible>(changes)).unwrap();
    let memory: &'static Memory = Box::leak(Box::default());

    let early = at(memory, 5, vec![]);
    let late = at(memory, 7, vec![(6, Some(uuid::Uuid::nil())), (7, Some(uuid::Uuid::nil()))]);
    let get = |moment: Moment<'_>, depth, day| moment.get(&[id], depth, day).pop().unwrap();
    early.keep(depth, day, &record);
    assert!(get(late, depth, day).is_none(), "an early read may not know what changed since");
    late.keep(depth, day, &record);
    assert!(get(early, depth, day).is_none(), "a record may be of an early read's future");
    assert!(get(late, depth, day).is_some_and(|kept| Arc::ptr_eq(&kept, &record)));
    assert!(get(late, crate::load::Depth::List, day).is_none());
    assert!(get(late, depth, days(1)).is_none(), "classes are those of a day");

    assert!(get(at(memory, 8, vec![(8, Some(uuid::Uuid::nil()))]), depth, day).is_some());
    assert!(get(at(memory, 9, vec![(9, Some(id))]), depth, day).is_none());
    at(memory, 9, vec![]).keep(depth, day, &record);
    assert!(get(at(memory, 12, vec![(11, None), (12, None)]), depth, day).is_none(), "number 10 was missed");
    at(memory, 12, vec![]).keep(depth, day, &record);
    assert!(get(at(memory, 13, vec![(13, None)]), depth, day).is_none());
}

#[tokio::test]
async fn a_page_is_kept_for_one_state_of_all_families_and_for_those_who_reach_the_same() {
    let (school, _) = school().await;
    let scope = |by: &guard::Viewer| school.gate.scope(by).reaches().to_vec();
    let (li, registrar) = (scope(&school.consultant(school.li)), scope(&school.registrar(&[school.north])));
    let on = |reaches: &[_], day| Question { list: FamilyList::default(), reaches: reaches.to_vec(), day };
    let asked = |reaches: &[_]| on(reaches, NaiveDate::MIN);
    let at = |memory: &'static Memory, as_of, changes: Vec<Change>| memory.at(as_of, |_| Ok::<_, Infallible>(changes)).unwrap();
    let memory: &'static Memory = Box::leak(Box::default());
    let early = at(memory, 5, vec![]);
    early.keep_page(asked(&li), (Arc::from([uuid::Uuid::nil()]), None));
    early.keep_count(asked(&li), 7);
    assert!(early.page(&asked(&li)).is_some() && early.count(&asked(&li)) == Some(7));
    assert!(early.page(&asked(&registrar)).is_none() && early.count(&asked(&registrar)).is_none());
    assert!(early.page(&on(&li, NaiveDate::MAX)).is_none() && early.count(&on(&li, NaiveDate::MAX)).is_none(), "of another day");
    let late = at(memory, 6, vec![(6, Some(uuid::Uuid::nil()))]);
    assert!(late.page(&asked(&li)).is_none() && late.count(&asked(&li)).is_none());
    early.keep_page(asked(&li), (Arc::from([]), None));
    early.keep_count(asked(&li), 8);
    assert!(late.page(&asked(&li)).is_none() && late.count(&asked(&li)).is_none(), "of the past");
    late.keep_page(asked(&li), (Arc::from([]), None));
    assert!(early.page(&asked(&li)).is_none(), "of the future");
}
