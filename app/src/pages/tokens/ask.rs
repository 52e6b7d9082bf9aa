//! Asking for a token: what the program is called, the role, how long, what for, from where.
//!
//! The rule: only roles that the server offers can be chosen, and what is wrong is said beside its field.

use crate::{
    api,
    pages::admin::acting::act_or,
    text::{Text, Word, common, live, t, tokens},
    ui::{Dialog, Loader, SelectField, TextAreaField, TextField, toast},
};
use contract::{
    condition::{NETWORKS_MOST, Network},
    rights::Role,
    wire::tokens::{DAYS_MOST, DAYS_USUAL, NAME_LENGTH, NewToken, Tokens},
};
use leptos::prelude::*;

/// The dialog with the form, made anew at every opening.
pub fn dialog(open: RwSignal<bool>, list: Loader<Tokens>) -> AnyView {
    view! { <Dialog open id="ask" title=Signal::derive(|| t(tokens::ASK).to_owned())>{move || form(open, list)}</Dialog> }.into_any()
}

fn form(open: RwSignal<bool>, list: Loader<Tokens>) -> AnyView {
    let roles: Vec<Role> = list.now().map(|now| now.roles).unwrap_or_default();
    let role = RwSignal::new(roles.first().map(|role| role.name().to_owned()).unwrap_or_default());
    let [name, why, networks] = [(); 3].map(|()| RwSignal::new(String::new()));
    let days = RwSignal::new(DAYS_USUAL.to_string());
    let [no_name, no_days, no_why, no_networks] = [(); 4].map(|()| RwSignal::new(None::<Text>));
    let busy = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let needed = |text: RwSignal<String>| text.with_untracked(|text| text.trim().is_empty().then_some(tokens::NEEDED));
        let number = days.with_untracked(|text| text.trim().parse::<u16>().ok()).filter(|days| (1..=DAYS_MOST).contains(days));
        let from = networks
            .with_untracked(|text| {
                text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.parse().ok()).collect::<Option<Vec<Network>>>()
            })
            .filter(|all: &Vec<Network>| all.len() <= NETWORKS_MOST);
        no_name.set(needed(name));
        no_why.set(needed(why));
        no_days.set(number.is_none().then_some(tokens::DAYS_WRONG));
        no_networks.set(from.is_none().then_some(tokens::NETWORKS_WRONG));
        let (Ok(role), Some(days), Some(networks), None, None) =
            (role.get_untracked().parse(), number, from, no_name.get_untracked(), no_why.get_untracked())
        else {
            return;
        };
        let wish = NewToken { name: name.get_untracked(), why: why.get_untracked(), role, days, networks };
        act_or(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::tokens::ask(&wish).await })
            },
            move |now| {
                toast::done(tokens::SENT);
                open.set(false);
                list.set(now);
            },
            move |error| {
                for field in error.fields() {
                    match field.at.as_str() {
                        "name" => no_name.set(Some(tokens::NOT_ACCEPTED)),
                        "why" => no_why.set(Some(tokens::NOT_ACCEPTED)),
                        "tokens" => toast::error(tokens::FULL),
                        _ => {}
                    }
                }
                if error.fields().is_empty() {
                    toast::failed(&error);
                }
            },
        );
    };
    let options = Signal::derive(move || roles.iter().map(|role| (role.name().to_owned(), t(role.word()).to_owned())).collect::<Vec<_>>());
    view! {
        <form class="dialog__body form" id="ask-form" on:submit=send>
            <TextField id="name" label=tokens::NAME value=name error=no_name max=NAME_LENGTH.try_into().unwrap_or(40) autofocus=true />
            <SelectField id="role" label=tokens::ROLE value=role options />
            <TextField id="days" label=tokens::DAYS hint=tokens::DAYS_HINT value=days error=no_days mode="numeric" max=3 />
            <TextAreaField id="why" label=tokens::WHY hint=tokens::WHY_HINT value=why error=no_why max=200 />
            <TextAreaField id="networks" label=tokens::NETWORKS hint=tokens::NETWORKS_HINT value=networks error=no_networks max=1000 optional=true />
        </form>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>{live(common::CANCEL)}</button>
            <button class="button button--primary" type="submit" form="ask-form" aria-busy=move || busy.get().then_some("true")>{live(tokens::SEND)}</button>
        </footer>
    }
    .into_any()
}
