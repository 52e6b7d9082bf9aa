//! Searching by tokens. Each probe looks inside its own scope.

use crate::{
    db::Db,
    error::StoreError,
    load::{self, Depth},
    rows::{blind_index, family},
    scope::{Rows, condition},
};
use contract::field::RecordKind;
use guard::{Scope, Search, records::FamilyRecord};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Query},
};
use std::collections::BTreeSet;

/// A search that finds more than this is too vague to be useful.
const MOST: u64 = 50;

impl Db {
    /// The families that a permitted search finds, the most recent first; at most fifty.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search(&self, scope: &Scope, search: &Search) -> Result<Vec<FamilyRecord>, StoreError> {
        let mut ids = BTreeSet::new();
        for probe in search.probes() {
            let (rows, table) = match probe.record() {
                RecordKind::Student => (Rows::Student, "student"),
                RecordKind::Guardian => (Rows::Guardian, "guardian"),
                RecordKind::Family | RecordKind::Note | RecordKind::Staff => continue,
            };
            let Some((first, others)) = probe.tokens().split_first() else {
                continue;
            };
            let mut find = blind_index::Entity::find()
                .filter(blind_index::Column::Token.eq(first.to_vec()))
                .filter(blind_index::Column::Field.eq(i32::from(probe.field().code())));
            QueryTrait::query(&mut find)
                .inner_join(table, Expr::col((table, "id")).equals(("blind_index", "record_id")))
                .inner_join("family", Expr::col(("family", "id")).equals(("blind_index", "family_id")));
            for token in others {
                let has = Query::select()
                    .expr(Expr::val(1))
                    .from_as("blind_index", "other")
                    .and_where(Expr::col(("other", "record_id")).equals(("blind_index", "record_id")))
                    .and_where(Expr::col(("other", "field")).eq(i32::from(probe.field().code())))
                    .and_where(Expr::col(("other", "token")).eq(token.to_vec()))
                    .to_owned();
                find = find.filter(Expr::exists(has));
            }
            let found = find.filter(condition(probe.scope(), rows)).limit(MOST).all(&self.reader).await?;
            ids.extend(found.into_iter().map(|row| row.family_id));
        }
        let rows = family::Entity::find()
            .filter(family::Column::Id.is_in(ids))
            .filter(condition(scope, Rows::Family))
            .order_by_desc(family::Column::UpdatedAt)
            .limit(MOST)
            .all(&self.reader)
            .await?;
        load::families(self, scope, rows, Depth::List).await
    }
}
