//! Errors on the wire: a stable code, never a sentence and never a value. The words live in the client.

use serde::{Deserialize, Serialize};

/// What is wrong with a text that was meant to become a value. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ValueError {
    /// A value is needed.
    #[error("a value is required")]
    Required,
    /// Longer than the field holds.
    #[error("the value is too long")]
    TooLong,
    /// Not of the form that the field wants.
    #[error("the value is malformed")]
    Malformed,
    /// An identity number whose check digit is wrong (GB 11643).
    #[error("the check digit is wrong")]
    CheckDigit,
    /// A date that does not exist, lies in the future or too far back.
    #[error("the date is out of range")]
    DateRange,
    /// Looks like a mask: saving it would destroy the value behind it.
    #[error("the value looks like a mask")]
    LooksMasked,
    /// The viewer may not write this field.
    #[error("the field may not be written")]
    NotWritable,
    /// Somebody or something has it already.
    #[error("the value is taken")]
    Taken,
    /// Easily guessed, which only a password can be too much.
    #[error("the value is easily guessed")]
    Guessable,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $status:literal;)+) => {
        /// The stable code of a problem; the client has a sentence for each, in each language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $($(#[$doc])* $code),+ }
        crate::named::named!(ErrorCode);
        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$code),+];
            /// The code as text.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(ErrorCode::$code => $name),+ } }
            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(ErrorCode::$code => $status),+ } }
        }
    };
}

codes! {
    /// The request is not what the route accepts: unknown field or parameter, wrong type, broken JSON.
    MalformedRequest = "malformed_request", 400;
    /// Nobody is signed in, or the session has ended.
    NotSignedIn = "not_signed_in", 401;
    /// A passkey or code was not accepted; deliberately one code for every cause.
    SignInRefused = "sign_in_refused", 401;
    /// The passkey assertion is older than this act allows.
    StepUpRequired = "step_up_required", 403;
    /// The field opens only after somebody has approved it, and there is no approval that is good now.
    ApprovalRequired = "approval_required", 403;
    /// The viewer's duties do not include this act. Never used where it would tell that a record exists.
    Forbidden = "forbidden", 403;
    /// The roles ask for a stronger credential than the one that was used.
    CredentialTooLow = "credential_too_low", 403;
    /// The request came from another site.
    CrossSite = "cross_site", 403;
    /// No such thing, or none that the viewer reaches: deliberately the same answer.
    NotFound = "not_found", 404;
    /// The method does not exist on this route.
    MethodNotAllowed = "method_not_allowed", 405;
    /// Somebody changed the record meanwhile; the body carries the present state.
    VersionConflict = "version_conflict", 409;
    /// The link, code or ceremony was used or has lapsed.
    Lapsed = "lapsed", 410;
    /// The body is larger than allowed.
    TooLarge = "too_large", 413;
    /// The body is not JSON.
    UnsupportedMedia = "unsupported_media", 415;
    /// Some fields were not accepted; nothing was saved.
    InvalidFields = "invalid_fields", 422;
    /// Administrator, privacy officer and auditor would meet in one person, and the school does not allow it.
    DutiesApart = "duties_apart", 422;
    /// Nobody changes their own roles or campuses.
    OwnRoles = "own_roles", 422;
    /// Nobody would be left who can look after the staff.
    LastAdministrator = "last_administrator", 422;
    /// The campus still has families, staff or running classes, or is the last one.
    CampusInUse = "campus_in_use", 422;
    /// The matrix would show together what tells more than each alone.
    JointRule = "joint_rule", 422;
    /// Too many attempts.
    TooManyRequests = "too_many_requests", 429;
    /// The daily quota of deliberate looks is used up.
    QuotaExhausted = "quota_exhausted", 429;
    /// The trail cannot be written, so nothing may leave.
    TrailUnavailable = "trail_unavailable", 503;
    /// The server is at fault; the trace id leads to its log.
    Internal = "internal", 500;
}

/// One field that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Where: the path in the request, such as `guardians.0.phone`.
    pub at: String,
    /// What is wrong.
    pub code: ValueError,
}

/// `application/problem+json` (RFC 9457), reduced to what cannot leak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The stable code; stands for RFC 9457's `type`.
    pub code: ErrorCode,
    /// The HTTP status, repeated.
    pub status: u16,
    /// Leads an operator to the log line.
    pub trace_id: String,
    /// The fields that were not accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// When to try again, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}
