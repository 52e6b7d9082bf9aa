//! Who has looked at a child, by day, newest first; by field and by kind, and this month in a sentence.
//!
//! The rule: each line says who, in which role, which fields, how much of them, and why. The red dot is for opened seals alone.
//! What is filtered by stands in the address, as plain facts, and the server filters: what it says of all is of all.

use crate::{
    api, session,
    text::{Text, Word, comma, common, field_among, fill, list, portal, t},
    time,
    ui::{Button, Failure, Glyph, Icon, Loader, Skeleton, shown, toast},
};
use contract::{
    Exposure, FieldKey, RecordKind, Shown,
    ids::StudentId,
    wire::{
        ledger::{Action, FieldLook, LedgerLine},
        portal::{AccessLedger, LedgerQuery, LookKind, Month},
        reveals::Reason,
    },
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_query_map};

const KINDS: [(Option<LookKind>, Text); 4] = [
    (None, portal::KIND_ALL),
    (Some(LookKind::Seen), portal::KIND_SEEN),
    (Some(LookKind::Opened), portal::KIND_OPENED),
    (Some(LookKind::Changed), portal::KIND_CHANGED),
];

/// What is filtered by, as it stands in the address.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Filter {
    kind: Option<LookKind>,
    field: Option<FieldKey>,
}

impl Filter {
    fn href(self, id: StudentId) -> String {
        let kind = self.kind.map(|kind| kind.name().to_owned());
        let field = self.field.map(|field| field.name().to_owned());
        api::with_query(&format!("/portal/children/{id}?tab=who"), &[("kind", kind), ("field", field)])
    }
}

