//! The rules of the watch: what raises an alarm, and setting one.
//!
//! The rule: what the product comes with stands beside what a school has set, so that a rule which was loosened is seen.

use super::{super::acting::act_or, tabs};
use crate::{
    api, session,
    text::{Text, Word, alarms, common, fill, t},
    time,
    ui::{Button, ButtonKind, CheckField, Dialog, Loader, PageHead, SelectField, TableCard, TextField, loaded, toast},
};
use contract::{
    Duty,
    error::FieldError,
    wire::alarms::{Answer, Rule, RuleCard, RuleChange, RuleSetting, Rules},
};
use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn RulesPage() -> impl IntoView {
    let rules = Loader::new(api::alarms::rules);
    let keeps = session::me_now().is_some_and(|me| me.duties.contains(&Duty::KeepPolicy));
    let setting = Setting::new(rules);
    view! {
        <PageHead
            title=Signal::derive(|| t(alarms::RULES_TITLE).to_owned())
            line=Signal::derive(move || t(if keeps { alarms::RULES_LINE } else { alarms::RULES_READ }).to_owned())
        />
        {tabs("/admin/alarms/rules")}
        {loaded(rules, move |rules: Rules| table(rules, keeps, setting))}
        {dialog(setting)}
    }
    .into_any()
}

/// The minutes of a day.
const DAY: u32 = 1_440;

/// A setting in words.
pub fn said(rule: Rule, setting: RuleSetting) -> String {
    let n = setting.threshold.to_string();
    match (setting.on, rule, setting.minutes) {
        (false, ..) => t(alarms::OFF).to_owned(),
        (true, Rule::DormantWakes, _) => fill(alarms::SETTING_DAYS, &[("n", &n)]),
        (true, _, minutes) if minutes % DAY == 0 => {
            let (days, hours) = ((minutes / DAY).to_string(), (minutes / 60).to_string());
            fill(alarms::SETTING_BY_DAY, &[("n", &n), ("days", &days), ("hours", &hours)])
        }
        (true, _, minutes) => fill(alarms::SETTING, &[("n", &n), ("minutes", &minutes.to_string())]),
    }
}

fn table(rules: Rules, keeps: bool, setting: Setting) -> AnyView {
    let heads = [alarms::RULES, alarms::THRESHOLD, alarms::ANSWER];
    view! {
        <TableCard
            label=Signal::derive(|| t(alarms::RULES_TITLE).to_owned())
            caption=Signal::derive(|| t(alarms::RULES_TITLE).to_owned())
            busy=Signal::derive(|| false)
        >
            <thead><tr>
                {heads.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}
                <th scope="col"><span class="visually-hidden">{move || t(alarms::EDIT_SHORT)}</span></th>
            </tr></thead>
            <tbody>{rules.items.into_iter().map(|card| row(card, keeps, setting)).collect_view()}</tbody>
        </TableCard>
    }
    .into_any()
}

fn row(card: RuleCard, keeps: bool, setting: Setting) -> AnyView {
    let RuleCard { rule, setting: now, usual, changed_by, changed_at } = card.clone();
    let severity = rule.severity();
    view! {
        <tr>
            <th scope="row" class="grid__title">{move || t(rule.word())} " " <span class="faint">{move || t(severity.word())}</span></th>
            <td data-label=move || t(alarms::THRESHOLD) class="grid__words">
                {move || said(rule, now)}
                {(now != usual).then(|| view! {
                    <span class="faint">" · " {move || t(alarms::USUAL)} "：" {move || said(rule, usual)}</span>
                })}
                {changed_by.zip(changed_at).map(|(who, at)| view! {
                    <span class="faint">" · " {move || fill(alarms::CHANGED, &[("who", &who), ("at", &time::moment(at))])}</span>
                })}
            </td>
            <td data-label=move || t(alarms::ANSWER)>{move || t(now.answer.word())}</td>
            <td>{keeps.then(|| view! {
                <button
                    class="button button--quiet button--small"
                    type="button"
                    aria-label=move || fill(alarms::EDIT, &[("rule", t(rule.word()))])
                    on:click=move |_| setting.begin(card.clone())
                >
                    {move || t(alarms::EDIT_SHORT)}
                </button>
            })}</td>
        </tr>
    }
    .into_any()
}

