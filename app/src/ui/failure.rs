//! What went wrong, in words with the reference: as a whole page part, or as a note beside a form.

use super::{
    button::Button,
    empty::{Empty, EmptyKind},
};
use crate::{
    api::ApiError,
    text::{common, errors, tr, use_lang},
};
use contract::error::ErrorCode;
use leptos::prelude::*;

/// Stands in place of what could not be read.
#[component]
pub fn Failure(
    /// What went wrong.
    error: ApiError,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let lang = use_lang();
    let kind = match error.code() {
        Some(ErrorCode::Forbidden) => EmptyKind::Denied,
        Some(ErrorCode::NotFound) => EmptyKind::None,
        _ => EmptyKind::Error,
    };
    let trace = error.trace_id().map(str::to_owned);
    let sentence = move || errors::sentence(lang.get(), &error);
    let retry = tr(common::RETRY);
    let label = tr(common::TRACE);
    view! {
        <Empty kind title=tr(common::FAILED_TITLE)>
            <p role="alert">{sentence}</p>
            {on_retry.map(|on_retry| view! { <div class="row"><Button on_press=on_retry>{retry}</Button></div> })}
            {trace.map(|trace| view! { <p class="faint">{label} " " <code>{trace}</code></p> })}
        </Empty>
    }
}

/// A note beside the button that was pressed; nothing while nothing went wrong. Put `act.error()` in.
#[component]
pub fn Refusal(
    /// What went wrong.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let lang = use_lang();
    move || {
        error.get().map(|error| {
            let trace = error.trace_id().map(|trace| common::reference(lang.get(), trace));
            view! {
                <p class="note note--error" role="alert">
                    {errors::sentence(lang.get(), &error)} {trace.map(|trace| view! { " " <small class="faint">{trace}</small> })}
                </p>
            }
        })
    }
}
