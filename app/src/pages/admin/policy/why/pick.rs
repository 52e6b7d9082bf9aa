//! Which family is asked about: by the address of its page or, for whoever has a list of families, by a name.
//!
//! The rule: a name goes out as any search does and finds what one reaches oneself. Deliberately absent: a search for whoever keeps the
//! matrix, who reaches nobody.

use super::{Question, address, mark};
use crate::{
    api, session,
    text::{Word, fill, live, t, why},
    ui::{Button, ButtonKind, TextField, shown, toast},
};
use contract::{
    Duty,
    error::ValueError,
    ids::FamilyId,
    wire::families::{FamilyRow, FamilySearch},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The field, and what was found by it.
pub fn pick(family: Memo<Option<FamilyId>>) -> AnyView {
    let (text, wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    let found = RwSignal::new(None::<Vec<FamilyRow>>);
    let by_name = session::has_duty(Duty::KeepFamilies);
    let go = use_navigate();
    let choose = Callback::new(move |id: FamilyId| {
        found.set(None);
        text.set(String::new());
        go(&address(id, Question::None), NavigateOptions { scroll: false, ..Default::default() });
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
            <TextField id="family" label=why::FAMILY value=text hint error autofocus=family.get_untracked().is_none() />
            <Button kind=ButtonKind::Plain submit=true busy>{live(why::CHOOSE)}</Button>
        </form>
        <div aria-live="polite" class="why__chosen">
            {move || found.get().map(|rows| results(rows, choose))}
            {move || family.get().filter(|_| found.with(Option::is_none)).map(|id| {
                view! { <p>{move || fill(why::CHOSEN, &[("mark", &mark(id.0))])}</p> }
            })}
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
