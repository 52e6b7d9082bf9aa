//! Says when the network is gone, and what still works.

use super::{Banner, Tone};
use crate::text::{common, live};
use leptos::{ev, prelude::*};

/// The banner; nothing while the network is there.
pub fn banner() -> AnyView {
    let gone = RwSignal::new(web_sys::window().is_some_and(|window| !window.navigator().on_line()));
    let lost = window_event_listener(ev::offline, move |_| gone.set(true));
    let back = window_event_listener(ev::online, move |_| gone.set(false));
    on_cleanup(move || {
        lost.remove();
        back.remove();
    });
    (move || gone.get().then(|| view! { <Banner tone=Tone::Caution><p>{live(common::OFFLINE_NOW)}</p></Banner> })).into_any()
}
