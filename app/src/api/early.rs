//! Answers to questions that the page asked while its program was still coming; `app/index.html` says which.
//!
//! The rule: an answer is taken once and is then gone, so that each look that the server recorded is one that was shown, and
//! whoever asks again asks the server. Deliberately absent: deciding what is asked; waiting for what was not.

use super::ApiError;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The coming answer to `path`, when the page has asked for it and nobody has taken it.
pub fn take(path: &str) -> Option<Promise> {
    let asked = Reflect::get(&web_sys::window()?.into(), &JsValue::from_str("early")).ok()?.dyn_into::<Object>().ok()?;
    let path = JsValue::from_str(path);
    let coming = Reflect::get(&asked, &path).ok()?.dyn_into().ok()?;
    // What could not be taken out might be taken twice.
    (Reflect::delete_property(&asked, &path) == Ok(true)).then_some(coming)
}

/// Waits for it: status and body, which the page has read already, so that what is there is drawn at once.
pub async fn answer(coming: Promise) -> Result<(u16, String), ApiError> {
    let answer = JsFuture::from(coming).await.map_err(|_| ApiError::Offline)?;
    let answer = Array::from(&answer);
    match (answer.get(0).as_f64(), answer.get(1).as_string()) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a status is three digits")]
        (Some(status), Some(body)) => Ok((status as u16, body)),
        _ => Err(ApiError::Offline),
    }
}
