//! What is left when the client has died: the prepared page of `index.html`, shown without anything of the framework.
//!
//! The rule: it says nothing of the cause (a message could quote a value), and what the dead client drew goes away.

/// Installs the hook. In debug builds the cause also goes to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        if cfg!(debug_assertions) {
            console_error_panic_hook::hook(panic);
        }
        show("crash", true);
        show("app", false);
        show("boot", false);
    }));
}

/// Shows or hides a part of `index.html`.
pub fn show(id: &str, visible: bool) {
    let element = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        let _ = if visible { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
    }
}
