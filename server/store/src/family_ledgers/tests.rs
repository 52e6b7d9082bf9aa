//! A ledger says the same before its lines are carried over, meanwhile and afterwards, in this process and in another.

use super::*;
use crate::{
    TrailStore,
    support::{School, now, on_each_engine},
};
use contract::wire::ledger::TrailFilter;
use guard::{Trail, trail::By};
use std::collections::{BTreeMap, BTreeSet};
use tokio::task::JoinSet;

const FAMILIES: u128 = 12;

/// The families of the entry `number`: from none to half of all.
fn families(number: u128) -> Vec<FamilyId> {
    (0..FAMILIES).filter(|family| (number * 31 + family * 17) % 13 < number % 7).map(|family| FamilyId(Uuid::from_u128(family))).collect()
}

fn entry(number: u128) -> Entry {
    Entry::event(now(), By::nobody(), if number.is_multiple_of(3) { Action::Changed } else { Action::Shown })
}

/// What every ledger must say, from the entries themselves.
async fn expected(db: &Db) -> BTreeMap<u128, Vec<i64>> {
    let mut ledgers: BTreeMap<u128, Vec<i64>> = (0..FAMILIES).map(|family| (family, Vec::new())).collect();
    for kept in db.trail(&TrailFilter::default(), None, 100_000).await.unwrap() {
        for family in kept.entry.families() {
            ledgers.entry(family.0.as_u128()).or_default().push(kept.seq);
        }
    }
    ledgers
}

/// What they say, read by pages of seven.
async fn found(db: &Db) -> BTreeMap<u128, Vec<i64>> {
    let mut ledgers = BTreeMap::new();
    for family in 0..FAMILIES {
        let mut entries: Vec<i64> = Vec::new();
        loop {
            let page = db.family_trail(FamilyId(Uuid::from_u128(family)), entries.last().copied(), 7).await.unwrap();
            entries.extend(page.iter().map(|kept| kept.seq));
            if page.len() < 7 {
                break;
            }
        }
        ledgers.insert(family, entries);
    }
    ledgers
}

/// The same of one action alone: every third entry is a change.
async fn is_narrowed(db: &Db) {
    let whole = db.trail(&TrailFilter::default(), None, 100_000).await.unwrap();
    for (action, others) in [(Action::Changed, Action::Shown), (Action::Shown, Action::Changed)] {
        let changes: BTreeSet<i64> = whole.iter().filter(|kept| kept.entry.action() == action).map(|kept| kept.seq).collect();
        for (family, mut expected) in expected(db).await {
            let (id, mut entries): (_, Vec<i64>) = (FamilyId(Uuid::from_u128(family)), Vec::new());
            expected.retain(|seq| changes.contains(seq));
            loop {
                let page = db.family_trail_of(id, &[action], entries.last().copied(), 7).await.unwrap();
                entries.extend(page.iter().map(|kept| kept.seq));
                if page.len() < 7 {
                    break;
                }
            }
            assert_eq!(entries, expected, "{action:?}");
            let both = db.family_trail_of(id, &[action, others], None, 7).await.unwrap();
            assert_eq!(both.len(), db.family_trail(id, None, 7).await.unwrap().len());
        }
    }
}

async fn append(trail: &TrailStore, numbers: std::ops::Range<u128>) {
    let mut appends = JoinSet::new();
    for number in numbers {
        let trail = trail.clone();
        appends.spawn(async move { trail.append(entry(number).in_families(families(number))).await });
    }
    assert!(appends.join_all().await.iter().all(Result::is_ok));
}

async fn folded(school: &School) -> i64 {
    school.rows("SELECT folded AS n FROM trail_head").await.first().unwrap().try_get("", "n").unwrap()
}

on_each_engine! {
    async fn a_ledger_says_the_same_before_and_after_its_lines_are_carried_over(school) {
        let second = school.second().await;
        let other = TrailStore::open(second.clone(), school.sealer.clone());
        for round in 0..6 {
            append(&school.trail, round * 90..round * 90 + 60).await;
            append(&other, round * 90 + 60..round * 90 + 90).await;
            if round % 2 == 1 {
                // Both at once, as two servers may.
                let (one, two) = tokio::join!(school.db.carry_ledgers(), second.carry_ledgers());
                one.unwrap();
                two.unwrap();
                assert_eq!(folded(&school).await, i64::try_from(round * 90 + 90).unwrap());
            }
            let expected = expected(&school.db).await;
            assert!(expected.values().all(|entries| entries.len() > 5));
            assert_eq!(found(&school.db).await, expected);
            assert_eq!(found(&second).await, expected);
            is_narrowed(&second).await;
            school.verified().await;
        }
        // Whoever opens it anew finds the same.
        assert_eq!(found(&school.second().await).await, expected(&school.db).await);
    }

    async fn lines_are_carried_over_as_the_trail_goes_on(school) {
        let mut last = 0;
        for round in 0..5 {
            append(&school.trail, round * 1000..round * 1000 + 1000).await;
            assert!(folded(&school).await >= last);
            last = folded(&school).await;
        }
        assert!(last > 2000, "{last} of 5000 entries are in the table");
        assert_eq!(found(&school.db).await, expected(&school.db).await);
        assert_eq!(school.verified().await, 5000);
        // What was let go is in the table, and nothing else was let go.
        let (waiting, through) = school.db.tail.after(0);
        assert!(school.db.engine() == crate::Engine::Postgres || (through == 5000 && waiting.iter().all(|(_, seq)| *seq > 0)));
    }
}

/// Whoever began to carry before the oldest part was taken away still has its lines in memory.
#[tokio::test]
async fn a_line_that_waited_is_not_carried_over_once_its_entry_is_gone() {
    let school = School::sqlite().await;
    let long_ago = now() - chrono::TimeDelta::days(400);
    let family = FamilyId(Uuid::from_u128(1));
    let old = Entry::event(long_ago, By::nobody(), Action::Shown).in_families(vec![family]);
    school.trail.append(old).await.unwrap();
    let (seq, hash) = school.db.trail_anchor().await.unwrap();
    school.trail.append(entry(1).in_families(vec![family])).await.unwrap();
    let waiting = Carrying { lines: vec![(family.0, 1), (family.0, 2)], next: Some(0), through: 2 };
    let heads = [guard::trail::Beginning { seq, hash, at: long_ago }];
    assert!(school.db.cut_trail(&school.trail, &heads, None, now()).await.unwrap().is_some());
    let appender = school.db.appender.clone().unwrap();
    assert_eq!(appender.carry(&waiting, 0).unwrap(), None);
    assert_eq!(school.count("trail_family").await, 1);
    school.verified().await;
}
