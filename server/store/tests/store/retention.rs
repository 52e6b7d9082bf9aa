//! The oldest part of the trail goes after its time, and nothing else does.

use crate::support::{School, days, guardian, now, on_each_engine, student};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    field::RecordKind,
    ids::{FamilyId, StaffId},
    wire::ledger::{Action, TrailCut, TrailFilter},
};
use guard::{
    Actor, Entry, Trail,
    receipt::{Algorithm, PasskeyKey},
    trail::{Beginning, By, RecordRef},
};
use store::{Engine, Fault, NotCut, StoreError};
use uuid::Uuid;

/// Rows that are old, and all rows.
const OLD: i64 = 6;
const ALL: i64 = 10;

fn long_ago() -> DateTime<Utc> {
    now() - TimeDelta::days(400)
}

fn at(at: DateTime<Utc>, family: u128) -> Entry {
    let id = Uuid::from_u128(family);
    Entry::event(at, By::nobody(), Action::Shown).about(RecordRef { kind: RecordKind::Family, id }).in_families(vec![FamilyId(id)])
}

async fn head(school: &School, at: DateTime<Utc>) -> Beginning {
    let (seq, hash) = school.db.trail_anchor().await.unwrap();
    Beginning { seq, hash, at }
}

/// Six rows of long ago, with heads after the third and the sixth, and four of now; each is about one of two families.
async fn grown(school: &School) -> Vec<Beginning> {
    let mut heads = Vec::new();
    for number in 1..=OLD {
        school.trail.append(at(long_ago(), 1 + u128::from(number % 2 == 0))).await.unwrap();
        if number % 3 == 0 {
            heads.push(head(school, long_ago()).await);
        }
    }
    for _ in OLD..ALL {
        school.trail.append(at(now(), 1)).await.unwrap();
    }
    heads
}

async fn cut(school: &School, heads: &[Beginning]) -> Result<Option<TrailCut>, NotCut> {
    school.db.cut_trail(&school.trail, heads, None, now()).await
}

