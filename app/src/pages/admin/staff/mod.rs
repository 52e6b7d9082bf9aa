//! The members of staff: list, filters, somebody new, one person.
//!
//! The rule: filters are plain facts and stand in the address. Deliberately absent: passwords; nobody can set one for anybody.

mod access;
mod fields;
mod leaving;
mod new;
mod person;

pub use new::StaffNewPage;
pub use person::StaffPersonPage;

use crate::{
    api,
    text::{Word, admin, comma, fill, keep, list, live, named, t},
    ui::{Banner, Empty, EmptyKind, Loader, PageHead, ShownValue, TableCard, Tone, loaded},
};
use contract::{
    FieldKey,
    wire::{
        Page,
        school::SchoolSettings,
        staff::{StaffCard, StaffQuery, StaffState},
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// The class of the tag of a state.
fn tone(state: StaffState) -> &'static str {
    match state {
        StaffState::Active => "tag tag--jade",
        StaffState::Suspended => "tag tag--amber",
        StaffState::Left => "tag tag--quiet",
    }
}

/// Whether somebody holds two of the three duties.
fn holds_two(card: &StaffCard) -> bool {
    card.state == StaffState::Active && card.roles.iter().copied().collect::<contract::RoleSet>().of_three() > 1
}

fn read(get: impl Fn(&str) -> Option<String>) -> StaffQuery {
    StaffQuery {
        role: get("role").and_then(|name| name.parse().ok()),
        campus: get("campus").and_then(|id| id.parse().ok()),
        state: get("state").and_then(|name| StaffState::ALL.iter().copied().find(|state| state.name() == name)),
    }
}

fn address(query: StaffQuery) -> String {
    let mut pairs = Vec::new();
    pairs.extend(query.role.map(|role| format!("role={}", role.name())));
    pairs.extend(query.campus.map(|campus| format!("campus={campus}")));
    pairs.extend(query.state.map(|state| format!("state={}", state.name())));
    if pairs.is_empty() { "/admin/staff".to_owned() } else { format!("/admin/staff?{}", pairs.join("&")) }
}

/// Draws the list.
#[component]
pub fn StaffPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(|params| read(|name| params.get(name))));
    let page = Loader::new(move || {
        let query = query.get();
        async move { api::staff::list(query).await }
    });
    let school = Loader::new(|| async { api::school::settings().await });
    let line =
        Signal::derive(move || page.get().map(|page| fill(admin::STAFF_LINE, &[("n", &page.items.len().to_string())])).unwrap_or_default());
    view! {
        <PageHead title=Signal::derive(|| t(admin::STAFF_TITLE).to_owned()) line>
            <a class="button button--primary" href="/admin/staff/new">{live(keep::ADD)}</a>
        </PageHead>
        {filters(query, school)}
        {loaded(page, move |page| people(page, query.get_untracked()))}
    }
    .into_any()
}

fn people(page: Page<StaffCard>, query: StaffQuery) -> AnyView {
    if page.items.is_empty() {
        if query == StaffQuery::default() {
            return view! { <Empty kind=EmptyKind::First title=admin::STAFF_NONE /> }.into_any();
        }
        return view! {
            <Empty kind=EmptyKind::None title=keep::NONE>
                <div class="row"><a class="button" href="/admin/staff">{live(keep::CLEAR)}</a></div>
            </Empty>
        }
        .into_any();
    }
    let two: Vec<String> = page.items.iter().filter(|card| holds_two(card)).map(|card| card.name.clone()).collect();
    let roles = page.shown_as;
    let words = [
        admin::NAME,
        admin::LOGIN,
        admin::ROLES,
        admin::CAMPUSES,
        admin::PASSKEYS,
        FieldKey::StaffPhone.word(),
        FieldKey::StaffEmail.word(),
        keep::STATE,
    ];
    view! {
        {(!two.is_empty()).then(|| view! {
            <Banner tone=Tone::Caution><p>{move || fill(keep::TWO, &[("names", &two.join(comma()))])}</p></Banner>
        })}
        <TableCard
            label=Signal::derive(|| t(admin::STAFF_TITLE).to_owned())
            caption=Signal::derive(move || fill(admin::STAFF_CAPTION, &[("roles", &list(roles.iter().copied()))]))
        >
            <thead><tr>{words.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}</tr></thead>
            <tbody>{page.items.into_iter().map(row).collect_view()}</tbody>
        </TableCard>
    }
    .into_any()
}

