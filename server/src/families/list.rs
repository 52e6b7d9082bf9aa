//! `GET /api/families`

use crate::{
    http::{ApiError, Params, Reader, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    wire::{
        families::{FamilyPage, FamilyQuery},
        filter::FamilyFilter,
    },
};
use store::{Cursor, FamilyList};

const USUAL: u16 = 50;
const MOST: u16 = 100;

/// A page of families in the viewer's scope.
#[utoipa::path(get, path = "/api/families", params(FamilyQuery), responses((status = 200, body = FamilyPage)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Reader { viewer }: Reader,
    Params(query): Params<FamilyQuery>,
) -> Result<Reply<FamilyPage>, ApiError> {
    let FamilyQuery { when, joined, sort, after, limit } = query;
    let after = after.map(|text| text.parse::<Cursor>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let limit = limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(ErrorCode::MalformedRequest.into());
    }
    let filter = FamilyFilter { when: when.unwrap_or_default(), joined: joined.unwrap_or_default(), sort: sort.unwrap_or_default() };
    let list = FamilyList { filter, owner: viewer.staff(), after, limit: limit.into() };
    let scope = app.gate.scope(&viewer);
    let (records, next) = app.db.families(&scope, &list).await?;
    let total = match list.after {
        None => Some(app.db.count_families(&scope, &list).await?),
        Some(_) => None,
    };
    let next = next.map(|cursor| cursor.to_string());
    Ok(Reply(app.gate.family_page(&viewer, &records, next, total).await?))
}
