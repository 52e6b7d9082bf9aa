//! The dialog in which a guardian says that something is wrong.
//!
//! The rule: what was typed is gone when the dialog closes; the server says what is wrong with a value, here it gets its words.

use crate::{
    api,
    text::{Text, Word, common, fill, live, portal, t},
    ui::{Button, ButtonKind, Dialog, Loader, ShownValue, TextAreaField, TextField, shown_input::keyboard, toast},
};
use contract::{
    FieldKey, Shown,
    error::FieldError,
    ids::StudentId,
    wire::corrections::{CorrectionWish, Corrections, MOST_WORDS, NewCorrection},
};
use leptos::{prelude::*, task::spawn_local};

/// The correction that is being asked for.
#[derive(Clone, Copy)]
pub struct Correcting {
    child: StudentId,
    /// What was asked for so far.
    pub corrections: Loader<Corrections>,
    open: RwSignal<bool>,
    about: RwSignal<Option<(FieldKey, Option<Shown<String>>)>>,
    wish: RwSignal<CorrectionWish>,
    value: RwSignal<String>,
    words: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    busy: RwSignal<bool>,
}

impl Correcting {
    /// Nothing yet.
    pub fn new(child: StudentId, corrections: Loader<Corrections>) -> Self {
        Self {
            child,
            corrections,
            open: RwSignal::new(false),
            about: RwSignal::new(None),
            wish: RwSignal::new(CorrectionWish::Replace),
            value: RwSignal::new(String::new()),
            words: RwSignal::new(String::new()),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }
    /// Opens the dialog for a field; without a value it can only be added.
    pub fn begin(self, field: FieldKey, now: Option<Shown<String>>) {
        self.about.set(Some((field, now)));
        self.wish.set(CorrectionWish::Replace);
        self.value.set(String::new());
        self.words.set(String::new());
        self.errors.set(Vec::new());
        self.open.set(true);
    }
    fn error(self, at: &'static str) -> Signal<Option<Text>> {
        Signal::derive(move || self.errors.with(|errors| errors.iter().find(|error| error.at == at).map(|error| error.code.word())))
    }
    fn send(self) {
        let Some((field, _)) = self.about.get_untracked() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.errors.set(Vec::new());
        let wish = self.wish.get_untracked();
        let value = if wish == CorrectionWish::Replace { self.value.get_untracked() } else { String::new() };
        let new = NewCorrection { field, wish, value, words: self.words.get_untracked() };
        spawn_local(async move {
            let answer = api::portal::ask_correction(self.child, &new).await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(_) => {
                    let _ = self.open.try_set(false);
                    self.corrections.reload();
                    toast::done(portal::ASKED);
                }
                Err(error) if !error.fields().is_empty() => {
                    let _ = self.errors.try_set(error.fields());
                }
                Err(error) => {
                    toast::failed(&error);
                    self.corrections.reload();
                }
            }
        });
    }
}

/// The dialog.
pub fn dialog(correcting: Correcting) -> AnyView {
    let title = Signal::derive(move || {
        let field = correcting.about.get().map(|(field, _)| t(field.word())).unwrap_or_default();
        fill(portal::CORRECT_FIELD, &[("field", field)])
    });
    view! {
        <Dialog open=correcting.open id="correct" title>
            {move || correcting.about.get().map(|(field, now)| form(correcting, field, now))}
        </Dialog>
    }
    .into_any()
}

fn form(correcting: Correcting, field: FieldKey, now: Option<Shown<String>>) -> AnyView {
    // A name has to be there.
    let required = matches!(field, FieldKey::StudentName | FieldKey::GuardianName);
    let wishes = [CorrectionWish::Replace, CorrectionWish::Check, CorrectionWish::Erase];
    let wishes = wishes.into_iter().filter(|wish| now.is_some() && !(required && *wish == CorrectionWish::Erase)).map(|wish| {
        view! {
            <label class="check">
                <input
                    class="check__box"
                    type="radio"
                    name="wish"
                    prop:checked=move || correcting.wish.get() == wish
                    on:change=move |_| correcting.wish.set(wish)
                />
                <span>{live(wish_word(wish))}</span>
            </label>
        }
    });
    let replaces = move || correcting.wish.get() == CorrectionWish::Replace;
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                correcting.send();
            }
        >
            <div class="dialog__body">
                {now.clone().map(|now| view! { <p class="muted">{live(portal::NOW)} " " <ShownValue value=now /></p> })}
                <fieldset class="reasons">
                    <legend class="visually-hidden">{live(portal::WISH)}</legend>
                    {wishes.collect_view()}
                </fieldset>
                {move || replaces().then(|| {
                    let kind = if field == FieldKey::StudentBirthDate { "date" } else { "text" };
                    view! {
                        <TextField
                            id="value"
                            label=portal::RIGHT_VALUE
                            value=correcting.value
                            error=correcting.error("value")
                            kind
                            mode=keyboard(field).unwrap_or_default()
                            max=2000
                            autofocus=true
                        />
                    }
                })}
                <TextAreaField
                    id="words"
                    label=portal::WORDS
                    hint=portal::WORDS_HINT
                    value=correcting.words
                    error=correcting.error("words")
                    max=MOST_WORDS
                    optional=true
                />
                <p class="faint">{live(portal::ASK_LINE)}</p>
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |()| correcting.open.set(false)>{live(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=correcting.busy>{live(portal::SEND)}</Button>
            </footer>
        </form>
    }
    .into_any()
}

fn wish_word(wish: CorrectionWish) -> Text {
    match wish {
        CorrectionWish::Replace => portal::WISH_REPLACE,
        CorrectionWish::Check => portal::WISH_CHECK,
        CorrectionWish::Erase => portal::WISH_ERASE,
    }
}
