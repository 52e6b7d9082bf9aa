//! Who printed a page and when, across each sheet; on the screen it is not there.

use crate::{session, time};
use leptos::{ev, prelude::*};

/// The watermark of a page that is printed.
pub fn watermark() -> AnyView {
    let at = RwSignal::new(time::now());
    let printing = window_event_listener(ev::Custom::<web_sys::Event>::new("beforeprint"), move |_| at.set(time::now()));
    on_cleanup(move || printing.remove());
    let reader = move || session::me().map(|me| format!("{} · {}", me.name, me.school)).unwrap_or_default();
    view! { <div class="watermark" aria-hidden="true">{reader} <br /> {move || time::moment(at.get())}</div> }.into_any()
}
