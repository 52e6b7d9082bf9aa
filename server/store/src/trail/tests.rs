//! When storage fails the trail says so, nothing is half written, and it works again afterwards. SQLite alone: on
//! PostgreSQL the disk belongs to another machine. Here because the failures are made on the writer's own connection.

use crate::{
    CeremonyKind, CeremonyState, StoreError, TrailStore,
    support::{School, event, guardian, now, on_each_engine, student},
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CeremonyId, SessionId},
    rights::Exposure,
    wire::ledger::FieldLook,
};
use guard::{
    Entry, Trail,
    trail::{Looks, RecordRef, TrailDown},
};
use sea_orm::ConnectionTrait;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use uuid::Uuid;

/// An entry that fills pages.
fn long() -> Entry {
    let records = (0..400).map(|id| RecordRef { kind: RecordKind::Student, id: Uuid::from_u128(id) }).collect();
    event().seeing(vec![Looks { fields: vec![FieldLook { field: FieldKey::StudentName, form: Exposure::Masked }], records }])
}

/// Appends until the disk, which has so many pages, is full; says how many went through.
async fn fill(school: &School, pages: i64) -> i64 {
    for done in 0..200 {
        // A connection has a limit of its own, and the store may have replaced it.
        pragma(school, &format!("max_page_count = {pages}")).await;
        if school.trail.append(long()).await.is_err() {
            return done;
        }
    }
    200
}

async fn pragma(school: &School, pragma: &str) {
    school.db.writer.execute_unprepared(&format!("PRAGMA {pragma}")).await.unwrap();
    school.db.appender.as_ref().unwrap().pragma(pragma);
}

/// What writes before any entry does: a session that is kept awake, and a ceremony that begins.
async fn beside(school: &School) -> [Result<(), StoreError>; 2] {
    let id = CeremonyId(Uuid::now_v7());
    let state = "state".repeat(10_000);
    let ceremony = CeremonyState { id, kind: CeremonyKind::Reveal, actor: None, session: None, state, expires_at: now() };
    let touched = school.db.touch_session(SessionId(Uuid::now_v7()), now()).await;
    [touched, school.db.begin_ceremony(ceremony, now()).await]
}

