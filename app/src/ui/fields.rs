//! Inputs with label, hint and error, tied together by ids.
//!
//! The rule: the error stands in the document even when empty only as long as there is one, and `aria-describedby` names what
//! stands there. Deliberately absent: validation; the value types of the contract do that.

use super::keys::hold_enter;
use crate::text::{Text, common, live, t};
use leptos::{html, prelude::*};

/// Label, hint and error around one control.
#[component]
fn Frame(
    id: String,
    label: Text,
    optional: bool,
    hint: Signal<Option<String>>,
    error: Signal<Option<Text>>,
    half: bool,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class=if half { "form__field form__field--half" } else { "form__field" }>
            <label class="form__label" for=id>
                {live(label)}
                {optional.then(|| view! { " " <span class="form__optional">{live(common::OPTIONAL)}</span> })}
            </label>
            {move || hint.get().map(|hint| view! { <p class="form__hint" id=hint_id.clone()>{hint}</p> })}
            {children()}
            {move || error.get().map(|error| view! { <p class="form__error" id=error_id.clone()>{t(error)}</p> })}
        </div>
    }
}

fn described(id: &str, hint: Signal<Option<String>>, error: Signal<Option<Text>>) -> impl Fn() -> Option<String> + Clone + Send + use<> {
    let id = id.to_owned();
    move || match (hint.with(Option::is_some), error.with(Option::is_some)) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

fn invalid(error: Signal<Option<Text>>) -> impl Fn() -> Option<&'static str> + Clone + Send + use<> {
    move || error.with(Option::is_some).then_some("true")
}

fn worded(hint: Text) -> Signal<Option<String>> {
    Signal::derive(move || (!hint.is_empty()).then(|| t(hint).to_owned()))
}

/// One line of text.
#[component]
pub fn TextField(
    /// Id of the control; the path of the field in the request, so that errors find it.
    #[prop(into)]
    id: String,
    /// Label.
    label: Text,
    /// The text.
    value: RwSignal<String>,
    /// Hint under the control.
    #[prop(optional)]
    hint: Text,
    /// Error under the control.
    #[prop(optional, into)]
    error: Signal<Option<Text>>,
    /// `type` of the input; text unless told.
    #[prop(default = "text")]
    kind: &'static str,
    /// `inputmode`.
    #[prop(optional)]
    mode: &'static str,
    /// `autocomplete`; off unless told, since what is typed here is about other people.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Longest text.
    #[prop(default = 200)]
    max: u32,
    /// Marks the field as optional.
    #[prop(optional)]
    optional: bool,
    /// Half the width.
    #[prop(optional)]
    half: bool,
    /// More classes on the input, such as `input--code`.
    #[prop(optional)]
    class: &'static str,
    /// Gets the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let hint = worded(hint);
    let node = NodeRef::<html::Input>::new();
    if autofocus {
        // The attribute works once a page load, and inside dialogs; this covers forms that appear later.
        Effect::new(move || {
            if let Some(input) = node.get() {
                let _ = input.focus();
            }
        });
    }
    view! {
        <Frame id=id.clone() label optional hint error half>
            <input
                node_ref=node
                class=format!("input {class}")
                id=id.clone()
                name=id.clone()
                type=kind
                inputmode=(!mode.is_empty()).then_some(mode)
                autocomplete=autocomplete
                maxlength=max.to_string()
                spellcheck="false"
                autofocus=autofocus
                prop:value=move || value.get()
                aria-describedby=described(&id, hint, error)
                aria-invalid=invalid(error)
                on:input:target=move |event| value.set(event.target().value())
                on:keydown=hold_enter
            />
        </Frame>
    }
}

/// Several lines of text.
#[component]
pub fn TextAreaField(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// Label.
    label: Text,
    /// The text.
    value: RwSignal<String>,
    /// Hint.
    #[prop(optional)]
    hint: Text,
    /// Error.
    #[prop(optional, into)]
    error: Signal<Option<Text>>,
    /// Longest text; shown as a count.
    #[prop(default = 2000)]
    max: usize,
    /// Marks the field as optional.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let hint = worded(hint);
    view! {
        <Frame id=id.clone() label optional hint error half=false>
            <textarea
                class="input"
                id=id.clone()
                name=id.clone()
                rows="4"
                maxlength=max.to_string()
                prop:value=move || value.get()
                aria-describedby=described(&id, hint, error)
                aria-invalid=invalid(error)
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
            <span class="form__count">{move || format!("{} / {max}", value.with(|text| text.chars().count()))}</span>
        </Frame>
    }
}

