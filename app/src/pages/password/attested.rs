//! Passkeys of one's own whose authenticator proved its make: which makes will do, which are there, another one.
//!
//! The rule: which makes count is the operator's list alone; a passkey that was refused is nowhere. Deliberately absent: renaming
//! and removing, which every passkey has in one place, beside the others.

use super::refusal;
use crate::{
    api::{self, ApiError, with_step_up},
    passkey::{self, Support},
    text::{Text, comma, common, credentials, fill, gate, t},
    time,
    ui::{Button, ButtonKind, Loader, TextField, toast},
};
use contract::{
    Credential,
    wire::{
        credentials::{AttestedCard, Credentials},
        sign_in::CeremonyFinish,
    },
};
use leptos::{prelude::*, task::spawn_local};

/// Draws the card.
pub fn card(page: Loader<Credentials>, own: Credentials) -> AnyView {
    let Credentials { least, present, makes, attested, .. } = own;
    let (listed, any) = (!makes.is_empty(), !attested.is_empty());
    let asked = least == Credential::AttestedPasskey;
    let here = present == Credential::AttestedPasskey;
    let useful = attested.iter().any(|key| key.make.is_some());
    view! {
        <section class="card" aria-labelledby="attested-card">
            <header class="card__head">
                <h2 id="attested-card">{move || t(credentials::ATTESTED)}</h2>
                {asked.then(|| view! { <span class="tag tag--indigo end">{move || t(credentials::ASKED_FOR)}</span> })}
            </header>
            <div class="card__body stack">
                <p class="note">{move || t(credentials::ATTESTED_LINE)}</p>
                {if listed {
                    view! { <p>{move || fill(credentials::LISTED, &[("makes", &makes.join(comma()))])}</p> }.into_any()
                } else {
                    view! { <p class="muted">{move || t(credentials::UNLISTED)}</p> }.into_any()
                }}
                {any.then(|| view! { <ul class="facts">{attested.into_iter().map(one).collect_view()}</ul> })}
                {(listed && !any).then(|| view! { <p class="muted">{move || t(credentials::NO_ATTESTED)}</p> })}
                {(useful && !here).then(|| view! { <p class="muted">{move || t(credentials::SIGN_IN_WITH_IT)}</p> })}
                {listed.then(|| another(page))}
            </div>
        </section>
    }
    .into_any()
}

fn one(key: AttestedCard) -> AnyView {
    let AttestedCard { name, make, created_at } = key;
    let counts = make.is_some();
    view! {
        <li class="row">
            <div class="stack stack--tight">
                <b>{name}</b>
                <p class="faint">
                    {move || make.clone().unwrap_or_else(|| t(credentials::OFF_LIST).to_owned())} " · "
                    {move || fill(credentials::REGISTERED, &[("at", &time::day_of(created_at))])}
                </p>
            </div>
            <span class=if counts { "tag tag--indigo end" } else { "tag tag--amber end" }>
                {move || t(if counts { credentials::COUNTS } else { credentials::COUNTS_NOT })}
            </span>
        </li>
    }
    .into_any()
}

/// The form of one more.
fn another(page: Loader<Credentials>) -> AnyView {
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (name, wrong, error) = (RwSignal::new(String::new()), RwSignal::new(None::<Text>), RwSignal::new(None::<Text>));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let called = name.get_untracked().trim().to_owned();
        wrong.set(called.is_empty().then_some(gate::NEEDED));
        if called.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = make(called).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(own) => {
                    toast::done(credentials::ATTESTED_DONE);
                    page.set(own);
                }
                Err(refused) => {
                    let _ = error.try_set(Some(why(&refused)));
                }
            }
        });
    };
    match passkey::support() {
        Support::Ready => (move || {
            if open.get() {
                view! {
                    <form class="form" on:submit=submit>
                        {refusal(error)}
                        <TextField
                            id="attested-name"
                            label=gate::PASSKEY_NAME
                            hint=credentials::ATTESTED_HINT
                            value=name
                            error=wrong
                            max=60
                            autofocus=true
                        />
                        <div class="row">
                            <Button on_click=move |()| open.set(false)>{move || t(common::CANCEL)}</Button>
                            <Button kind=ButtonKind::Primary submit=true busy>{move || t(credentials::REGISTER)}</Button>
                        </div>
                    </form>
                }
                .into_any()
            } else {
                view! { <div class="row"><Button on_click=move |()| open.set(true)>{move || t(credentials::REGISTER)}</Button></div> }
                    .into_any()
            }
        })
        .into_any(),
        Support::WeChat => view! { <p class="note">{move || t(gate::WECHAT_LINE)}</p> }.into_any(),
        Support::Missing => view! { <p class="note">{move || t(gate::UNSUPPORTED_LINE)}</p> }.into_any(),
    }
}

async fn make(name: String) -> Result<Credentials, ApiError> {
    let begun = with_step_up(api::credentials::attested_begin).await?;
    let credential = passkey::create(&begun.options).await.map_err(ApiError::Passkey)?;
    api::account::passkey_finish(&CeremonyFinish { ceremony: begun.ceremony, credential, name }).await?;
    api::credentials::own().await
}

fn why(refused: &ApiError) -> Text {
    if refused.fields().iter().any(|field| field.at == "attestation") { gate::UNLISTED } else { refused.text() }
}