/// The trail takes entries again, and is whole.
async fn recovered(school: &School, before: i64) {
    school.trail.append(event()).await.unwrap();
    assert!(school.trail.is_well().await);
    assert_eq!(beside(school).await, [Ok(()), Ok(())]);
    let taken = school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")]);
    school.take_in(taken).await;
    assert_eq!(school.verified().await, before + 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_answered_with_trail_down_and_leaves_nothing_half_written() {
    let school = School::sqlite().await;
    school.trail.append(event()).await.unwrap();
    let pages: i64 = school.rows("SELECT page_count AS n FROM pragma_page_count()").await.first().unwrap().try_get("", "n").unwrap();
    let done = fill(&school, pages).await;
    assert!(done < 200, "the disk was never full");
    for _ in 0..3 {
        assert_eq!(fill(&school, pages).await, 0, "it stays full");
        assert!(!school.trail.is_well().await);
    }
    pragma(&school, &format!("max_page_count = {pages}")).await;
    assert_eq!(beside(&school).await[1], Err(StoreError::TrailDown));
    pragma(&school, &format!("max_page_count = {pages}")).await;
    let wish = school.wish(school.li, vec![student("欧阳修远"); 8], vec![guardian("司马青", "10012345678"); 8]);
    assert!(school.db.take_in(&school.trail, school.intake(wish)).await.is_err());
    assert_eq!((school.verified().await, school.count("family").await, school.count("guardian").await), (1 + done, 0, 0));
    pragma(&school, "max_page_count = 1000000").await;
    recovered(&school, 1 + done).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_became_read_only_is_answered_with_trail_down() {
    let school = School::sqlite().await;
    school.trail.append(event()).await.unwrap();
    pragma(&school, "query_only = 1").await;
    assert_eq!(school.trail.append(event()).await, Err(TrailDown));
    assert!(!school.trail.is_well().await && !fresh(&school).is_well().await);
    assert_eq!(beside(&school).await, [Err(StoreError::TrailDown); 2]);
    assert_eq!(school.verified().await, 1);
    pragma(&school, "query_only = 0").await;
    recovered(&school, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_does_not_answer_is_answered_with_trail_down_in_time() {
    let school = School::sqlite().await;
    school.trail.append(event()).await.unwrap();
    school.sql("BEGIN IMMEDIATE").await;
    let began = Instant::now();
    let (one, two) = tokio::join!(school.trail.append(event()), school.trail.append(event()));
    assert_eq!((one, two), (Err(TrailDown), Err(TrailDown)));
    assert!(began.elapsed() < Duration::from_secs(11), "{:?}", began.elapsed());
    assert!(!school.trail.is_well().await);
    assert_eq!(beside(&school).await, [Err(StoreError::TrailDown); 2]);
    school.sql("ROLLBACK").await;
    // The connection may still be waiting for the lock on behalf of whoever gave up.
    let mut tries = 0;
    while school.trail.append(event()).await.is_err() {
        tries += 1;
        assert!(tries < 4, "the trail does not recover");
    }
    let rows = school.verified().await;
    assert!((2..=4).contains(&rows), "what was given up may be written late, but never twice: {rows}");
    recovered(&school, rows).await;
}

/// The trail as a server knows it to which nothing has happened yet.
fn fresh(school: &School) -> TrailStore {
    TrailStore::open(school.db.clone(), school.sealer.clone())
}

/// How many statements one page takes.
async fn statements(school: &School, limit: u64) -> usize {
    let counted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&counted);
    let db = school.db.clone().observed(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let list = crate::FamilyList { limit, ..crate::FamilyList::default() };
    let (rows, _) = db.families(&school.gate.scope(&school.consultant(school.li)), &list).await.unwrap();
    assert_eq!(rows.len() as u64, limit);
    counted.load(Ordering::SeqCst)
}

on_each_engine! {
    async fn a_trail_to_which_nobody_writes_is_tried_and_turns_well_again_by_itself(school) {
        school.trail.append(event()).await.unwrap();
        let quiet = fresh(&school);
        assert!(quiet.is_well().await);
        assert_eq!(school.verified().await, 1, "a trial leaves nothing");
        school.sql("ALTER TABLE trail RENAME TO trail_away").await;
        let trail = fresh(&school);
        assert!(!trail.is_well().await, "nobody has written, and nobody could");
        assert!(quiet.is_well().await, "trials are some seconds apart");
        school.sql("ALTER TABLE trail_away RENAME TO trail").await;
        assert!(!trail.is_well().await, "here too");
        tokio::time::sleep(Duration::from_millis(3_100)).await;
        assert!(trail.is_well().await && quiet.is_well().await);
        trail.contradict(true);
        assert!(!trail.is_well().await);
        trail.contradict(false);
        assert!(trail.is_well().await);
        assert_eq!(school.verified().await, 1);
    }

    async fn a_long_page_takes_as_many_statements_as_a_short_one(school) {
        for _ in 0..20 {
            let wish = school.wish(school.li, vec![student("欧阳修远"); 2], vec![guardian("司马青", "10012345678"); 2]);
            school.seed(wish, &[(0, crate::support::today(), None)]).await;
        }
        let (short, long) = (statements(&school, 2).await, statements(&school, 20).await);
        assert!(short > 0, "nothing was counted");
        assert_eq!(short, long);
    }

    async fn many_appends_share_a_transaction(school) {
        let moved = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&moved);
        let db = school.db.clone().observed(move |statement| {
            if statement.starts_with("UPDATE \"trail_head\"") {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        let trail = TrailStore::open(db, school.sealer.clone());
        let mut appends = tokio::task::JoinSet::new();
        for _ in 0..500 {
            let trail = trail.clone();
            appends.spawn(async move { trail.append(event()).await });
        }
        assert!(appends.join_all().await.iter().all(Result::is_ok));
        assert_eq!(school.verified().await, 500);
        let moved = moved.load(Ordering::SeqCst);
        assert!((4..250).contains(&moved), "the head was moved {moved} times");
    }
}
