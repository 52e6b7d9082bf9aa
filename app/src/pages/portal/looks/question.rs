//! Questions about looks: the way to ask beside a line, what has become of one under it, and the dialog.
//!
//! The rule: what was asked about a line stands with the line; what was asked about one that is not here stands before them
//! all, so that no answer is missed. Deliberately absent: a question that was taken back, whose line can be asked about anew.

use super::line::{days, told};
use crate::{
    api,
    text::{common, fill, live, portal},
    time,
    ui::{Button, ButtonKind, shown::said, toast},
};
use contract::{
    ids::{QuestionId, StudentId},
    wire::{
        corrections::MOST_WORDS,
        ledger::LedgerLine,
        questions::{Finding, NewQuestion, Question, QuestionState},
    },
};
use leptos::{html, prelude::*, task::spawn_local};

/// What was asked about a child, and the question that is being asked.
#[derive(Clone, Copy)]
pub struct Asking {
    child: StudentId,
    asked: RwSignal<Option<Vec<Question>>>,
    about: RwSignal<Option<LedgerLine>>,
    dialog: NodeRef<html::Dialog>,
    words: NodeRef<html::Textarea>,
}

impl Asking {
    /// What was asked so far; nothing is being asked yet.
    pub fn new(child: StudentId) -> Self {
        let asking = Self { child, asked: RwSignal::new(None), about: RwSignal::new(None), dialog: NodeRef::new(), words: NodeRef::new() };
        asking.load();
        asking
    }
    fn load(self) {
        spawn_local(async move {
            match api::portal::questions(self.child).await {
                Ok(all) => {
                    let _ = self.asked.try_set(Some(all.items));
                }
                Err(error) => toast::failed(&error),
            }
        });
    }
    fn begin(self, line: LedgerLine) {
        self.about.set(Some(line));
        if let Some(dialog) = self.dialog.get_untracked() {
            // Fails only when the element has left the page meanwhile.
            let _ = dialog.show_modal();
        }
    }
    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }
    fn send(self) {
        let (Some(line), Some(words)) = (self.about.get_untracked(), self.words.get_untracked()) else { return };
        let new = NewQuestion { line: line.seq, words: words.value() };
        // Sent once: what comes back is told, and the list is read anew.
        self.close();
        spawn_local(async move {
            match api::portal::ask_question(self.child, &new).await {
                Ok(()) => toast::done(portal::ASKED),
                Err(error) => toast::failed(&error),
            }
            self.load();
        });
    }
    fn withdraw(self, id: QuestionId) {
        spawn_local(async move {
            match api::portal::withdraw_question(id).await {
                Ok(()) => toast::done(portal::WITHDRAWN),
                Err(error) => toast::failed(&error),
            }
            self.load();
        });
    }
    /// The questions that stand, about these lines or about others; nothing until they are known. Reactive.
    fn standing(self, lines: &[i64], about: bool) -> Option<Vec<Question>> {
        let all = self.asked.get()?.into_iter();
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

/// The dialog: native, with one text that is read when it is sent and gone with it.
pub fn dialog(asking: Asking) -> AnyView {
    view! {
        <dialog class="dialog" aria-labelledby="question" node_ref=asking.dialog on:close=move |_| { asking.about.try_set(None); }>
            <header class="dialog__head">
                <h2 id="question">{live(portal::QUESTION_TITLE)}</h2>
                <button class="dialog__close" type="button" aria-label=live(common::CLOSE) on:click=move |_| asking.close()>"✕"</button>
            </header>
            {move || asking.about.get().map(|line| form(asking, &line))}
        </dialog>
    }
    .into_any()
}

fn form(asking: Asking, line: &LedgerLine) -> AnyView {
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
                <div class="form__field">
                    <label class="form__label" for="words">
                        {live(portal::QUESTION_WORDS)} " " <span class="form__optional">{live(common::OPTIONAL)}</span>
                    </label>
                    <p class="form__hint" id="words-hint">{live(portal::QUESTION_HINT)}</p>
                    <textarea
                        class="input"
                        id="words"
                        rows="4"
                        maxlength=MOST_WORDS.to_string()
                        aria-describedby="words-hint"
                        node_ref=asking.words
                    ></textarea>
                </div>
                <p class="faint">{live(portal::QUESTION_LINE)}</p>
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |()| asking.close()>{live(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true>{live(portal::SEND)}</Button>
            </footer>
        </form>
    }
    .into_any()
}
