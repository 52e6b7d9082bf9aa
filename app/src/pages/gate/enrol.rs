//! Enrolment of a member of staff by a one-time link.

use super::{
    LapsedLink,
    new_passkey::{KeepCodes, NewPasskey},
    token,
};
use crate::{
    api::{self, ApiError},
    text::{Text, fill, gate},
    ui::{Failure, GateSheet, Skeleton, Steps},
};
use contract::{
    error::ErrorCode,
    wire::sign_in::{Enrolled, EnrolmentOpened},
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::value::RawValue;

#[derive(Clone)]
enum State {
    Opening,
    Opened(EnrolmentOpened<Box<RawValue>>),
    Made(Enrolled),
    Lapsed,
    Failed(ApiError),
}

/// The enrolment page.
#[component]
pub fn EnrolPage() -> impl IntoView {
    token::watch();
    let token = StoredValue::new(token::take());
    let state = RwSignal::new(State::Opening);
    let open = move || {
        let Some(token) = token.get_value() else {
            state.set(State::Lapsed);
            return;
        };
        state.set(State::Opening);
        spawn_local(async move {
            let next = match api::sign_in::enrolment(token).await {
                Ok(opened) => State::Opened(opened),
                Err(refused) if is_lapsed(&refused) => State::Lapsed,
                Err(refused) => State::Failed(refused),
            };
            let _ = state.try_set(next);
        });
    };
    open();
    let title = Signal::derive(move || -> Text {
        state.with(|state| match state {
            State::Made(made) if !made.recovery_codes.is_empty() => gate::CODES,
            State::Lapsed => gate::LAPSED,
            _ => gate::ENROL,
        })
    });
    let at = Signal::derive(move || {
        state.with(|state| match state {
            State::Opening | State::Failed(_) | State::Lapsed => 0,
            State::Opened(_) => 1,
            State::Made(_) => 2,
        })
    });
    view! {
        <GateSheet title=title wide=true>
            <Steps names=vec![gate::STEP_CHECK, gate::STEP_PASSKEY, gate::STEP_CODES] at />
            <div class="stack">
                {move || match state.get() {
                    State::Opening => view! { <Skeleton /> }.into_any(),
                    State::Opened(opened) => {
                        let name = opened.name.clone();
                        view! {
                            <h2>{move || fill(gate::HELLO, &[("name", &name)])}</h2>
                            <NewPasskey opened on_made=move |made| state.set(State::Made(made)) on_lapsed=move |()| state.set(State::Lapsed) />
                        }.into_any()
                    }
                    State::Made(enrolled) => view! { <KeepCodes enrolled /> }.into_any(),
                    State::Lapsed => view! { <LapsedLink line=gate::LAPSED_STAFF sign_in="/sign-in" /> }.into_any(),
                    State::Failed(error) => view! { <Failure error again=move |()| open() /> }.into_any(),
                }}
            </div>
        </GateSheet>
    }
}

/// Whether a link no longer counts; an unknown one looks the same.
pub fn is_lapsed(error: &ApiError) -> bool {
    matches!(error.code(), Some(ErrorCode::Lapsed | ErrorCode::NotFound | ErrorCode::InvalidFields | ErrorCode::MalformedRequest))
}
