//! With what each role signs in, and how long its sessions live, for the administrator.
//!
//! The rule: a rung is chosen role by role and saved together, with a fresh passkey; how many people it is about stands beside
//! it, and each role is offered what it can ask for. Deliberately absent: who they are.

use super::acting::act_or;
use crate::{
    api,
    text::{Text, Word, common, credentials, fill, t},
    ui::{Button, ButtonKind, Loader, PageHead, TableCard, loaded, toast},
};
use contract::{
    Credential,
    credential::{GUARDIAN_HOURS_MOST, IDLE_MOST, Rung},
    wire::{
        credentials::{LadderCard, LadderChanges, RungCard},
        school::{SESSION_HOURS_LEAST, SESSION_HOURS_MOST},
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;

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
    let times = [credentials::ROLE, credentials::LEAST, credentials::IDLE, credentials::WHOLE];
    let counts = [credentials::PEOPLE, credentials::WITH_PASSKEY, credentials::WITH_PASSWORD];
    let heads = times.into_iter().chain(counts).chain(attestation.then_some(credentials::WITH_ATTESTED));
    view! {
        <form class="stack" on:submit=save>
            <p class="note">{move || t(credentials::LADDER_NOTE)}</p>
            <p class="note">{move || t(credentials::LADDER_GUARDIANS)}</p>
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

/// The idle times that are offered, in minutes, where a role can have them.
const IDLE: [u32; 6] = [15, 30, 60, IDLE_MOST, 12 * 60, 24 * 60];
/// The whole times that are offered beside each hour of a working day.
const WHOLE: [u32; 4] = [24, 3 * 24, 7 * 24, GUARDIAN_HOURS_MOST];

fn row(card: RungCard, attestation: bool, draft: Draft, busy: RwSignal<bool>) -> AnyView {
    let RungCard { role, least, idle_minutes, hours, people, passkeys, passwords, attested } = card;
    let before = Rung { role, least, idle_minutes, hours };
    let chosen = move || draft.with(|draft| draft.iter().find(|rung| rung.role == role).copied().unwrap_or(before));
    let usual = Rung::usual(role);
    let offered = Credential::ALL.iter().copied().filter(move |one| one.is_for(role));
    let offered = offered.filter(move |one| attestation || *one != Credential::AttestedPasskey || *one == least);
    let rungs: Vec<_> = offered.map(|one| (one.name().to_owned(), Signal::derive(move || t(one.word()).to_owned()))).collect();
    let idle: BTreeSet<u32> = IDLE.into_iter().filter(|n| *n <= usual.idle_minutes).chain([idle_minutes]).collect();
    let whole = (SESSION_HOURS_LEAST..=SESSION_HOURS_MOST).chain(WHOLE).filter(|n| *n <= usual.hours);
    let whole: BTreeSet<u32> = whole.chain([hours]).collect();
    let choose = move |next: Rung| {
        draft.update(|draft| {
            draft.retain(|rung| rung.role != role);
            if next != before {
                draft.push(next);
            }
        });
    };
    let cells = [
        (
            credentials::LEAST,
            credentials::LEAST_OF,
            rungs,
            Signal::derive(move || chosen().least.name().to_owned()),
            Callback::new(move |name: String| {
                let least = Credential::ALL.iter().copied().find(|one| one.name() == name).unwrap_or(least);
                choose(Rung { least, ..chosen() });
            }),
        ),
        (
            credentials::IDLE,
            credentials::IDLE_OF,
            idle.into_iter().map(minutes).collect(),
            Signal::derive(move || chosen().idle_minutes.to_string()),
            Callback::new(move |n: String| choose(Rung { idle_minutes: n.parse().unwrap_or(idle_minutes), ..chosen() })),
        ),
        (
            credentials::WHOLE,
            credentials::WHOLE_OF,
            whole.into_iter().map(|n| numbered(n, hours_of(n))).collect(),
            Signal::derive(move || chosen().hours.to_string()),
            Callback::new(move |n: String| choose(Rung { hours: n.parse().unwrap_or(hours), ..chosen() })),
        ),
    ];
    view! {
        <tr>
            <th scope="row" class="grid__title">{move || t(role.word())}</th>
            {cells
                .map(|(head, label, options, value, on_change)| {
                    let label = Signal::derive(move || fill(label, &[("role", t(role.word()))]));
                    view! { <td data-label=move || t(head)>{choice(label, options, value, busy, on_change)}</td> }
                })
                .collect_view()}
            <td data-label=move || t(credentials::PEOPLE)>{people}</td>
            <td data-label=move || t(credentials::WITH_PASSKEY)>{passkeys}</td>
            <td data-label=move || t(credentials::WITH_PASSWORD)>{passwords}</td>
            {attestation.then(|| view! { <td data-label=move || t(credentials::WITH_ATTESTED)>{attested}</td> })}
        </tr>
    }
    .into_any()
}

/// A choice of a time, and its words: the number of what they count.
fn numbered(n: u32, (word, of): (Text, u32)) -> (String, Signal<String>) {
    (n.to_string(), Signal::derive(move || fill(word, &[("n", &of.to_string())])))
}

/// Minutes, and hours where they are longer than a working session goes unused.
fn minutes(n: u32) -> (String, Signal<String>) {
    numbered(n, if n > IDLE_MOST && n.is_multiple_of(60) { hours_of(n / 60) } else { (credentials::N_MINUTES, n) })
}

/// Hours, and days where they are more than one.
fn hours_of(n: u32) -> (Text, u32) {
    if n > 24 && n.is_multiple_of(24) { (credentials::N_DAYS, n / 24) } else { (credentials::N_HOURS, n) }
}

/// One choice of a role, and what it was before.
fn choice(
    label: Signal<String>,
    options: Vec<(String, Signal<String>)>,
    value: Signal<String>,
    busy: RwSignal<bool>,
    on_change: Callback<String>,
) -> AnyView {
    let first = value.get_untracked();
    let before = options.iter().find(|(name, _)| *name == first).map(|(_, word)| *word);
    let options = options
        .into_iter()
        .map(|(name, word)| {
            let own = name.clone();
            view! { <option value=name selected=move || value.get() == own>{move || word.get()}</option> }
        })
        .collect_view();
    view! {
        <div class="row">
            <select
                class="input"
                aria-label=move || label.get()
                // What is chosen while the rest is being saved would be lost with the answer.
                prop:disabled=move || busy.get()
                prop:value=move || value.get()
                on:change:target=move |event| on_change.run(event.target().value())
            >
                {options}
            </select>
            {move || before.filter(|_| value.get() != first).map(|word| view! {
                <span class="tag tag--indigo">{fill(credentials::WAS, &[("before", &word.get())])}</span>
            })}
        </div>
    }
    .into_any()
}
