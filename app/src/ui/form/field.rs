//! What surrounds a control: label, hint, error.

use crate::{
    api::ApiError,
    text::{common, errors, tr, use_lang},
};
use leptos::prelude::*;

/// The ids of a control and of what describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldIds {
    /// The control.
    pub control: String,
    /// The hint.
    pub hint: String,
    /// The error.
    pub error: String,
}

impl FieldIds {
    /// From the id of the control.
    #[must_use]
    pub fn of(control: String) -> Self {
        Self { hint: format!("{control}-hint"), error: format!("{control}-error"), control }
    }
    /// For `aria-describedby`.
    #[must_use]
    pub fn described(&self) -> String {
        format!("{} {}", self.hint, self.error)
    }
}

/// Label, hint and error around the control that is its child. The control takes `ids.control` as its id and
/// `ids.described()` as `aria-describedby`.
#[component]
pub fn Field(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The ids.
    ids: FieldIds,
    /// The hint.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Says that nothing need be entered.
    #[prop(optional)]
    optional: bool,
    /// Half as wide as the form.
    #[prop(optional)]
    half: bool,
    children: Children,
) -> impl IntoView {
    let class = if half { "form__field form__field--half" } else { "form__field" };
    let FieldIds { control, hint: hint_id, error: error_id } = ids;
    let may_be_empty = tr(common::OPTIONAL);
    view! {
        <div class=class>
            <label class="form__label" for=control>
                {label} {optional.then(|| view! { " " <span class="form__optional">{may_be_empty}</span> })}
            </label>
            {move || hint.get().map(|hint| view! { <p class="form__hint" id=hint_id.clone()>{hint}</p> })}
            {children()}
            {move || error.get().map(|error| view! { <p class="form__error" id=error_id.clone()>{error}</p> })}
        </div>
    }
}

/// The words for what the server said about the field at `at` (`phone`, `guardians.0.phone`).
#[must_use]
pub fn field_error(error: Signal<Option<ApiError>>, at: impl Into<String>) -> Signal<Option<String>> {
    let lang = use_lang();
    let at = at.into();
    Signal::derive(move || {
        let code = error.with(|error| error.as_ref()?.fields().iter().find(|field| field.at == at).map(|field| field.code))?;
        Some(errors::value(code).say(lang.get()).to_owned())
    })
}
