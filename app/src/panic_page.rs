//! What `index.html` prepared: what stands there before the client is up, and what is left when it has died, without anything of
//! the framework.
//!
//! The rule: it says nothing of the cause (a message could quote a value), and what the dead client drew goes away. What the
//! person was typing stays to be copied, which a script of the page sees to: it was on their screen, it lies in the document and
//! nowhere else, and it goes with it. Deliberately absent: a draft in the browser's storage, and with it any way to get words
//! back after a reload.

/// Installs the hook. In debug builds the cause also goes to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        if cfg!(debug_assertions) {
            console_error_panic_hook::hook(panic);
        }
        show("crash", true);
        show("app", false);
        start();
    }));
}

/// Takes away what stood there before the program.
pub fn start() {
    if let Some(boot) = part("boot") {
        boot.remove();
    }
}

fn show(id: &str, visible: bool) {
    if let Some(element) = part(id) {
        let _ = if visible { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
    }
}

fn part(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
