//! Approvals: a file a verb.

pub(crate) mod ask;
pub(crate) mod decide;
pub(crate) mod list;
pub(crate) mod register;
pub(crate) mod withdraw;

use crate::{http::ApiError, state::App};
use contract::{
    FieldKey,
    error::ErrorCode,
    ids::{ApprovalId, StudentId},
    rights::Reveal,
    wire::approvals::Approvals,
};
use guard::{ApprovalScope, Disclosed, Openable, Refused, Ticket, Viewer, records::ApprovalRecord};
use uuid::Uuid;

impl App {
    /// What approves a look of the viewer at a field now, where the matrix asks for that.
    pub(crate) async fn ticket<'v>(
        &self,
        viewer: &'v Viewer,
        record: Openable<'_>,
        field: FieldKey,
    ) -> Result<Option<Ticket<'v>>, ApiError> {
        if self.gate.opens_by(viewer, record, field) != Reveal::WithApproval {
            return Ok(None);
        }
        let own = self.gate.own_approvals(viewer).ok_or(ErrorCode::NotFound)?;
        let granted = self.db.granted(&own, record.id(), field).await?;
        // A grant is over students; the id of anything else attends no class.
        let standing = self.db.grants_over(&own, StudentId(record.id())).await?;
        Ok(Some(self.gate.ticket(viewer, record, field, &granted, &standing).await?))
    }

    /// A request that a scope finds. What it does not find is not there.
    async fn approval(&self, viewer: &Viewer, scope: &ApprovalScope, id: ApprovalId) -> Result<ApprovalRecord, ApiError> {
        match self.db.approval(scope, id).await? {
            Some(record) => Ok(record),
            None => Err(self.gate.refuse(viewer, None, Refused::NotFound).await.into()),
        }
    }

    /// The requests that concern the viewer, of one record or of all.
    async fn approvals(&self, viewer: &Viewer, record: Option<Uuid>) -> Result<Disclosed<Approvals>, ApiError> {
        let mine = match self.gate.own_approvals(viewer) {
            Some(scope) => self.db.approvals(&scope, record).await?,
            None => Vec::new(),
        };
        let to_decide = match self.gate.approvals_to_decide(viewer) {
            Some(scope) => self.db.approvals(&scope, record).await?,
            None => Vec::new(),
        };
        let families = mine.iter().chain(&to_decide).map(|approval| approval.family).collect();
        let families = self.db.families_among(&self.gate.scope(viewer), families).await?;
        let standing = match record {
            Some(record) => self.standing(viewer, record).await?,
            None => Vec::new(),
        };
        Ok(self.gate.approvals(viewer, &mine, &to_decide, &families, standing).await?)
    }
}
