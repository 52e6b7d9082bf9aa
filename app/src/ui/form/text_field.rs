//! One line of text, and a day.

use super::field::{Field, FieldIds};
use crate::ui::ids::id_or;
use leptos::{html, prelude::*};

/// What is typed, for the keyboard of a phone and for the browser's own help.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text; the browser remembers nothing.
    #[default]
    Text,
    /// A phone number of somebody else.
    Tel,
    /// An e-mail address of somebody else.
    Email,
    /// One's own login name; the browser offers passkeys under it.
    Login,
    /// One's own phone number or e-mail address.
    OwnContact,
    /// A six-digit code.
    Code,
    /// Something secret to be typed once; never remembered, never spell-checked.
    Once,
}

impl InputKind {
    const fn kind(self) -> &'static str {
        match self {
            Self::Tel => "tel",
            Self::Email => "email",
            Self::Text | Self::Login | Self::OwnContact | Self::Code | Self::Once => "text",
        }
    }
    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Login => "username webauthn",
            Self::OwnContact => "username",
            Self::Code => "one-time-code",
            Self::Text | Self::Tel | Self::Email | Self::Once => "off",
        }
    }
    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Code => Some("numeric"),
            Self::Tel => Some("tel"),
            Self::Email => Some("email"),
            Self::Text | Self::Login | Self::OwnContact | Self::Once => None,
        }
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// The hint.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// The error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The placeholder.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Says that nothing need be entered.
    #[prop(optional)]
    optional: bool,
    /// Half as wide as the form.
    #[prop(optional)]
    half: bool,
    /// What is typed.
    #[prop(optional)]
    kind: InputKind,
    /// The id of the control, where an error summary links to it.
    #[prop(optional, into)]
    id: String,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// The longest text.
    #[prop(optional, into)]
    max: Option<u32>,
    /// Called when the focus leaves it.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let ids = FieldIds::of(id_or(id));
    let (control, described) = (ids.control.clone(), ids.described());
    let element: NodeRef<html::Input> = NodeRef::new();
    if autofocus {
        Effect::new(move |_| {
            if let Some(input) = element.get() {
                let _ = input.focus();
            }
        });
    }
    let class = if kind == InputKind::Code { "input input--code" } else { "input" };
    view! {
        <Field label ids hint error optional half>
            <input
                class=class
                id=control
                node_ref=element
                type=kind.kind()
                autocomplete=kind.autocomplete()
                inputmode=kind.input_mode()
                spellcheck="false"
                autofocus=autofocus
                maxlength=max.map(|max| max.to_string())
                placeholder=placeholder
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| if let Some(on_leave) = on_leave { on_leave.run(()) }
            />
        </Field>
    }
}

/// A day, as `YYYY-MM-DD`; empty where none is chosen.
#[component]
pub fn DateField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The day.
    value: RwSignal<String>,
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
    /// The id of the control.
    #[prop(optional, into)]
    id: String,
    /// The first day that can be chosen.
    #[prop(optional, into)]
    min: Option<String>,
    /// The last day that can be chosen.
    #[prop(optional, into)]
    max: Option<String>,
) -> impl IntoView {
    let ids = FieldIds::of(id_or(id));
    let (control, described) = (ids.control.clone(), ids.described());
    view! {
        <Field label ids hint error optional half>
            <input
                class="input"
                id=control
                type="date"
                autocomplete="off"
                min=min
                max=max
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Field>
    }
}
