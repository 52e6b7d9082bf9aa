//! Unicode normalisation (UAX 15): from a table on the server, from the browser's own table in the client, which would
//! otherwise be a fifth of what a phone has to load.
//!
//! Deliberately absent: a rule of our own. Both sides follow the same standard; the server reads every value again.

#[cfg(not(target_arch = "wasm32"))]
mod tables {
    use unicode_normalization::UnicodeNormalization;

    pub(crate) fn nfc(text: &str) -> String {
        text.nfc().collect()
    }
    pub(crate) fn nfkc(text: &str) -> String {
        text.nfkc().collect()
    }
    pub(crate) fn is_combining_mark(c: char) -> bool {
        unicode_normalization::char::is_combining_mark(c)
    }
}

#[cfg(target_arch = "wasm32")]
mod tables {
    use js_sys::{JsString, RegExp};

    fn normal(text: &str, form: &str) -> String {
        JsString::from(text).normalize(form).into()
    }
    pub(crate) fn nfc(text: &str) -> String {
        normal(text, "NFC")
    }
    pub(crate) fn nfkc(text: &str) -> String {
        normal(text, "NFKC")
    }
    pub(crate) fn is_combining_mark(c: char) -> bool {
        !c.is_ascii() && RegExp::new("^\\p{M}$", "u").test(c.encode_utf8(&mut [0; 4]))
    }
}

pub(crate) use tables::{is_combining_mark, nfc, nfkc};