/// One of many, as a native list.
#[component]
pub fn SelectField(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// Label.
    label: Text,
    /// The value chosen.
    value: RwSignal<String>,
    /// Values and their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Hint.
    #[prop(optional)]
    hint: Text,
    /// Error.
    #[prop(optional, into)]
    error: Signal<Option<Text>>,
    /// Marks the field as optional.
    #[prop(optional)]
    optional: bool,
    /// Half the width.
    #[prop(optional)]
    half: bool,
) -> impl IntoView {
    let hint = worded(hint);
    view! {
        <Frame id=id.clone() label optional hint error half>
            <select
                class="input"
                id=id.clone()
                name=id.clone()
                aria-describedby=described(&id, hint, error)
                aria-invalid=invalid(error)
                on:change:target=move |event| value.set(event.target().value())
            >
                {move || {
                    options.get().into_iter().map(|(key, words)| {
                        let own = key.clone();
                        view! { <option value=key selected=move || value.with(|value| *value == own)>{words}</option> }
                    }).collect_view()
                }}
            </select>
        </Frame>
    }
}

/// A day, as `2026-03-04`; empty when none.
#[component]
pub fn DateField(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// Label.
    label: Text,
    /// The day.
    value: RwSignal<String>,
    /// Hint.
    #[prop(optional)]
    hint: Text,
    /// Error.
    #[prop(optional, into)]
    error: Signal<Option<Text>>,
    /// Marks the field as optional.
    #[prop(optional)]
    optional: bool,
    /// Half the width.
    #[prop(optional)]
    half: bool,
) -> impl IntoView {
    view! { <TextField id label value hint error optional half kind="date" /> }
}

/// One of few, all in sight.
#[component]
pub fn Segmented(
    /// Name of the group and id of its first choice.
    #[prop(into)]
    id: String,
    /// Legend.
    label: Text,
    /// The value chosen.
    value: RwSignal<String>,
    /// Values and their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Error.
    #[prop(optional, into)]
    error: Signal<Option<Text>>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described_by = error_id.clone();
    view! {
        <fieldset class="form__field" aria-describedby=move || error.with(Option::is_some).then(|| described_by.clone())>
            <legend class="form__label">{live(label)}</legend>
            <div class="segmented">
                {move || {
                    options.get().into_iter().enumerate().map(|(at, (key, words))| {
                        let own = key.clone();
                        let set = key.clone();
                        view! {
                            <label class="segmented__item">
                                <input
                                    type="radio"
                                    id=if at == 0 { id.clone() } else { format!("{id}-{at}") }
                                    name=id.clone()
                                    value=key
                                    prop:checked=move || value.with(|value| *value == own)
                                    on:change=move |_| value.set(set.clone())
                                />
                                <span>{words}</span>
                            </label>
                        }
                    }).collect_view()
                }}
            </div>
            {move || error.get().map(|error| view! { <p class="form__error" id=error_id.clone()>{t(error)}</p> })}
        </fieldset>
    }
}

/// Yes or no.
#[component]
pub fn CheckField(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// Label.
    label: Text,
    /// Whether it is checked.
    value: RwSignal<bool>,
    /// A line under the label.
    #[prop(optional)]
    hint: Text,
) -> impl IntoView {
    view! {
        <label class="check" for=id.clone()>
            <input
                class="check__box"
                type="checkbox"
                id=id.clone()
                name=id.clone()
                prop:checked=move || value.get()
                on:change:target=move |event| value.set(event.target().checked())
            />
            <span>
                {live(label)}
                {(!hint.is_empty()).then(|| view! { <small>{move || t(hint)}</small> })}
            </span>
        </label>
    }
}
