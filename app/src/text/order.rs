//! The order of names: pinyin, by the browser's own `Intl.Collator`.
//!
//! Deliberately absent: an order of personal values, which the server does not sort by either.

use js_sys::{Array, Function, Intl, Object};
use std::cmp::Ordering;
use wasm_bindgen::JsValue;

/// Sorts by name; numbers in names count as numbers.
pub fn by_name<T>(all: &mut [T], name: fn(&T) -> &str) {
    let options = Object::new();
    let _ = js_sys::Reflect::set(&options, &"numeric".into(), &JsValue::TRUE);
    let compare: Function = Intl::Collator::new(&Array::of1(&"zh-Hans-CN-u-co-pinyin".into()), &options).compare();
    let order = |one: &T, other: &T| compare.call2(&JsValue::NULL, &name(one).into(), &name(other).into()).ok()?.as_f64()?.partial_cmp(&0.0);
    all.sort_by(|one, other| order(one, other).unwrap_or(Ordering::Equal));
}
