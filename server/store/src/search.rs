//! Searching by tokens. Each probe looks inside its own scope.

use crate::{
    db::Db,
    error::StoreError,
    load::{self, Depth},
    rows::{blind_index, family},
    scope::{Rows, condition, joined},
    source::{Source, padded, read},
};
use contract::field::RecordKind;
use guard::{Scope, Search, records::FamilyRecord, search::Probe};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};
use std::{collections::BTreeSet, sync::Arc};

/// A search that finds more than this is too vague to be useful.
const MOST: u64 = 50;

impl Db {
    /// The families that a permitted search finds, the most recent first; at most fifty.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search(&self, scope: &Scope, search: &Search) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
        let probes = search.probes().iter().filter_map(probe).collect();
        let scope = scope.clone();
        read!(self, |source| found(source, &scope, probes))
    }
}

/// The statement of a probe; nothing where no record is found by it.
fn probe(probe: &Probe) -> Option<SelectStatement> {
    let (rows, table) = match probe.record() {
        RecordKind::Student => (Rows::Student, "student"),
        RecordKind::Guardian => (Rows::Guardian, "guardian"),
        RecordKind::Family | RecordKind::Note | RecordKind::Correction | RecordKind::Question | RecordKind::Staff => return None,
    };
    let (first, others) = probe.tokens().split_first()?;
    let mut find = blind_index::Entity::find()
        .filter(blind_index::Column::Token.eq(first.to_vec()))
        .filter(blind_index::Column::Field.eq(i32::from(probe.field().code())));
    joined(QueryTrait::query(&mut find), table, Expr::col((table, "id")).equals(("blind_index", "record_id")));
    joined(QueryTrait::query(&mut find), "family", Expr::col(("family", "id")).equals(("blind_index", "family_id")));
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
    Some(find.filter(condition(probe.scope(), rows)).limit(MOST).into_query())
}

async fn found(source: &impl Source, scope: &Scope, probes: Vec<SelectStatement>) -> Result<Vec<Arc<FamilyRecord>>, StoreError> {
    let mut ids = BTreeSet::new();
    for probe in probes {
        ids.extend(source.rows::<blind_index::Model>(probe).await?.into_iter().map(|row| row.family_id));
    }
    let found = family::Entity::find()
        .filter(family::Column::Id.is_in(padded(ids.into_iter().collect())))
        .filter(condition(scope, Rows::Family))
        .order_by_desc(family::Column::UpdatedAt)
        .limit(MOST);
    load::families(source, scope, source.rows(found.into_query()).await?, Depth::List).await
}
