//! The school: settings, campuses, and the first steps until they are done.

use super::{acting::act_or, setup::setup};
use crate::{
    api,
    text::{common, fill, keep, live, t},
    ui::{
        Banner, Button, ButtonKind, Dialog, ErrorSummary, FormErrors, Loader, PageHead, SaveBar, SelectField, TableCard, TextField, Tone,
        loaded, toast,
    },
};
use contract::{
    ids::CampusId,
    wire::school::{CampusCard, CampusName, SESSION_HOURS_LEAST, SESSION_HOURS_MOST, SchoolChanges, SchoolSettings},
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The page.
#[component]
pub fn SchoolPage() -> impl IntoView {
    let school = Loader::new(|| async { api::school::settings().await });
    let line = Signal::derive(move || {
        let open = school.get().map(|school| school.campuses.iter().filter(|campus| !campus.closed).count());
        open.map(|n| fill(keep::SCHOOL_LINE, &[("n", &n.to_string())])).unwrap_or_default()
    });
    view! {
        <PageHead title=Signal::derive(|| t(keep::SCHOOL_TITLE).to_owned()) line>
            <a class="button" href="/admin/school/sign-in" rel="external">{live(keep::LADDER)}</a>
        </PageHead>
        <div class="stack">
            {setup()}
            {loaded(school, move |settings: SchoolSettings| {
                let campuses = settings.campuses.clone();
                view! { <div class="stack">{form(school, settings)} {places(school, campuses)}</div> }
            })}
        </div>
    }
    .into_any()
}

fn label(at: &str) -> &'static str {
    t(match at {
        "session_hours" => keep::HOURS,
        "trail_days" => keep::TRAIL_KEPT,
        _ => keep::SCHOOL_NAME,
    })
}

/// For how many days the trail can be kept, in the list: half a year, one, two, three, five and ten years.
const TRAIL_KEPT: [u32; 6] = [180, 365, 730, 1_095, 1_826, 3_653];

fn kept_for(days: u32) -> String {
    let years = match days {
        365 => 1,
        730 => 2,
        1_095 => 3,
        1_826 => 5,
        3_653 => 10,
        days => return fill(keep::N_DAYS, &[("n", &days.to_string())]),
    };
    fill(if years == 1 { keep::A_YEAR } else { keep::N_YEARS }, &[("n", &years.to_string())])
}

fn form(loader: Loader<SchoolSettings>, settings: SchoolSettings) -> AnyView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let name = RwSignal::new(settings.name.clone());
    let hours = RwSignal::new(settings.session_hours.to_string());
    let two = RwSignal::new(settings.two_of_three);
    let days = RwSignal::new(settings.trail_days.to_string());
    let changes = Memo::new(move |_| SchoolChanges {
        name: Some(name.get()).filter(|name| *name != settings.name),
        two_of_three: Some(two.get()).filter(|two| *two != settings.two_of_three),
        session_hours: hours.get().parse().ok().filter(|hours| *hours != settings.session_hours),
        trail_days: days.get().parse().ok().filter(|days| *days != settings.trail_days),
    });
    let shorter = move || changes.with(|changes| changes.trail_days.is_some_and(|days| days < settings.trail_days));
    let dirty = Signal::derive(move || changes.with(|changes| *changes != SchoolChanges::default()));
    let options = Signal::derive(|| {
        (SESSION_HOURS_LEAST..=SESSION_HOURS_MOST)
            .map(|n| (n.to_string(), fill(keep::N_HOURS, &[("n", &n.to_string())])))
            .collect::<Vec<_>>()
    });
    let kept = Signal::derive(move || {
        // A time that was chosen elsewhere stands among the usual ones.
        let all: BTreeSet<u32> = TRAIL_KEPT.into_iter().chain([settings.trail_days]).collect();
        all.into_iter().map(|days| (days.to_string(), kept_for(days))).collect::<Vec<_>>()
    });
    let send = move || {
        errors.clear();
        let wish = changes.get_untracked();
        act_or(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::school::change(&wish).await })
            },
            move |fresh| {
                toast::done(common::SAVED);
                loader.set(fresh);
            },
            move |error| errors.take(&error),
        );
    };
    view! {
        <section class="card" aria-labelledby="settings">
            <header class="card__head"><h2 id="settings">{live(keep::SETTINGS)}</h2></header>
            <form
                class="card__body form"
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <ErrorSummary errors label=|at: String| label(&at).to_owned() />
                <div class="form__group">
                    <TextField id="name" label=keep::SCHOOL_NAME value=name error=errors.at("name") max=60 half=true />
                    <SelectField id="session_hours" label=keep::HOURS value=hours options hint=keep::HOURS_HINT error=errors.at("session_hours") half=true />
                    <SelectField id="trail_days" label=keep::TRAIL_KEPT value=days options=kept hint=keep::TRAIL_HINT error=errors.at("trail_days") half=true />
                </div>
                {move || shorter().then(|| view! { <Banner tone=Tone::Caution><p>{live(keep::TRAIL_SHORTER)}</p></Banner> })}
                <label class="switch" for="two_of_three">
                    <input
                        class="switch__box"
                        type="checkbox"
                        role="switch"
                        id="two_of_three"
                        prop:checked=move || two.get()
                        aria-describedby="two-hint"
                        on:change:target=move |event| two.set(event.target().checked())
                    />
                    <span>{live(keep::TWO_OF_THREE)}</span>
                </label>
                <p class="faint" id="two-hint">{live(keep::TWO_HINT)}</p>
                <SaveBar dirty busy on_discard=move |()| loader.reload() />
            </form>
        </section>
    }
    .into_any()
}

