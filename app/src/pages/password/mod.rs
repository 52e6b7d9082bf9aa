//! Password and code: the way in where no passkey is at hand, and setting it up; and passkeys whose make was proved.
//!
//! The rule: what is typed goes to the server and is forgotten; the secret of the app is on the screen while it is being set up,
//! in no address and in no storage. An answer never tells whether an account exists.

mod attested;
mod set_up;
mod sign_in;

pub use set_up::set_up;
pub use sign_in::sign_in;

use crate::text::{Text, t};
use leptos::prelude::*;

/// A refusal above a form.
fn refusal(error: RwSignal<Option<Text>>) -> AnyView {
    (move || error.get().map(|text| view! { <p class="note note--error" role="alert">{t(text)}</p> })).into_any()
}
