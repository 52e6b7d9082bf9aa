//! The words of the client in both languages.
//!
//! The rule: a text is one [`Text`] with both languages, so that a missing translation does not compile; a code of the wire
//! gets its words by an exhaustive match in [`words`]. Deliberately absent: plural rules (Chinese has none, English texts are
//! worded around them) and sentences from the server.

pub mod account;
pub mod admin;
pub mod alarms;
pub mod approvals;
pub mod audits;
pub mod common;
pub mod credentials;
pub mod desk;
pub mod emergencies;
pub mod families;
pub mod gate;
pub mod grants;
pub mod joint;
pub mod keep;
pub mod matrix;
pub mod named;
pub mod order;
pub mod portal;
pub mod problems;
pub mod proposals;
pub mod reports;
pub mod requests;
pub mod staff;
pub mod tokens;
pub mod why;
pub mod words;

use contract::{FieldKey, wire::ledger::FieldLook};
use leptos::prelude::*;
use std::sync::LazyLock;

pub use words::Word;

/// A language of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// 简体中文
    Zh,
    /// English
    En,
}

impl Lang {
    /// The tag for `lang` attributes and `Intl`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// One text in both languages. `{name}` marks what [`fill`] puts in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Text {
    zh: &'static str,
    en: &'static str,
}

/// A text in both languages.
pub const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

impl Text {
    /// The text in one language.
    pub const fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
    /// Whether there is nothing to say.
    pub const fn is_empty(self) -> bool {
        self.zh.is_empty()
    }
}

const STORED: &str = "shendu.lang";

static LANG: LazyLock<ArcRwSignal<Lang>> = LazyLock::new(|| {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    let tag = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    ArcRwSignal::new(if tag == "en" { Lang::En } else { Lang::Zh })
});

/// The language; reactive.
pub fn lang() -> Lang {
    LANG.get()
}
/// The language without tracking.
pub fn lang_now() -> Lang {
    LANG.get_untracked()
}
/// Switches the language, for this browser and from now on.
pub fn set_lang(lang: Lang) {
    if let Some(window) = web_sys::window() {
        if let Some(root) = window.document().and_then(|document| document.document_element()) {
            let _ = root.set_attribute("lang", lang.tag());
        }
        if let Ok(Some(storage)) = window.local_storage() {
            let _ = storage.set_item(STORED, lang.tag());
        }
    }
    LANG.set(lang);
}

/// The words; reactive, so it belongs inside `move || t(X)`.
pub fn t(text: Text) -> &'static str {
    text.in_lang(lang())
}
/// The words as a view or an attribute that follows the language. One type for all texts, where each `move || t(X)` is a type of
/// its own, compiled once more.
pub fn live(text: Text) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || t(text)
}
/// The words, once: for event handlers and messages.
pub fn t_now(text: Text) -> &'static str {
    text.in_lang(lang_now())
}
/// The words with `{name}` replaced; reactive.
pub fn fill(text: Text, with: &[(&str, &str)]) -> String {
    put_in(t(text), with)
}
/// The same without tracking.
pub fn fill_now(text: Text, with: &[(&str, &str)]) -> String {
    put_in(t_now(text), with)
}
fn put_in(words: &str, with: &[(&str, &str)]) -> String {
    with.iter().fold(words.to_owned(), |done, (name, value)| done.replace(&format!("{{{name}}}"), value))
}

/// What stands between the words of a short list.
pub fn comma() -> &'static str {
    t(text("、", ", "))
}
/// Words joined as the language joins a short list.
pub fn list<W: Word>(items: impl IntoIterator<Item = W>) -> String {
    items.into_iter().map(|item| t(item.word())).collect::<Vec<_>>().join(comma())
}
/// The word of a field among the looks of one line; it says whose where another record's field has the same word.
pub fn field_among(field: FieldKey, looks: &[FieldLook]) -> String {
    let word = t(field.word());
    if looks.iter().any(|look| look.field != field && t(look.field.word()) == word) {
        put_in(t(text("{record}{field}", "{record}: {field}")), &[("record", t(field.record().word())), ("field", word)])
    } else {
        word.to_owned()
    }
}
