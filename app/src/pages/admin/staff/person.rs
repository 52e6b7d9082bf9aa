//! One member of staff: details, roles and campuses; access; leaving.
//!
//! The rule: what the server disclosed of the contact is shown and never put into an input. Deliberately absent: changing one's
//! own roles; the server refuses it, and the boxes say so.

use super::{
    super::{acting::act_or, joint},
    access::access,
    fields::{Ticked, boxes, path_label},
    holds_two,
    leaving::leaving,
    tone,
};
use crate::{
    api::{self, joint::Given},
    session,
    text::{Word, admin, common, fill, keep, list, live, reports, t, why},
    ui::{Banner, ErrorSummary, FormErrors, Loader, Note, PageHead, SaveBar, ShownInput, TextField, Tone, loaded, toast},
};
use contract::{
    Change, FieldKey, Role,
    ids::{CampusId, StaffId},
    wire::{
        school::{CampusCard, SchoolSettings},
        staff::{StaffCard, StaffChanges, StaffState},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::collections::BTreeSet;

/// The page.
#[component]
pub fn StaffPersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|id| id.parse::<StaffId>().ok()).unwrap_or(StaffId(uuid::Uuid::nil()))
    });
    let card = Loader::new(move || {
        let id = id.get();
        async move { api::staff::card(id).await }
    });
    let school = Loader::new(|| async { api::school::settings().await });
    let title = Signal::derive(move || card.get().map_or_else(|| t(admin::STAFF_TITLE).to_owned(), |card| card.name));
    let line = Signal::derive(move || {
        let Some(card) = card.get() else { return String::new() };
        format!("{} · {} · {}", card.login, list(card.roles), t(card.state.word()))
    });
    view! {
        <PageHead title line crumbs=vec![("/admin/staff", common::STAFF)]>
            <a class="button button--quiet" href=move || format!("/admin/policy/view-as?colleague={}", id.get()) rel="external">
                {live(why::SHORT)}
            </a>
        </PageHead>
        {loaded(card, move |person| view! { {loaded(school, {
            let person = person.clone();
            move |school: SchoolSettings| whole(card, person.clone(), school.campuses)
        })} })}
    }
    .into_any()
}

fn whole(loader: Loader<StaffCard>, card: StaffCard, campuses: Vec<CampusCard>) -> AnyView {
    let oneself = session::me_now().is_some_and(|me| me.id == card.id.0);
    let gone = card.state == StaffState::Left;
    view! {
        {holds_two(&card).then(|| {
            let name = card.name.clone();
            view! { <Banner tone=Tone::Caution><p>{move || fill(keep::TWO, &[("names", &name)])}</p></Banner> }
        })}
        {gone.then(|| view! {
            <Banner tone=Tone::Info>
                <p>{live(keep::GONE)} " " {live(reports::OFFERED)}</p>
                <a class="button button--small" href=format!("/admin/staff/{}/activity", card.id) rel="external">{live(reports::ACTIVITY)}</a>
            </Banner>
        })}
        <div class="columns">
            <div class="stack">{if gone { past(&card) } else { form(loader, card.clone(), campuses, oneself) }}</div>
            <aside class="stack">
                <p><span class=tone(card.state)>{move || t(card.state.word())}</span></p>
                {(!gone).then(|| access(loader, card.clone()))}
                {(!gone).then(|| report(card.id))}
                {(!gone).then(|| leaving(loader, card.clone()))}
            </aside>
        </div>
    }
    .into_any()
}

/// The way to what they did in ninety days.
fn report(id: StaffId) -> AnyView {
    view! {
        <section class="card" aria-labelledby="report">
            <header class="card__head"><h2 id="report">{live(reports::ACTIVITY)}</h2></header>
            <div class="card__body stack">
                <p class="faint">{live(reports::ACTIVITY_LINE)}</p>
                <div class="row"><a class="button button--small" href=format!("/admin/staff/{id}/activity") rel="external">{live(reports::READ)}</a></div>
            </div>
        </section>
    }
    .into_any()
}

/// Somebody who has left: nothing to change.
fn past(card: &StaffCard) -> AnyView {
    let roles = card.roles.clone();
    let campuses = card.campuses.iter().map(|campus| campus.name.clone()).collect::<Vec<_>>().join(" · ");
    view! {
        <section class="card"><div class="card__body"><dl class="facts">
            <div class="facts__row"><dt>{live(admin::ROLES)}</dt><dd>{move || list(roles.iter().copied())}</dd></div>
            <div class="facts__row"><dt>{live(admin::CAMPUSES)}</dt><dd>{campuses}</dd></div>
        </dl></div></section>
    }
    .into_any()
}

fn form(loader: Loader<StaffCard>, card: StaffCard, campuses: Vec<CampusCard>, oneself: bool) -> AnyView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let name = RwSignal::new(card.name.clone());
    let (phone, email) = (RwSignal::new(Change::Keep), RwSignal::new(Change::Keep));
    let roles: BTreeSet<Role> = card.roles.iter().copied().collect();
    let at: BTreeSet<CampusId> = card.campuses.iter().map(|campus| campus.id).collect();
    let ticked = Ticked::new(roles.clone(), at.clone());
    let kept = StoredValue::new((card.name.clone(), roles, at));
    let changes = move || {
        kept.with_value(|(was, roles, at)| StaffChanges {
            version: card.version,
            name: Some(name.get()).filter(|name| name != was),
            roles: ticked.roles.with(|now| (now != roles).then(|| now.iter().copied().collect())),
            campuses: ticked.campuses.with(|now| (now != at).then(|| now.iter().copied().collect())),
            phone: phone.get(),
            email: email.get(),
        })
    };
    let changes = Memo::new(move |_| changes());
    let dirty = Signal::derive(move || {
        changes.with(|changes| {
            changes.name.is_some()
                || changes.roles.is_some()
                || changes.campuses.is_some()
                || !changes.phone.is_keep()
                || !changes.email.is_keep()
        })
    });
    let id = card.id;
    let send = move || {
        errors.clear();
        let wish = changes.get_untracked();
        act_or(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::staff::change(id, &wish).await })
            },
            move |given| match given {
                Given::Done(card) => {
                    toast::done(keep::SAVED);
                    loader.set(card);
                }
                Given::Joint(concerns) => joint::tell(&concerns),
            },
            move |error| match error.conflict::<StaffCard>() {
                Some(conflict) => {
                    toast::error(keep::CONFLICT);
                    loader.set(conflict.current);
                }
                None => errors.take(&error),
            },
        );
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label=|at: String| path_label(&at).to_owned() />
            <div class="form__group">
                <TextField id="name" label=admin::NAME value=name error=errors.at("name") max=40 />
                <ShownInput id="phone" field=FieldKey::StaffPhone value=card.phone.to_text() change=phone error=errors.at("phone") />
                <ShownInput id="email" field=FieldKey::StaffEmail value=card.email.to_text() change=email error=errors.at("email") />
            </div>
            {oneself.then(|| view! { <Note tone=Tone::Info>{live(keep::OWN)}</Note> })}
            {boxes(ticked, campuses, errors, oneself)}
            <SaveBar dirty busy on_discard=move |()| loader.reload() />
        </form>
    }
    .into_any()
}
