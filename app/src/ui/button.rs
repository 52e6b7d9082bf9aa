//! A button that can be busy.

use leptos::prelude::*;

/// How much weight a button has. One primary button a view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Solid ink.
    Primary,
    /// Outlined.
    #[default]
    Plain,
    /// Text only.
    Quiet,
    /// For what cannot be undone.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button--primary",
            Self::Plain => "",
            Self::Quiet => "button--quiet",
            Self::Danger => "button--danger",
        }
    }
}

/// A button. Without `on_click` give `submit=true`.
#[component]
pub fn Button(
    /// Weight.
    #[prop(optional)]
    kind: ButtonKind,
    /// More classes: `button--small`, `button--large`, `button--wide`, `button--icon`, `end`.
    #[prop(optional)]
    class: &'static str,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Waiting for an answer: refuses presses and says so.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What a press does.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=format!("button {} {class}", kind.class())
            type=if submit { "submit" } else { "button" }
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                } else if let Some(act) = on_click {
                    act.run(());
                }
            }
        >
            {children()}
        </button>
    }
}
