//! What is asked about: a family, by the address of its page or, for whoever has a list of families, by a name; or a colleague's record.
//!
//! The rule: a name goes out as any search does and finds what one reaches oneself. Deliberately absent: a search for whoever keeps the
//! matrix, who reaches nobody.

use super::{About, Question, address, mark, name_of, question};
use crate::{
    api, session,
    text::{Word, fill, list, live, t, why},
    ui::{Button, ButtonKind, Loader, SelectField, TextField, shown, toast},
};
use contract::{
    Duty,
    error::ValueError,
    ids::{FamilyId, StaffId},
    wire::{
        families::{FamilyRow, FamilySearch},
        policy::{Colleague, Colleagues},
    },
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The field for a family, and what was found by it.
pub fn pick(about: Memo<Option<About>>) -> AnyView {
    let (text, wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    let found = RwSignal::new(None::<Vec<FamilyRow>>);
    let by_name = session::has_duty(Duty::KeepFamilies);
    let go = use_navigate();
    let choose = Callback::new(move |id: FamilyId| {
        found.set(None);
        text.set(String::new());
        go(&address(About::Family(id), Question::None), NavigateOptions { scroll: false, ..Default::default() });
    });
    let send = move || {
        let typed = text.get_untracked().trim().to_owned();
        // The last part of an address, whatever follows it.
        let path = typed.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
        wrong.set(id.is_none() && (typed.is_empty() || !by_name));
        match id {
            Some(id) => choose.run(id),
            None if by_name && !typed.is_empty() && !busy.get_untracked() => {
                busy.set(true);
                spawn_local(async move {
                    let answer = api::families::search(&FamilySearch::Name { text: typed }).await;
                    let _ = busy.try_set(false);
                    match answer {
                        Ok(page) => {
                            let _ = found.try_set(Some(page.items));
                        }
                        Err(error) => toast::failed(&error),
                    }
                });
            }
            None => {}
        }
    };
    let error = Signal::derive(move || wrong.get().then(|| ValueError::Malformed.word()));
    let hint = if by_name { why::FAMILY_NAME } else { why::FAMILY_ID };
    view! {
        <form
            class="why__question"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <TextField id="family" label=why::FAMILY value=text hint error autofocus=about.get_untracked().is_none() />
            <Button kind=ButtonKind::Plain submit=true busy>{live(why::CHOOSE)}</Button>
        </form>
        <div aria-live="polite" class="why__chosen">
            {move || found.get().map(|rows| results(rows, choose))}
        </div>
    }
    .into_any()
}

/// The choice of a colleague, whoever has left among them: their record is kept.
pub fn colleague(about: Memo<Option<About>>, people: StoredValue<Vec<Colleague>>) -> AnyView {
    let first = people.with_value(|people| people.first().map(|person| person.id.to_string()));
    let value = RwSignal::new(first.unwrap_or_default());
    Effect::new(move || {
        if let Some(About::Colleague(id)) = about.get() {
            value.set(id.to_string());
        }
    });
    let options = Signal::derive(move || {
        let named = |person: &Colleague| (person.id.to_string(), format!("{} · {}", person.name, list(person.roles.iter().copied())));
        people.with_value(|people| people.iter().map(named).collect::<Vec<_>>())
    });
    let go = use_navigate();
    let send = Callback::new(move |()| {
        if let Ok(id) = value.get_untracked().parse::<StaffId>() {
            go(&address(About::Colleague(id), Question::None), NavigateOptions { scroll: false, ..Default::default() });
        }
    });
    question(send, why::CHOOSE_COLLEAGUE, view! { <SelectField id="colleague" label=why::COLLEAGUE value options /> }.into_any())
}

/// What is chosen, in a line.
pub fn chosen(about: Memo<Option<About>>, people: Loader<Colleagues>) -> AnyView {
    let words = move |about: About| match about {
        About::Family(id) => fill(why::CHOSEN, &[("mark", &mark(id.0))]),
        About::Colleague(id) => fill(why::CHOSEN_COLLEAGUE, &[("who", &name_of(id, people))]),
    };
    view! {
        <div aria-live="polite" class="why__chosen">
            {move || about.get().map(|about| view! { <p>{move || words(about)}</p> })}
        </div>
    }
    .into_any()
}

fn results(rows: Vec<FamilyRow>, choose: Callback<FamilyId>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="muted">{live(why::NONE_FOUND)}</p> }.into_any();
    }
    let row = |row: FamilyRow| {
        let FamilyRow { id, students, campus, stage, .. } = row;
        let names =
            move || students.iter().map(|student| shown::plain(&student.name.to_text())).collect::<Vec<_>>().join(crate::text::comma());
        view! {
            <li>
                <Button class="button--small" on_click=move |()| choose.run(id)>
                    {names} " · " {campus.name} " · " {move || t(stage.word())}
                </Button>
            </li>
        }
    };
    view! { <ul class="row">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
}
