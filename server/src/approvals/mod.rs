//! Approvals: a file a verb; and the way in which a field is opened, with a reason or with an approval.

pub(crate) mod ask;
pub(crate) mod decide;
pub(crate) mod list;
pub(crate) mod withdraw;

use crate::{
    http::{ApiError, Reply},
    state::App,
};
use contract::{
    error::ErrorCode,
    ids::ApprovalId,
    rights::Reveal,
    wire::{
        approvals::Approvals,
        reveals::{RevealRequest, Revealed},
    },
};
use guard::{ApprovalScope, Disclosed, Openable, Refused, Viewer, records::ApprovalRecord};
use uuid::Uuid;

impl App {
    /// Opens one field of a record that the viewer reaches.
    pub(crate) async fn open(&self, viewer: &Viewer, record: Openable<'_>, wish: &RevealRequest) -> Result<Reply<Revealed>, ApiError> {
        let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
        if self.gate.opens_by(viewer, record, wish.field) != Reveal::WithApproval {
            return Ok(Reply(self.gate.reveal(fresh, record, wish).await?));
        }
        let own = self.gate.own_approvals(viewer).ok_or(ErrorCode::NotFound)?;
        let granted = self.db.granted(&own, record.id(), wish.field).await?;
        let ticket = self.gate.ticket(fresh, record, wish.field, &granted).await?;
        Ok(Reply(self.gate.reveal_approved(ticket, record, wish).await?))
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
        Ok(self.gate.approvals(viewer, &mine, &to_decide, &families).await?)
    }
}
