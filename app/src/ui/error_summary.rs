//! What the server did not accept, at the top of a form and at each field.

use crate::{
    api::ApiError,
    text::{Text, Word, common, fill, t},
};
use contract::error::{FieldError, ValueError};
use leptos::{html, prelude::*};

/// The errors of one form.
#[derive(Clone, Copy)]
pub struct FormErrors {
    fields: RwSignal<Vec<FieldError>>,
    whole: RwSignal<Option<Text>>,
}

impl Default for FormErrors {
    fn default() -> Self {
        Self::new()
    }
}

impl FormErrors {
    /// No errors.
    pub fn new() -> Self {
        Self { fields: RwSignal::new(Vec::new()), whole: RwSignal::new(None) }
    }
    /// Forgets everything; before sending.
    pub fn clear(self) {
        let _ = self.fields.try_set(Vec::new());
        let _ = self.whole.try_set(None);
    }
    /// Takes over what a call brought; safe after an await.
    pub fn take(self, error: &ApiError) {
        let fields = error.fields();
        let whole = fields.is_empty().then(|| error.text());
        let _ = self.whole.try_set(whole);
        let _ = self.fields.try_set(fields);
    }
    /// Adds an error that the client found by itself.
    pub fn add(self, at: &str, code: ValueError) {
        let error = FieldError { at: at.to_owned(), code };
        let _ = self.fields.try_update(|fields| fields.push(error));
    }
    /// Whether there are none; not tracked.
    pub fn is_empty(self) -> bool {
        self.fields.with_untracked(Vec::is_empty) && self.whole.with_untracked(Option::is_none)
    }
    /// The error at one path, for the field's `error`.
    pub fn at(self, path: impl Into<String>) -> Signal<Option<Text>> {
        let path = path.into();
        Signal::derive(move || self.fields.with(|fields| fields.iter().find(|error| error.at == path).map(|error| error.code.word())))
    }
}

/// The summary: takes the focus when errors appear and leads to each field by its id.
#[component]
pub fn ErrorSummary(
    /// The errors.
    errors: FormErrors,
    /// The label of the field at a path, such as `guardians.0.phone`.
    #[prop(into)]
    label: Callback<String, String>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let some = errors.fields.with(|fields| !fields.is_empty()) || errors.whole.with(Option::is_some);
        if some && let Some(summary) = node.get() {
            let _ = summary.focus();
        }
    });
    move || {
        let fields = errors.fields.get();
        let whole = errors.whole.get();
        (!fields.is_empty() || whole.is_some()).then(|| {
            let count = fields.len().to_string();
            let title = match whole {
                Some(text) => t(text).to_owned(),
                None => fill(common::ERRORS_HEAD, &[("n", &count)]),
            };
            let items = fields
                .into_iter()
                .map(|error| {
                    let at = error.at.clone();
                    let words = format!("{}：{}", label.run(error.at.clone()), t(error.code.word()));
                    view! {
                        <li>
                            <a
                                href=format!("#{}", error.at)
                                rel="external"
                                on:click=move |event| {
                                    event.prevent_default();
                                    focus(&at);
                                }
                            >
                                {words}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="errors" role="alert" tabindex="-1" node_ref=node>
                    <h2>{title}</h2>
                    <ul>{items}</ul>
                </div>
            }
        })
    }
}

/// Brings the focus to the element with this id.
pub fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let element = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The same for an element that is about to be drawn.
pub fn focus_soon(id: String) {
    set_timeout(move || focus(&id), std::time::Duration::from_millis(30));
}