fn places(loader: Loader<SchoolSettings>, campuses: Vec<CampusCard>) -> AnyView {
    let busy = RwSignal::new(false);
    let open = RwSignal::new(false);
    let named = RwSignal::new(None::<(CampusId, String)>);
    let rename = Callback::new(move |campus: Option<(CampusId, String)>| {
        named.set(campus);
        open.set(true);
    });
    let close = Callback::new(move |id: CampusId| {
        act_or(
            busy,
            move || Box::pin(api::school::close_campus(id)),
            move |fresh| {
                toast::done(common::SAVED);
                loader.set(fresh);
            },
            |error| toast::failed(&error),
        );
    });
    let title = Signal::derive(move || match named.get() {
        Some((_, name)) => fill(keep::RENAME_ONE, &[("name", &name)]),
        None => t(keep::ADD_CAMPUS).to_owned(),
    });
    let heads = [keep::CAMPUSES, keep::FAMILIES, keep::STAFF, keep::RUNNING];
    let last = campuses.iter().filter(|campus| !campus.closed).count() < 2;
    view! {
        <TableCard label=Signal::derive(|| t(keep::CAMPUSES).to_owned()) caption=Signal::derive(|| t(keep::CAMPUSES_CAPTION).to_owned())>
            <thead><tr>
                {heads.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}
                <th scope="col"><span class="visually-hidden">{live(keep::RENAME)}</span></th>
            </tr></thead>
            <tbody>{campuses.into_iter().map(|campus| row(campus, last, busy, rename, close)).collect_view()}</tbody>
        </TableCard>
        <div class="row"><Button on_click=move |()| rename.run(None)>{live(keep::ADD_CAMPUS)}</Button></div>
        <Dialog open id="campus" title>{move || naming(loader, named.get_untracked(), open)}</Dialog>
    }
    .into_any()
}

fn row(
    campus: CampusCard,
    last: bool,
    busy: RwSignal<bool>,
    rename: Callback<Option<(CampusId, String)>>,
    close: Callback<CampusId>,
) -> AnyView {
    let CampusCard { id, name, closed, families, staff, classes } = campus;
    let (called, spoken, closing) = (name.clone(), name.clone(), name.clone());
    let empty = !last && families + staff + classes == 0;
    view! {
        <tr>
            <th scope="row" class="grid__title">{name}</th>
            <td data-label=live(keep::FAMILIES)><span class="num">{families}</span></td>
            <td data-label=live(keep::STAFF)><span class="num">{staff}</span></td>
            <td data-label=live(keep::RUNNING)><span class="num">{classes}</span></td>
            <td>{if closed {
                view! { <span class="tag tag--quiet">{live(keep::CLOSED)}</span> }.into_any()
            } else {
                view! {
                    <div class="row">
                        <button class="button button--small" type="button" aria-label=move || fill(keep::RENAME_ONE, &[("name", &spoken)])
                            on:click=move |_| rename.run(Some((id, called.clone())))>{live(keep::RENAME)}</button>
                        {empty.then(|| view! {
                            <button class="button button--small" type="button" aria-label=move || fill(keep::CLOSE_ONE, &[("name", &closing)])
                                aria-busy=move || busy.get().then_some("true") on:click=move |_| close.run(id)>{live(keep::CLOSE_CAMPUS)}</button>
                        })}
                    </div>
                }.into_any()
            }}</td>
        </tr>
    }
    .into_any()
}

fn naming(loader: Loader<SchoolSettings>, campus: Option<(CampusId, String)>, open: RwSignal<bool>) -> AnyView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let id = campus.as_ref().map(|(id, _)| *id);
    let name = RwSignal::new(campus.map(|(_, name)| name).unwrap_or_default());
    let send = move || {
        errors.clear();
        let wish = CampusName { name: name.get_untracked() };
        act_or(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move {
                    match id {
                        Some(id) => api::school::rename_campus(id, &wish).await,
                        None => api::school::add_campus(&wish).await,
                    }
                })
            },
            move |fresh| {
                open.set(false);
                toast::done(common::SAVED);
                loader.set(fresh);
            },
            move |error| errors.take(&error),
        );
    };
    view! {
        <form
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <div class="dialog__body">
                <ErrorSummary errors label=|_: String| t(keep::CAMPUS_NAME).to_owned() />
                <TextField id="campus-name" label=keep::CAMPUS_NAME value=name error=errors.at("name") max=40 autofocus=true />
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{live(common::SAVE)}</Button>
            </footer>
        </form>
    }
    .into_any()
}
