//! `/api/portal`: a guardian's children, who looked, and how a guardian gets in.

use super::{ApiError, get, post, with_query};
use contract::{
    ids::StudentId,
    wire::{
        portal::{AccessLedger, ChildCard, Children},
        sign_in::{CodeEntered, CodeRequest, CodeRequested, EnrolmentStart, InvitationOpened, Me},
    },
};

/// The guardian's children.
pub async fn children() -> Result<Children, ApiError> {
    get("/api/portal/children").await
}
/// One child.
pub async fn child(id: StudentId) -> Result<ChildCard, ApiError> {
    get(&format!("/api/portal/children/{id}")).await
}
/// Who has looked at the child; `after` comes from [`AccessLedger::next`].
pub async fn ledger(id: StudentId, after: Option<String>) -> Result<AccessLedger, ApiError> {
    get(&with_query(&format!("/api/portal/children/{id}/ledger"), &[("after", after)])).await
}
/// Opens an invitation: where can a code go.
pub async fn invitation(token: String) -> Result<InvitationOpened, ApiError> {
    post("/api/portal/invitations/open", &EnrolmentStart { token }).await
}
/// Asks for a code.
pub async fn request_code(request: &CodeRequest) -> Result<CodeRequested, ApiError> {
    post("/api/portal/codes", request).await
}
/// Enters it and signs in.
pub async fn enter_code(entered: &CodeEntered) -> Result<Me, ApiError> {
    post("/api/portal/codes/verify", entered).await
}
