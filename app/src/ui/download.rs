//! Files for the browser's download.

use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;

/// Gives a file to the browser under a name.
pub fn hand_over(file: &web_sys::Blob, name: &str) {
    let Ok(address) = web_sys::Url::create_object_url_with_blob(file) else { return };
    let link = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // Some browsers read the file only after the press has been dealt with.
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
}

/// The same for a text that the page made, in UTF-8.
pub fn hand_over_text(text: &str, name: &str) {
    let parts = js_sys::Array::of1(&text.into());
    if let Ok(file) = web_sys::Blob::new_with_str_sequence(&parts) {
        hand_over(&file, name);
    }
}
