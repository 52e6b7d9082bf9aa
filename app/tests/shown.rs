//! How a value is shown and typed, in a real browser.
//!
//! The rule under test: a mask is never mistaken for a value, neither by the eye nor by an input.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests")]

use app::ui::{shown::ShownValue, shown_input::ShownInput};
use contract::{Change, FieldKey, Shown};
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

fn mounted<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Element
where
    V::State: 'static,
{
    let document = web_sys::window().unwrap().document().unwrap();
    let place: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&place).unwrap();
    mount_to(place.clone(), view).forget();
    place.into()
}

fn masked() -> Shown<String> {
    Shown::Masked(FieldKey::GuardianPhone.preview("10012345678"))
}

#[wasm_bindgen_test]
fn the_stars_of_a_mask_are_set_apart() {
    let place = mounted(|| view! { <ShownValue value=masked() /> });
    assert_eq!(place.query_selector(".field__star").unwrap().unwrap().text_content().unwrap(), "****");
    assert!(place.text_content().unwrap().contains("100****5678"));
}

#[wasm_bindgen_test]
fn a_mobile_in_clear_stands_in_groups_and_is_copied_whole() {
    let place = mounted(|| view! { <ShownValue value=Shown::Clear("10012345678".to_owned()) /> });
    let groups = place.query_selector_all(".field__group").unwrap();
    assert_eq!(groups.length(), 3);
    assert_eq!(place.text_content().unwrap(), "10012345678");
    for other in ["010-62345678", "91234567", "20012345678", "1001234567八", "许知远"] {
        let place = mounted(move || view! { <ShownValue value=Shown::Clear(other.to_owned()) /> });
        assert_eq!(place.query_selector_all(".field__group").unwrap().length(), 0, "{other}");
        assert_eq!(place.text_content().unwrap(), other);
    }
}

#[wasm_bindgen_test]
fn a_withheld_value_is_nothing_but_words_for_it() {
    let withheld: Shown<String> = Shown::Withheld;
    let place = mounted(|| view! { <ShownValue value=withheld /> });
    assert!(place.query_selector(".field--withheld").unwrap().is_some());
    assert!(!place.text_content().unwrap().contains('*'));
}

#[wasm_bindgen_test]
fn a_mask_never_becomes_the_value_of_an_input() {
    let change = RwSignal::new(Change::Keep);
    let place = mounted(move || view! { <ShownInput id="phone" field=FieldKey::GuardianPhone value=masked() change=change /> });
    let input: HtmlInputElement = place.query_selector("input").unwrap().unwrap().unchecked_into();
    assert_eq!(input.value(), "");
    assert_eq!(change.get_untracked(), Change::Keep);
}

#[wasm_bindgen_test]
fn what_is_typed_over_a_mask_is_a_change() {
    let change = RwSignal::new(Change::Keep);
    let place = mounted(move || view! { <ShownInput id="phone" field=FieldKey::GuardianPhone value=masked() change=change /> });
    let input: HtmlInputElement = place.query_selector("input").unwrap().unwrap().unchecked_into();
    input.set_value("10087654321");
    let event = web_sys::Event::new("input").unwrap();
    input.dispatch_event(&event).unwrap();
    assert_eq!(change.get_untracked(), Change::Set("10087654321".into()));
}
