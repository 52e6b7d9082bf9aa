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

/// The six digits of a code, if there are six; input methods may type them in full width, apps with a space.
fn six_digits(text: &str) -> Option<String> {
    let digit = |letter: char| match u32::from(letter) {
        wide @ 0xFF10..=0xFF19 => char::from_digit(wide - 0xFF10, 10),
        _ => letter.is_ascii_digit().then_some(letter),
    };
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).map(digit).collect::<Option<_>>()?;
    (digits.len() == 6).then_some(digits)
}
