//! What guardians ask about looks: who looked at what, when and why, until when it is to be answered.
//!
//! The rule: the look stands there as the guardian reads it. Whoever reaches no family sees its number in the trail in the place
//! of its names.

use super::{
    answer::{self, Answering},
    pile::{Pile, Words},
};
use crate::{
    api,
    pages::desk::today::names,
    text::{Text, Word, comma, common, field_among, fill, list, live, requests, t},
    time,
    ui::shown::said,
};
use contract::wire::{
    ledger::{FieldLook, LedgerLine},
    questions::{AskedQuestion, Finding, Question, QuestionQuery, QuestionState},
    reveals::Reason,
};
use leptos::prelude::*;

/// What the list says of itself.
pub static WORDS: Words = Words {
    about: "questions",
    states: &[
        (QuestionState::Open.name(), requests::REQUESTS_OPEN),
        (QuestionState::Answered.name(), requests::QUESTIONS_ANSWERED),
        (QuestionState::Withdrawn.name(), requests::REQUESTS_WITHDRAWN),
    ],
    none: requests::NO_QUESTIONS,
    none_line: requests::NO_QUESTIONS_LINE,
    foot: requests::QUESTIONS_FOOT,
};

/// Draws the page.
pub fn page() -> AnyView {
    let pile = Pile::new(&WORDS, |state, after| {
        let state = QuestionState::ALL.iter().copied().find(|one| one.name() == state);
        async move { api::questions::list(&QuestionQuery { state, after }).await }
    });
    let answering = Answering::new(pile.page);
    view! { {pile.view(move |asked| item(asked, answering))} {answer::dialog(answering)} }.into_any()
}

fn item(asked: AskedQuestion, answering: Answering) -> AnyView {
    let whose = asked.family.as_ref().map(|family| names(family, None));
    let number = asked.question.line.seq.to_string();
    let Question { line, state, finding, asked_at, due, decided_at, decided_by, words, answer, .. } = asked.question.clone();
    let decided = decided_at.zip(Some(decided_by.map(|staff| staff.name).unwrap_or_default()));
    let left = due.signed_duration_since(time::today()).num_days();
    let (class, text) = match left {
        ..0 => ("tag tag--plum", requests::DAYS_LATE),
        0 => ("tag tag--amber", requests::DAYS_NONE),
        _ => ("tag tag--amber", requests::DAYS_LEFT),
    };
    view! {
        <li class="waits__item">
            <div class="waits__what stack stack--tight">
                {look(&line)}
                {said(requests::SAID, &words.to_text())}
                {finding.map(|finding| view! { <p><span class="tag">{live(found(finding))}</span></p> })}
                {said(requests::ANSWERED, &answer.to_text())}
                <p class="waits__facts">
                    {whose.map(|whose| view! { <span>{whose}</span> })}
                    <span>{move || fill(requests::LINE_NUMBER, &[("n", &number)])}</span>
                    <span>{move || fill(requests::ASKED_ON, &[("day", &time::day_of(asked_at))])}</span>
                    {decided.map(|(at, who)| view! { <span>{move || fill(requests::DECIDED_ON, &[("day", &time::day_of(at)), ("who", &who)])}</span> })}
                </p>
            </div>
            {(state == QuestionState::Open).then(|| view! {
                <div class="waits__end">
                    <span class=class>
                        {move || fill(text, &[("n", &left.abs().to_string()), ("day", &time::day(due))])}
                    </span>
                    <button class="button button--small" type="button" on:click=move |_| answering.begin(asked.clone())>
                        {live(requests::ANSWER_QUESTION)}
                    </button>
                </div>
            })}
        </li>
    }
    .into_any()
}

/// Who looked at what, when, why, and whether a passkey signed for it.
pub fn look(line: &LedgerLine) -> AnyView {
    let LedgerLine { at, who, roles, action, reason, looks, signed, program, .. } = line.clone();
    view! {
        <p>
            <b>{who}</b> " " <span class="faint">{move || list(roles.iter().copied())}</span> " "
            {move || t(action.word())} " " {move || fields(&looks)}
        </p>
        <p class="waits__facts">
            <time datetime=time::machine(at)>{move || time::moment(at)}</time>
            <span class="waits__why">{move || why(reason.as_ref())}</span>
            <span>{live(if signed { requests::SIGNED } else { requests::UNSIGNED })}</span>
            {program.then(|| view! { <span>{live(common::BY_PROGRAM)}</span> })}
        </p>
    }
    .into_any()
}

fn fields(looks: &[FieldLook]) -> String {
    let one = |look: &FieldLook| fill(requests::IN_FORM, &[("field", &field_among(look.field, looks)), ("form", t(look.form.word()))]);
    looks.iter().map(one).collect::<Vec<_>>().join(comma())
}

fn why(reason: Option<&Reason>) -> String {
    match reason {
        None => t(requests::NO_REASON).to_owned(),
        Some(Reason { code, text }) => {
            let separate = if text.is_empty() { "" } else { " · " };
            fill(requests::REASON, &[("reason", &format!("{}{separate}{text}", t(code.word())))])
        }
    }
}

/// What was found, in words.
pub const fn found(finding: Finding) -> Text {
    match finding {
        Finding::Justified => requests::JUSTIFIED,
        Finding::Unjustified => requests::UNJUSTIFIED,
        Finding::Mistake => requests::MISTAKE,
    }
}
