//! `GET /api/portal/children/{id}/ledger`: who looked, when, why, at which fields in which form.
//!
//! The rule: a filter is applied here, to the lines of the own child alone, so that "nobody opened it" is about all entries
//! that were read and not about those that a browser happens to have. Deliberately absent: a filter in SQL; which fields were
//! seen stands in the hashed bytes of an entry and nowhere else.

use crate::{
    http::{ApiError, Id, Params, Reply, SignedIn},
    state::Shared,
};
use axum::extract::State;
use chrono::Datelike;
use contract::{
    error::ErrorCode,
    ids::StudentId,
    wire::portal::{AccessLedger, LedgerQuery},
};
use guard::gate::{Found, Kept};
use std::{cmp::Reverse, collections::BTreeSet};

/// Entries a page.
const ROWS: u64 = 100;
/// How many entries are read at most for one answer: for this month in numbers, or behind a filter that leaves most of them out.
const MOST: usize = 1_000;

/// Who has looked at a child.
#[utoipa::path(get, path = "/api/portal/children/{id}/ledger", params(("id" = StudentId, Path), LedgerQuery),
    responses((status = 200, body = AccessLedger)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<StudentId>,
    Params(query): Params<LedgerQuery>,
) -> Result<Reply<AccessLedger>, ApiError> {
    let after = query.after.as_ref().map(|text| text.parse::<i64>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let me = app.self_of(&viewer).await?;
    let child = app.student(&viewer, id).await?;
    let first = after.is_none();
    let month = viewer.today().with_day(1).filter(|_| first && query.line.is_none());
    let is_of_month = |kept: &Kept| month.is_some_and(|first| kept.entry.day() >= first);
    let (mut kept, mut before, mut all) = (Vec::new(), after, false);
    if let Some(line) = query.line {
        kept.extend(app.db.family_line(child.family, line).await?);
        all = true;
    }
    while !all && kept.len() < MOST && (kept.is_empty() || query.filters() || kept.last().is_some_and(is_of_month)) {
        let mut entries = app.db.family_trail(child.family, before, ROWS).await?;
        all = (entries.len() as u64) < ROWS;
        before = entries.last().map(|kept| kept.seq).or(before);
        kept.append(&mut entries);
    }
    // Steps of standing grants over a class that the child joined later stand where they were taken.
    let lowest = kept.last().filter(|_| !all).map_or(i64::MIN, |kept| kept.seq);
    let in_page = |seq: i64| match query.line {
        Some(line) => seq == line,
        None => seq >= lowest && after.is_none_or(|after| seq < after),
    };
    let joined = app.db.joined_grants(child.id).await?;
    let numbers: BTreeSet<i64> = joined.iter().map(|step| step.seq).collect();
    let there: BTreeSet<i64> = kept.iter().map(|kept| kept.seq).collect();
    kept.extend(joined.into_iter().filter(|step| in_page(step.seq) && !there.contains(&step.seq)));
    kept.sort_unstable_by_key(|kept| Reverse(kept.seq));
    // Without a filter a page is as long as ever, however many entries the month has.
    let rows = if query.filters() { kept.len() } else { kept.len().min(usize::try_from(ROWS).unwrap_or(usize::MAX)) };
    let (page, rest) = kept.split_at_checked(rows).unwrap_or((&kept, &[]));
    let next = page.last().filter(|_| !all || !rest.is_empty()).map(|kept| kept.seq.to_string());
    let this_month = kept.iter().position(|kept| !is_of_month(kept)).unwrap_or(kept.len());
    let whole = all || this_month < kept.len();
    let month = kept.get(..this_month).filter(|_| month.is_some()).map(|entries| (entries, whole));
    let asked = if first { app.db.own_questions(&app.gate.scope(&viewer), child.id).await? } else { Vec::new() };
    Ok(Reply(app.gate.access_ledger(&viewer, &child, &me, Found { page, joined: &numbers, next, month, asked: &asked }, &query).await?))
}
