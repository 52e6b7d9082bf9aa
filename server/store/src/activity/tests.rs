//! Counting what somebody did reads one index and no entry, in as many statements as for anybody.

use super::*;
use crate::support::{days, noon, now, on_each_engine, student, today};
use contract::{
    ids::{FamilyId, SessionId},
    rights::RoleSet,
};
use guard::{
    Actor, Entry, Trail,
    trail::{By, RecordRef},
};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

fn by(who: StaffId) -> By {
    By {
        actor: Some(Actor::Staff(who)),
        name: "someone".into(),
        roles: RoleSet::default(),
        session: Some(SessionId(Uuid::nil())),
        token: None,
    }
}

fn at(who: StaffId, at: DateTime<Utc>, action: Action) -> Entry {
    Entry::event(at, by(who), action)
}

on_each_engine! {
    async fn what_was_done_is_counted_by_person_action_week_and_hour(school) {
        let night = noon(days(-1)) + TimeDelta::hours(10);
        for entry in [
            at(school.li, now(), Action::Shown),
            at(school.li, now(), Action::Revealed),
            // 22:00, 05:59 and 06:00 at the school.
            at(school.li, night, Action::Shown),
            at(school.li, night + TimeDelta::minutes(8 * 60 - 1), Action::Shown),
            at(school.li, night + TimeDelta::hours(8), Action::Shown),
            at(school.li, noon(days(-7)), Action::Shown),
            at(school.li, noon(days(-89)), Action::Shown),
            // A day too early; an action that nobody counts; somebody else.
            at(school.li, noon(days(-90)), Action::Shown),
            at(school.li, now(), Action::SignedIn),
            at(school.wang, now(), Action::Exported),
            at(school.chen, now(), Action::Shown),
        ] {
            school.trail.append(entry).await.unwrap();
        }
        let found = school.db.activity(school.li, now()).await.unwrap().unwrap();
        assert_eq!(found.to, today());
        assert_eq!(found.peers, [school.wang, school.zhao], "those of one's own role");
        let mut told: Vec<_> = found.tallies.iter().map(|tally| (tally.who, tally.action.name(), tally.week, tally.count, tally.late)).collect();
        told.sort_unstable();
        let mut expected = vec![
            (school.li.0, "shown", 0, 4, 2),
            (school.li.0, "shown", 1, 1, 0),
            (school.li.0, "shown", 12, 1, 0),
            (school.li.0, "revealed", 0, 1, 0),
            (school.wang.0, "exported", 0, 1, 0),
        ];
        expected.sort_unstable();
        assert_eq!(told, expected);
        assert!(school.db.activity(StaffId(Uuid::nil()), now()).await.unwrap().is_none());
    }

    async fn a_family_of_somebody_else_is_beyond_and_one_that_is_taught_is_not(school) {
        let own = school.take_in(school.wish(school.li, vec![student("赵一")], vec![])).await;
        let other = school.take_in(school.wish(school.wang, vec![student("钱二")], vec![])).await;
        let taught = school.seed(school.wish(school.wang, vec![student("孙三")], vec![]), &[(0, days(-20), None)]).await;
        for who in [school.li, school.chen] {
            for (kind, id) in [
                (RecordKind::Family, own.family.0),
                (RecordKind::Student, other.students[0].0),
                (RecordKind::Family, other.family.0),
                (RecordKind::Student, taught.students[0].0),
            ] {
                school.trail.append(at(who, now(), Action::Shown).about(RecordRef { kind, id })).await.unwrap();
            }
        }
        let beyond = async |who| school.db.activity(who, now()).await.unwrap().unwrap().beyond;
        assert_eq!(beyond(school.li).await, 2, "those of the other consultant");
        assert_eq!(beyond(school.chen).await, 2, "all but the one whose child is taught");
        assert_eq!(beyond(school.zhao).await, 0);
        // What was refused was not seen.
        let missing = RecordRef { kind: RecordKind::Family, id: other.family.0 };
        school.trail.append(at(school.zhao, now(), Action::Refused).about(missing)).await.unwrap();
        assert_eq!(beyond(school.zhao).await, 0);
    }

    async fn what_went_over_at_a_departure_was_their_own(school) {
        let own = school.take_in(school.wish(school.li, vec![student("赵一")], vec![])).await;
        let seen = RecordRef { kind: RecordKind::Family, id: own.family.0 };
        school.trail.append(at(school.li, noon(days(-3)), Action::Shown).about(seen)).await.unwrap();
        let left = noon(days(-1));
        let handed = at(school.chen, left, Action::Changed).about(seen).in_families(vec![FamilyId(own.family.0)]);
        school.trail.append(handed).await.unwrap();
        let wang = school.wang.0;
        school.try_sql("UPDATE family SET owner_id = $1", [wang.into()]).await.unwrap();
        assert_eq!(school.db.activity(school.li, now()).await.unwrap().unwrap().beyond, 1, "somebody else looks after it now");
        let micros = left.timestamp_micros();
        school.try_sql(&format!("UPDATE staff SET active = FALSE, left_at = {micros} WHERE id = $1"), [school.li.0.into()]).await.unwrap();
        let found = school.db.activity(school.li, now()).await.unwrap().unwrap();
        assert_eq!((found.beyond, found.left, found.to), (0, true, days(-1)));
        let wang = school.db.activity(school.wang, now()).await.unwrap().unwrap();
        assert_eq!(wang.peers, [school.zhao], "whoever left is no peer");
    }

    async fn a_report_takes_as_many_statements_for_a_busy_person_as_for_an_idle_one(school) {
        for _ in 0..50 {
            school.trail.append(at(school.li, now(), Action::Shown)).await.unwrap();
        }
        let statements = async |who| {
            let counted = Arc::new(AtomicUsize::new(0));
            let count = Arc::clone(&counted);
            let db = school.db.clone().observed(move |_| {
                count.fetch_add(1, Ordering::SeqCst);
            });
            db.activity(who, now()).await.unwrap().unwrap();
            counted.load(Ordering::SeqCst)
        };
        assert_eq!(statements(school.li).await, 3);
        assert_eq!(statements(school.zhao).await, 3);
    }

    async fn the_counts_read_the_index_by_person_alone(school) {
        let db = school.db.begin().await.unwrap();
        let backend = db.get_database_backend();
        let sqlite = backend == DatabaseBackend::Sqlite;
        if !sqlite {
            // In a table of a few rows reading all of it is cheaper than any index; the question is whether one serves.
            for way in ["seqscan", "bitmapscan"] {
                db.execute_unprepared(&format!("SET LOCAL enable_{way} = off")).await.unwrap();
            }
        }
        let Statement { sql, values, .. } = tallies(Span::to(today()), [school.li.0, school.wang.0]).build(backend);
        let explain = if sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
        let statement = Statement { sql: format!("{explain} {sql}"), values, db_backend: backend };
        let rows = db.query_all_raw(statement).await.unwrap();
        let column = if sqlite { "detail" } else { "QUERY PLAN" };
        let plan = rows.iter().map(|row| row.try_get::<String>("", column).unwrap()).collect::<Vec<_>>().join("\n");
        let wanted = if sqlite { "USING COVERING INDEX trail_actor" } else { "Index Only Scan using trail_actor" };
        assert!(plan.contains(wanted), "{plan}");
    }
}
