//! With what each role signs in, for the administrator.
//!
//! The rule: a rung is chosen role by role and saved together, with a fresh passkey; how many people it is about stands beside
//! it. Deliberately absent: who they are.

use super::acting::act_or;
use crate::{
    api,
    text::{Text, Word, common, credentials, fill, t},
    ui::{Button, ButtonKind, Loader, PageHead, TableCard, loaded, toast},
};
use contract::{
    Credential, Role,
    credential::Rung,
    wire::credentials::{LadderCard, LadderChanges, RungCard},
};
use leptos::prelude::*;

/// What was chosen and is not saved.
type Draft = RwSignal<Vec<Rung>>;

/// The page.
#[component]
pub fn LadderPage() -> impl IntoView {
    let ladder = Loader::new(api::credentials::ladder);
    view! {
        <PageHead
            title=Signal::derive(|| t(credentials::LADDER).to_owned())
            line=Signal::derive(|| t(credentials::LADDER_LINE).to_owned())
        />
        {loaded(ladder, move |card: LadderCard| form(ladder, card))}
    }
    .into_any()
}

fn form(ladder: Loader<LadderCard>, card: LadderCard) -> AnyView {
    let draft: Draft = RwSignal::new(Vec::new());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<Text>);
    let attestation = card.attestation;
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let rungs = draft.get_untracked();
        if rungs.is_empty() {
            return;
        }
        error.set(None);
        act_or(
            busy,
            move || {
                let changes = LadderChanges { rungs: rungs.clone() };
                Box::pin(async move { api::credentials::change_ladder(&changes).await })
            },
            move |card| {
                toast::done(credentials::LADDER_SAVED);
                ladder.set(card);
            },
            move |refused| error.set(Some(refused.text())),
        );
    };
    let heads = [credentials::ROLE, credentials::LEAST, credentials::PEOPLE, credentials::WITH_PASSWORD];
    let heads = heads.into_iter().chain(attestation.then_some(credentials::WITH_ATTESTED));
    view! {
        <form class="stack" on:submit=save>
            <p class="note">{move || t(credentials::LADDER_NOTE)}</p>
            {move || error.get().map(|text| view! { <p class="note note--error" role="alert">{t(text)}</p> })}
            <TableCard
                label=Signal::derive(|| t(credentials::LADDER).to_owned())
                caption=Signal::derive(move || t(if attestation { credentials::COUNTED } else { credentials::NO_LIST }).to_owned())
                busy=Signal::derive(|| false)
            >
                <thead><tr>{heads.map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}</tr></thead>
                <tbody>{card.rungs.into_iter().map(|rung| row(rung, attestation, draft, busy)).collect_view()}</tbody>
            </TableCard>
            <div class="row">
                <Button disabled=Signal::derive(move || draft.with(Vec::is_empty)) on_click=move |()| draft.set(Vec::new())>
                    {move || t(common::CANCEL)}
                </Button>
                <Button
                    kind=ButtonKind::Primary
                    submit=true
                    busy
                    disabled=Signal::derive(move || draft.with(Vec::is_empty))
                >
                    {move || t(common::SAVE)}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn row(card: RungCard, attestation: bool, draft: Draft, busy: RwSignal<bool>) -> AnyView {
    let RungCard { role, least, people, passwords, attested } = card;
    let chosen = move || draft.with(|draft| draft.iter().find(|rung| rung.role == role).map_or(least, |rung| rung.least));
    let offered = Credential::ALL.iter().copied().filter(move |one| attestation || *one != Credential::AttestedPasskey || *one == least);
    let options = offered
        .map(|one| view! { <option value=one.name() selected=move || chosen() == one>{move || t(one.word())}</option> })
        .collect_view();
    view! {
        <tr>
            <th scope="row" class="grid__title">{move || t(role.word())}</th>
            <td data-label=move || t(credentials::LEAST)>
                <div class="row">
                    <select
                        class="input"
                        aria-label=move || fill(credentials::LEAST_OF, &[("role", t(role.word()))])
                        // What is chosen while the rest is being saved would be lost with the answer.
                        prop:disabled=move || busy.get()
                        prop:value=move || chosen().name()
                        on:change:target=move |event| choose(draft, role, least, &event.target().value())
                    >
                        {options}
                    </select>
                    {move || (chosen() != least).then(|| view! {
                        <span class="tag tag--indigo">{fill(credentials::WAS, &[("before", t(least.word()))])}</span>
                    })}
                </div>
            </td>
            <td data-label=move || t(credentials::PEOPLE)>{people}</td>
            <td data-label=move || t(credentials::WITH_PASSWORD)>{passwords}</td>
            {attestation.then(|| view! { <td data-label=move || t(credentials::WITH_ATTESTED)>{attested}</td> })}
        </tr>
    }
    .into_any()
}

fn choose(draft: Draft, role: Role, before: Credential, name: &str) {
    let chosen = Credential::ALL.iter().copied().find(|one| one.name() == name).unwrap_or(before);
    draft.update(|draft| {
        draft.retain(|rung| rung.role != role);
        if chosen != before {
            draft.push(Rung { role, least: chosen });
        }
    });
}
