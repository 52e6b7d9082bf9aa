//! One request: whose, which field, what stands there and what should, until when.

use super::decide::Deciding;
use crate::{
    routes::rel,
    text::{Word, fill, requests, t},
    time,
    ui::shown::{ShownValue, said},
};
use contract::wire::corrections::{AskedCorrection, CorrectionState, CorrectionWish, Verdict};
use leptos::prelude::*;

/// Draws it.
pub fn item(asked: AskedCorrection, deciding: Deciding) -> AnyView {
    let AskedCorrection { correction, family, person, asked_by, present } = asked.clone();
    let href = format!("/families/{family}");
    let external = rel(&href);
    let (wish, state, field) = (correction.wish, correction.state, correction.field);
    let wished = match wish {
        CorrectionWish::Replace => requests::WISH_REPLACE,
        CorrectionWish::Check => requests::WISH_CHECK,
        CorrectionWish::Erase => requests::WISH_ERASE,
    };
    let own = asked_by.as_ref().is_some_and(|by| by.id == person.id);
    let due = correction.due;
    let late = state == CorrectionState::Open && due < time::today();
    let decided = correction.decided_at.zip(Some(correction.decided_by.map(|staff| staff.name).unwrap_or_default()));
    view! {
        <li class="waits__item">
            <div class="waits__what stack stack--tight">
                <p>
                    <a class="waits__name" href=href rel=external><ShownValue value=person.name.to_text() /></a>
                    " " <span class="faint">{move || t(person.kind.word())}</span>
                    {asked_by.filter(|_| !own).map(|by| view! {
                        <span class="faint">" · " {move || t(requests::ASKED_BY)} " " <ShownValue value=by.name.to_text() /></span>
                    })}
                </p>
                <p class="row">
                    <b>{move || fill(wished, &[("field", t(field.word()))])}</b>
                    <ShownValue value=present />
                    {correction.proposed.map(|value| view! { <span aria-hidden="true">"→"</span> <ShownValue value=value /> })}
                </p>
                {said(requests::SAID, &correction.words.to_text())}
                {said(requests::ANSWERED, &correction.answer.to_text())}
                <p class="waits__facts">
                    <span>{move || fill(requests::ASKED_ON, &[("day", &time::day_of(correction.asked_at))])}</span>
                    {decided.map(|(at, who)| view! { <span>{move || fill(requests::DECIDED_ON, &[("day", &time::day_of(at)), ("who", &who)])}</span> })}
                </p>
            </div>
            {(state == CorrectionState::Open).then(|| {
                let (accepted, declined) = (asked.clone(), asked);
                view! {
                    <span class=if late { "tag tag--plum" } else { "tag tag--amber" }>
                        {move || fill(if late { requests::WAS_DUE } else { requests::DUE }, &[("day", &time::day(due))])}
                    </span>
                    <div class="row">
                        <button class="button button--small" type="button" on:click=move |_| deciding.begin(accepted.clone(), Verdict::Accept)>
                            {move || t(if wish == CorrectionWish::Erase { requests::ACCEPT_ERASE } else { requests::ACCEPT })}
                        </button>
                        <button class="button button--small button--quiet" type="button" on:click=move |_| deciding.begin(declined.clone(), Verdict::Decline)>
                            {move || t(requests::DECLINE)}
                        </button>
                    </div>
                }
            })}
        </li>
    }
    .into_any()
}
