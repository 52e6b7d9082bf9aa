//! The browser's passkeys: the one file that touches `navigator.credentials`.
//!
//! The rule: what the server sent goes in untouched and what the authenticator said comes out untouched. Deliberately absent:
//! any decoding of challenges or keys.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use serde_json::value::RawValue;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// Why a ceremony gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyError {
    /// The browser has no passkeys.
    Missing,
    /// The person closed the prompt or it timed out; browsers do not say which.
    Cancelled,
    /// The authenticator already holds a passkey for this account.
    Exists,
    /// Another ceremony took over.
    Aborted,
    /// Anything else.
    Failed,
}

/// What the browser can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// Passkeys work.
    Ready,
    /// The page runs inside the in-app browser of `WeChat`, whose passkeys are not dependable.
    WeChat,
    /// No passkeys here.
    Missing,
}

/// What the browser can do.
pub fn support() -> Support {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    if agent.contains("MicroMessenger") {
        Support::WeChat
    } else if ["parseCreationOptionsFromJSON", "parseRequestOptionsFromJSON"].iter().all(|name| interface_function(name).is_some()) {
        Support::Ready
    } else {
        Support::Missing
    }
}

/// Asks for an existing passkey.
///
/// # Errors
/// [`PasskeyError`].
pub async fn get(options: &RawValue) -> Result<Box<RawValue>, PasskeyError> {
    request(options, None).await
}

/// Makes a passkey.
///
/// # Errors
/// [`PasskeyError`].
pub async fn create(options: &RawValue) -> Result<Box<RawValue>, PasskeyError> {
    let parsed = parse("parseCreationOptionsFromJSON", options)?;
    let wish = Object::new();
    set(&wish, "publicKey", &parsed)?;
    run("create", &wish).await
}

/// A quiet offer of passkeys in the autofill list of the login field; taken back by [`Autofill::stop`].
#[derive(Clone)]
pub struct Autofill(AbortController);

impl Autofill {
    /// Prepares an offer; nothing when the browser has no autofill for passkeys.
    pub async fn available() -> Option<Self> {
        let asks = interface_function("isConditionalMediationAvailable")?;
        let promise: Promise = asks.call0(&interface()?).ok()?.dyn_into().ok()?;
        let available: JsValue = JsFuture::from(promise).await.ok()?;
        if available.is_truthy() { AbortController::new().ok().map(Self) } else { None }
    }
    /// Waits for the person to pick a passkey from the list.
    ///
    /// # Errors
    /// [`PasskeyError::Aborted`] after [`Autofill::stop`].
    pub async fn wait(&self, options: &RawValue) -> Result<Box<RawValue>, PasskeyError> {
        request(options, Some(&self.0)).await
    }
    /// Takes the offer back; browsers allow one ceremony at a time.
    pub fn stop(&self) {
        self.0.abort();
    }
}

async fn request(options: &RawValue, conditional: Option<&AbortController>) -> Result<Box<RawValue>, PasskeyError> {
    let parsed = parse("parseRequestOptionsFromJSON", options)?;
    let wish = Object::new();
    set(&wish, "publicKey", &parsed)?;
    if let Some(abort) = conditional {
        set(&wish, "mediation", &JsValue::from_str("conditional"))?;
        set(&wish, "signal", &abort.signal())?;
    }
    run("get", &wish).await
}

async fn run(verb: &str, wish: &Object) -> Result<Box<RawValue>, PasskeyError> {
    let window = web_sys::window().ok_or(PasskeyError::Missing)?;
    let container = Reflect::get(&window.navigator(), &JsValue::from_str("credentials")).map_err(|_| PasskeyError::Missing)?;
    let ask = function(&container, verb).ok_or(PasskeyError::Missing)?;
    let promise: Promise = ask.call1(&container, wish).map_err(|error| reason(&error))?.dyn_into().map_err(|_| PasskeyError::Failed)?;
    let credential: JsValue = JsFuture::from(promise).await.map_err(|error| reason(&error))?;
    let to_json = function(&credential, "toJSON").ok_or(PasskeyError::Missing)?;
    let json = to_json.call0(&credential).map_err(|_| PasskeyError::Failed)?;
    let text = JSON::stringify(&json).map_err(|_| PasskeyError::Failed)?;
    RawValue::from_string(text.into()).map_err(|_| PasskeyError::Failed)
}

/// `options.publicKey`, or `options` itself, as the browser wants it.
fn parse(name: &str, options: &RawValue) -> Result<JsValue, PasskeyError> {
    let options = JSON::parse(options.get()).map_err(|_| PasskeyError::Failed)?;
    let inner = Reflect::get(&options, &JsValue::from_str("publicKey")).map_err(|_| PasskeyError::Failed)?;
    let parse = interface_function(name).ok_or(PasskeyError::Missing)?;
    let interface = interface().ok_or(PasskeyError::Missing)?;
    parse.call1(&interface, if inner.is_undefined() { &options } else { &inner }).map_err(|_| PasskeyError::Failed)
}

fn interface() -> Option<JsValue> {
    let found = Reflect::get(&js_sys::global(), &JsValue::from_str("PublicKeyCredential")).ok()?;
    if found.is_undefined() { None } else { Some(found) }
}
fn interface_function(name: &str) -> Option<Function> {
    function(&interface()?, name)
}
fn function(holder: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(holder, &JsValue::from_str(name)).ok()?.dyn_into().ok()
}
fn set(object: &Object, key: &str, value: &JsValue) -> Result<(), PasskeyError> {
    Reflect::set(object, &JsValue::from_str(key), value).map(|_| ()).map_err(|_| PasskeyError::Failed)
}
fn reason(error: &JsValue) -> PasskeyError {
    let name = Reflect::get(error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" => PasskeyError::Cancelled,
        "InvalidStateError" => PasskeyError::Exists,
        "AbortError" => PasskeyError::Aborted,
        "NotSupportedError" => PasskeyError::Missing,
        _ => PasskeyError::Failed,
    }
}
