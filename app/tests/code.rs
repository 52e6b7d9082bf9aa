//! A one-time code, as people type and paste it.

#![cfg(target_arch = "wasm32")]

use app::code::one_time;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_code_is_found_however_it_was_typed_or_pasted() {
    for text in ["123456", " 123456 ", "123 456", "123-456", "１２３４５６", "１２３ 456", "【慎独】验证码 123456，10 分钟内有效"]
    {
        assert_eq!(one_time(text).as_deref(), Some("123456"), "{text}");
    }
    for text in ["1234567890", "12345 67890", "【慎独】验证码 1234567890，10 分钟内有效"] {
        assert_eq!(one_time(text).as_deref(), Some("1234567890"), "{text}");
    }
}

#[wasm_bindgen_test]
fn nothing_is_guessed() {
    for text in ["", "12345", "1234567", "abcdef", "12345x", "①②③④⑤⑥", "五 1 2 3 4 5"] {
        assert_eq!(one_time(text), None, "{text}");
    }
}
