//! Somebody new: login name, working name, roles, campuses, contact.

use super::{
    super::{acting::act_or, joint},
    fields::{Ticked, boxes, path_label},
};
use crate::{
    api::{self, joint::Given},
    text::{Word, admin, common, keep, t},
    ui::{Button, ButtonKind, ErrorSummary, FormErrors, Loader, PageHead, TextField, loaded, toast},
};
use contract::{
    FieldKey,
    wire::{school::SchoolSettings, staff::NewStaff},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The page.
#[component]
pub fn StaffNewPage() -> impl IntoView {
    let school = Loader::new(|| async { api::school::settings().await });
    view! {
        <PageHead
            title=Signal::derive(|| t(keep::ADD).to_owned())
            line=Signal::derive(|| t(keep::ADD_LINE).to_owned())
            crumbs=vec![("/admin/staff", common::STAFF)]
        />
        {loaded(school, form)}
    }
    .into_any()
}

fn form(school: SchoolSettings) -> AnyView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let text = || RwSignal::new(String::new());
    let (login, name, phone, email) = (text(), text(), text(), text());
    let only = school.campuses.iter().filter(|campus| !campus.closed).map(|campus| campus.id);
    let only: Vec<_> = only.collect();
    let ticked = Ticked::new([], if only.len() == 1 { only } else { Vec::new() });
    let go = use_navigate();
    let send = move || {
        errors.clear();
        let new = NewStaff {
            login: login.get_untracked(),
            name: name.get_untracked(),
            roles: ticked.role_list(),
            campuses: ticked.campus_list(),
            phone: phone.get_untracked(),
            email: email.get_untracked(),
        };
        let go = go.clone();
        act_or(
            busy,
            move || {
                let new = new.clone();
                Box::pin(async move { api::staff::create(&new).await })
            },
            move |given| match given {
                Given::Done(card) => {
                    toast::done(common::SAVED);
                    go(&format!("/admin/staff/{}", card.id), NavigateOptions { replace: true, ..Default::default() });
                }
                Given::Joint(concerns) => joint::tell(&concerns),
            },
            move |error| errors.take(&error),
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
                <TextField id="login" label=admin::LOGIN value=login hint=keep::LOGIN_HINT error=errors.at("login") max=32 half=true />
                <TextField id="name" label=admin::NAME value=name hint=keep::NAME_HINT error=errors.at("name") max=40 half=true />
                <TextField id="phone" label=FieldKey::StaffPhone.word() value=phone error=errors.at("phone") kind="tel" optional=true half=true />
                <TextField id="email" label=FieldKey::StaffEmail.word() value=email error=errors.at("email") kind="email" optional=true half=true />
            </div>
            {boxes(ticked, school.campuses, errors, false)}
            <div class="row">
                <Button kind=ButtonKind::Primary submit=true busy=busy>{move || t(keep::ADD)}</Button>
                <a class="button button--quiet" href="/admin/staff">{move || t(common::CANCEL)}</a>
            </div>
        </form>
    }
    .into_any()
}
