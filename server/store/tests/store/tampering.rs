//! Whatever is done to the trail behind its back is found.

use crate::support::{School, event, guardian, on_each_engine, student};
use contract::{field::RecordKind, ids::FamilyId};
use guard::{
    Entry, Trail,
    trail::{RecordRef, TrailDown},
};
use store::{Engine, Fault, NotNoted, StoreError, TrailStore};
use uuid::Uuid;

const ROWS: i64 = 5;

fn entry(number: i64) -> Entry {
    let id = Uuid::from_u128(number.unsigned_abs().into());
    event().about(RecordRef { kind: RecordKind::Family, id }).in_families(vec![FamilyId(id)])
}

/// A trail of five rows, copies of it, of its head, and of its head when it had three, and no triggers.
async fn opened(school: &School) {
    for number in 1..=ROWS {
        school.trail.append(entry(number)).await.unwrap();
        if number == 3 {
            school.db.carry_ledgers().await.unwrap();
            school.sql("CREATE TABLE head_of_three AS SELECT * FROM trail_head").await;
        }
    }
    // Lines that still wait for their table are made of the entries: there is nothing to tamper with.
    school.db.carry_ledgers().await.unwrap();
    for table in ["trail", "trail_family", "trail_head"] {
        school.sql(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
    }
    school.drop_triggers().await;
}

async fn fault(school: &School, tampering: &[&str]) -> Option<Fault> {
    for sql in tampering {
        school.sql(sql).await;
    }
    let verdict = school.db.verify_trail(&school.sealer, None).await.unwrap();
    restore(school).await;
    verdict.fault
}

async fn restore(school: &School) {
    for table in ["trail", "trail_family", "trail_head"] {
        school.sql(&format!("DELETE FROM {table}")).await;
        school.sql(&format!("INSERT INTO {table} SELECT * FROM kept_{table}")).await;
    }
}

on_each_engine! {
    async fn every_kind_of_tampering_is_found(school) {
        opened(&school).await;
        assert_eq!(school.verified().await, ROWS);
        for (what, tampering, found) in [
            ("a body", ["UPDATE trail SET body = (SELECT body FROM kept_trail WHERE seq = 1) WHERE seq = 3"].as_slice(), Fault::Altered { seq: 3 }),
            ("a hash", &["UPDATE trail SET hash = (SELECT hash FROM kept_trail WHERE seq = 1) WHERE seq = 3"], Fault::Altered { seq: 3 }),
            ("the last hash", &["UPDATE trail SET hash = (SELECT hash FROM kept_trail WHERE seq = 1) WHERE seq = 5"], Fault::Altered { seq: 5 }),
            ("an action", &["UPDATE trail SET action = 'exported' WHERE seq = 3"], Fault::Mislabelled { seq: 3 }),
            ("a time", &["UPDATE trail SET at = at + 1 WHERE seq = 3"], Fault::Mislabelled { seq: 3 }),
            ("a record", &["UPDATE trail SET record_id = NULL WHERE seq = 3"], Fault::Mislabelled { seq: 3 }),
            ("an actor", &["UPDATE trail SET actor_id = record_id WHERE seq = 3"], Fault::Mislabelled { seq: 3 }),
            ("a family's ledger cut", &["DELETE FROM trail_family WHERE seq = 3"], Fault::Mislabelled { seq: 3 }),
            ("another kind of record", &["UPDATE trail SET record_kind = 'note' WHERE seq = 3"], Fault::Mislabelled { seq: 3 }),
            ("another family's ledger", &["INSERT INTO trail_family SELECT family_id, 3 FROM kept_trail_family WHERE seq = 4"], Fault::Mislabelled { seq: 3 }),
            ("a missing row", &["DELETE FROM trail WHERE seq = 3"], Fault::Gap { seq: 3 }),
            ("the first row missing", &["DELETE FROM trail WHERE seq = 1"], Fault::Gap { seq: 1 }),
            (
                "swapped rows",
                &["UPDATE trail SET seq = 100 WHERE seq = 3", "UPDATE trail SET seq = 3 WHERE seq = 4", "UPDATE trail SET seq = 4 WHERE seq = 100"],
                Fault::Altered { seq: 3 },
            ),
            ("a cut tail", &["DELETE FROM trail WHERE seq > 3"], Fault::Cut { head: 5, last: 3 }),
            (
                "a cut tail and a moved head",
                &["DELETE FROM trail WHERE seq > 3", "UPDATE trail_head SET seq = 3, hash = (SELECT hash FROM kept_trail WHERE seq = 3)"],
                Fault::ForgedHead,
            ),
            ("a head of another hash", &["UPDATE trail_head SET hash = (SELECT hash FROM kept_trail WHERE seq = 3)"], Fault::ForgedHead),
            (
                "a row behind the head's back",
                &["INSERT INTO trail SELECT 6, at, actor_id, action, record_id, body, hash, record_kind FROM kept_trail WHERE seq = 5"],
                Fault::Cut { head: 5, last: 6 },
            ),
            ("nothing left", &["DELETE FROM trail"], Fault::Cut { head: 5, last: 0 }),
            ("no head", &["DELETE FROM trail_head"], Fault::NoHead),
        ] {
            assert_eq!(fault(&school, tampering).await, Some(found), "{what}");
            assert_eq!(school.verified().await, ROWS, "restored after {what}");
        }
    }

    async fn a_trail_that_was_rolled_back_is_whole_in_itself_and_found_by_its_anchor(school) {
        opened(&school).await;
        let anchor = school.db.trail_anchor().await.unwrap();
        let verdict = school.db.verify_trail(&school.sealer, Some(anchor)).await.unwrap();
        assert_eq!((verdict.rows(), verdict.fault), (ROWS, None));
        let other = (anchor.0, [7; 32]);
        let verdict = school.db.verify_trail(&school.sealer, Some(other)).await.unwrap();
        assert_eq!(verdict.fault, Some(Fault::RolledBack { anchor: ROWS }), "another history of the same length");
        // Of many, without the key of the seal: the first that is not there as it was.
        let verdict = school.db.verify_anchored(None, vec![anchor]).await.unwrap();
        assert_eq!((verdict.rows(), verdict.fault), (ROWS, None));
        let verdict = school.db.verify_anchored(None, vec![(4, [7; 32]), (2, [7; 32]), anchor]).await.unwrap();
        assert_eq!(verdict.fault, Some(Fault::RolledBack { anchor: 2 }));
        for sql in [
            "DELETE FROM trail WHERE seq > 3",
            "DELETE FROM trail_family WHERE seq > 3",
            "DELETE FROM trail_head",
            "INSERT INTO trail_head SELECT * FROM head_of_three",
        ] {
            school.sql(sql).await;
        }
        assert_eq!(school.verified().await, 3);
        let verdict = school.db.verify_trail(&school.sealer, Some(anchor)).await.unwrap();
        assert_eq!(verdict.fault, Some(Fault::RolledBack { anchor: ROWS }));
    }

    /// Else the next entry would seal what was forged with the key of the school.
    async fn nothing_is_written_after_a_head_that_this_school_did_not_seal(school) {
        opened(&school).await;
        let cut: &[&str] = &["DELETE FROM trail WHERE seq > 3", "UPDATE trail_head SET seq = 3, hash = (SELECT hash FROM kept_trail WHERE seq = 3)"];
        for tampering in [
            cut,
            &["UPDATE trail_head SET hash = (SELECT hash FROM kept_trail WHERE seq = 3)"],
            &["UPDATE trail_head SET seal = hash"],
            &["DELETE FROM trail_head"],
        ] {
            for sql in tampering {
                school.sql(sql).await;
            }
            assert_eq!(school.trail.append(entry(6)).await, Err(TrailDown), "{tampering:?}");
            let wish = school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")]);
            assert_eq!(school.db.take_in(&school.trail, school.intake(wish)).await.err(), Some(StoreError::TrailDown), "{tampering:?}");
            // As whoever heard of no refusal sees it: by trying.
            let other = TrailStore::open(school.db.clone(), school.sealer.clone());
            assert!(!other.is_well().await && !school.trail.is_well().await, "{tampering:?}");
            assert!(matches!(school.db.head_to_note(&school.sealer, &[]).await, Err(NotNoted::Fault(Fault::ForgedHead | Fault::NoHead))));
            // A start makes no new head for a school that has begun.
            school.db.begin_school("a school", school.check, &school.sealer, crate::support::now()).await.unwrap();
            assert_eq!(school.trail.append(entry(6)).await, Err(TrailDown), "{tampering:?}");
            restore(&school).await;
            assert_eq!((school.verified().await, school.count("family").await), (ROWS, 0));
        }
        school.trail.append(entry(6)).await.unwrap();
        assert!(school.trail.is_well().await);
        assert_eq!(school.verified().await, ROWS + 1);
    }

    async fn a_head_is_noted_only_while_what_was_noted_before_stands(school) {
        opened(&school).await;
        let anchor = school.db.trail_anchor().await.unwrap();
        for noted in [[].as_slice(), &[anchor], &[(0, [7; 32])]] {
            assert_eq!(school.db.head_to_note(&school.sealer, noted).await, Ok(anchor));
        }
        let gone = |anchor| Err(NotNoted::Fault(Fault::RolledBack { anchor }));
        assert_eq!(school.db.head_to_note(&school.sealer, &[anchor, (4, [7; 32])]).await, gone(4));
        assert_eq!(school.db.head_to_note(&school.sealer, &[(6, anchor.1)]).await, gone(6));
        for sql in [
            "DELETE FROM trail WHERE seq > 3",
            "DELETE FROM trail_family WHERE seq > 3",
            "DELETE FROM trail_head",
            "INSERT INTO trail_head SELECT * FROM head_of_three",
        ] {
            school.sql(sql).await;
        }
        // An old head is a genuine one: entries are written after it, and what was noted stays what it was.
        let restored = TrailStore::open(school.second().await, school.sealer.clone());
        for number in 7..=9 {
            assert_eq!(school.db.head_to_note(&school.sealer, &[anchor]).await, gone(ROWS));
            restored.append(entry(number)).await.unwrap();
        }
        assert_eq!(school.db.head_to_note(&school.sealer, &[anchor]).await, gone(ROWS), "as long as it was, and longer");
    }

    async fn the_triggers_refuse_to_alter_or_delete(school) {
        school.trail.append(entry(1)).await.unwrap();
        school.db.carry_ledgers().await.unwrap();
        assert_eq!((school.count("trail").await, school.count("trail_family").await), (1, 1));
        for sql in ["UPDATE trail SET action = 'exported'", "DELETE FROM trail", "DELETE FROM trail_family", "UPDATE trail_family SET seq = 9"] {
            assert!(school.try_sql(sql, []).await.is_err(), "{sql}");
        }
        if school.db.engine() == Engine::Postgres {
            assert!(school.try_sql("TRUNCATE trail", []).await.is_err());
            assert!(school.try_sql("TRUNCATE trail_family", []).await.is_err());
        }
        assert_eq!(school.verified().await, 1);
    }

    async fn an_empty_trail_is_whole(school) {
        assert_eq!(school.verified().await, 0);
        assert_eq!(school.db.trail_anchor().await.unwrap().0, 0);
    }
}
