//! A message across the page.

use leptos::prelude::*;

/// How serious it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Be careful.
    Caution,
    /// Something is wrong.
    Error,
    /// Something went well.
    Good,
}

/// The message; buttons may stand in it.
#[component]
pub fn Banner(
    /// How serious it is.
    tone: Tone,
    children: Children,
) -> impl IntoView {
    let class = match tone {
        Tone::Info => "banner banner--info",
        Tone::Caution => "banner banner--caution",
        Tone::Error => "banner banner--error",
        Tone::Good => "banner banner--good",
    };
    view! { <div class=class role="status">{children()}</div> }
}
