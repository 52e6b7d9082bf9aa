//! Each filter of the trail is answered by an index that is already in the order of the list, on each engine; and what was written
//! while a clock was ahead stands where it was written.

use super::*;
use crate::support::{days, now, on_each_engine};
use chrono::DateTime;
use contract::{
    field::RecordKind,
    ids::{GuardianId, StudentId},
};
use guard::{Actor, Entry, Trail, trail::By, trail::RecordRef};
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, Statement};
use uuid::Uuid;

/// How the engine would answer, as it says itself.
async fn plan(db: &DatabaseTransaction, select: Select<trail_row::Entity>) -> String {
    let backend = db.get_database_backend();
    let Statement { sql, values, .. } = select.build(backend);
    let explain = if backend == DatabaseBackend::Sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    let statement = Statement { sql: format!("{explain} {sql}"), values, db_backend: backend };
    let column = if backend == DatabaseBackend::Sqlite { "detail" } else { "QUERY PLAN" };
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", column).unwrap()).collect::<Vec<_>>().join("\n")
}

fn by(actor: Option<Actor>, at: DateTime<chrono::Utc>, action: Action) -> Entry {
    let by = actor.map_or_else(By::nobody, |actor| By::person(actor, "someone".into(), contract::rights::RoleSet::default()));
    Entry::event(at, by, action)
}

