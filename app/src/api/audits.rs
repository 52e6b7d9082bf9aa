//! `/api/audits` and `/api/findings`: reports of audits, their signature, their findings.

use super::{ApiError, Nothing, get, post};
use crate::passkey;
use contract::{
    ids::{AuditId, FindingId},
    wire::{
        audits::{AuditDecline, AuditReport, Audits, NewAudit},
        findings::{FindingCard, NewFinding, NewFindingStep},
        sign_in::{Ceremony, CeremonyFinish},
    },
};
use serde_json::value::RawValue;

/// Every report, newest first.
pub async fn list() -> Result<Audits, ApiError> {
    get("/api/audits").await
}
/// Draws one up.
pub async fn draw(wish: NewAudit) -> Result<AuditReport, ApiError> {
    post("/api/audits", &wish).await
}
/// One report.
pub async fn show(id: AuditId) -> Result<AuditReport, ApiError> {
    get(&format!("/api/audits/{id}")).await
}
/// Signs one: the passkey signs its digest.
pub async fn sign(id: AuditId) -> Result<AuditReport, ApiError> {
    let begun: Ceremony<Box<RawValue>> = post(&format!("/api/audits/{id}/signatures"), &Nothing {}).await?;
    let credential = passkey::get(&begun.options).await.map_err(ApiError::Passkey)?;
    post("/api/audits/signatures", &CeremonyFinish { ceremony: begun.ceremony, credential, name: String::new() }).await
}
/// Declines to sign one.
pub async fn decline(id: AuditId, wish: &AuditDecline) -> Result<AuditReport, ApiError> {
    post(&format!("/api/audits/{id}/declining"), wish).await
}
/// Makes a finding.
pub async fn find(id: AuditId, wish: &NewFinding) -> Result<AuditReport, ApiError> {
    post(&format!("/api/audits/{id}/findings"), wish).await
}
/// Takes a step about a finding.
pub async fn step(id: FindingId, wish: &NewFindingStep) -> Result<FindingCard, ApiError> {
    post(&format!("/api/findings/{id}/steps"), wish).await
}
