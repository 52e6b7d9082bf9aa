//! Sign-in, sign-out, enrolment, recovery. The ceremonies' JSON passes through untouched.

use super::{ApiError, Nothing, get, post};
use contract::wire::{
    Done,
    sign_in::{Ceremony, CeremonyFinish, Enrolled, EnrolmentOpened, EnrolmentStart, Me, RecoveryStart, SignInStart},
};
use serde_json::value::RawValue;

/// Who is signed in, or nobody.
pub async fn me() -> Result<Option<Me>, ApiError> {
    get("/api/session").await
}
/// Ends the session.
pub async fn sign_out() -> Result<Done, ApiError> {
    post("/api/sign-out", &Nothing {}).await
}
/// Begins a sign-in; without a login name the browser offers the passkeys it has.
pub async fn begin(login: Option<String>) -> Result<Ceremony<Box<RawValue>>, ApiError> {
    post("/api/sign-in/begin", &SignInStart { login }).await
}
/// Ends it.
pub async fn finish(finish: &CeremonyFinish<Box<RawValue>>) -> Result<Me, ApiError> {
    post("/api/sign-in/finish", finish).await
}
/// Opens an enrolment link.
pub async fn enrolment(token: String) -> Result<EnrolmentOpened<Box<RawValue>>, ApiError> {
    post("/api/enrolments/open", &EnrolmentStart { token }).await
}
/// Ends an enrolment or a recovery.
pub async fn enrolled(finish: &CeremonyFinish<Box<RawValue>>) -> Result<Enrolled, ApiError> {
    post("/api/enrolments/finish", finish).await
}
/// Begins a recovery; ends with [`enrolled`].
pub async fn recovery(login: String, code: String) -> Result<EnrolmentOpened<Box<RawValue>>, ApiError> {
    post("/api/recovery/begin", &RecoveryStart { login, code }).await
}
