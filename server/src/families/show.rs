//! `GET /api/families/{id}`

use crate::{
    http::{ApiError, Id, Reader, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{field::RecordKind, ids::FamilyId, wire::families::FamilyCard};
use guard::{Disclosed, Viewer, gate::LINES};

/// A family with everything that the viewer may see of it.
#[utoipa::path(get, path = "/api/families/{id}", params(("id" = FamilyId, Path)), responses((status = 200, body = FamilyCard)))]
pub(crate) async fn show(
    State(app): State<Shared>,
    Reader { viewer }: Reader,
    Id(id): Id<FamilyId>,
) -> Result<Reply<FamilyCard>, ApiError> {
    Ok(Reply(app.family_card(&viewer, id).await?))
}

impl App {
    /// The card of a family as it is now.
    pub(crate) async fn family_card(&self, viewer: &Viewer, id: FamilyId) -> Result<Disclosed<FamilyCard>, ApiError> {
        match self.db.family_with_ledger(&self.gate.scope(viewer), id, LINES as u64).await? {
            Some((record, kept)) => Ok(self.gate.family_card(viewer, &record, &kept).await?),
            None => Err(self.missing(viewer, RecordKind::Family, id.0).await),
        }
    }
}