/// The rule that is being set.
#[derive(Clone, Copy)]
struct Setting {
    rules: Loader<Rules>,
    open: RwSignal<bool>,
    card: RwSignal<Option<RuleCard>>,
    on: RwSignal<bool>,
    threshold: RwSignal<String>,
    minutes: RwSignal<String>,
    answer: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    busy: RwSignal<bool>,
}

impl Setting {
    fn new(rules: Loader<Rules>) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            rules,
            open: RwSignal::new(false),
            card: RwSignal::new(None),
            on: RwSignal::new(true),
            threshold: text(),
            minutes: text(),
            answer: text(),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }
    fn put(self, RuleSetting { on, threshold, minutes, answer }: RuleSetting) {
        self.on.set(on);
        self.threshold.set(threshold.to_string());
        self.minutes.set(minutes.to_string());
        self.answer.set(answer.name().to_owned());
        self.errors.set(Vec::new());
    }
    fn begin(self, card: RuleCard) {
        self.put(card.setting);
        self.card.set(Some(card));
        self.open.set(true);
    }
    fn error(self) -> Signal<Option<Text>> {
        Signal::derive(move || self.errors.with(|errors| errors.first().map(|error| error.code.word())))
    }
    fn send(self) {
        let Some(card) = self.card.get_untracked() else { return };
        let number = |text: RwSignal<String>| text.get_untracked().trim().parse().unwrap_or_default();
        let chosen = self.answer.get_untracked();
        let answer = Answer::ALL.iter().copied().find(|answer| answer.name() == chosen).unwrap_or(Answer::Nothing);
        let setting = RuleSetting { on: self.on.get_untracked(), threshold: number(self.threshold), minutes: number(self.minutes), answer };
        act_or(
            self.busy,
            move || Box::pin(api::alarms::set(RuleChange { rule: card.rule, setting })),
            move |fresh| {
                self.open.set(false);
                toast::done(alarms::SAVED);
                self.rules.update(|rules| {
                    if let Some(place) = rules.items.iter_mut().find(|one| one.rule == fresh.rule) {
                        *place = fresh;
                    }
                });
            },
            move |error| {
                if error.fields().is_empty() {
                    toast::failed(&error);
                }
                self.errors.set(error.fields());
            },
        );
    }
}

fn dialog(setting: Setting) -> AnyView {
    let title = Signal::derive(move || setting.card.get().map(|card| t(card.rule.word()).to_owned()).unwrap_or_default());
    let rule = move || setting.card.with(|card| card.as_ref().map(|card| card.rule));
    let options = Signal::derive(move || {
        let answers = rule().map_or(Answer::ALL, Rule::answers);
        answers.iter().map(|one| (one.name().to_owned(), t(one.word()).to_owned())).collect()
    });
    let always = move || rule().is_some_and(Rule::is_always_on);
    let alone = move || rule().is_some_and(|rule| rule.answers().len() == 1);
    let days = move || rule() == Some(Rule::DormantWakes);
    view! {
        <Dialog open=setting.open id="rule" title>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    setting.send();
                }
            >
                <div class="dialog__body">
                    {move || if always() {
                        view! { <p class="note">{move || t(alarms::ALWAYS_ON)}</p> }.into_any()
                    } else {
                        let label = if days() { alarms::THRESHOLD_DAYS } else { alarms::THRESHOLD };
                        view! {
                            <CheckField id="on" label=alarms::ON value=setting.on />
                            <TextField id="threshold" label value=setting.threshold error=setting.error() mode="numeric" max=6 half=true />
                            {(!days()).then(|| view! { <TextField id="minutes" label=alarms::MINUTES value=setting.minutes mode="numeric" max=4 half=true /> })}
                        }
                        .into_any()
                    }}
                    <SelectField id="answer" label=alarms::ANSWER value=setting.answer options />
                    {move || alone().then(|| view! { <p class="note">{move || t(alarms::NO_ANSWER)}</p> })}
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| if let Some(card) = setting.card.get_untracked() { setting.put(card.usual) }>{move || t(alarms::RESET)}</Button>
                    <Button on_click=move |()| setting.open.set(false)>{move || t(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=setting.busy>{move || t(alarms::SAVE)}</Button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}
