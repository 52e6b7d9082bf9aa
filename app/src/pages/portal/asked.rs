//! The corrections that the guardian asked for, with the clock of each and what the school answered.

use crate::{
    api,
    text::{Word, fill, live, portal, t},
    time,
    ui::{
        Button, Failure, Loader,
        shown::{ShownValue, said},
        toast,
    },
};
use contract::{
    FieldKey,
    ids::CorrectionId,
    wire::corrections::{CorrectionCard, CorrectionState, CorrectionWish, Corrections},
};
use leptos::{prelude::*, task::spawn_local};

/// Those about these fields; nothing where there are none.
pub fn asked(fields: Vec<FieldKey>, corrections: Loader<Corrections>) -> AnyView {
    (move || {
        if let Some(error) = corrections.failure() {
            return view! { <Failure error again=move |()| corrections.reload() /> }.into_any();
        }
        let all = corrections.get().map(|all| all.items).unwrap_or_default();
        let items: Vec<CorrectionCard> = all.into_iter().filter(|one| fields.contains(&one.field)).collect();
        if items.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="card" aria-labelledby="asked">
                <header class="card__head"><h3 id="asked">{live(portal::MY_CORRECTIONS)}</h3></header>
                <ul class="card__body held">{items.into_iter().map(|one| item(one, corrections)).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
    .into_any()
}

fn item(card: CorrectionCard, corrections: Loader<Corrections>) -> AnyView {
    let CorrectionCard { id, field, wish, state, asked_at, due, decided_at, decided_by, proposed, words, answer } = card;
    let title = match wish {
        CorrectionWish::Replace => portal::ASKED_REPLACE,
        CorrectionWish::Check => portal::ASKED_CHECK,
        CorrectionWish::Erase => portal::ASKED_ERASE,
    };
    let who = decided_by.map(|staff| staff.name).unwrap_or_default();
    let overdue = state == CorrectionState::Open && due < time::today();
    let line = move || {
        let day = decided_at.map_or_else(|| time::day(due), time::day_of);
        let text = match state {
            CorrectionState::Open if overdue => portal::STATE_LATE,
            CorrectionState::Open => portal::STATE_OPEN,
            CorrectionState::Accepted => portal::STATE_ACCEPTED,
            CorrectionState::Declined => portal::STATE_DECLINED,
            CorrectionState::Withdrawn => portal::STATE_WITHDRAWN,
        };
        fill(text, &[("day", &day), ("who", &who)])
    };
    let class = match state {
        CorrectionState::Open => "tag tag--amber",
        CorrectionState::Accepted => "tag tag--jade",
        CorrectionState::Declined => "tag tag--plum",
        CorrectionState::Withdrawn => "tag",
    };
    view! {
        <li class="held__row">
            <p class="held__value">
                <b>{move || fill(title, &[("field", t(field.word()))])}</b>
                {proposed.map(|value| view! { <ShownValue value /> })}
            </p>
            {said(portal::YOU_SAID, &words.to_text())}
            <p class="row">
                <span class=class>{line}</span>
                <span class="faint">{move || fill(portal::ASKED_ON, &[("day", &time::day_of(asked_at))])}</span>
            </p>
            {said(portal::SCHOOL_SAID, &answer.to_text())}
            {(state == CorrectionState::Open).then(|| view! {
                <p class="no-print"><Button class="button--small" on_click=move |()| withdraw(id, corrections)>{live(portal::WITHDRAW)}</Button></p>
            })}
        </li>
    }
    .into_any()
}

fn withdraw(id: CorrectionId, corrections: Loader<Corrections>) {
    spawn_local(async move {
        match api::portal::withdraw_correction(id).await {
            Ok(_) => toast::done(portal::WITHDRAWN),
            Err(error) => toast::failed(&error),
        }
        corrections.reload();
    });
}
