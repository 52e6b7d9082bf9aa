//! `GET /api/families/{id}/timeline`: what happened to a family and who looked, a stretch at a time.

use crate::{
    http::{ApiError, Id, OfStaff, Params, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::FamilyId,
    wire::timeline::{Timeline, TimelineKind, TimelineQuery},
};
use guard::gate::{Kept, LINES, Place, Stretch, actions, belongs};

/// How often more entries are read when those that came do not belong to what was asked for.
const READS: usize = 8;

/// A stretch of a family's thread.
#[utoipa::path(get, path = "/api/families/{id}/timeline", params(("id" = FamilyId, Path), TimelineQuery),
    responses((status = 200, body = Timeline)))]
pub(crate) async fn timeline(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<FamilyId>,
    Params(TimelineQuery { kind, after }): Params<TimelineQuery>,
) -> Result<Reply<Timeline>, ApiError> {
    let from = after.map(|text| text.parse::<Place>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let record = app.family(&viewer, id).await?;
    let (kept, next) = app.stretch(id, kind, from).await?;
    Ok(Reply(app.gate.timeline(&viewer, &record, Stretch { kind, kept: &kept, from, next }).await?))
}

impl App {
    /// Entries of one kind in a family's ledger, and where the next stretch begins.
    async fn stretch(&self, id: FamilyId, kind: TimelineKind, from: Option<Place>) -> Result<(Vec<Kept>, Option<Place>), ApiError> {
        let mut found: Vec<Kept> = Vec::new();
        let mut next = from;
        for _ in 0..READS {
            let read = self.db.family_trail_of(id, &actions(kind), next.map(|place| place.seq), LINES as u64).await?;
            let last = read.last().map(Place::of);
            let is_end = read.len() < LINES;
            found.extend(read.into_iter().filter(|kept| belongs(kept, kind)));
            if is_end {
                return Ok((found, None));
            }
            next = last;
            if found.len() * 2 >= LINES {
                break;
            }
        }
        Ok((found, next))
    }
}
