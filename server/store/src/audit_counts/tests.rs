//! The counting: whose, when, up to which entry, and in as many statements for a busy school as for an idle one.

use super::*;
use crate::support::{days, noon, now, on_each_engine, today};
use chrono::TimeDelta;
use contract::{ids::FamilyId, ids::SessionId, rights::RoleSet};
use guard::{Actor, Entry, Trail, trail::By};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

fn at(who: StaffId, at: DateTime<Utc>, action: Action) -> Entry {
    let by = By {
        actor: Some(Actor::Staff(who)),
        name: "someone".into(),
        roles: RoleSet::default(),
        session: Some(SessionId(Uuid::nil())),
        token: None,
    };
    Entry::event(at, by, action)
}

fn families(many: u128) -> Vec<FamilyId> {
    (1..=many).map(|id| FamilyId(Uuid::from_u128(id))).collect()
}

on_each_engine! {
    async fn what_was_done_is_counted_within_the_days_and_up_to_the_entry(school) {
        for entry in [
            at(school.li, noon(days(-1)), Action::Shown),
            at(school.li, noon(days(-1)) + TimeDelta::hours(10), Action::Shown),
            at(school.li, noon(days(-2)), Action::Exported).in_families(families(3)),
            at(school.li, noon(days(-3)), Action::Exported).in_families(families(2)),
            at(school.wang, noon(days(-2)), Action::SignInRefused),
            // At the door there is no session yet.
            Entry::event(noon(days(-2)), By::person(Actor::Staff(school.wang), String::new(), RoleSet::default()), Action::SignInRefused),
            Entry::event(noon(days(-2)), By::nobody(), Action::SignInRefused),
            at(school.chen, noon(days(-2)), Action::PolicyChanged).making_version(2),
            // A day too early, and a day too late.
            at(school.li, noon(days(-4)), Action::Shown),
            at(school.li, now(), Action::Exported).in_families(families(9)),
        ] {
            school.trail.append(entry).await.unwrap();
        }
        let counts = school.db.audit_counts(&school.trail, (days(-3), days(-1)), Vec::new(), now()).await.unwrap();
        let mut acts: Vec<_> = counts.acts.iter().map(|act| (act.who, act.action.name(), act.count, act.late)).collect();
        acts.sort_unstable();
        let mut expected = vec![
            (school.li.0, "shown", 2, 1),
            (school.li.0, "exported", 2, 0),
            (school.wang.0, "sign_in_refused", 2, 0),
            (school.chen.0, "policy_changed", 1, 0),
        ];
        expected.sort_unstable();
        assert_eq!(acts, expected);
        assert_eq!(counts.exports, [ExportTally { who: school.li.0, families: 5 }]);
        assert!(counts.totals.contains(&(Action::SignInRefused, 3, 2)), "one of them by nobody who was known");
        assert_eq!(counts.proofs_refused, [(school.wang.0, 1)], "one of them by somebody who was signed in");
        assert_eq!(counts.matrix.iter().map(|kept| kept.entry.version()).collect::<Vec<_>>(), [Some(2)]);
        assert_eq!((counts.entries, counts.fault), (8, None));
        assert_eq!(counts.verified, counts.head.0);
        assert_eq!(counts.head, school.db.trail_anchor().await.unwrap());
    }

    async fn what_comes_while_it_is_counted_is_not_counted(school) {
        school.trail.append(at(school.li, noon(days(-1)), Action::Shown)).await.unwrap();
        let head = school.db.trail_anchor().await.unwrap().0;
        school.trail.append(at(school.li, noon(days(-1)), Action::Shown)).await.unwrap();
        let span = Span::over(days(-1), today(), head);
        let people = school.db.audited_people(now()).await.unwrap();
        let acts = school.db.acts(span, &people).await.unwrap();
        assert_eq!(acts.iter().map(|act| act.count).sum::<u32>(), 1);
    }

    async fn a_trail_that_was_altered_is_said_to_be_and_where(school) {
        for _ in 0..3 {
            school.trail.append(at(school.li, noon(days(-1)), Action::Shown)).await.unwrap();
        }
        let forged = (2, [7; 32]);
        let counts = school.db.audit_counts(&school.trail, (days(-3), today()), vec![forged], now()).await.unwrap();
        assert_eq!(counts.fault, Some(("rolled_back", 2)), "a head that was signed is not in the trail");
    }

    async fn counting_takes_as_many_statements_for_a_busy_school_as_for_an_idle_one(school) {
        let statements = async || {
            let counted = Arc::new(AtomicUsize::new(0));
            let count = Arc::clone(&counted);
            let db = school.db.clone().observed(move |_| {
                count.fetch_add(1, Ordering::SeqCst);
            });
            db.audit_counts(&school.trail, (days(-3), today()), Vec::new(), now()).await.unwrap();
            counted.load(Ordering::SeqCst)
        };
        let idle = statements().await;
        for _ in 0..60 {
            school.trail.append(at(school.li, now(), Action::Shown)).await.unwrap();
            school.trail.append(at(school.li, now(), Action::Revealed)).await.unwrap();
        }
        let busy = statements().await;
        println!("{idle} statements, {busy} when busy");
        // The trail was empty before: verifying it had nothing to read.
        assert!(busy <= idle + 2 && busy < 32, "{idle}, {busy}");
    }

    async fn what_people_did_reads_the_index_by_person_alone(school) {
        let db = school.db.begin().await.unwrap();
        let backend = db.get_database_backend();
        let sqlite = backend == DatabaseBackend::Sqlite;
        if !sqlite {
            for way in ["seqscan", "bitmapscan"] {
                db.execute_unprepared(&format!("SET LOCAL enable_{way} = off")).await.unwrap();
            }
            // Without rows one index is as good as another: the question is whether this one is enough.
            db.execute_unprepared("DROP INDEX trail_at").await.unwrap();
        }
        let span = Span::over(days(-90), today(), 1_000_000);
        let Statement { sql, values, .. } = sea_orm::QueryTrait::build(&acts(span, [school.li.0, school.wang.0]), backend);
        let explain = if sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
        let rows = db.query_all_raw(Statement { sql: format!("{explain} {sql}"), values, db_backend: backend }).await.unwrap();
        let column = if sqlite { "detail" } else { "QUERY PLAN" };
        let plan = rows.iter().map(|row| row.try_get::<String>("", column).unwrap()).collect::<Vec<_>>().join("\n");
        let wanted = if sqlite { "USING COVERING INDEX trail_actor" } else { "Index Only Scan using trail_actor" };
        assert!(plan.contains(wanted), "{plan}");
    }
}
