//! The one way to the server: JSON out, JSON in, and every failure as [`ApiError`].
//!
//! The rule: no page builds a request; each resource has a file here. Deliberately absent: caches, retries and any copy of an
//! answer, since what was disclosed once need not be disclosed again.

pub mod account;
pub mod alarms;
pub mod approvals;
pub mod audits;
pub mod classes;
pub mod corrections;
pub mod credentials;
mod early;
pub mod emergencies;
pub mod families;
pub mod grants;
pub mod guardians;
pub mod joint;
pub mod policy;
pub mod portal;
pub mod questions;
pub mod reports;
pub mod reveals;
pub mod school;
pub mod sign_in;
pub mod staff;
pub mod step_up;
pub mod students;
pub mod today;
pub mod tokens;
pub mod trail;
pub mod views;

use crate::{passkey::PasskeyError, session};
use contract::error::{ErrorCode, FieldError, Problem};
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

pub use step_up::with_step_up;

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// The server said why.
    Problem(Problem),
    /// Somebody else was faster; the body is a [`contract::wire::families::Conflict`] of the record's type.
    Conflict(Box<str>),
    /// The server was not reached.
    Offline,
    /// The passkey ceremony that the act needs did not come to an end.
    Passkey(PasskeyError),
}

impl ApiError {
    /// The code of the server's problem; [`ErrorCode::VersionConflict`] for a conflict, nothing when it was not reached.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::Conflict(_) => Some(ErrorCode::VersionConflict),
            Self::Offline | Self::Passkey(_) => None,
        }
    }
    /// The fields that were not accepted.
    pub fn fields(&self) -> Vec<FieldError> {
        match self {
            Self::Problem(problem) => problem.fields.clone(),
            _ => Vec::new(),
        }
    }
    /// Leads an operator to the log line; shown where a person may want to report.
    pub fn trace_id(&self) -> Option<String> {
        match self {
            Self::Problem(problem) if !problem.trace_id.is_empty() => Some(problem.trace_id.clone()),
            _ => None,
        }
    }
    /// The body of a conflict, typed.
    pub fn conflict<T: DeserializeOwned>(&self) -> Option<contract::wire::families::Conflict<T>> {
        match self {
            Self::Conflict(body) => serde_json::from_str(body).ok(),
            _ => None,
        }
    }
}

/// Calls `path`, which begins with `/api/`.
///
/// # Errors
/// [`ApiError`]; a 401 `not_signed_in` also ends the session in the client.
pub async fn call<B: Serialize, A: DeserializeOwned>(method: Method, path: &str, body: Option<&B>) -> Result<A, ApiError> {
    let body = body.map(serde_json::to_string).transpose().map_err(|_| internal())?;
    serde_json::from_str(&text(method, path, body).await?).map_err(|_| internal())
}

/// The part of [`call`] that is the same for all types, so that it is in the program once.
async fn text(method: Method, path: &str, body: Option<String>) -> Result<String, ApiError> {
    if method == Method::GET
        && let Some(coming) = early::take(path)
    {
        let (status, body) = early::answer(coming).await?;
        return if (200..300).contains(&status) { Ok(body) } else { Err(failure(status, body)) };
    }
    let unwanted = web_sys::AbortController::new().ok().map(Unwanted);
    let signal = unwanted.as_ref().map(|unwanted| unwanted.0.signal());
    send(method, path, body, signal.as_ref()).await?.text().await.map_err(|_| ApiError::Offline)
}

/// Ends a request whose caller is gone, such as the loader of a page that was left; after the answer it does nothing.
struct Unwanted(web_sys::AbortController);

impl Drop for Unwanted {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends and sorts the failures out; the body of a good answer is still unread.
pub(crate) async fn send(
    method: Method,
    path: &str,
    body: Option<String>,
    signal: Option<&web_sys::AbortSignal>,
) -> Result<Response, ApiError> {
    let request = RequestBuilder::new(path).method(method).credentials(web_sys::RequestCredentials::SameOrigin).abort_signal(signal);
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    let answer = request.map_err(|_| internal())?.send().await.map_err(|_| ApiError::Offline)?;
    if answer.ok() {
        return Ok(answer);
    }
    let body = answer.text().await.map_err(|_| ApiError::Offline)?;
    Err(failure(answer.status(), body))
}

fn failure(status: u16, body: String) -> ApiError {
    if status == 409 && serde_json::from_str::<&RawValue>(&body).is_ok() {
        return ApiError::Conflict(body.into());
    }
    let Ok(problem) = serde_json::from_str::<Problem>(&body) else {
        // A proxy in between answers in its own words when the server is gone.
        return if status >= 502 { ApiError::Offline } else { internal() };
    };
    if problem.code == ErrorCode::NotSignedIn {
        session::ended();
    }
    ApiError::Problem(problem)
}

fn internal() -> ApiError {
    ApiError::Problem(Problem {
        code: ErrorCode::Internal,
        status: ErrorCode::Internal.status(),
        trace_id: String::new(),
        fields: Vec::new(),
        retry_after: None,
    })
}

pub(crate) async fn get<A: DeserializeOwned>(path: &str) -> Result<A, ApiError> {
    call::<(), A>(Method::GET, path, None).await
}
pub(crate) async fn post<B: Serialize, A: DeserializeOwned>(path: &str, body: &B) -> Result<A, ApiError> {
    call(Method::POST, path, Some(body)).await
}
pub(crate) async fn patch<B: Serialize, A: DeserializeOwned>(path: &str, body: &B) -> Result<A, ApiError> {
    call(Method::PATCH, path, Some(body)).await
}
pub(crate) async fn delete<A: DeserializeOwned>(path: &str) -> Result<A, ApiError> {
    call::<(), A>(Method::DELETE, path, None).await
}

/// Asks for a file, which is handed to the browser's download.
pub(crate) async fn file<B: Serialize>(path: &str, body: &B) -> Result<web_sys::Blob, ApiError> {
    use wasm_bindgen::JsCast;
    let body = serde_json::to_string(body).map_err(|_| internal())?;
    let answer = send(Method::POST, path, Some(body), None).await?;
    let raw: web_sys::Response = answer.into();
    let promise = raw.blob().map_err(|_| ApiError::Offline)?;
    let blob = wasm_bindgen_futures::JsFuture::from(promise).await.map_err(|_| ApiError::Offline)?;
    blob.dyn_into().map_err(|_| ApiError::Offline)
}

/// The empty body `{}` of a POST that says everything by its path.
#[derive(Serialize)]
pub(crate) struct Nothing {}

/// Makes `path?key=value&…` of the pairs that are there.
pub fn with_query(path: &str, pairs: &[(&str, Option<String>)]) -> String {
    let mut url = path.to_owned();
    for (key, value) in pairs {
        if let Some(value) = value {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(key);
            url.push('=');
            url.push_str(&String::from(js_sys::encode_uri_component(value)));
        }
    }
    url
}
