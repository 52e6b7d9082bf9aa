//! Families: a file a verb.

pub(crate) mod bulk;
pub(crate) mod create;
pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod people;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod timeline;
pub(crate) mod update;

use crate::{http::ApiError, state::App};
use contract::{error::ErrorCode, field::RecordKind, ids::FamilyId};
use guard::{Refused, Viewer, records::FamilyRecord, trail::RecordRef};
use std::sync::Arc;

impl App {
    /// A family that the viewer reaches. Out of reach and not there are one answer, and both are written down.
    pub(crate) async fn family(&self, viewer: &Viewer, id: FamilyId) -> Result<Arc<FamilyRecord>, ApiError> {
        match self.db.family(&self.gate.scope(viewer), id).await? {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Family, id.0).await),
        }
    }

    /// The same, for an act of whoever keeps families. That somebody may not is written down like a family that is not there.
    pub(crate) async fn kept_family(&self, viewer: &Viewer, id: FamilyId) -> Result<Arc<FamilyRecord>, ApiError> {
        let record = self.family(viewer, id).await?;
        if self.gate.keeps_families(viewer) {
            return Ok(record);
        }
        Err(self.gate.refuse(viewer, Some(RecordRef { kind: RecordKind::Family, id: id.0 }), Refused::Forbidden).await.into())
    }

    /// Writes down that a record was asked for in vain.
    pub(crate) async fn missing(&self, viewer: &Viewer, kind: RecordKind, id: uuid::Uuid) -> ApiError {
        match self.gate.refuse(viewer, Some(RecordRef { kind, id }), Refused::NotFound).await {
            Refused::TrailDown => ErrorCode::TrailUnavailable.into(),
            _ => ErrorCode::NotFound.into(),
        }
    }
}