/// The list.
pub fn looks(id: StudentId, reader: Shown<String>) -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| Filter {
            kind: LookKind::ALL.iter().copied().find(|kind| Some(kind.name()) == query.get("kind").as_deref()),
            field: query.get("field").and_then(|name| name.parse().ok()),
        })
    });
    let asked = move |after| LedgerQuery { after, field: filter.get().field, kind: filter.get().kind };
    let ledger = Loader::new(move || {
        let query = asked(None);
        async move { api::portal::ledger(id, &query).await }
    });
    let busy = RwSignal::new(false);
    let older = Callback::new(move |()| {
        let Some(next) = ledger.now().and_then(|ledger| ledger.next) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let query = untrack(|| asked(Some(next)));
        spawn_local(async move {
            let answer = api::portal::ledger(id, &query).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(more) => ledger.update(|ledger| {
                    ledger.lines.extend(more.lines);
                    ledger.next = more.next;
                }),
                Err(error) => toast::failed(&error),
            }
        });
    });
    let month = Memo::new(move |_| ledger.get().and_then(|ledger| ledger.month));
    view! {
        <section class="card" aria-labelledby="looks">
            <header class="card__head">
                <h2 id="looks">{move || t(portal::WHO)}</h2>
                <button
                    class="button button--quiet button--icon end no-print"
                    type="button"
                    aria-label=move || t(common::PRINT)
                    on:click=|_| print()
                >
                    <Icon glyph=Glyph::Print />
                </button>
            </header>
            <div class="card__body stack">
                <p class="month">{move || month.get().map(in_words)}</p>
                <p class="muted">{move || t(portal::WHO_LINE)}</p>
                {filters(id, filter)}
                <div aria-busy=move || ledger.is_busy().to_string()>
                    {move || match (ledger.failure(), ledger.get()) {
                        (Some(error), _) => view! { <Failure error again=move |()| ledger.reload() /> }.into_any(),
                        (None, None) => view! { <Skeleton /> }.into_any(),
                        (None, Some(ledger)) => found(id, ledger, filter.get(), busy, older),
                    }}
                </div>
                <p class="printed">{move || printed(&reader)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Prints the page as it stands.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// On paper: who the paper is for, and up to when it says.
pub fn printed(reader: &Shown<String>) -> String {
    let school = session::me().map(|me| me.school).unwrap_or_default();
    fill(portal::PRINTED, &[("school", &school), ("name", &shown::plain(reader)), ("at", &time::moment(chrono::Utc::now()))])
}

fn found(id: StudentId, ledger: AccessLedger, filter: Filter, busy: RwSignal<bool>, older: Callback<()>) -> AnyView {
    let more = ledger.next.is_some();
    let all = Filter { kind: None, field: None };
    let nothing = match (ledger.lines.is_empty(), filter == all) {
        (false, _) => None,
        (true, true) => Some(view! { <p class="note note--info">{move || t(portal::NOBODY)}</p> }.into_any()),
        (true, false) => Some(
            view! {
                <p class="note">{move || t(portal::NONE_SUCH)} " " <a class="link" href=all.href(id)>{move || t(portal::SHOW_ALL)}</a></p>
            }
            .into_any(),
        ),
    };
    view! {
        {nothing}
        <div class="log">{by_day(ledger.lines).into_iter().map(day).collect_view()}</div>
        {more.then(|| view! { <div class="row no-print"><Button busy on_click=older>{move || t(portal::OLDER)}</Button></div> })}
    }
    .into_any()
}

/// By kind as links, by field as a list.
fn filters(id: StudentId, filter: Memo<Filter>) -> AnyView {
    let go = use_navigate();
    let kinds = KINDS.map(|(kind, word)| {
        view! {
            <a
                class="chip"
                href=move || Filter { kind, ..filter.get() }.href(id)
                aria-current=move || (filter.get().kind == kind).then_some("true")
            >
                {move || t(word)}
            </a>
        }
    });
    let option = move |field: FieldKey| {
        view! {
            <option value=field.name() prop:selected=move || filter.get().field == Some(field)>
                {move || fill(portal::OF_WHOM, &[("whose", t(field.record().word())), ("field", t(field.word()))])}
            </option>
        }
    };
    let fields = FieldKey::of(RecordKind::Student).chain(FieldKey::of(RecordKind::Guardian)).map(option).collect_view();
    view! {
        <div class="sift no-print">
            <nav class="chips" aria-label=move || t(portal::BY_KIND)>{kinds.into_iter().collect_view()}</nav>
            <select
                class="input"
                aria-label=move || t(portal::BY_FIELD)
                on:change:target=move |event| {
                    let field = event.target().value().parse().ok();
                    go(&Filter { field, ..filter.get_untracked() }.href(id), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
                }
            >
                <option value="" prop:selected=move || filter.get().field.is_none()>{move || t(portal::EVERY_FIELD)}</option>
                {fields}
            </select>
        </div>
    }
    .into_any()
}

/// This month in a sentence.
fn in_words(month: Month) -> String {
    if month.people == 0 {
        return t(portal::MONTH_NOBODY).to_owned();
    }
    let people = month.people.to_string();
    let text = if month.at_least { portal::MONTH_AT_LEAST } else { portal::MONTH_PEOPLE };
    let opened = |one: &contract::wire::portal::Opened| {
        fill(portal::MONTH_OPENED, &[("n", &one.times.to_string()), ("field", t(one.field.word()))])
    };
    let opened = month.opened.iter().map(opened).collect::<Vec<_>>().join(comma());
    let opened = if opened.is_empty() { t(portal::MONTH_CLOSED).to_owned() } else { opened };
    fill(text, &[("n", &people), ("opened", &opened)])
}

/// Lines of the same day, where the reader is, stand together.
fn by_day(lines: Vec<LedgerLine>) -> Vec<Vec<LedgerLine>> {
    let mut days: Vec<Vec<LedgerLine>> = Vec::new();
    for line in lines {
        let day = line.at.with_timezone(&chrono::Local).date_naive();
        match days.last_mut() {
            Some(same) if same.first().is_some_and(|first| first.at.with_timezone(&chrono::Local).date_naive() == day) => same.push(line),
            _ => days.push(vec![line]),
        }
    }
    days
}

fn day(lines: Vec<LedgerLine>) -> AnyView {
    let at = lines.first().map(|line| line.at);
    view! {
        <h3 class="log__day">{move || at.map(time::long_day_of)}</h3>
        <ol class="log__list">{lines.into_iter().map(line).collect_view()}</ol>
    }
    .into_any()
}

fn line(line: LedgerLine) -> AnyView {
    let LedgerLine { at, who, roles, action, reason, looks, .. } = line;
    let class = match action {
        Action::Revealed => "log__item log__item--opened",
        Action::Created | Action::Changed | Action::CorrectionAccepted => "log__item log__item--write",
        Action::Refused => "log__item log__item--denied",
        _ => "log__item",
    };
    let opened = action == Action::Revealed;
    let said = move || {
        let did = t(did(action));
        let roles = list(roles.iter().copied());
        // A guardian is called by the role already.
        if roles.is_empty() || roles == who {
            fill(portal::DID_ALONE, &[("who", &who), ("did", did)])
        } else {
            fill(portal::DID, &[("who", &who), ("roles", &roles), ("did", did)])
        }
    };
    view! {
        <li class=class>
            <p>
                {said} " "
                {move || {
                    let looks = seen(&looks);
                    if opened { view! { <b>{looks}</b> }.into_any() } else { looks.into_any() }
                }}
            </p>
            <p class="log__meta">
                <time datetime=time::machine(at)>{move || time::clock(at)}</time>
                {reason.map(|reason| view! { " · " {move || fill(portal::BECAUSE, &[("reason", &why(&reason))])} })}
            </p>
        </li>
    }
    .into_any()
}

fn did(action: Action) -> Text {
    match action {
        Action::Listed => portal::DID_LIST,
        Action::Shown => portal::DID_SEE,
        Action::Revealed => portal::DID_OPEN,
        Action::Exported => portal::DID_EXPORT,
        Action::Created => portal::DID_CREATE,
        Action::Changed => portal::DID_CHANGE,
        Action::Searched => portal::DID_SEARCH,
        Action::TrailRead => portal::DID_TRAIL,
        Action::Refused => portal::DID_REFUSED,
        Action::CorrectionAccepted => portal::DID_CORRECT,
        Action::CorrectionDeclined => portal::DID_DECLINE,
        other => other.word(),
    }
}

fn seen(looks: &[FieldLook]) -> String {
    let word = |look: &FieldLook| {
        let field = field_among(look.field, looks);
        match look.form {
            Exposure::Clear => field,
            Exposure::Masked => fill(portal::PARTLY, &[("field", &field)]),
            Exposure::Withheld => fill(portal::COVERED, &[("field", &field)]),
        }
    };
    looks.iter().map(word).collect::<Vec<_>>().join(comma())
}

fn why(reason: &Reason) -> String {
    let word = t(reason.code.word());
    if reason.text.is_empty() { word.to_owned() } else { fill(portal::REASON_MORE, &[("reason", word), ("text", &reason.text)]) }
}
