//! Lines that stay: banners over a page, notes inside one.

use leptos::prelude::*;

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// To know.
    Info,
    /// To mind.
    Caution,
    /// Wrong.
    Error,
    /// Good.
    Good,
}

impl Tone {
    const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Caution => "caution",
            Self::Error => "error",
            Self::Good => "good",
        }
    }
}

/// A banner.
#[component]
pub fn Banner(
    /// What it is about.
    tone: Tone,
    /// `<p>` and a button.
    children: Children,
) -> impl IntoView {
    view! { <div class=format!("banner banner--{}", tone.word()) role="status">{children()}</div> }
}

/// A note inside a card or form; cautions are amber.
#[component]
pub fn Note(
    /// What it is about.
    tone: Tone,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let class = if tone == Tone::Caution { "note".to_owned() } else { format!("note note--{}", tone.word()) };
    view! { <p class=class>{children()}</p> }
}
