//! Copying to the clipboard, and taking back what was copied of an opened value.
//!
//! The rule: a clipboard is the whole machine's, so whoever copies an opened value is told so. When the value closes while the
//! window is in front, the clipboard is emptied: if the browser lets us read it without asking, only when it still holds the
//! value; if not, only when nothing else was copied in this window since. A window that was left cannot write there any
//! more; then the person is told that the value may still be there. Deliberately absent: asking for the permission to read,
//! and keeping the value to compare with later.

use super::toast;
use crate::text::{Word, approvals, common, fill_now, t_now};
use contract::FieldKey;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// The seal whose value was the last that was copied in this window.
    static LENT: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Copies `text` and says whether it worked.
pub fn copy(text: String) {
    spawn_local(async move {
        if write(&text).await {
            LENT.set(None);
            toast::done(common::COPIED);
        } else {
            toast::error(common::COPY_FAILED);
        }
    });
}

/// Copies an opened value of a seal, and says where it is now.
pub fn lend(seal: u32, field: FieldKey, text: String) {
    // From now on, not from when it is there: the value may close before the clipboard has it.
    LENT.set(Some(seal));
    spawn_local(async move {
        if write(&text).await {
            toast::say(fill_now(approvals::COPIED, &[("field", t_now(field.word()))]));
        } else {
            LENT.set(None);
            toast::error(common::COPY_FAILED);
        }
    });
}

/// Notes what else is copied in this window; once, where the client starts.
pub fn watch() {
    let _ = window_event_listener(leptos::ev::copy, |_| LENT.set(None));
    let _ = window_event_listener(leptos::ev::cut, |_| LENT.set(None));
}

/// The value of a seal has closed: takes it back from the clipboard, or says that it may still be there.
pub fn take_back(seal: u32, field: FieldKey, text: String) {
    if LENT.get() != Some(seal) {
        return;
    }
    LENT.set(None);
    spawn_local(async move {
        let in_front = web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.has_focus().unwrap_or(false));
        match in_front {
            true if readable().await.is_some_and(|held| held != text) => {}
            true if write("").await => toast::done(approvals::CLEARED),
            _ => toast::warn(fill_now(approvals::NOT_CLEARED, &[("field", t_now(field.word()))])),
        }
    });
}

async fn write(text: &str) -> bool {
    // In a page without a secure context there is no clipboard, and touching it would throw.
    let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// What the clipboard holds, where reading it asks nobody.
async fn readable() -> Option<String> {
    let navigator = web_sys::window()?.navigator();
    let permissions = Reflect::get(&navigator, &"permissions".into()).ok()?;
    let query: Function = Reflect::get(&permissions, &"query".into()).ok()?.dyn_into().ok()?;
    let wish = Object::new();
    Reflect::set(&wish, &"name".into(), &"clipboard-read".into()).ok()?;
    let asked: Promise = query.call1(&permissions, &wish).ok()?.dyn_into().ok()?;
    let status = JsFuture::from(asked).await.ok()?;
    let granted = Reflect::get(&status, &"state".into()).ok()? == JsValue::from_str("granted");
    if !granted {
        return None;
    }
    JsFuture::from(navigator.clipboard().read_text()).await.ok()?.as_string()
}
