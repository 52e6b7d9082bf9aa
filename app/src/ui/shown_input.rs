//! The input of one field of one record, whatever form the value came in.
//!
//! The rule: a mask never becomes the input's value. A masked field is an empty input whose hint shows the mask; left empty
//! it stays as it is, and emptying it is a wish of its own.

use super::{
    keys::hold_enter,
    shown::{Form, form},
};
use crate::text::{Text, Word, common, fill, t};
use contract::{Change, FieldKey, Shown};
use leptos::prelude::*;

/// An input that makes a [`Change`].
#[component]
pub fn ShownInput(
    /// Id of the control; the field's name in the request, so that errors find it.
    #[prop(into)]
    id: String,
    /// The field; gives label and keyboard.
    field: FieldKey,
    /// What the viewer sees of the value now.
    value: Shown<String>,
    /// The wish; goes into the request as it is.
    change: RwSignal<Change<String>>,
    /// Error under the control.
    #[prop(optional, into)]
    error: Signal<Option<Text>>,
    /// Whether the field may be emptied.
    #[prop(default = true)]
    erasable: bool,
) -> impl IntoView {
    let was = match form(&value) {
        // Nothing is recorded: there is nothing to keep hidden either.
        Form::Masked(mask) if mask.is_empty() => Form::Clear(mask),
        was => was,
    };
    let clear = match &was {
        Form::Clear(text) => Some(text.clone()),
        Form::Masked(_) | Form::Withheld => None,
    };
    let hint = {
        let was = was.clone();
        move || match &was {
            Form::Clear(_) => None,
            Form::Masked(mask) => Some(fill(common::KEEP_HINT, &[("mask", mask)])),
            Form::Withheld => Some(t(common::KEEP_WITHHELD).to_owned()),
        }
    };
    let mask = match &was {
        Form::Masked(mask) => mask.clone(),
        Form::Clear(_) | Form::Withheld => String::new(),
    };
    let sealed = clear.is_none();
    let text = {
        let clear = clear.clone();
        move || {
            change.with(|change| match change {
                Change::Keep => clear.clone().unwrap_or_default(),
                Change::Set(text) => text.clone(),
                Change::Erase => String::new(),
            })
        }
    };
    let typed = move |text: String| {
        change.set(match &clear {
            Some(was) if *was == text => Change::Keep,
            Some(_) if text.trim().is_empty() && erasable => Change::Erase,
            None if text.is_empty() => Change::Keep,
            _ => Change::Set(text),
        });
    };
    let erased = move || change.with(|change| matches!(change, Change::Erase));
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || match (sealed, error.with(Option::is_some)) {
            (false, false) => None,
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(error_id.clone()),
            (true, true) => Some(format!("{hint_id} {error_id}")),
        }
    };
    let long = matches!(field, FieldKey::StudentHealthNote | FieldKey::NoteBody);
    let invalid = move || error.with(Option::is_some).then_some("true");
    let control = if long {
        view! {
            <textarea
                class="input"
                id=id.clone()
                name=id.clone()
                rows="3"
                autocomplete="off"
                placeholder=mask
                prop:value=text
                disabled=move || sealed && erased()
                aria-describedby=described
                aria-invalid=invalid
                on:input:target=move |event| typed(event.target().value())
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                id=id.clone()
                name=id.clone()
                type=if field == FieldKey::StudentBirthDate && !sealed { "date" } else { "text" }
                inputmode=keyboard(field)
                autocomplete="off"
                spellcheck="false"
                placeholder=mask
                prop:value=text
                disabled=move || sealed && erased()
                aria-describedby=described
                aria-invalid=invalid
                on:input:target=move |event| typed(event.target().value())
                on:keydown=hold_enter
            />
        }
        .into_any()
    };
    view! {
        <div class="form__field">
            <label class="form__label" for=id>{move || t(field.word())}</label>
            {move || hint().map(|hint| view! { <p class="form__hint" id=hint_id.clone()>{hint}</p> })}
            {control}
            {move || error.get().map(|error| view! { <p class="form__error" id=error_id.clone()>{t(error)}</p> })}
            {(sealed && erasable).then(|| view! {
                <div class="row">
                    {move || if erased() {
                        view! {
                            <span class="faint" role="status">{move || t(common::WILL_ERASE)}</span>
                            <button class="button button--quiet button--small" type="button" on:click=move |_| change.set(Change::Keep)>{move || t(common::UNDO)}</button>
                        }.into_any()
                    } else {
                        view! {
                            <button class="button button--quiet button--small" type="button" on:click=move |_| change.set(Change::Erase)>{move || t(common::ERASE)}</button>
                        }.into_any()
                    }}
                </div>
            })}
        </div>
    }
}

/// The on-screen keyboard that suits a field.
pub const fn keyboard(field: FieldKey) -> Option<&'static str> {
    match field {
        FieldKey::GuardianPhone | FieldKey::GuardianSecondPhone | FieldKey::StaffPhone => Some("tel"),
        FieldKey::GuardianEmail | FieldKey::StaffEmail => Some("email"),
        _ => None,
    }
}
