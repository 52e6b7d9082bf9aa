//! The reason that a seal asks for, in its dialog.
//!
//! The rule: the reason that a person gave last is offered first, its words are not. Deliberately absent: a reason that is
//! remembered beyond the tab.

use super::super::Button;
use crate::{
    session,
    text::{Text, Word, common, t},
};
use contract::wire::reveals::{Reason, ReasonCode};
use leptos::prelude::*;
use std::cell::Cell;

thread_local! {
    /// The reason that a person gave last; offered first to the same person, and gone with the tab.
    static LAST: Cell<Option<(uuid::Uuid, ReasonCode)>> = const { Cell::new(None) };
}

fn last_reason() -> ReasonCode {
    let me = session::me_now().map(|me| me.id);
    LAST.get().filter(|(who, _)| Some(*who) == me).map_or(ReasonCode::FollowUp, |(_, code)| code)
}

/// Keeps the reason that was accepted just now.
pub fn remember(code: ReasonCode) {
    LAST.set(session::me_now().map(|me| (me.id, code)));
}

/// Asks for the reason.
#[component]
pub fn ReasonForm(
    /// Begins the ids of its parts.
    id: String,
    /// Whether the answer is awaited.
    busy: RwSignal<bool>,
    /// Why the last try was refused.
    refused: RwSignal<Option<Text>>,
    /// Whether its dialog is open.
    asking: RwSignal<bool>,
    /// The words of its button.
    submit: Text,
    /// What the button means.
    note: Signal<String>,
    /// What is done with the reason.
    on_reason: Callback<Reason>,
) -> impl IntoView {
    let first = last_reason();
    let code = RwSignal::new(first);
    let words = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let area = format!("{id}-text");
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = words.get_untracked().trim().to_owned();
        if code.get_untracked() == ReasonCode::Other && text.is_empty() {
            missing.set(true);
        } else if !busy.get_untracked() {
            on_reason.run(Reason { code: code.get_untracked(), text });
        }
    };
    let form_id = format!("{id}-form");
    view! {
        <form class="dialog__body" id=form_id.clone() on:submit=send>
            {move || refused.get().map(|text| view! { <p class="note note--error" role="alert">{t(text)}</p> })}
            <fieldset class="form__field">
                <legend class="form__label">{move || t(common::REASON)}</legend>
                <div class="reasons">
                    {ReasonCode::ALL.iter().copied().map(|one| view! {
                        <label class="check">
                            <input
                                class="check__box"
                                type="radio"
                                name=format!("{id}-reason")
                                autofocus=one == first
                                prop:checked=move || code.get() == one
                                on:change=move |_| {
                                    code.set(one);
                                    missing.set(false);
                                }
                            />
                            <span>{move || t(one.word())}</span>
                        </label>
                    }).collect_view()}
                </div>
            </fieldset>
            <div class="form__field">
                <label class="form__label" for=area.clone()>{move || t(common::REASON_TEXT)}</label>
                <p class="form__hint" id=format!("{area}-hint")>{move || t(common::REASON_HINT)}</p>
                <textarea
                    class="input"
                    id=area.clone()
                    rows="2"
                    maxlength="200"
                    aria-describedby=format!("{area}-hint")
                    aria-invalid=move || missing.get().then_some("true")
                    prop:value=move || words.get()
                    on:input:target=move |event| {
                        words.set(event.target().value());
                        missing.set(false);
                    }
                ></textarea>
                {move || missing.get().then(|| view! { <p class="form__error" role="alert">{t(common::REASON_NEEDED)}</p> })}
            </div>
            <p class="faint">{move || note.get()}</p>
        </form>
        <footer class="dialog__foot">
            <Button on_click=move |()| asking.set(false)>{move || t(common::CANCEL)}</Button>
            <button class="button button--primary" type="submit" form=form_id aria-busy=move || busy.get().then_some("true")>
                {move || t(submit)}
            </button>
        </footer>
    }
}