on_each_engine! {
    async fn whoever_follows_finds_each_entry_once_wherever_it_was_written(school) {
        let second = school.second().await;
        let other = crate::TrailStore::open(second.clone(), school.sealer.clone());
        for _ in 0..4 {
            for trail in [&school.trail, &school.trail, &other] {
                trail.append(by(None, now(), Action::Shown)).await.unwrap();
            }
        }
        for db in [&school.db, &second, &school.second().await] {
            for limit in [1, 2, 5, 100] {
                let (mut seen, mut at) = (Vec::new(), 0);
                loop {
                    let entries = db.trail_after(at, limit).await.unwrap();
                    let Some(last) = entries.last() else { break };
                    assert!(entries.len() as u64 == limit || last.seq == 12, "what is short is the end");
                    at = last.seq;
                    seen.extend(entries.iter().map(|kept| kept.seq));
                }
                assert!(seen.iter().copied().eq(1..=12), "{seen:?}");
            }
        }
    }

    async fn every_filter_reads_an_index_in_the_order_of_the_list(school) {
        let db = school.db.begin().await.unwrap();
        let engine = school.db.engine();
        if engine == Engine::Postgres {
            // In a table of a few rows reading all of it is cheaper than any index; the question is whether one serves.
            for way in ["seqscan", "sort", "bitmapscan"] {
                db.execute_unprepared(&format!("SET LOCAL enable_{way} = off")).await.unwrap();
            }
        }
        let day = NaiveDate::from_ymd_opt(2026, 3, 4);
        let who = Some(Uuid::from_u128(1));
        for (filter, index) in [
            (TrailFilter { who, ..TrailFilter::default() }, "trail_by"),
            (TrailFilter { who, from: day, to: day, ..TrailFilter::default() }, "trail_by"),
            (TrailFilter { whose: Some(7), ..TrailFilter::default() }, "trail_by"),
            (TrailFilter { action: Some(Action::Revealed), ..TrailFilter::default() }, "trail_action"),
            (TrailFilter { kind: Some(RecordKind::Staff), to: day, ..TrailFilter::default() }, "trail_kind"),
            (TrailFilter { same: Some(7), ..TrailFilter::default() }, "trail_record"),
            (TrailFilter { from: day, to: day, ..TrailFilter::default() }, ""),
            (TrailFilter { by: Some(TrailBy::Program), ..TrailFilter::default() }, ""),
        ] {
            let numbers = (filter.from.is_some() || filter.to.is_some()).then_some((3, 900_000));
            for before in [None, Some(9)] {
                let plan = plan(&db, page(&filter, numbers, before, 50, engine)).await;
                assert!(plan.contains(index), "{filter:?}: {plan}");
                assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "{filter:?}: {plan}");
            }
        }
        let plan = plan(&db, numbers(day, day)).await;
        assert!(engine == Engine::Postgres || plan.contains("COVERING INDEX trail_at"), "{plan}");
    }

    async fn what_was_written_while_the_clock_was_ahead_stands_where_it_was_written(school) {
        let ahead = now() + TimeDelta::days(400);
        for (at, action) in [
            (now(), Action::SignedIn),
            (ahead, Action::Shown),
            (ahead + TimeDelta::minutes(1), Action::SignedOut),
            // The clock was set back.
            (now() + TimeDelta::minutes(1), Action::SignedIn),
            (now() + TimeDelta::minutes(2), Action::TrailRead),
            (now() + TimeDelta::minutes(3), Action::Revealed),
        ] {
            school.trail.append(by(Some(Actor::Staff(school.li)), at, action)).await.unwrap();
        }
        let seqs = async |filter: TrailFilter, after| {
            school.db.trail(&filter, after, 3).await.unwrap().iter().map(|kept| kept.seq).collect::<Vec<_>>()
        };
        assert_eq!(seqs(TrailFilter::default(), None).await, [6, 5, 4], "the newest of the chain are on top");
        assert_eq!(seqs(TrailFilter::default(), Some(4)).await, [3, 2, 1], "and none is left out or told twice");
        // Days are still days: those of the wrong clock, and those of the right one on both sides of it.
        let of = |from, to| TrailFilter { from: Some(from), to: Some(to), ..TrailFilter::default() };
        assert_eq!(seqs(of(days(0), days(0)), None).await, [6, 5, 4]);
        assert_eq!(seqs(of(days(0), days(0)), Some(4)).await, [1]);
        assert_eq!(seqs(of(days(399), days(401)), None).await, [3, 2]);
        assert!(seqs(of(days(1), days(399)), None).await.is_empty());
        assert_eq!(school.db.trail_news(3).await.unwrap(), 2, "new lines are news though older times stand before them");
        assert_eq!(school.db.trail_news(6).await.unwrap(), 0);
    }

    async fn a_line_leads_to_others_about_its_record_and_by_its_person(school) {
        let child = |id| RecordRef { kind: RecordKind::Student, id: StudentId(Uuid::from_u128(id)).0 };
        let guardian = Some(Actor::Guardian(GuardianId(Uuid::from_u128(7))));
        let li = Some(Actor::Staff(school.li));
        for (actor, record) in [(li, Some(child(1))), (guardian, Some(child(1))), (li, Some(child(2))), (guardian, None), (None, None)] {
            let entry = by(actor, now(), Action::Shown);
            school.trail.append(record.map_or_else(|| entry.clone(), |record| entry.clone().about(record))).await.unwrap();
        }
        let seqs = async |filter: TrailFilter| school.db.trail(&filter, None, 9).await.unwrap().iter().map(|kept| kept.seq).collect::<Vec<_>>();
        let same = |line| TrailFilter { same: Some(line), ..TrailFilter::default() };
        let whose = |line| TrailFilter { whose: Some(line), ..TrailFilter::default() };
        assert_eq!((seqs(same(1)).await, seqs(same(2)).await, seqs(same(3)).await), (vec![2, 1], vec![2, 1], vec![3]));
        assert_eq!((seqs(whose(2)).await, seqs(whose(4)).await, seqs(whose(1)).await), (vec![4, 2], vec![4, 2], vec![3, 1]));
        // A line about no record, one by nobody and one that is not there lead to nothing, and to the same nothing.
        for filter in [same(4), same(99), whose(5), whose(99)] {
            assert!(seqs(filter).await.is_empty());
        }
        assert_eq!(seqs(TrailFilter { by: Some(TrailBy::Nobody), ..TrailFilter::default() }).await, [5]);
    }

    async fn what_a_program_did_is_told_from_what_somebody_typed_about_programs(school) {
        let li = || By::person(Actor::Staff(school.li), r#"","session":null,"token":"#.into(), contract::rights::RoleSet::default());
        let token = contract::ids::TokenId(Uuid::from_u128(3));
        let steps = [
            Entry::event(now(), By { token: Some(token), ..li() }, Action::Listed),
            Entry::event(now(), li(), Action::Listed),
            // A step of a token is by a person.
            Entry::event(now(), By { session: Some(contract::ids::SessionId(Uuid::nil())), ..li() }, Action::TokenMade).of_token(token),
        ];
        for entry in steps {
            school.trail.append(entry).await.unwrap();
        }
        let filter = TrailFilter { by: Some(TrailBy::Program), ..TrailFilter::default() };
        let found = school.db.trail(&filter, None, 9).await.unwrap();
        assert_eq!(found.iter().map(|kept| kept.seq).collect::<Vec<_>>(), [1]);
        assert!(found[0].entry.by().token.is_some());
    }
}
