//! Corrections that guardians asked for: the list of whoever decides, how many wait, the decision.
//!
//! The rule: whoever may not write the field in that record does not learn that somebody asked; for them there is none.

pub(crate) mod decide;
pub(crate) mod list;

use crate::{http::ApiError, state::App};
use contract::{field::RecordKind, ids::CorrectionId};
use guard::{
    Viewer,
    records::{CorrectionRecord, FamilyRecord},
};
use std::sync::Arc;

impl App {
    /// A correction at the desk of `viewer`.
    pub(crate) async fn correction(&self, viewer: &Viewer, id: CorrectionId) -> Result<(CorrectionRecord, Arc<FamilyRecord>), ApiError> {
        match self.db.correction(&self.gate.desk(viewer), id).await? {
            Some(found) => Ok(found),
            None => Err(self.missing(viewer, RecordKind::Correction, id.0).await),
        }
    }
}
