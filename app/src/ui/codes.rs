//! Recovery codes, shown once.

use super::{Button, ButtonKind, copy::copy};
use crate::text::{common, gate, t};
use leptos::prelude::*;

/// The codes with copy, print and the word that they are kept.
#[component]
pub fn RecoveryCodesView(
    /// The codes.
    codes: Vec<String>,
    /// The person has kept them.
    #[prop(into)]
    on_kept: Callback<()>,
) -> impl IntoView {
    let all = codes.join("\n");
    view! {
        <p class="muted">{move || t(gate::CODES_LINE)}</p>
        <ol class="codes">{codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}</ol>
        <div class="row no-print">
            <Button on_click=move |()| copy(all.clone())>{move || t(common::COPY)}</Button>
            <Button on_click=move |()| {
                if let Some(window) = web_sys::window() {
                    let _ = window.print();
                }
            }>{move || t(common::PRINT)}</Button>
            <Button kind=ButtonKind::Primary class="end" on_click=on_kept>{move || t(gate::CODES_KEPT)}</Button>
        </div>
    }
}