fn row(card: StaffCard) -> AnyView {
    let StaffCard { id, login, name, roles, campuses, state, passkeys, phone, email, .. } = card;
    let campuses = campuses.into_iter().map(|campus| campus.name).collect::<Vec<_>>().join(" · ");
    let keys = if passkeys == 0 && state == StaffState::Active { "tag tag--amber" } else { "num" };
    view! {
        <tr>
            <th scope="row" class="grid__title"><a href=format!("/admin/staff/{id}")>{name}</a></th>
            <td data-label=live(admin::LOGIN)><code>{login}</code></td>
            <td data-label=live(admin::ROLES)>{move || list(roles.iter().copied())}</td>
            <td data-label=live(admin::CAMPUSES)>{campuses}</td>
            <td data-label=live(admin::PASSKEYS)><span class=keys>{passkeys}</span></td>
            <td data-label=move || t(FieldKey::StaffPhone.word())><ShownValue value=phone.to_text() /></td>
            <td data-label=move || t(FieldKey::StaffEmail.word())><ShownValue value=email.to_text() /></td>
            <td class="grid__aside"><span class=tone(state)>{move || t(state.word())}</span></td>
        </tr>
    }
    .into_any()
}

fn filters(query: Memo<StaffQuery>, school: Loader<SchoolSettings>) -> AnyView {
    let roles = || {
        let all = named::roles().filter(|role| role.is_given());
        let named = all.map(|role| (role.name().to_owned(), t(role.word()).to_owned()));
        std::iter::once((String::new(), t(keep::ANY_ROLE).to_owned())).chain(named).collect::<Vec<_>>()
    };
    let campuses = move || {
        let all = school.get().map(|school| school.campuses).unwrap_or_default();
        let named = all.into_iter().filter(|campus| !campus.closed).map(|campus| (campus.id.to_string(), campus.name));
        std::iter::once((String::new(), t(keep::ANY_CAMPUS).to_owned())).chain(named).collect::<Vec<_>>()
    };
    let states = || {
        let named = StaffState::ALL.iter().map(|state| (state.name().to_owned(), t(state.word()).to_owned()));
        std::iter::once((String::new(), t(keep::ANY_STATE).to_owned())).chain(named).collect::<Vec<_>>()
    };
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            {choice("role", admin::ROLES, Signal::derive(roles), move || query.get().role.map(|role| role.name().to_owned()), |name, query| {
                StaffQuery { role: name.parse().ok(), ..query }
            }, query)}
            {choice("campus", admin::CAMPUSES, Signal::derive(campuses), move || query.get().campus.map(|campus| campus.to_string()), |id, query| {
                StaffQuery { campus: id.parse().ok(), ..query }
            }, query)}
            {choice("state", keep::STATE, Signal::derive(states), move || query.get().state.map(|state| state.name().to_owned()), |name, query| {
                StaffQuery { state: StaffState::ALL.iter().copied().find(|state| state.name() == name), ..query }
            }, query)}
        </form>
    }
    .into_any()
}

fn choice(
    id: &'static str,
    label: crate::text::Text,
    options: Signal<Vec<(String, String)>>,
    chosen: impl Fn() -> Option<String> + Send + Sync + 'static,
    with: fn(&str, StaffQuery) -> StaffQuery,
    query: Memo<StaffQuery>,
) -> AnyView {
    let go = use_navigate();
    let chosen = Signal::derive(move || chosen().unwrap_or_default());
    view! {
        <div class="form__field">
            <label class="form__label" for=id>{move || t(label)}</label>
            <select
                class="input"
                id=id
                on:change:target=move |event| go(&address(with(&event.target().value(), query.get_untracked())), NavigateOptions::default())
            >
                {move || options.get().into_iter().map(|(key, words)| {
                    let own = key.clone();
                    view! { <option value=key selected=move || chosen.get() == own>{words}</option> }
                }).collect_view()}
            </select>
        </div>
    }
    .into_any()
}
