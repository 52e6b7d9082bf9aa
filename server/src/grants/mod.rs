//! Standing grants: a file a verb. What a look under one needs is in `approvals`, where tickets come from.

pub(crate) mod ask;
pub(crate) mod decide;
pub(crate) mod end;
pub(crate) mod list;

use crate::{http::ApiError, state::App};
use contract::{
    FieldKey,
    ids::{GrantId, StudentId},
    wire::{approvals::ApprovalState, grants::Grants},
};
use guard::{ApprovalScope, Disclosed, Refused, Viewer, records::GrantRecord};
use uuid::Uuid;

impl App {
    /// The standing grants that concern the viewer.
    async fn grants(&self, viewer: &Viewer) -> Result<Disclosed<Grants>, ApiError> {
        let (classes, mine) = match self.gate.own_approvals(viewer) {
            Some(own) => (self.db.taught_classes(&own).await?, self.db.own_grants(&own).await?),
            None => (Vec::new(), Vec::new()),
        };
        let (to_decide, standing) = match self.gate.approvals_to_decide(viewer) {
            Some(scope) => {
                (self.db.grants_in(&scope, ApprovalState::Asked).await?, self.db.grants_in(&scope, ApprovalState::Granted).await?)
            }
            None => (Vec::new(), Vec::new()),
        };
        Ok(self.gate.grants(viewer, &classes, &mine, &to_decide, &standing))
    }

    /// A grant that one of these scopes finds. What none finds is not there.
    async fn grant(&self, viewer: &Viewer, scopes: &[ApprovalScope], id: GrantId) -> Result<GrantRecord, ApiError> {
        for scope in scopes {
            if let Some(record) = self.db.grant(scope, id).await? {
                return Ok(record);
            }
        }
        Err(self.gate.refuse(viewer, None, Refused::NotFound).await.into())
    }

    /// The fields of a student within reach for which the viewer has a standing grant now; none for any other record.
    pub(crate) async fn standing(&self, viewer: &Viewer, record: Uuid) -> Result<Vec<FieldKey>, ApiError> {
        let Some(own) = self.gate.own_approvals(viewer) else { return Ok(Vec::new()) };
        let grants = self.db.grants_over(&own, StudentId(record)).await?;
        if grants.is_empty() {
            return Ok(Vec::new());
        }
        let student = self.db.student(&self.gate.scope(viewer), StudentId(record)).await?;
        Ok(student.map(|student| self.gate.standing(viewer, (&student).into(), &grants)).unwrap_or_default())
    }
}
