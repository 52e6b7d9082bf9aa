//! The findings of a report, those carried over, what the figures point at, and the dialog that makes one.

use super::{
    super::acting::act_or,
    parts::{nothing, period},
    say::{Said, Saying},
};
use crate::{
    api,
    text::{Word, audits, common, fill, fill_now, live, t},
    time,
    ui::{Button, ButtonKind, DateField, Dialog, ErrorSummary, FormErrors, Loader, Segmented, SelectField, TextAreaField, toast},
};
use chrono::TimeDelta;
use contract::{
    Duty,
    error::ValueError,
    wire::{
        audits::{AUDIT_WORDS, AuditPointer, AuditReport},
        findings::{FindingCard, FindingMove, FindingRisk, FindingState, FindingStep, NewFinding},
        policy::Colleague,
    },
};
use leptos::prelude::*;

/// How many days an owner has, unless somebody says otherwise.
const DAYS: i64 = 30;

/// The dialog that makes a finding.
#[derive(Clone, Copy)]
pub struct Finding {
    report: Loader<AuditReport>,
    open: RwSignal<bool>,
    risk: RwSignal<String>,
    words: RwSignal<String>,
    owner: RwSignal<String>,
    due: RwSignal<String>,
    errors: FormErrors,
    busy: RwSignal<bool>,
}

impl Finding {
    /// Closed.
    pub fn new(report: Loader<AuditReport>) -> Self {
        Self {
            report,
            open: RwSignal::new(false),
            risk: RwSignal::new(FindingRisk::Medium.name().to_owned()),
            words: RwSignal::new(String::new()),
            owner: RwSignal::new(String::new()),
            due: RwSignal::new((time::today() + TimeDelta::days(DAYS)).to_string()),
            errors: FormErrors::new(),
            busy: RwSignal::new(false),
        }
    }
    /// Opens it; with words, where the figures gave some.
    fn begin(self, words: Option<String>) {
        if let Some(words) = words {
            self.words.set(words);
        }
        self.errors.clear();
        self.open.set(true);
    }
    fn send(self) {
        self.errors.clear();
        let Some(report) = self.report.now() else { return };
        let risk = self.risk.get_untracked();
        let risk = FindingRisk::ALL.iter().copied().find(|one| one.name() == risk).unwrap_or(FindingRisk::Medium);
        let (owner, due) = (self.owner.with_untracked(|id| id.parse()), self.due.with_untracked(|day| day.parse()));
        for (at, is_missing) in [("owner", owner.is_err()), ("due", due.is_err())] {
            if is_missing {
                self.errors.add(at, ValueError::Required);
            }
        }
        let (Ok(owner), Ok(due)) = (owner, due) else { return };
        let wish = NewFinding { risk, words: self.words.get_untracked(), owner, due };
        act_or(
            self.busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::audits::find(report.document.id, &wish).await })
            },
            move |report| {
                self.open.set(false);
                self.words.set(String::new());
                self.report.set(report);
                toast::done(audits::FOUND);
            },
            move |error| self.errors.take(&error),
        );
    }
}

fn label(at: &str) -> &'static str {
    t(match at {
        "owner" => audits::OWNER,
        "due" => audits::DUE,
        _ => audits::WHAT,
    })
}

/// Whoever could read the report, and so do something about it.
fn may_own(colleague: &Colleague) -> bool {
    colleague.active && colleague.roles.iter().any(|role| role.duties().contains(&Duty::ReadAudit))
}

