//! What is left when the client has died: a page in plain DOM that offers to load it anew.
//!
//! The rule: it works without anything of the framework, and it says nothing of the cause (a message could quote a value).
//! The element `#crash` of `index.html` is revealed if it is there; otherwise the same is built here.

use wasm_bindgen::JsCast;

/// Installs the hook. In debug builds the cause also goes to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        if cfg!(debug_assertions) {
            console_error_panic_hook::hook(info);
        }
        show();
    }));
}

/// Takes away the words that stand on the page until the client runs.
pub fn opened() {
    if let Some(boot) = document().and_then(|document| document.get_element_by_id("boot")) {
        boot.remove();
    }
}

/// Shows the recovery page.
pub fn show() {
    let Some(document) = document() else { return };
    if let Some(prepared) = document.get_element_by_id("crash") {
        let _ = prepared.remove_attribute("hidden");
        hide_the_rest(&prepared);
        return;
    }
    let _ = build(&document);
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// What the dead application left on the screen could still show an opened value.
fn hide_the_rest(page: &web_sys::Element) {
    let Some(parent) = page.parent_element() else { return };
    let children = parent.children();
    for index in 0..children.length() {
        if let Some(other) = children.item(index)
            && !other.is_same_node(Some(page))
            && other.tag_name() != "SCRIPT"
        {
            let _ = other.set_attribute("hidden", "");
        }
    }
}

fn build(document: &web_sys::Document) -> Result<(), wasm_bindgen::JsValue> {
    let english = document.document_element().and_then(|root| root.get_attribute("lang")).is_some_and(|lang| lang == "en");
    let say = |zh: &'static str, en: &'static str| if english { en } else { zh };
    let page = document.create_element("main")?;
    page.set_class_name("boot boot--failed");
    page.set_attribute("role", "alert")?;
    page.set_id("crash");
    let mark = document.create_element("span")?;
    mark.set_class_name("mark mark--large");
    mark.set_attribute("aria-hidden", "true")?;
    mark.set_text_content(Some("慎独"));
    let title = document.create_element("h1")?;
    title.set_text_content(Some(say("页面出了差错", "Something broke")));
    let line = document.create_element("p")?;
    line.set_text_content(Some(say(
        "已保存的内容不受影响；没有保存的改动可能要再填一次。",
        "What was saved is safe; unsaved changes may have to be entered again.",
    )));
    let again = document.create_element("a")?;
    again.set_class_name("button button--primary");
    // A whole address with `rel="external"` is loaded by the browser and not by the dead router.
    again.set_attribute("rel", "external")?;
    again.set_attribute("href", "/")?;
    again.set_text_content(Some(say("重新打开", "Open again")));
    for child in [&mark, &title, &line, &again] {
        page.append_child(child)?;
    }
    if let Some(body) = document.body() {
        body.append_child(&page)?;
        hide_the_rest(page.unchecked_ref());
    }
    Ok(())
}
