//! Questions about looks: the way to ask beside a line, what has become of one under it, and the dialog.
//!
//! The rule: what was asked about a line stands with the line; what was asked about one that is not here stands before them
//! all, so that no answer is missed. Deliberately absent: a question that was taken back, whose line can be asked about anew.

use super::line::{days, told};
use crate::{
    api,
    text::{Text, Word, common, fill, live, portal},
    time,
    ui::{Button, ButtonKind, Dialog, Failure, Loader, TextAreaField, shown::said, toast},
};
use contract::{
    error::FieldError,
    ids::{QuestionId, StudentId},
    wire::{
        corrections::MOST_WORDS,
        ledger::LedgerLine,
        questions::{Finding, NewQuestion, Question, QuestionState, Questions},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// What was asked about a child, and the question that is being asked.
#[derive(Clone, Copy)]
pub struct Asking {
    child: StudentId,
    asked: Loader<Questions>,
    open: RwSignal<bool>,
    about: RwSignal<Option<LedgerLine>>,
    words: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    busy: RwSignal<bool>,
}

impl Asking {
    /// What was asked so far; nothing is being asked yet.
    pub fn new(child: StudentId) -> Self {
        Self {
            child,
            asked: Loader::new(move || async move { api::portal::questions(child).await }),
            open: RwSignal::new(false),
            about: RwSignal::new(None),
            words: RwSignal::new(String::new()),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }
    fn begin(self, line: LedgerLine) {
        self.about.set(Some(line));
        self.words.set(String::new());
        self.errors.set(Vec::new());
        self.open.set(true);
    }
    fn send(self) {
        let Some(line) = self.about.get_untracked().map(|line| line.seq) else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.errors.set(Vec::new());
        let new = NewQuestion { line, words: self.words.get_untracked() };
        spawn_local(async move {
            let answer = api::portal::ask_question(self.child, &new).await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(_) => toast::done(portal::ASKED),
                Err(error) if !error.fields().is_empty() => {
                    let _ = self.errors.try_set(error.fields());
                    return;
                }
                Err(error) => toast::failed(&error),
            }
            let _ = self.open.try_set(false);
            self.asked.reload();
        });
    }
    fn withdraw(self, id: QuestionId) {
        spawn_local(async move {
            match api::portal::withdraw_question(id).await {
                Ok(_) => toast::done(portal::WITHDRAWN),
                Err(error) => toast::failed(&error),
            }
            self.asked.reload();
        });
    }
    /// The questions that stand, about these lines or about others; nothing until they are known. Reactive.
    fn standing(self, lines: &[i64], about: bool) -> Option<Vec<Question>> {
        let all = self.asked.get()?.items.into_iter();
        Some(all.filter(|one| one.state != QuestionState::Withdrawn && lines.contains(&one.line.seq) == about).collect())
    }
}

/// What stands under a line: its questions, and the way to ask about it while none is open.
pub fn under(line: &LedgerLine, same: &[LedgerLine], asking: Asking) -> AnyView {
    let (line, lines) = (line.clone(), same.iter().map(|line| line.seq).collect::<Vec<_>>());
    (move || {
        asking.standing(&lines, true).map(|standing| {
            let open = standing.iter().any(|one| one.state == QuestionState::Open);
            let line = line.clone();
            let ask = (!open && line.is_questionable()).then(|| {
                let label = (line.who.clone(), line.at);
                view! {
                    <button
                        class="link log__ask no-print"
                        type="button"
                        aria-label=move || fill(portal::QUESTION_OF, &[("who", &label.0), ("at", &time::clock(label.1))])
                        on:click=move |_| asking.begin(line.clone())
                    >
                        {live(portal::QUESTION)}
                    </button>
                }
            });
            view! { {standing.into_iter().map(|one| state(one, asking)).collect_view()} {ask} }
        })
    })
    .into_any()
}

fn state(question: Question, asking: Asking) -> AnyView {
    let Question { id, line: _, state, finding, asked_at: _, due, decided_at, decided_by, words, answer } = question;
    let who = decided_by.map(|staff| staff.name).unwrap_or_default();
    let (class, text) = match finding {
        None if due < time::today() => ("tag tag--plum", portal::STATE_LATE),
        None => ("tag tag--amber", portal::STATE_OPEN),
        Some(Finding::Justified) => ("tag tag--jade", portal::FOUND_JUSTIFIED),
        Some(Finding::Unjustified) => ("tag tag--plum", portal::FOUND_UNJUSTIFIED),
        Some(Finding::Mistake) => ("tag tag--amber", portal::FOUND_MISTAKE),
    };
    let line = move || fill(text, &[("day", &decided_at.map_or_else(|| time::day(due), time::day_of)), ("who", &who)]);
    view! {
        <div class="log__asked">
            <p class="row">
                <span class=class>{line}</span>
                {(state == QuestionState::Open).then(|| view! {
                    <button class="link no-print" type="button" on:click=move |_| asking.withdraw(id)>{live(portal::WITHDRAW)}</button>
                })}
            </p>
            {said(portal::YOU_SAID, &words.to_text())}
            {said(portal::SCHOOL_SAID, &answer.to_text())}
        </div>
    }
    .into_any()
}

/// The questions about lines that are not here, with their lines.
pub fn elsewhere(here: Vec<i64>, asking: Asking) -> AnyView {
    (move || {
        if let Some(error) = asking.asked.failure() {
            return view! { <Failure error again=move |()| asking.asked.reload() /> }.into_any();
        }
        let mut lines: Vec<LedgerLine> = asking.standing(&here, false).unwrap_or_default().into_iter().map(|one| one.line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.seq));
        lines.dedup_by_key(|line| line.seq);
        if lines.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="elsewhere" aria-labelledby="elsewhere">
                <h3 id="elsewhere">{live(portal::ELSEWHERE)}</h3>
                {days(lines, asking)}
            </section>
        }
        .into_any()
    })
    .into_any()
}

/// The dialog.
pub fn dialog(asking: Asking) -> AnyView {
    view! {
        <Dialog open=asking.open id="question" title=Signal::derive(|| fill(portal::QUESTION_TITLE, &[]))>
            {move || asking.about.get().map(|line| form(asking, &line))}
        </Dialog>
    }
    .into_any()
}

fn form(asking: Asking, line: &LedgerLine) -> AnyView {
    let error: Signal<Option<Text>> = Signal::derive(move || asking.errors.with(|errors| errors.first().map(|error| error.code.word())));
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                asking.send();
            }
        >
            <div class="dialog__body">
                <div>{told(line, line.at, 1)}</div>
                <TextAreaField
                    id="words"
                    label=portal::QUESTION_WORDS
                    hint=portal::QUESTION_HINT
                    value=asking.words
                    error
                    max=MOST_WORDS
                    optional=true
                />
                <p class="faint">{live(portal::QUESTION_LINE)}</p>
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |()| asking.open.set(false)>{live(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=asking.busy>{live(portal::SEND)}</Button>
            </footer>
        </form>
    }
    .into_any()
}
