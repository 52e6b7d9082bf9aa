//! Passkeys: the only file that touches `navigator.credentials`.
//!
//! The rule: the server's JSON goes in and the browser's JSON goes out untouched, by the three functions that WebAuthn
//! level 3 has for it. Deliberately absent: base64, and any look into options or credentials.

use crate::api::{self, ApiError};
use contract::wire::{
    account::Account,
    sign_in::{Ceremony, CeremonyFinish, Me},
};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// Why a ceremony came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyError {
    /// The browser has no WebAuthn.
    Unsupported,
    /// The person or the clock ended it.
    Cancelled,
    /// The device already holds a passkey for the account.
    AlreadyThere,
    /// Anything else.
    Failed,
}

impl From<PasskeyError> for ApiError {
    fn from(error: PasskeyError) -> Self {
        Self::Passkey(error)
    }
}

/// What this browser can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// Passkeys work.
    Full,
    /// An in-app browser (WeChat): passkeys cannot be relied upon; the page should be opened elsewhere.
    InApp,
    /// No WebAuthn.
    None,
}

/// What this browser can do.
#[must_use]
pub fn support() -> Support {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    if agent.contains("MicroMessenger") {
        Support::InApp
    } else if ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"].iter().all(|name| static_function(name).is_ok()) {
        Support::Full
    } else {
        Support::None
    }
}

/// Whether the browser can offer passkeys in the list under a text field.
pub async fn offers_autofill() -> bool {
    let Ok(ask) = static_function("isConditionalMediationAvailable") else { return false };
    let Ok(promise) = ask.call0(&interface()) else { return false };
    JsFuture::from(Promise::resolve(&promise)).await.is_ok_and(|answer| answer.is_truthy())
}

/// Creates a passkey from the server's options.
///
/// # Errors
/// [`PasskeyError`].
pub async fn create(options: &Value) -> Result<Value, PasskeyError> {
    let request = request(options, "parseCreationOptionsFromJSON")?;
    let container = container()?;
    let promise = container.create_with_options(request.unchecked_ref()).map_err(|error| cause(&error))?;
    answer(promise).await
}

/// Asks for an assertion from the server's options. `abort` ends a request that waits for autofill.
///
/// # Errors
/// [`PasskeyError`].
pub async fn assert(options: &Value, autofill: bool, abort: Option<&AbortController>) -> Result<Value, PasskeyError> {
    let request = request(options, "parseRequestOptionsFromJSON")?;
    if autofill {
        set(&request, "mediation", &JsValue::from_str("conditional"))?;
    }
    if let Some(abort) = abort {
        set(&request, "signal", &abort.signal())?;
    }
    let container = container()?;
    let promise = container.get_with_options(request.unchecked_ref()).map_err(|error| cause(&error))?;
    answer(promise).await
}

/// The whole sign-in: begin, ask the browser, finish.
///
/// # Errors
/// [`ApiError`].
pub async fn sign_in(login: Option<String>) -> Result<Me, ApiError> {
    let Ceremony { ceremony, options } = api::sign_in::begin(login).await?;
    let credential = assert(&options, false, None).await?;
    api::sign_in::finish(CeremonyFinish { ceremony, credential, name: String::new() }).await
}

/// The sign-in that waits under the text field until a passkey is picked or `abort` is called.
///
/// # Errors
/// [`ApiError`].
pub async fn sign_in_by_autofill(abort: AbortController) -> Result<Me, ApiError> {
    if !offers_autofill().await || abort.signal().aborted() {
        return Err(PasskeyError::Unsupported.into());
    }
    let Ceremony { ceremony, options } = api::sign_in::begin(None).await?;
    let credential = assert(&options, true, Some(&abort)).await?;
    api::sign_in::finish(CeremonyFinish { ceremony, credential, name: String::new() }).await
}

/// Proves presence again.
///
/// # Errors
/// [`ApiError`].
pub async fn step_up() -> Result<Me, ApiError> {
    let Ceremony { ceremony, options } = api::sign_in::step_up_begin().await?;
    let credential = assert(&options, false, None).await?;
    api::sign_in::step_up_finish(CeremonyFinish { ceremony, credential, name: String::new() }).await
}

/// Registers another passkey for the person who is signed in; wrap it in `with_step_up`.
///
/// # Errors
/// [`ApiError`].
pub async fn add(name: String) -> Result<Account, ApiError> {
    let Ceremony { ceremony, options } = api::account::passkey_begin().await?;
    let credential = create(&options).await?;
    api::account::passkey_finish(CeremonyFinish { ceremony, credential, name }).await
}

fn interface() -> JsValue {
    web_sys::window().and_then(|window| Reflect::get(&window, &"PublicKeyCredential".into()).ok()).unwrap_or(JsValue::UNDEFINED)
}

fn static_function(name: &str) -> Result<Function, PasskeyError> {
    let interface = interface();
    if interface.is_undefined() {
        return Err(PasskeyError::Unsupported);
    }
    Reflect::get(&interface, &name.into()).ok().and_then(|found| found.dyn_into().ok()).ok_or(PasskeyError::Unsupported)
}

fn container() -> Result<web_sys::CredentialsContainer, PasskeyError> {
    web_sys::window().map(|window| window.navigator().credentials()).ok_or(PasskeyError::Unsupported)
}

/// `{publicKey: parse(options.publicKey)}`; the mediation is chosen by the caller, not by the server.
fn request(options: &Value, parse: &str) -> Result<Object, PasskeyError> {
    let inner = options.get("publicKey").unwrap_or(options);
    let json = JSON::parse(&inner.to_string()).map_err(|_| PasskeyError::Failed)?;
    let parsed = static_function(parse)?.call1(&interface(), &json).map_err(|_| PasskeyError::Failed)?;
    let request = Object::new();
    set(&request, "publicKey", &parsed)?;
    Ok(request)
}

fn set(object: &Object, key: &str, value: &JsValue) -> Result<(), PasskeyError> {
    Reflect::set(object, &key.into(), value).map(|_| ()).map_err(|_| PasskeyError::Failed)
}

async fn answer(promise: Promise) -> Result<Value, PasskeyError> {
    let credential = JsFuture::from(promise).await.map_err(|error| cause(&error))?;
    let to_json: Function =
        Reflect::get(&credential, &"toJSON".into()).ok().and_then(|found| found.dyn_into().ok()).ok_or(PasskeyError::Failed)?;
    let json = to_json.call0(&credential).map_err(|_| PasskeyError::Failed)?;
    let text = JSON::stringify(&json).ok().and_then(|text| text.as_string()).ok_or(PasskeyError::Failed)?;
    serde_json::from_str(&text).map_err(|_| PasskeyError::Failed)
}

fn cause(error: &JsValue) -> PasskeyError {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "AbortError" | "TimeoutError" => PasskeyError::Cancelled,
        "InvalidStateError" => PasskeyError::AlreadyThere,
        "NotSupportedError" => PasskeyError::Unsupported,
        _ => PasskeyError::Failed,
    }
}
