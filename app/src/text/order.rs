//! The order of names: pinyin, by the browser's own `Intl.Collator`.
//!
//! The rule: the browser sorts, so that no sort of our own is in the program. Deliberately absent: an order of personal values,
//! which the server does not sort by either.

use js_sys::{Array, Function, Intl, Object};
use wasm_bindgen::JsValue;

/// The places of the names in their order; numbers in names count as numbers.
pub fn by_name(names: &[&str]) -> Vec<usize> {
    let options = Object::new();
    let _ = js_sys::Reflect::set(&options, &"numeric".into(), &JsValue::TRUE);
    let compare: Function = Intl::Collator::new(&Array::of1(&"zh-Hans-CN-u-co-pinyin".into()), &options).compare();
    // Insertion: a school has some dozens of them.
    let mut order: Vec<usize> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let after = |other: &usize| {
            let other = names.get(*other).copied().unwrap_or_default();
            compare.call2(&JsValue::NULL, &other.into(), &(*name).into()).ok().and_then(|sign| sign.as_f64()).is_some_and(|sign| sign > 0.0)
        };
        let place = order.iter().position(after).unwrap_or(order.len());
        order.insert(place, at);
    }
    order
}
