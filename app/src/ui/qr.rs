//! A QR code that the server drew. It goes into an image, not into the page, so that nothing in it can run.

use leptos::prelude::*;

/// The code. The image is a `data:` address: the policy must allow `img-src data:`.
#[component]
pub fn Qr(
    /// The SVG document.
    svg: String,
    /// What it leads to; also the text alternative.
    #[prop(into)]
    caption: Signal<String>,
) -> impl IntoView {
    let source = format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&svg)));
    view! {
        <figure class="qr">
            <img src=source alt=move || caption.get() width="220" height="220" />
            <figcaption>{move || caption.get()}</figcaption>
        </figure>
    }
}
