//! Each filter of the trail is answered by an index that is already in the order of the list, on each engine.

use super::*;
use crate::support::on_each_engine;
use contract::field::RecordKind;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, QueryTrait, Statement};
use uuid::Uuid;

/// How the engine would find a page, as it says itself.
async fn plan(db: &DatabaseTransaction, filter: &TrailFilter, after: Option<(i64, i64)>) -> String {
    let backend = db.get_database_backend();
    let Statement { sql, values, .. } = page(filter, after, 50).build(backend);
    let explain = if backend == DatabaseBackend::Sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    let statement = Statement { sql: format!("{explain} {sql}"), values, db_backend: backend };
    let column = if backend == DatabaseBackend::Sqlite { "detail" } else { "QUERY PLAN" };
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", column).unwrap()).collect::<Vec<_>>().join("\n")
}

on_each_engine! {
    async fn every_filter_reads_an_index_in_the_order_of_the_list(school) {
        let db = school.db.begin().await.unwrap();
        if db.get_database_backend() == DatabaseBackend::Postgres {
            // In a table of a few rows reading all of it is cheaper than any index; the question is whether one serves.
            for way in ["seqscan", "sort", "bitmapscan"] {
                db.execute_unprepared(&format!("SET LOCAL enable_{way} = off")).await.unwrap();
            }
        }
        let day = NaiveDate::from_ymd_opt(2026, 3, 4);
        let after = Some((9, 9));
        for (filter, index) in [
            (TrailFilter { from: day, to: day, ..TrailFilter::default() }, "trail_at"),
            (TrailFilter { who: Some(Uuid::from_u128(1)), ..TrailFilter::default() }, "trail_actor"),
            (TrailFilter { who: Some(Uuid::from_u128(1)), from: day, to: day, ..TrailFilter::default() }, "trail_actor"),
            (TrailFilter { action: Some(Action::Revealed), from: day, ..TrailFilter::default() }, "trail_action"),
            (TrailFilter { kind: Some(RecordKind::Staff), to: day, ..TrailFilter::default() }, "trail_kind"),
        ] {
            for after in [None, after] {
                let plan = plan(&db, &filter, after).await;
                assert!(plan.contains(index), "{filter:?}: {plan}");
                assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "{filter:?}: {plan}");
            }
        }
    }
}
