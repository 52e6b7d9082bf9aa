//! `/api/portal`: a guardian's children, who looked, and how a guardian gets in.

use super::{ApiError, Nothing, get, post, with_query};
use crate::routes;
use contract::{
    error::ErrorCode,
    ids::{CorrectionId, QuestionId, StudentId},
    wire::{
        corrections::{CorrectionCard, Corrections, NewCorrection},
        portal::{AccessLedger, ChildCard, Children, LedgerQuery},
        questions::{NewQuestion, Question, Questions},
        sign_in::{CodeEntered, CodeRequest, CodeRequested, EnrolmentStart, InvitationOpened, Me},
    },
};

/// The guardian's children, which every page about one asks for. Whom the school asks for a passkey first is led to where it is made.
pub async fn children() -> Result<Children, ApiError> {
    let children: Result<Children, ApiError> = get("/api/portal/children").await;
    if children.as_ref().is_err_and(|refused| refused.code() == Some(ErrorCode::CredentialTooLow)) {
        routes::load("/portal/account");
        // Until the other page is there, nothing is said on this one.
        std::future::pending::<()>().await;
    }
    children
}
/// One child.
pub async fn child(id: StudentId) -> Result<ChildCard, ApiError> {
    get(&format!("/api/portal/children/{id}")).await
}
/// Who has looked at the child; `after` comes from [`AccessLedger::next`].
pub async fn ledger(id: StudentId, query: &LedgerQuery) -> Result<AccessLedger, ApiError> {
    let field = query.field.map(|field| field.name().to_owned());
    let kind = query.kind.map(|kind| kind.name().to_owned());
    let line = query.line.map(|line| line.to_string());
    let pairs = [("after", query.after.clone()), ("field", field), ("kind", kind), ("line", line)];
    get(&with_query(&format!("/api/portal/children/{id}/ledger"), &pairs)).await
}
/// What the guardian has asked to be corrected, about the child and themselves.
pub async fn corrections(child: StudentId) -> Result<Corrections, ApiError> {
    get(&format!("/api/portal/children/{child}/corrections")).await
}
/// Asks for a correction; [`ApiError::Conflict`] when one of the field is open already.
pub async fn ask_correction(child: StudentId, new: &NewCorrection) -> Result<CorrectionCard, ApiError> {
    post(&format!("/api/portal/children/{child}/corrections"), new).await
}
/// Takes one back.
pub async fn withdraw_correction(id: CorrectionId) -> Result<CorrectionCard, ApiError> {
    post(&format!("/api/portal/corrections/{id}/withdrawal"), &Nothing {}).await
}
/// What the guardian has asked about looks at the child.
pub async fn questions(child: StudentId) -> Result<Questions, ApiError> {
    get(&format!("/api/portal/children/{child}/questions")).await
}
/// Asks about one; [`ApiError::Conflict`] when a question about it is open already.
pub async fn ask_question(child: StudentId, new: &NewQuestion) -> Result<Question, ApiError> {
    post(&format!("/api/portal/children/{child}/questions"), new).await
}
/// Takes a question back.
pub async fn withdraw_question(id: QuestionId) -> Result<Question, ApiError> {
    post(&format!("/api/portal/questions/{id}/withdrawal"), &Nothing {}).await
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
