//! One request, one answer, one kind of error.

use crate::passkey::PasskeyError;
use contract::{
    error::{ErrorCode, FieldError, Problem},
    wire::families::Conflict,
};
use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::{Owner, StoredValue, on_cleanup};
use leptos::prelude::{LocalStorage, WithValue};
use serde::{Serialize, de::DeserializeOwned};

/// Why there is no answer. Carries codes, never sentences: see `text::errors`.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// The server refused, and said why.
    Problem(Problem),
    /// The server cannot be reached.
    Offline,
    /// The answer is not what was agreed: client and server differ in version.
    Unreadable,
    /// The passkey ceremony before the request came to nothing.
    Passkey(PasskeyError),
}

impl ApiError {
    /// The stable code, where the server gave one.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::Offline | Self::Unreadable | Self::Passkey(_) => None,
        }
    }
    /// The number by which an operator finds the log line.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => Some(&problem.trace_id),
            Self::Offline | Self::Unreadable | Self::Passkey(_) => None,
        }
    }
    /// The fields that were not accepted.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Problem(problem) => &problem.fields,
            Self::Offline | Self::Unreadable | Self::Passkey(_) => &[],
        }
    }
}

/// The answer to an update: saved, or somebody was faster.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved<T> {
    /// Saved; the record as it is now.
    Done(T),
    /// Changed by somebody else meanwhile; nothing was saved.
    Conflict(Box<Conflict<T>>),
}

/// A file that the server made.
#[derive(Debug, Clone)]
pub struct File {
    /// The name that the server gave it.
    pub name: String,
    /// The bytes.
    pub blob: web_sys::Blob,
}

/// No body.
const NOTHING: Option<&()> = None;

/// Reads; aborted when the present owner is cleaned up.
///
/// # Errors
/// [`ApiError`].
pub fn get<T: DeserializeOwned>(path: String) -> impl Future<Output = Result<T, ApiError>> {
    let abort = web_sys::AbortController::new().ok();
    let signal = abort.as_ref().map(web_sys::AbortController::signal);
    if let Some(abort) = abort
        && Owner::current().is_some()
    {
        let abort: StoredValue<_, LocalStorage> = StoredValue::new_local(abort);
        on_cleanup(move || {
            abort.try_with_value(web_sys::AbortController::abort);
        });
    }
    async move {
        let response = send(Method::GET, &path, NOTHING, signal.as_ref()).await?;
        read(response).await
    }
}

/// Sends a body and reads the answer.
///
/// # Errors
/// [`ApiError`].
pub async fn call<B: Serialize, T: DeserializeOwned>(method: Method, path: &str, body: Option<&B>) -> Result<T, ApiError> {
    let response = send(method, path, body, None).await?;
    read(response).await
}

/// `POST`.
///
/// # Errors
/// [`ApiError`].
pub async fn post<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<T, ApiError> {
    call(Method::POST, path, Some(body)).await
}

/// `PATCH`.
///
/// # Errors
/// [`ApiError`].
pub async fn patch<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<T, ApiError> {
    call(Method::PATCH, path, Some(body)).await
}

/// `DELETE`.
///
/// # Errors
/// [`ApiError`].
pub async fn delete<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    call(Method::DELETE, path, NOTHING).await
}

/// `PATCH` of a versioned record: 409 is an answer, not an error.
///
/// # Errors
/// [`ApiError`].
pub async fn save<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<Saved<T>, ApiError> {
    let response = send(Method::PATCH, path, Some(body), None).await?;
    if response.status() == ErrorCode::VersionConflict.status() {
        return response.json().await.map(|conflict| Saved::Conflict(Box::new(conflict))).map_err(|_| ApiError::Unreadable);
    }
    read(response).await.map(Saved::Done)
}

/// `POST` whose answer is a file.
///
/// # Errors
/// [`ApiError`].
pub async fn download<B: Serialize>(path: &str, body: &B) -> Result<File, ApiError> {
    let response = send(Method::POST, path, Some(body), None).await?;
    if !response.ok() {
        return Err(refused(response).await);
    }
    let name = response
        .headers()
        .get("content-disposition")
        .and_then(|value| value.split("filename=").nth(1).map(|name| name.trim_matches(['"', ' ', ';']).to_owned()))
        .unwrap_or_else(|| "shendu".to_owned());
    let promise = response.as_raw().blob().map_err(|_| ApiError::Unreadable)?;
    let blob = wasm_bindgen_futures::JsFuture::from(promise).await.map_err(|_| ApiError::Offline)?;
    Ok(File { name, blob: wasm_bindgen::JsCast::unchecked_into(blob) })
}

impl File {
    /// Hands the file to the browser's downloads.
    pub fn save(&self) {
        let Ok(url) = web_sys::Url::create_object_url_with_blob(&self.blob) else { return };
        let anchor = web_sys::window().and_then(|window| window.document()).and_then(|document| document.create_element("a").ok());
        if let Some(anchor) = anchor {
            let anchor: web_sys::HtmlAnchorElement = wasm_bindgen::JsCast::unchecked_into(anchor);
            anchor.set_href(&url);
            anchor.set_download(&self.name);
            anchor.click();
        }
        let _ = web_sys::Url::revoke_object_url(&url);
    }
}

/// A query string from plain facts; values that are `None` or empty are left out. Never for personal values.
#[must_use]
pub fn query(path: &str, pairs: &[(&str, Option<String>)]) -> String {
    let mut whole = path.to_owned();
    let mut mark = '?';
    for (key, value) in pairs {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            whole.push(mark);
            whole.push_str(key);
            whole.push('=');
            whole.push_str(&String::from(js_sys::encode_uri_component(value)));
            mark = '&';
        }
    }
    whole
}

async fn send<B: Serialize>(
    method: Method,
    path: &str,
    body: Option<&B>,
    abort: Option<&web_sys::AbortSignal>,
) -> Result<Response, ApiError> {
    let builder = RequestBuilder::new(path)
        .method(method)
        .credentials(web_sys::RequestCredentials::SameOrigin)
        .header("accept", "application/json")
        .abort_signal(abort);
    let request = match body {
        Some(body) => builder.json(body),
        None => builder.build(),
    };
    request.map_err(|_| ApiError::Unreadable)?.send().await.map_err(|_| ApiError::Offline)
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    if response.ok() { response.json().await.map_err(|_| ApiError::Unreadable) } else { Err(refused(response).await) }
}

async fn refused(response: Response) -> ApiError {
    match response.json::<Problem>().await {
        Ok(problem) => {
            if problem.code == ErrorCode::NotSignedIn {
                crate::session::ended();
            }
            ApiError::Problem(problem)
        }
        // A proxy's page instead of a problem: the server behind it is away.
        Err(_) if response.status() >= 502 => ApiError::Offline,
        Err(_) => ApiError::Unreadable,
    }
}