/// The dialog.
pub fn dialog(finding: Finding) -> AnyView {
    let people = RwSignal::new(Vec::<(String, String)>::new());
    // Asked for when the dialog opens first; most readers never open it.
    Effect::new(move || {
        if finding.open.get() && people.with_untracked(Vec::is_empty) {
            leptos::task::spawn_local(async move {
                if let Ok(all) = api::staff::colleagues().await {
                    let _ = people.try_set(all.staff.into_iter().filter(may_own).map(|one| (one.id.to_string(), one.name)).collect());
                }
            });
        }
    });
    let owners = Signal::derive(move || {
        let mut all = vec![(String::new(), t(audits::CHOOSE).to_owned())];
        all.extend(people.get());
        all
    });
    let risks = Signal::derive(|| FindingRisk::ALL.iter().map(|one| (one.name().to_owned(), t(one.word()).to_owned())).collect());
    let errors = finding.errors;
    view! {
        <Dialog open=finding.open id="find" title=Signal::derive(|| t(audits::FIND_TITLE).to_owned())>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    finding.send();
                }
            >
                <div class="dialog__body">
                    <ErrorSummary errors label=|at: String| label(&at).to_owned() />
                    <TextAreaField id="words" label=audits::WHAT hint=audits::WORDS_HINT value=finding.words error=errors.at("words") max=AUDIT_WORDS />
                    <Segmented id="risk" label=audits::RISK value=finding.risk options=risks />
                    <div class="form__group">
                        <SelectField id="owner" label=audits::OWNER value=finding.owner options=owners error=errors.at("owner") half=true />
                        <DateField id="due" label=audits::DUE value=finding.due error=errors.at("due") half=true />
                    </div>
                    <p class="faint">{live(audits::OWNER_HINT)}</p>
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| finding.open.set(false)>{live(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=finding.busy>{live(audits::FIND_NOW)}</Button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The section.
pub fn findings(report: &AuditReport, saying: Saying, finding: Finding) -> AnyView {
    let own: Vec<AnyView> = report.findings.iter().map(|one| card(one.clone(), false, saying)).collect();
    let carried: Vec<AnyView> = report.carried.iter().map(|one| card(one.clone(), true, saying)).collect();
    let may_find = report.may_find;
    view! {
        <div class="stack">
            {(may_find && !report.hints.is_empty()).then(|| hints(&report.hints, finding))}
            {if own.is_empty() {
                nothing(audits::NO_FINDINGS)
            } else {
                view! { <ul class="findings">{own}</ul> }.into_any()
            }}
            {(!carried.is_empty()).then(|| view! {
                <h3 class="findings__title">{live(audits::CARRIED)}</h3>
                <ul class="findings">{carried}</ul>
            })}
            {may_find.then(|| view! {
                <div class="row no-print"><Button on_click=move |()| finding.begin(None)>{live(audits::FIND)}</Button></div>
            })}
        </div>
    }
    .into_any()
}

/// What the figures point at, for whoever draws up; on paper only what was made a finding of it.
fn hints(all: &[AuditPointer], finding: Finding) -> AnyView {
    let hint = |AuditPointer { hint, count }: &AuditPointer| {
        let (word, count) = (hint.word(), count.to_string());
        let said = count.clone();
        view! {
            <li class="hints__one">
                <span>{move || fill(word, &[("n", &said)])}</span>
                <Button class="button--small" on_click=move |()| finding.begin(Some(fill_now(word, &[("n", &count)])))>{live(audits::FROM_HINT)}</Button>
            </li>
        }
        .into_any()
    };
    view! {
        <div class="card no-print">
            <header class="card__head"><h3>{live(audits::HINTS)}</h3></header>
            <ul class="card__body hints">{all.iter().map(hint).collect_view()}</ul>
        </div>
    }
    .into_any()
}

const fn risk_tone(risk: FindingRisk) -> &'static str {
    match risk {
        FindingRisk::Low => "tag tag--indigo",
        FindingRisk::Medium => "tag tag--amber",
        FindingRisk::High => "tag tag--plum",
    }
}

const fn state_tone(state: FindingState) -> &'static str {
    match state {
        FindingState::Open => "tag tag--quiet",
        FindingState::Done => "tag tag--amber",
        FindingState::Accepted => "tag tag--jade",
    }
}

fn card(finding: FindingCard, carried: bool, saying: Saying) -> AnyView {
    let FindingCard { id, from, to, risk, owner, due, overdue, state, steps, may } = finding;
    let owned = move || fill(audits::OWNED, &[("who", &owner), ("due", &time::day(due))]);
    let button = move |step: FindingStep| {
        let words = match step {
            FindingStep::Done | FindingStep::Made => audits::SAY_DONE,
            FindingStep::Returned => audits::SAY_RETURNED,
            FindingStep::Accepted => audits::SAY_ACCEPTED,
        };
        view! { <Button class="button--small" on_click=move |()| saying.begin(Said::Step(id, step))>{live(words)}</Button> }.into_any()
    };
    view! {
        <li class="card finding">
            <div class="finding__head">
                <span class=risk_tone(risk)>{live(audits::RISK)} " " {live(risk.word())}</span>
                <span class=state_tone(state)>{live(state.word())}</span>
                {overdue.then(|| view! { <span class="tag tag--plum">{live(audits::OVERDUE)}</span> })}
                <span class="finding__owner">{owned}</span>
                {carried.then(|| view! { <span class="faint">{move || fill(audits::CARRIED_FROM, &[("period", &period(from, to))])}</span> })}
            </div>
            <ol class="finding__steps">{steps.into_iter().map(moved).collect_view()}</ol>
            {(!may.is_empty()).then(|| view! { <div class="row no-print">{may.into_iter().map(button).collect_view()}</div> })}
        </li>
    }
    .into_any()
}

fn moved(one: FindingMove) -> AnyView {
    let FindingMove { step, who, at, entry, words } = one;
    let entry = entry.to_string();
    view! {
        <li>
            <p class="finding__words">{words}</p>
            <p class="faint">
                {move || fill(audits::MOVE, &[("who", &who), ("at", &time::moment(at)), ("step", t(step.word()))])} " · "
                {move || fill(audits::NUMBER, &[("n", &entry)])}
            </p>
        </li>
    }
    .into_any()
}
