//! The search box: by name, phone, identity number or e-mail.
//!
//! The rule: what was typed goes out in the body of a POST, and stands afterwards nowhere but in the box. Deliberately
//! absent: search while typing, which would record a look for every key.

use super::answer::Answer;
use crate::{
    api,
    text::{Text, fill, staff, t},
    ui::{
        Button, Glyph, Icon,
        keys::{hold_enter, is_composing},
    },
};
use contract::{FieldKey, wire::families::FamilySearch};
use leptos::{prelude::*, task::spawn_local};

/// Id of the input, for the `/` key.
pub const INPUT: &str = "find";

/// What a search brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// By what.
    pub by: Text,
    /// The families.
    pub answer: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Automatic,
    Name,
    Phone,
    IdCard,
    Email,
}

impl Kind {
    const ALL: [(Self, &'static str); 5] =
        [(Self::Automatic, "auto"), (Self::Name, "name"), (Self::Phone, "phone"), (Self::IdCard, "id_card"), (Self::Email, "email")];

    const fn word(self) -> Text {
        match self {
            Self::Automatic => staff::BY_ANY,
            Self::Name => staff::BY_NAME,
            Self::Phone => staff::BY_PHONE,
            Self::IdCard => staff::BY_ID_CARD,
            Self::Email => staff::BY_EMAIL,
        }
    }
    /// The fields by any of which it finds.
    const fn fields(self) -> &'static [FieldKey] {
        match self {
            Self::Name => &[FieldKey::StudentName, FieldKey::GuardianName],
            Self::Phone => &[FieldKey::GuardianPhone, FieldKey::GuardianSecondPhone],
            Self::IdCard => &[FieldKey::StudentIdCard, FieldKey::GuardianIdCard],
            Self::Email => &[FieldKey::GuardianEmail],
            Self::Automatic => &[],
        }
    }
    /// Whether somebody who finds by `fields` may find by it; by what a text looks like, where there is anything to choose from.
    fn is_among(self, fields: &[FieldKey]) -> bool {
        match self {
            Self::Automatic => is_any(fields),
            kind => kind.fields().iter().any(|field| fields.contains(field)),
        }
    }
    /// What a text looks like: `@` is an address, 18 characters of an identity number, 11 digits a phone, all else a name.
    fn of(text: &str) -> Self {
        let bare: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '-' | '+' | '(' | ')')).collect();
        let digits = bare.iter().filter(|c| c.is_ascii_digit()).count();
        if text.contains(['@', '＠']) {
            Self::Email
        } else if bare.len() == 18 && digits >= 17 {
            Self::IdCard
        } else if digits == bare.len() && digits >= 5 {
            Self::Phone
        } else {
            Self::Name
        }
    }
    const fn search(self, text: String) -> FamilySearch {
        match self {
            Self::Automatic | Self::Name => FamilySearch::Name { text },
            Self::Phone => FamilySearch::Phone { text },
            Self::IdCard => FamilySearch::IdCard { text },
            Self::Email => FamilySearch::Email { text },
        }
    }
}

/// Whether anything can be found by these fields.
pub fn is_any(fields: &[FieldKey]) -> bool {
    Kind::ALL.iter().any(|(kind, _)| *kind != Kind::Automatic && kind.is_among(fields))
}

/// The box, and a line about what it brought.
#[component]
pub fn Find(
    /// What was found; nothing when the list is shown.
    found: RwSignal<Option<Found>>,
    /// The fields by which one finds, once that is known.
    finds: RwSignal<Option<Vec<FieldKey>>>,
) -> impl IntoView {
    let kind = RwSignal::new(Kind::Automatic);
    let text = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Text>);
    let clear = move || {
        text.set(String::new());
        refused.set(None);
        found.set(None);
    };
    let send = move || {
        let typed = text.get_untracked().trim().to_owned();
        if typed.is_empty() {
            clear();
            return;
        }
        if busy.get_untracked() {
            return;
        }
        let by = match kind.get_untracked() {
            Kind::Automatic => Kind::of(&typed),
            chosen => chosen,
        };
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let answer = api::families::search(&by.search(typed)).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(page) => found.set(Some(Found { by: by.word(), answer: Answer::new(page) })),
                Err(error) => {
                    refused.set(Some(error.fields().first().map_or_else(|| error.text(), |field| crate::text::Word::word(field.code))))
                }
            }
        });
    };
    view! {
        <form
            role="search"
            aria-label=move || t(staff::FIND)
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <div class="row">
                <select
                    class="button"
                    aria-label=move || t(staff::FIND_BY)
                    on:change:target=move |event| {
                        let name = event.target().value();
                        kind.set(Kind::ALL.iter().find(|(_, key)| *key == name).map_or(Kind::Automatic, |(kind, _)| *kind));
                    }
                >
                    {Kind::ALL.iter().map(|(kind, name)| {
                        let hidden = move || finds.with(|fields| fields.as_ref().is_some_and(|fields| !kind.is_among(fields)));
                        view! { <option value=*name hidden=hidden disabled=hidden>{move || t(kind.word())}</option> }
                    }).collect_view()}
                </select>
                <search class="find">
                    <Icon glyph=Glyph::Search />
                    <input
                        class="find__input"
                        id=INPUT
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        maxlength="100"
                        enterkeyhint="search"
                        aria-label=move || t(staff::FIND)
                        aria-keyshortcuts="/"
                        aria-invalid=move || refused.with(Option::is_some).then_some("true")
                        aria-describedby="find-note"
                        placeholder=move || t(staff::FIND_HINT)
                        prop:value=move || text.get()
                        on:input:target=move |event| {
                            text.set(event.target().value());
                            refused.set(None);
                        }
                        on:keydown=move |event| {
                            if event.key() == "Escape" && !is_composing(&event) {
                                clear();
                            }
                            hold_enter(event);
                        }
                    />
                    <kbd class="kbd" aria-hidden="true">"/"</kbd>
                </search>
                <Button submit=true busy>{move || t(staff::FIND)}</Button>
            </div>
            <div class="row" id="find-note" role="status">
                {move || refused.get().map(|words| view! { <p class="form__error">{t(words)}</p> })}
                {move || found.get().map(|found| {
                    let words = fill(
                        if found.answer.next.is_some() { staff::FOUND_MORE } else { staff::FOUND },
                        &[("by", t(found.by)), ("n", &found.answer.items.len().to_string())],
                    );
                    view! {
                        <p class="muted">{words}</p>
                        <button class="button button--quiet button--small" type="button" on:click=move |_| clear()>{move || t(staff::CLEAR_SEARCH)}</button>
                    }
                })}
            </div>
        </form>
    }
    .into_any()
}
