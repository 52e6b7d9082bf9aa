//! Short messages at the edge, in a polite live region. Errors stay until closed; never the only place for a form's error.

use crate::text::{common, tr};
use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays; one with something to do stays longer.
const STAYS: Duration = Duration::from_secs(5);
const STAYS_TO_ACT: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Toast {
    id: u32,
    words: String,
    error: bool,
    act: Option<(String, Callback<()>)>,
}

/// The messages. Copy it into any closure.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

/// Makes the context; called once by the root.
pub fn provide() {
    provide_context(Toasts { list: RwSignal::new(Vec::new()), last: StoredValue::new(0) });
}

/// The messages. Take it where a component begins.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts { list: RwSignal::new(Vec::new()), last: StoredValue::new(0) })
}

impl Toasts {
    /// Says something.
    pub fn say(self, words: impl Into<String>) {
        self.push(words.into(), false, None, Some(STAYS));
    }
    /// Says what went wrong; stays until closed.
    pub fn error(self, words: impl Into<String>) {
        self.push(words.into(), true, None, None);
    }
    /// Says something and offers to do something about it, such as to undo it.
    pub fn offer(self, words: impl Into<String>, act: impl Into<String>, on_act: impl Into<Callback<()>>) {
        self.push(words.into(), false, Some((act.into(), on_act.into())), Some(STAYS_TO_ACT));
    }

    fn push(self, words: String, error: bool, act: Option<(String, Callback<()>)>, stays: Option<Duration>) {
        let Some(id) = self.last.try_update_value(|last| {
            *last = last.wrapping_add(1);
            *last
        }) else {
            return;
        };
        self.list.try_update(|list| {
            list.retain(|toast| toast.words != words);
            list.push(Toast { id, words, error, act });
        });
        if let Some(stays) = stays {
            set_timeout(move || self.close(id), stays);
        }
    }
    fn close(self, id: u32) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Where they appear; once, in the root.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let close = tr(common::CLOSE);
    let one = move |toast: Toast| {
        let id = toast.id;
        let act = toast.act.map(|(words, act)| {
            let press = move |_| {
                act.run(());
                toasts.close(id);
            };
            view! { <button class="toast__act" type="button" on:click=press>{words}</button> }
        });
        view! {
            <div class=if toast.error { "toast toast--error" } else { "toast" }>
                <span>{toast.words}</span>
                {act}
                <button class="toast__close" type="button" aria-label=close on:click=move |_| toasts.close(id)>"✕"</button>
            </div>
        }
    };
    view! {
        <div class="toasts no-print" role="status" aria-live="polite">
            <For each=move || toasts.list.get() key=|toast| toast.id children=one/>
        </div>
    }
}
