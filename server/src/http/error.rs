//! The one error body: `application/problem+json` with a stable code and a trace id, never a value, never a sentence.

use super::trace;
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use axum_extra::extract::cookie::Cookie;
use contract::{
    error::{ErrorCode, FieldError, Problem, ValueError},
    wire::policy::{JointConcern, JointRefusal},
};
use guard::Refused;
use store::StoreError;

/// An error on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(super) code: ErrorCode,
    fields: Vec<FieldError>,
    retry_after: Option<u32>,
    joint: Vec<JointConcern>,
    forgets: Option<String>,
}

impl ApiError {
    pub(crate) const fn new(code: ErrorCode) -> Self {
        Self { code, fields: Vec::new(), retry_after: None, joint: Vec::new(), forgets: None }
    }
    pub(crate) fn field(at: &str, code: ValueError) -> Self {
        Self { fields: vec![FieldError { at: at.into(), code }], ..Self::new(ErrorCode::InvalidFields) }
    }
    /// A refusal by a joint rule says by which, of whom, and how little is left to guess.
    pub(crate) fn because(self, joint: Vec<JointConcern>) -> Self {
        if self.code == ErrorCode::JointRule { Self { joint, ..self } } else { self }
    }
    /// The same, which takes a cookie of the browser away by the cookie that removes it.
    pub(super) fn forgetting(self, removal: &Cookie<'static>) -> Self {
        Self { forgets: Some(removal.to_string()), ..self }
    }
    /// Whether nobody is signed in.
    pub(crate) fn is_nobody(&self) -> bool {
        self.code == ErrorCode::NotSignedIn
    }
    /// The header by which a cookie is taken away, where one is.
    pub(crate) fn forgotten(&self) -> AppendHeaders<Option<(HeaderName, String)>> {
        AppendHeaders(self.forgets.clone().map(|removal| (header::SET_COOKIE, removal)))
    }
    pub(crate) const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => ErrorCode::NotFound.into(),
            Refused::Forbidden => ErrorCode::Forbidden.into(),
            Refused::StepUp => ErrorCode::StepUpRequired.into(),
            Refused::Approval => ErrorCode::ApprovalRequired.into(),
            Refused::Lapsed => ErrorCode::Lapsed.into(),
            Refused::Quota => ErrorCode::QuotaExhausted.into(),
            Refused::Apart => ErrorCode::DutiesApart.into(),
            Refused::OwnRoles => ErrorCode::OwnRoles.into(),
            Refused::LastAdministrator => ErrorCode::LastAdministrator.into(),
            Refused::CampusInUse => ErrorCode::CampusInUse.into(),
            Refused::Joint => ErrorCode::JointRule.into(),
            Refused::Fields(fields) => Self { fields, ..Self::new(ErrorCode::InvalidFields) },
            Refused::TrailDown => ErrorCode::TrailUnavailable.into(),
            Refused::Broken => {
                tracing::error!(trace_id = trace::current(), "a sealed value does not open");
                ErrorCode::Internal.into()
            }
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::TrailDown => ErrorCode::TrailUnavailable.into(),
            StoreError::Database
            | StoreError::Malformed
            | StoreError::Exists
            | StoreError::OtherKey
            | StoreError::OtherRelease
            | StoreError::Unfinished => {
                tracing::error!(trace_id = trace::current(), %error, "the store failed");
                ErrorCode::Internal.into()
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let forgotten = self.forgotten();
        let Self { code, fields, retry_after, joint, forgets: _ } = self;
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let trace_id = trace::current();
        let mut response = if joint.is_empty() {
            (status, Json(Problem { code, status: code.status(), trace_id, fields, retry_after })).into_response()
        } else {
            (status, Json(JointRefusal { code, status: code.status(), trace_id, joint })).into_response()
        };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        (forgotten, response).into_response()
    }
}

/// 409 with the present record, for an update that came too late.
pub(crate) fn conflict<B: serde::Serialize>(body: guard::Disclosed<B>) -> Response {
    let mut response = (StatusCode::CONFLICT, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// The trace id of the request, for bodies that carry it.
pub(crate) fn trace_id() -> String {
    trace::current()
}
