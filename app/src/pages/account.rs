//! One's own passkeys, sessions and recovery codes.

use leptos::prelude::*;

/// The account.
#[component]
pub fn AccountPage() -> impl IntoView {}
