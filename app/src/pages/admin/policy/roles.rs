//! The roles that the school makes itself: made, named otherwise and given up, all of it in the draft.
//!
//! The rule: a new role begins as a copy of its base's row, to be narrowed before anything holds; duties are its base's, always.
//! Deliberately absent: who has a role, which the page of the staff says, and what is wrong with a name, which the server says.

use super::{super::acting::act_or, draft::Draft};
use crate::{
    api,
    text::{Word, common, fill, live, matrix, t},
    ui::{Button, ButtonKind, Dialog, FormErrors, SelectField, TextField, toast},
};
use contract::{Role, error::ValueError, wire::policy::PolicyRole};
use leptos::prelude::*;

const BASES: [Role; 4] = [Role::Consultant, Role::Teacher, Role::Registrar, Role::Finance];

/// The dialog about a name: of which role, a new one where there is none yet; and whether it is open.
type Asking = (RwSignal<Option<PolicyRole>>, RwSignal<bool>);

/// The card.
pub fn card(draft: Draft) -> AnyView {
    let asking: Asking = (RwSignal::new(None), RwSignal::new(false));
    let ask = move |role: Option<PolicyRole>| {
        asking.0.set(role);
        asking.1.set(true);
    };
    let title = Signal::derive(move || t(if asking.0.with(Option::is_some) { matrix::ROLE_NAME } else { matrix::ROLE_NEW }).to_owned());
    view! {
        <section class="card" aria-labelledby="own-roles">
            <header class="card__head">
                <h2 id="own-roles">{live(matrix::ROLES_OWN)}</h2>
                {move || draft.may_edit().then(|| view! {
                    <Button class="button--small end" on_click=move |()| ask(None)>{live(matrix::ROLE_NEW)}</Button>
                })}
            </header>
            <div class="card__body">
                <p class="muted">{live(matrix::ROLES_LINE)}</p>
                <ul class="stack stack--tight">{move || draft.own_roles().into_iter().map(|(one, given_up)| line(draft, one, given_up, ask)).collect_view()}</ul>
            </div>
        </section>
        <Dialog open=asking.1 id="own-role" title>{form(draft, asking)}</Dialog>
    }
    .into_any()
}

fn line(draft: Draft, one: PolicyRole, given_up: bool, ask: impl Fn(Option<PolicyRole>) + Copy + Send + Sync + 'static) -> AnyView {
    let (role, base) = (one.role, one.role.base());
    let (renamed, kept) = (one.clone(), one.clone());
    let name = format!("{} · {}", one.zh, one.en);
    view! {
        <li class="row">
            <span>
                {if given_up { view! { <del>{name}</del> }.into_any() } else { view! { <b>{name}</b> }.into_any() }}
                " " <span class="faint">{move || fill(matrix::ROLE_BASE_IS, &[("base", t(base.word()))])}</span>
            </span>
            {move || draft.may_edit().then(|| {
                let (renamed, kept) = (renamed.clone(), kept.clone());
                view! {
                    <span class="end row">
                        {if given_up {
                            view! { <Button class="button--small" on_click=move |()| draft.name(kept.clone())>{live(matrix::ROLE_KEEP)}</Button> }.into_any()
                        } else {
                            view! {
                                <Button class="button--small" on_click=move |()| ask(Some(renamed.clone()))>{live(matrix::ROLE_RENAME)}</Button>
                                <Button class="button--small" kind=ButtonKind::Quiet on_click=move |()| draft.give_up(role)>{live(matrix::ROLE_GIVE_UP)}</Button>
                            }.into_any()
                        }}
                    </span>
                }
            })}
        </li>
    }
    .into_any()
}

fn form(draft: Draft, (asked, open): Asking) -> AnyView {
    let of = asked.get_untracked();
    let made = of.is_none();
    let base = RwSignal::new(Role::Teacher.name().to_owned());
    let (zh, en) = of.as_ref().map(|one| (one.zh.clone(), one.en.clone())).unwrap_or_default();
    let (zh, en) = (RwSignal::new(zh), RwSignal::new(en));
    let (errors, full, busy) = (FormErrors::new(), RwSignal::new(None), RwSignal::new(false));
    let bases = Signal::derive(|| BASES.map(|base| (base.name().to_owned(), t(base.word()).to_owned())).to_vec());
    let take = move |()| {
        errors.clear();
        let chosen = base.with_untracked(|name| name.parse().unwrap_or(Role::Teacher));
        let Some(role) = of.as_ref().map(|one| one.role).or_else(|| draft.free(chosen)) else {
            full.set(Some(matrix::ROLES_FULL));
            return;
        };
        for (at, text) in [("roles.0.zh", zh), ("roles.0.en", en)] {
            if text.with_untracked(|text| text.trim().is_empty()) {
                errors.add(at, ValueError::Required);
            }
        }
        if !errors.is_empty() {
            return;
        }
        let one = PolicyRole { role, zh: zh.get_untracked(), en: en.get_untracked() };
        // Whether the names will do is asked with those of the draft; nothing is changed by it.
        let question = draft.naming(&one);
        act_or(
            busy,
            move || {
                let question = question.clone();
                Box::pin(async move { api::policy::impact(&question).await })
            },
            move |impact| {
                // As the server will keep them.
                let one = impact.roles.into_iter().map(|effect| effect.to).find(|to| to.role == role).unwrap_or(one);
                if made {
                    draft.make(one)
                } else {
                    draft.name(one)
                }
                open.set(false);
            },
            move |error| {
                errors.take(&error);
                if error.fields().is_empty() {
                    toast::failed(&error);
                }
            },
        );
    };
    let wrong_zh = (errors.at("roles.0.zh"), errors.at("roles"));
    let wrong_zh = Signal::derive(move || wrong_zh.0.get().or_else(|| wrong_zh.1.get()));
    view! {
        <div class="dialog__body form">
            {made.then(|| view! { <SelectField id="own-role-base" label=matrix::ROLE_BASE hint=matrix::ROLE_BASE_LINE value=base options=bases error=full /> })}
            <TextField id="own-role-zh" label=matrix::ROLE_ZH value=zh error=wrong_zh max=24 />
            <TextField id="own-role-en" label=matrix::ROLE_EN value=en error=errors.at("roles.0.en") max=24 />
            <p class="muted">{live(matrix::ROLE_NAME_LINE)}</p>
        </div>
        <footer class="dialog__foot">
            <Button class="end" on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
            <Button kind=ButtonKind::Primary busy on_click=take>{live(matrix::WHEN_TAKE)}</Button>
        </footer>
    }
    .into_any()
}
