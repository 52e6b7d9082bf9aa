//! One alarm.
//!
//! The rule: how grave it is is said in a word, not by a colour alone; its evidence are numbers of the trail, for whoever reads that.

use super::{super::acting::act, close::Closing};
use crate::{
    api, session,
    text::{Word, alarms, comma, fill, t},
    time,
    ui::{Button, ButtonKind, Loader, toast},
};
use contract::{
    Duty,
    wire::{
        Page,
        alarms::{AlarmCard, AlarmState, Answer, Rule, Severity},
    },
};
use leptos::prelude::*;

/// How many numbers are written out.
const NUMBERS: usize = 6;

const fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "tag tag--indigo",
        Severity::Warning => "tag tag--amber",
        Severity::Critical => "tag tag--plum",
    }
}

/// How much was counted, in the unit of the rule.
fn counted(rule: Rule, count: u32) -> String {
    let words = match rule {
        Rule::BulkReading | Rule::SlowReading | Rule::NewDeviceReads | Rule::ListWalk => alarms::FAMILIES,
        _ => alarms::COUNT,
    };
    fill(words, &[("n", &count.to_string())])
}

/// Draws it.
pub fn card(alarm: AlarmCard, page: Loader<Page<AlarmCard>>, closing: Closing) -> AnyView {
    let AlarmCard {
        id,
        rule,
        severity,
        who,
        guardian,
        own,
        first_at,
        last_at,
        count,
        evidence,
        state,
        owner,
        outcome,
        words,
        closed_at,
        answer,
        undoable,
    } = alarm;
    let busy = RwSignal::new(false);
    let put = move |fresh: AlarmCard| {
        page.update(|page| {
            if let Some(place) = page.items.iter_mut().find(|one| one.id == fresh.id) {
                *place = fresh;
            }
        });
    };
    let take = move |()| {
        act(
            busy,
            move || Box::pin(api::alarms::take(id)),
            move |card| {
                toast::done(alarms::TOOK);
                put(card);
            },
        );
    };
    let undo = move |()| {
        act(
            busy,
            move || Box::pin(api::alarms::undo(id)),
            move |card| {
                toast::done(if answer == Answer::SlowDown { alarms::UNSLOWED } else { alarms::UNDONE });
                put(card);
            },
        );
    };
    let about = move || match (&who, guardian) {
        (Some(name), _) => name.clone(),
        (None, true) => t(alarms::GUARDIAN).to_owned(),
        (None, false) => t(alarms::SCHOOL).to_owned(),
    };
    let same = first_at == last_at;
    let when = move || {
        if same { time::moment(last_at) } else { fill(alarms::SPAN, &[("from", &time::moment(first_at)), ("to", &time::moment(last_at))]) }
    };
    let reads_trail = session::me_now().is_some_and(|me| me.duties.contains(&Duty::ReadTrail));
    let closed = state == AlarmState::Closed;
    view! {
        <li class="alarm card" class:alarm--closed=closed>
            <div class="alarm__head">
                <span class=tone(severity)>{move || t(severity.word())}</span>
                <h3 class="alarm__what">{move || t(rule.word())}</h3>
                <span class="alarm__who">{about}</span>
            </div>
            <p class="alarm__facts">
                <time datetime=time::machine(last_at)>{when}</time>
                <span>{move || counted(rule, count)}</span>
                {(answer != Answer::Nothing).then(|| view! { <span>{move || t(alarms::ANSWER)} "：" {move || t(answer.word())}</span> })}
                {reads_trail.then(|| view! { <span class="faint">{move || numbers(&evidence)}</span> })}
            </p>
            {outcome.map(|outcome| view! {
                <p class="alarm__outcome"><b>{move || t(outcome.word())}</b> {words.map(|words| view! { <span>" · " {words}</span> })}</p>
            })}
            <div class="alarm__foot">
                <span class="faint">{move || match (own, &owner, closed_at) {
                    (true, ..) => t(alarms::OWN).to_owned(),
                    (false, Some(owner), Some(at)) => fill(alarms::CLOSED_BY, &[("who", owner), ("at", &time::moment(at))]),
                    (false, Some(owner), None) => fill(alarms::TAKEN_BY, &[("who", owner)]),
                    (false, None, _) => String::new(),
                }}</span>
                {(!own && undoable).then(|| view! { <Button class="button--small" busy on_click=undo>{move || t(if answer == Answer::SlowDown { alarms::UNSLOW } else { alarms::UNDO })}</Button> })}
                {(!own && state == AlarmState::Open).then(|| view! { <Button class="button--small" busy on_click=take>{move || t(alarms::TAKE)}</Button> })}
                {(!own && !closed).then(|| view! {
                    <Button class="button--small" kind=ButtonKind::Primary busy on_click=move |()| closing.begin(id)>{move || t(alarms::CLOSE)}</Button>
                })}
            </div>
        </li>
    }
    .into_any()
}

fn numbers(evidence: &[i64]) -> String {
    let shown: Vec<String> = evidence.iter().rev().take(NUMBERS).rev().map(i64::to_string).collect();
    let text = fill(alarms::EVIDENCE, &[("numbers", &shown.join(comma()))]);
    if evidence.len() > NUMBERS { format!("{text} {}", fill(alarms::AND_MORE, &[("n", &evidence.len().to_string())])) } else { text }
}
