//! Families: a file a verb.

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

    /// Writes down that a record was asked for in vain.
    pub(crate) async fn missing(&self, viewer: &Viewer, kind: RecordKind, id: uuid::Uuid) -> ApiError {
        match self.gate.refuse(viewer, Some(RecordRef { kind, id }), Refused::NotFound).await {
            Refused::TrailDown => ErrorCode::TrailUnavailable.into(),
            _ => ErrorCode::NotFound.into(),
        }
    }
}
