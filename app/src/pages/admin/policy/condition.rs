//! The dialog that says when a role counts in full: days, hours, networks.
//!
//! The rule: what is typed is read by the contract, line by line, and what is wrong is said where it stands; what is right goes into
//! the draft and holds no sooner than any other change. Deliberately absent: what is looser, which the server says.

use super::{draft::Draft, words};
use crate::{
    text::{Text, Word, common, fill, live, matrix, t},
    ui::{Button, ButtonKind, Dialog, TextField},
};
use contract::{
    Condition, Role,
    condition::{ConditionError, Day, Hours, Network, TimeOfDay},
    error::ValueError,
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The dialog, about one role.
pub fn dialog(draft: Draft, role: RwSignal<Role>, open: RwSignal<bool>) -> AnyView {
    let title = Signal::derive(move || fill(matrix::WHEN_TITLE, &[("role", t(role.get().word()))]));
    view! { <Dialog open id="condition" title>{form(draft, role.get_untracked(), open)}</Dialog> }.into_any()
}

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Typed {
    days: RwSignal<BTreeSet<Day>>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    networks: RwSignal<String>,
    wrong_hours: RwSignal<Option<Text>>,
    wrong_lines: RwSignal<Vec<(usize, String, Text)>>,
}

impl Typed {
    fn new(condition: &Condition) -> Self {
        let hours = condition.hours();
        let time = |time: Option<TimeOfDay>, usual: &str| match time {
            Some(TimeOfDay::MIDNIGHT) => "00:00".to_owned(),
            Some(time) => time.to_string(),
            None => usual.to_owned(),
        };
        let networks: Vec<String> = condition.networks().iter().map(ToString::to_string).collect();
        Self {
            days: RwSignal::new(hours.map(|hours| hours.days().iter().copied().collect()).unwrap_or_default()),
            from: RwSignal::new(time(hours.map(Hours::begins), "07:00")),
            to: RwSignal::new(time(hours.map(Hours::ends), "20:00")),
            networks: RwSignal::new(networks.join("\n")),
            wrong_hours: RwSignal::new(None),
            wrong_lines: RwSignal::new(Vec::new()),
        }
    }

    fn hours(self) -> Result<Option<Hours>, Text> {
        let days: Vec<Day> = self.days.with_untracked(|days| days.iter().copied().collect());
        if days.is_empty() {
            return Ok(None);
        }
        let time = |text: RwSignal<String>| text.with_untracked(|text| text.parse().map_err(|_| ValueError::Required.word()));
        let (from, to): (TimeOfDay, TimeOfDay) = (time(self.from)?, time(self.to)?);
        // The end of a day is the beginning of the next, as the browser's input says it.
        let to = if TimeOfDay::after(0) == Some(to) { TimeOfDay::MIDNIGHT } else { to };
        Hours::new(days, from, to).map(Some).map_err(|_| matrix::HOURS_ORDER)
    }

    /// The condition, or nothing where something is wrong, which is said then.
    fn read(self) -> Option<Condition> {
        let hours = self.hours();
        self.wrong_hours.set(hours.as_ref().err().copied());
        let (mut networks, mut wrong) = (Vec::new(), Vec::new());
        self.networks.with_untracked(|text| {
            for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                match line.parse::<Network>() {
                    Ok(network) => networks.push(network),
                    Err(ConditionError::Everywhere) => wrong.push((at + 1, String::new(), matrix::LINE_EVERYWHERE)),
                    Err(_) => wrong.push((at + 1, line.trim().to_owned(), matrix::LINE_WRONG)),
                }
            }
        });
        let condition = Condition::new(hours.as_ref().ok().cloned().flatten(), networks);
        if condition.is_err() {
            wrong.push((0, String::new(), matrix::LINES_MANY));
        }
        let fine = hours.is_ok() && wrong.is_empty();
        self.wrong_lines.set(wrong);
        condition.ok().filter(|_| fine)
    }
}

fn form(draft: Draft, role: Role, open: RwSignal<bool>) -> AnyView {
    let typed = Typed::new(&untrack(|| draft.condition(role)));
    let take = move |()| {
        if let Some(condition) = typed.read() {
            draft.change_condition(role, condition);
            open.set(false);
        }
    };
    let none = move |()| {
        draft.change_condition(role, Condition::ALWAYS);
        open.set(false);
    };
    let wrong = move || typed.wrong_lines.with(|wrong| (!wrong.is_empty()).then_some("true"));
    let lines = move || {
        let said = |(at, text, words): (usize, String, Text)| {
            view! { <p class="form__error">{move || fill(words, &[("n", &at.to_string()), ("text", &text)])}</p> }
        };
        typed.wrong_lines.get().into_iter().map(said).collect_view()
    };
    view! {
        <div class="dialog__body form">
            <p class="muted">{live(matrix::WHEN_LINE)}</p>
            <fieldset class="form__field" aria-describedby="days-hint">
                <legend class="form__label">{live(matrix::WHEN_DAYS)}</legend>
                <div class="boxes boxes--days">{Day::ALL.iter().map(|day| tick(*day, typed.days)).collect_view()}</div>
                <p class="form__hint" id="days-hint">{live(matrix::WHEN_DAYS_HINT)}</p>
            </fieldset>
            <div class="form__group">
                <TextField id="condition-from" label=matrix::WHEN_FROM value=typed.from kind="time" half=true />
                <TextField id="condition-to" label=matrix::WHEN_TO hint=matrix::WHEN_TO_HINT value=typed.to error=typed.wrong_hours kind="time" half=true />
            </div>
            <div class="form__field">
                <label class="form__label" for="networks">{live(matrix::WHEN_NETWORKS)}</label>
                <p class="form__hint" id="networks-hint">{live(matrix::WHEN_NETWORKS_HINT)}</p>
                <textarea
                    class="input"
                    id="networks"
                    rows="3"
                    spellcheck="false"
                    autocapitalize="off"
                    prop:value=move || typed.networks.get()
                    aria-describedby="networks-hint networks-error"
                    aria-invalid=wrong
                    on:input:target=move |event| typed.networks.set(event.target().value())
                ></textarea>
                <div id="networks-error" role="alert">{lines}</div>
            </div>
            <p class="muted">{live(matrix::WHEN_BOTH)}</p>
        </div>
        <footer class="dialog__foot">
            <Button kind=ButtonKind::Quiet on_click=none>{live(matrix::WHEN_NONE)}</Button>
            <Button class="end" on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
            <Button kind=ButtonKind::Primary on_click=take>{live(matrix::WHEN_TAKE)}</Button>
        </footer>
    }
    .into_any()
}

fn tick(day: Day, days: RwSignal<BTreeSet<Day>>) -> AnyView {
    view! {
        <label class="check">
            <input
                class="check__box"
                type="checkbox"
                autofocus=day == Day::Monday
                prop:checked=move || days.with(|days| days.contains(&day))
                on:change:target=move |event| {
                    let ticked = event.target().checked();
                    days.update(|days| {
                        if ticked { days.insert(day) } else { days.remove(&day) };
                    });
                }
            />
            <span>{live(words::day(day))}</span>
        </label>
    }
    .into_any()
}