/// Copies of what is tampered with, and no triggers.
async fn opened(school: &School) {
    for table in ["trail", "trail_family", "trail_head", "trail_beginning"] {
        school.sql(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
    }
    school.drop_triggers().await;
}

async fn fault(school: &School, tampering: &[&str]) -> Option<Fault> {
    for sql in tampering {
        school.sql(sql).await;
    }
    let verdict = school.db.verify_trail(&school.sealer, None).await.unwrap();
    for table in ["trail", "trail_family", "trail_head", "trail_beginning"] {
        school.sql(&format!("DELETE FROM {table}")).await;
        school.sql(&format!("INSERT INTO {table} SELECT * FROM kept_{table}")).await;
    }
    verdict.fault
}

on_each_engine! {
    async fn what_was_kept_for_its_time_goes_and_the_rest_is_whole(school) {
        let heads = grown(&school).await;
        let anchor = school.db.trail_anchor().await.unwrap();
        assert_eq!(cut(&school, &[]).await, Ok(None), "nothing was signed for");
        let gone = cut(&school, &heads).await.unwrap().unwrap();
        assert_eq!(gone, TrailCut { rows: OLD, through: OLD, before: long_ago() });
        assert_eq!(cut(&school, &heads).await, Ok(None), "and nothing is left");
        // Four rows, and the entry that says so.
        let verdict = school.db.verify_trail(&school.sealer, None).await.unwrap();
        assert_eq!((verdict.fault, verdict.last, verdict.rows()), (None, ALL + 1, ALL + 1 - OLD));
        assert_eq!(verdict.beginning, heads.last().copied());
        let said = school.db.trail(&TrailFilter::default(), None, 1).await.unwrap();
        assert_eq!((said[0].entry.action(), said[0].entry.cut()), (Action::TrailCut, Some(gone)));
        // The ledgers tell what is left, and of a family that was in none of it nothing.
        let ledger = async |family| school.db.family_trail(FamilyId(Uuid::from_u128(family)), None, 50).await.unwrap().len();
        assert_eq!((ledger(1).await, ledger(2).await), (4, 0));
        assert_eq!(school.count("trail").await, ALL + 1 - OLD);
        // Rows that were noted before: those that went are not missed, those that stayed are held to what they were.
        let mut noted = vec![(3, [7; 32]), (OLD, heads[1].hash), anchor];
        assert_eq!(school.db.verify_anchored(None, noted.clone()).await.unwrap().fault, None);
        assert!(school.db.head_to_note(&school.sealer, &noted).await.is_ok());
        noted.push((OLD, [7; 32]));
        assert_eq!(school.db.verify_anchored(None, noted.clone()).await.unwrap().fault, Some(Fault::RolledBack { anchor: OLD }));
        assert!(school.db.head_to_note(&school.sealer, &noted).await.is_err());
        let other = [(ALL, [7; 32])];
        assert_eq!(school.db.verify_anchored(None, other.to_vec()).await.unwrap().fault, Some(Fault::RolledBack { anchor: ALL }));
        // It goes on, and a report counts from the first row that is there.
        school.trail.append(at(now(), 2)).await.unwrap();
        school.db.carry_ledgers().await.unwrap();
        assert_eq!(school.verified().await, ALL + 2 - OLD);
        let counts = school.db.audit_counts(&school.trail, (days(-1), days(1)), Vec::new(), now()).await.unwrap();
        assert_eq!((counts.since, counts.verified, counts.fault), (Some(now()), ALL + 2 - OLD, None));
    }

    /// By whatever program: the database holds the floor by itself.
    async fn no_statement_takes_away_what_is_younger_than_180_days(school) {
        let floor = now() - TimeDelta::days(180);
        for one in [long_ago(), floor, floor + TimeDelta::microseconds(1), now()] {
            school.trail.append(at(one, 1)).await.unwrap();
        }
        school.db.carry_ledgers().await.unwrap();
        let begin = |seq: i64| {
            let hash = if school.db.engine() == Engine::Sqlite { "x'00'" } else { "'\\x00'" };
            format!("INSERT INTO trail_beginning (id, seq, hash, at, seal) VALUES (1, {seq}, {hash}, 0, {hash})")
        };
        for sql in ["DELETE FROM trail WHERE seq = 1", "DELETE FROM trail_family WHERE seq = 1", "DELETE FROM trail"] {
            assert!(school.try_sql(sql, []).await.is_err(), "{sql}");
        }
        for young in [3, 4, 5, 100] {
            assert!(school.try_sql(&begin(young), []).await.is_err(), "{young}");
        }
        school.sql(&begin(1)).await;
        for sql in [
            "UPDATE trail_beginning SET seq = 3".to_owned(),
            "UPDATE trail_beginning SET seq = 0".to_owned(),
            "DELETE FROM trail_beginning".to_owned(),
            begin(2),
            "DELETE FROM trail WHERE seq = 2".to_owned(),
            "DELETE FROM trail WHERE seq <= 2".to_owned(),
            "DELETE FROM trail_family WHERE seq = 2".to_owned(),
            "UPDATE trail SET at = 0 WHERE seq = 1".to_owned(),
        ] {
            assert!(school.try_sql(&sql, []).await.is_err(), "{sql}");
        }
        school.sql("UPDATE trail_beginning SET seq = 2").await;
        assert!(school.try_sql("UPDATE trail_beginning SET seq = 1", []).await.is_err());
        school.sql("DELETE FROM trail WHERE seq <= 2").await;
        school.sql("DELETE FROM trail_family WHERE seq <= 2").await;
        assert!(school.try_sql("DELETE FROM trail WHERE seq = 3", []).await.is_err());
        assert_eq!(school.count("trail").await, 2);
    }

    async fn a_head_that_is_younger_takes_nothing_away(school) {
        grown(&school).await;
        let young = head(&school, now()).await;
        assert_eq!(cut(&school, &[young]).await, Err(NotCut::Store(StoreError::Database)));
        assert_eq!((school.count("trail").await, school.db.beginning().await.unwrap()), (ALL, None));
    }

    async fn every_kind_of_forged_beginning_is_found(school) {
        let heads = grown(&school).await;
        school.sql("CREATE TABLE first_rows AS SELECT * FROM trail").await;
        school.sql("CREATE TABLE head_of_old AS SELECT * FROM trail_head").await;
        cut(&school, &heads).await.unwrap();
        opened(&school).await;
        let forged = Some(Fault::ForgedBeginning { seq: OLD });
        for (what, tampering, found) in [
            ("another hash", ["UPDATE trail_beginning SET hash = (SELECT hash FROM first_rows WHERE seq = 3)"].as_slice(), forged),
            ("another time", &["UPDATE trail_beginning SET at = at - 1"], forged),
            (
                "more cut off",
                &["DELETE FROM trail WHERE seq = 7", "UPDATE trail_beginning SET seq = 7, hash = (SELECT hash FROM first_rows WHERE seq = 7)"],
                Some(Fault::ForgedBeginning { seq: 7 }),
            ),
            (
                "the seal of a head",
                &["DELETE FROM trail WHERE seq <= 10", "DELETE FROM trail_family WHERE seq <= 10",
                  "UPDATE trail_beginning SET seq = 10, hash = (SELECT hash FROM head_of_old), seal = (SELECT seal FROM head_of_old)"],
                Some(Fault::ForgedBeginning { seq: 10 }),
            ),
            ("the first row that is left", &["DELETE FROM trail WHERE seq = 7"], Some(Fault::Gap { seq: 7 })),
            ("no beginning", &["DELETE FROM trail_beginning"], Some(Fault::Gap { seq: 1 })),
            (
                "a row of before",
                &["INSERT INTO trail SELECT * FROM first_rows WHERE seq = 6"],
                Some(Fault::BeforeBeginning { seq: 6 }),
            ),
            (
                "a line of before",
                &["INSERT INTO trail_family SELECT family_id, 6 FROM kept_trail_family WHERE seq = 7"],
                Some(Fault::BeforeBeginning { seq: 6 }),
            ),
        ] {
            assert_eq!(fault(&school, tampering).await, found, "{what}");
            assert_eq!(school.verified().await, ALL + 1 - OLD, "restored after {what}");
        }
        // Onto a forged one nothing is noted, and nothing more is taken away from it.
        school.sql("UPDATE trail_beginning SET at = at - 1").await;
        assert!(school.db.head_to_note(&school.sealer, &[]).await.is_err());
        assert_eq!(cut(&school, &heads).await, Err(NotCut::Fault(Fault::ForgedBeginning { seq: OLD })));
    }

    async fn what_was_tampered_with_is_evidence_and_stays(school) {
        let heads = grown(&school).await;
        opened(&school).await;
        for (what, tampering, found) in [
            ("a body", "UPDATE trail SET body = (SELECT body FROM kept_trail WHERE seq = 7) WHERE seq = 2", Fault::Altered { seq: 2 }),
            ("a missing row", "DELETE FROM trail WHERE seq = 2", Fault::Gap { seq: 2 }),
            ("nothing left of it", "DELETE FROM trail WHERE seq <= 6", Fault::Gap { seq: 1 }),
        ] {
            school.sql(tampering).await;
            assert_eq!(cut(&school, &heads).await, Err(NotCut::Fault(found)), "{what}");
            school.sql("DELETE FROM trail").await;
            school.sql("INSERT INTO trail SELECT * FROM kept_trail").await;
        }
        let other = Beginning { hash: [7; 32], ..heads[1] };
        assert_eq!(cut(&school, &[other]).await, Err(NotCut::Fault(Fault::RolledBack { anchor: OLD })), "another trail was signed for");
        assert_eq!((school.verified().await, school.db.beginning().await.unwrap()), (ALL, None));
    }

    async fn what_somebody_leans_on_holds_it_back(school) {
        let heads = grown(&school).await;
        let wish = school.wish(school.li, vec![student("诸葛")], vec![guardian("父", "10012345678")]);
        let ids = school.seed(wish, &[]).await;
        let id = if school.db.engine() == Engine::Sqlite { format!("x'{}'", Uuid::from_u128(9).simple()) } else { format!("'{}'", Uuid::from_u128(9)) };
        let empty = if school.db.engine() == Engine::Sqlite { "x''" } else { "'\\x'" };
        let later = (now() + TimeDelta::days(1)).timestamp_micros();
        let (lately, past) = ((now() - TimeDelta::days(179)).timestamp_micros(), (now() - TimeDelta::days(181)).timestamp_micros());
        let family = if school.db.engine() == Engine::Sqlite { format!("x'{}'", ids.family.0.simple()) } else { format!("'{}'", ids.family.0) };
        let held = [
            ("a grant in force", format!("INSERT INTO standing_grant (id, class_id, fields, asked_by, asked_at, asked_in, state, until, last_day) VALUES ({id}, {id}, 1, {id}, 0, 4, 'granted', {later}, '2026-12-31')"), "standing_grant"),
            ("a request", format!("INSERT INTO approval (id, family_id, record_kind, record_id, field, asked_by, asked_at, asked_in, state, until) VALUES ({id}, {family}, 'student', {id}, 1, {id}, 0, 4, 'asked', {later})"), "approval"),
            ("an emergency", format!("INSERT INTO emergency (id, asked_by, asked_at, asked_in, state, until) VALUES ({id}, {id}, 0, 4, 'asked', {later})"), "emergency"),
            ("an open question", format!("INSERT INTO question (id, family_id, about_id, line, of_id, state, asked_by, asked_at, words, answer) VALUES ({id}, {family}, {id}, 4, {id}, 'open', {id}, {past}, {empty}, {empty})"), "question"),
            ("a question that was answered lately", format!("INSERT INTO question (id, family_id, about_id, line, of_id, state, asked_by, asked_at, decided_at, words, answer) VALUES ({id}, {family}, {id}, 4, {id}, 'answered', {id}, {past}, {lately}, {empty}, {empty})"), "question"),
            ("a report that waits", format!("INSERT INTO audit (id, from_day, to_day, document, digest, head_seq, head_hash, drawn_by, drawn_at, drawn_in, state) VALUES ({id}, '2025-01-01', '2025-01-02', '{{}}', {empty}, 4, {empty}, {id}, 0, 5, 'drawn')"), "audit"),
            ("a stretch that was not watched", format!("INSERT INTO watch (id, seen, heard_at, news) VALUES (1, 4, {later}, 0)"), "watch"),
        ];
        let begins = async || school.db.beginning().await.unwrap().map(|beginning| beginning.seq);
        assert_eq!(school.db.cut_trail(&school.trail, &heads, Some(2), now()).await, Ok(None), "a collector has two");
        for (what, insert, table) in &held {
            school.sql(insert).await;
            assert_eq!(cut(&school, &heads[1..]).await, Ok(None), "{what}");
            assert_eq!((school.count(table).await, begins().await), (1, None), "{what}");
            school.sql(&format!("DELETE FROM {table}")).await;
        }
        // What comes before it goes all the same.
        school.sql(&held[0].1).await;
        assert_eq!(cut(&school, &heads).await.unwrap().map(|gone| gone.through), Some(3));
        assert_eq!(cut(&school, &heads).await, Ok(None));
        // And once it is over, the rest, with what it leaned on.
        for (_, insert, table) in held.iter().filter(|held| ["approval", "emergency"].contains(&held.2)) {
            school.sql(insert).await;
            school.sql(&format!("UPDATE {table} SET until = {past}")).await;
        }
        school.sql(&format!("UPDATE standing_grant SET until = {past}")).await;
        school.sql(&held[4].1).await;
        school.sql(&format!("UPDATE question SET decided_at = {past}")).await;
        assert_eq!(cut(&school, &heads).await.unwrap().map(|gone| (gone.rows, gone.through)), Some((3, OLD)));
        for table in ["standing_grant", "approval", "emergency", "question"] {
            assert_eq!(school.count(table).await, 0, "{table}");
        }
        assert_eq!(school.db.verify_trail(&school.sealer, None).await.unwrap().fault, None);
    }

    /// A line that waited in memory would speak of an entry that is not there.
    async fn no_ledger_speaks_of_what_is_gone(school) {
        let heads = grown(&school).await;
        let before = school.db.family_trail(FamilyId(Uuid::from_u128(2)), None, 50).await.unwrap();
        assert_eq!(before.len(), 3, "read, and kept in memory");
        cut(&school, &heads).await.unwrap();
        for _ in 0..2 {
            assert_eq!(school.db.family_trail(FamilyId(Uuid::from_u128(2)), None, 50).await.unwrap().len(), 0);
            school.db.carry_ledgers().await.unwrap();
        }
        assert_eq!(school.count("trail_family").await, 4);
        school.verified().await;
    }
}

/// For whoever did nothing in the rows that stay and has no passkey, nothing is carried over.
#[tokio::test]
async fn a_key_goes_with_whoever_can_sign_no_more() {
    let school = School::sqlite().await;
    let nobody = Actor::Staff(StaffId(Uuid::from_u128(77)));
    let added = Entry::event(long_ago(), By::person(nobody, String::new(), Default::default()), Action::PasskeyAdded);
    school.trail.append(added).await.unwrap();
    let heads = [head(&school, long_ago()).await];
    school.trail.append(at(now(), 1)).await.unwrap();
    let somebody = Actor::Staff(school.li);
    // Signed in long ago, and has the passkey that they had then.
    assert_eq!(school.db.last_sign_in(somebody, 9).await.unwrap(), None);
    let id = format!("x'{}'", school.li.0.simple());
    let then = (long_ago() - TimeDelta::days(1)).timestamp_micros();
    school
        .sql(&format!(
            "INSERT INTO passkey (id, owner_kind, owner_id, name, credential_id, credential, created_at, synced, attested) \
             VALUES ({id}, 'staff', {id}, '', x'00', '', {then}, FALSE, FALSE)"
        ))
        .await;
    assert_eq!(school.db.last_sign_in(somebody, 9).await.unwrap(), None, "nothing is gone yet, so they never signed in");
    cut(&school, &heads).await.unwrap().unwrap();
    assert_eq!(school.count("trail").await, 2);
    // Of a sign-in whose entry is gone the passkey is left, so that an account that wakes is still told from a new one.
    assert_eq!(school.db.last_sign_in(somebody, 9).await.unwrap(), Some(long_ago() - TimeDelta::days(1)));
    school.sql(&format!("UPDATE passkey SET created_at = {}", now().timestamp_micros())).await;
    assert_eq!(school.db.last_sign_in(somebody, 9).await.unwrap(), None, "somebody new");
}

/// Their receipts are checked with it, for as long as one of them is kept; and once more when the row that carries it has had its time.
#[tokio::test]
async fn the_key_of_whoever_can_sign_or_did_is_carried_over_in_the_transaction_that_takes_its_row_away() {
    let school = School::sqlite().await;
    let key = |credential: u8| PasskeyKey::new(vec![credential], Algorithm::Es256, vec![4; 65]);
    let (did, can, neither) = (school.wang, school.li, school.zhao);
    let by = |who| By::person(Actor::Staff(who), String::new(), Default::default());
    let longer_ago = long_ago() - TimeDelta::days(400);
    for (number, who) in [(1, did), (2, can), (3, neither)] {
        school.trail.append(Entry::event(longer_ago, by(who), Action::PasskeyAdded).registering(key(number))).await.unwrap();
    }
    let first = [head(&school, longer_ago).await];
    school.trail.append(Entry::event(long_ago(), by(did), Action::Listed)).await.unwrap();
    let id = format!("x'{}'", can.0.simple());
    school
        .sql(&format!(
            "INSERT INTO passkey (id, owner_kind, owner_id, name, credential_id, credential, created_at, synced, attested) \
             VALUES ({id}, 'staff', {id}, '', x'00', '', 0, FALSE, FALSE)"
        ))
        .await;
    let carried = async || {
        let filter = TrailFilter { action: Some(Action::PasskeyCarried), ..TrailFilter::default() };
        let kept = school.db.trail(&filter, None, 50).await.unwrap();
        kept.iter().rev().map(|kept| (kept.entry.record().unwrap().id, kept.entry.key().cloned())).collect::<Vec<_>>()
    };
    school.db.cut_trail(&school.trail, &first, None, long_ago()).await.unwrap().unwrap();
    assert_eq!(carried().await, [(did.0, Some(key(1))), (can.0, Some(key(2)))]);
    // Later nothing is left that the one did, and the other still has the passkey.
    let second = [head(&school, long_ago()).await];
    school.trail.append(at(now(), 1)).await.unwrap();
    cut(&school, &second).await.unwrap().unwrap();
    assert_eq!(carried().await, [(can.0, Some(key(2)))]);
    school.verified().await;
}
