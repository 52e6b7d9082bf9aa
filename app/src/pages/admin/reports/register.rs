//! The register of approvals: who asked for what, who decided, when it was opened.
//!
//! The rule: each step carries the number of its entry in the trail, where its words are. Filters are plain facts and stand in the
//! address. Deliberately absent: a name of a family, and a way from a line to a record.

use super::{
    super::{
        acting::act,
        narrow::{choice, day, with_any},
    },
    file, print_button,
};
use crate::{
    api,
    text::{Word, admin, common, fill, keep, list, matrix, reports, t},
    time,
    ui::{Button, Empty, EmptyKind, Glyph, Icon, Loader, PageHead, TableCard, download, loaded, toast, watermark::watermark},
};
use contract::wire::{
    Page,
    approvals::ApprovalState,
    reports::{RegisterFilter, RegisterLine, RegisterLooks, RegisterQuery, RegisterStep, RegisterSubject},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

const HOME: &str = "/admin/trail/approvals";

fn read(get: impl Fn(&str) -> Option<String>) -> RegisterQuery {
    RegisterQuery {
        state: get("state").and_then(|name| ApprovalState::ALL.iter().copied().find(|state| state.name() == name)),
        from: get("from").and_then(|day| day.parse().ok()),
        to: get("to").and_then(|day| day.parse().ok()),
        after: None,
    }
}

fn value(query: &RegisterQuery, name: &str) -> String {
    match name {
        "state" => query.state.map(|state| state.name().to_owned()),
        "from" => query.from.map(|day| day.to_string()),
        _ => query.to.map(|day| day.to_string()),
    }
    .unwrap_or_default()
}

/// The address with one of them changed.
fn address(query: &RegisterQuery, name: &str, new: &str) -> String {
    let now = |one: &str| if one == name { new.to_owned() } else { value(query, one) };
    let pairs = ["state", "from", "to"].map(|one| (one, now(one)));
    let pairs: Vec<String> =
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(one, value)| format!("{one}={value}")).collect();
    if pairs.is_empty() { HOME.to_owned() } else { format!("{HOME}?{}", pairs.join("&")) }
}

/// Draws the page.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(|params| read(|name| params.get(name))));
    let page = Loader::new(move || {
        let query = query.get();
        async move { api::reports::register(&query).await }
    });
    let busy = RwSignal::new(false);
    let older = Callback::new(move |()| {
        let Some(next) = page.now().and_then(|page| page.next) else { return };
        let wish = RegisterQuery { after: Some(next.clone()), ..query.get_untracked() };
        act(
            busy,
            move || {
                let wish = wish.clone();
                Box::pin(async move { api::reports::register(&wish).await })
            },
            // The list may have been read anew meanwhile, for another filter.
            move |more| {
                page.update(|page| {
                    if page.next.as_ref() == Some(&next) {
                        page.items.extend(more.items);
                        page.next = more.next;
                    }
                });
            },
        );
    });
    let export = move |()| {
        let RegisterQuery { state, from, to, after: _ } = query.get_untracked();
        act(
            busy,
            move || Box::pin(api::reports::register_file(RegisterFilter { state, from, to })),
            |file| {
                download::hand_over_text(&untrack(|| file::csv(&file)), &format!("approvals-{}.csv", time::today()));
                if file.cut { toast::warn(untrack(|| file::cut(&file))) } else { toast::done(reports::REGISTER_SAVED) }
            },
        );
    };
    view! {
        <PageHead
            title=Signal::derive(|| t(reports::REGISTER).to_owned())
            line=Signal::derive(|| t(reports::REGISTER_LINE).to_owned())
            crumbs=vec![("/admin/trail", common::TRAIL)]
        >
            {print_button()}
            <Button busy on_click=export><Icon glyph=Glyph::Download /> {move || t(matrix::EXPORT)}</Button>
        </PageHead>
        {filter(query)}
        {loaded(page, move |rows: Page<RegisterLine>| lines(rows, page, busy, older, query))}
        {watermark()}
    }
    .into_any()
}

fn filter(query: Memo<RegisterQuery>) -> AnyView {
    let states = Signal::derive(|| {
        with_any(reports::ANY_OUTCOME, ApprovalState::ALL.iter().map(|state| (state.name().to_owned(), t(state.word()).to_owned())))
    });
    let narrowed = Memo::new(move |_| query.get() != RegisterQuery::default());
    let go = use_navigate();
    let part = move |name: &'static str| {
        let go = go.clone();
        let chosen = Signal::derive(move || query.with(|query| value(query, name)));
        let change =
            Callback::new(move |new: String| go(&query.with_untracked(|query| address(query, name, &new)), NavigateOptions::default()));
        (chosen, change)
    };
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            {choice("state", reports::OUTCOME, states, part("state"))}
            {day("from", matrix::FROM, part("from"))}
            {day("to", matrix::TO, part("to"))}
            {move || narrowed.get().then(|| view! { <a class="button button--quiet" href=HOME>{t(keep::CLEAR)}</a> })}
        </form>
    }
    .into_any()
}

fn lines(
    rows: Page<RegisterLine>,
    page: Loader<Page<RegisterLine>>,
    busy: RwSignal<bool>,
    older: Callback<()>,
    query: Memo<RegisterQuery>,
) -> AnyView {
    if rows.items.is_empty() {
        if query.get_untracked() == RegisterQuery::default() {
            return view! { <Empty kind=EmptyKind::First title=reports::REGISTER_FIRST line=reports::REGISTER_FIRST_LINE /> }.into_any();
        }
        return view! {
            <Empty kind=EmptyKind::None title=reports::REGISTER_NONE line=reports::REGISTER_NONE_LINE>
                <div class="row"><a class="button" href=HOME>{move || t(keep::CLEAR)}</a></div>
            </Empty>
        }
        .into_any();
    }
    let count = rows.items.len().to_string();
    let more = rows.next.is_some();
    let heads = [reports::ASKED, reports::WHAT, admin::WHY, reports::OUTCOME, reports::DECIDED, reports::USED];
    view! {
        <TableCard
            label=Signal::derive(|| t(reports::REGISTER).to_owned())
            caption=Signal::derive(move || fill(reports::REGISTER_CAPTION, &[("n", &count)]))
            busy=Signal::derive(move || page.is_busy())
        >
            <thead><tr>{heads.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}</tr></thead>
            <tbody>{rows.items.into_iter().map(row).collect_view()}</tbody>
        </TableCard>
        <div class="pager">{more.then(|| view! { <Button busy on_click=older>{move || t(admin::OLDER)}</Button> })}</div>
    }
    .into_any()
}

const fn tone(state: ApprovalState) -> &'static str {
    match state {
        ApprovalState::Used => "tag tag--jade",
        ApprovalState::Granted | ApprovalState::Asked => "tag tag--amber",
        ApprovalState::Refused => "tag tag--plum",
        ApprovalState::Withdrawn | ApprovalState::Revoked | ApprovalState::Lapsed => "tag tag--quiet",
    }
}

fn row(line: RegisterLine) -> AnyView {
    let RegisterLine { subject: of, mark, fields, reason, asked, state, until, decided, looks, ended } = line;
    let limit = match state {
        ApprovalState::Asked => Some(reports::WAITS),
        ApprovalState::Granted => Some(reports::UNTIL),
        ApprovalState::Lapsed => Some(reports::ENDED),
        ApprovalState::Refused | ApprovalState::Withdrawn | ApprovalState::Revoked | ApprovalState::Used => None,
    };
    // A withdrawal is told by the outcome; this column is of looks, and of who revoked.
    let used = ended.filter(|_| matches!(state, ApprovalState::Used | ApprovalState::Revoked));
    view! {
        <tr>
            <th scope="row" class="grid__title">{step(asked)}</th>
            <td data-label=move || t(reports::WHAT)>
                <span class="step"><span>{move || list(fields.iter().copied())}</span> <span class="faint">{move || format!("{} …{mark}", subject(&of))}</span></span>
            </td>
            <td data-label=move || t(admin::WHY)>{move || t(reason.word())}</td>
            <td data-label=move || t(reports::OUTCOME)>
                <span class="step">
                    <span class=tone(state)>{move || t(state.word())}</span>
                    {limit.map(|words| view! { <span class="faint">{move || fill(words, &[("at", &time::moment(until))])}</span> })}
                </span>
            </td>
            <td data-label=move || t(reports::DECIDED)>{decided.map(step)}</td>
            <td data-label=move || t(reports::USED)>{looks.map(opened)} {used.map(step)}</td>
        </tr>
    }
    .into_any()
}

/// What a line is about; reactive.
pub fn subject(of: &RegisterSubject) -> String {
    match of {
        RegisterSubject::Record { kind } => t(kind.word()).to_owned(),
        RegisterSubject::Class { name, last_day: _ } => fill(reports::STANDING, &[("class", name)]),
        RegisterSubject::Emergency => t(reports::EMERGENCY).to_owned(),
    }
}

/// How often something was opened under a standing grant or in an emergency, and between which entries.
fn opened(looks: RegisterLooks) -> AnyView {
    let RegisterLooks { count, first, last } = looks;
    let numbers = [count.to_string(), first.entry.to_string(), last.entry.to_string()];
    view! {
        <span class="step">
            {move || {
                let [n, first, last] = numbers.each_ref();
                let between = fill(reports::LOOKS_BETWEEN, &[("first", first), ("last", last)]);
                view! { <span>{fill(reports::LOOKS, &[("n", n)])}</span> <span class="faint num">{between}</span> }
            }}
        </span>
    }
    .into_any()
}

/// Who, in which roles, when, and the number of the entry.
fn step(step: RegisterStep) -> AnyView {
    let RegisterStep { entry, at, who, roles } = step;
    let entry = entry.to_string();
    view! {
        <span class="step">
            <span>{who} " " <span class="faint">{move || list(roles.iter().copied())}</span></span>
            <span class="faint num">
                <time datetime=time::machine(at)>{move || time::moment(at)}</time> " · " {move || fill(reports::ENTRY, &[("n", &entry)])}
            </span>
        </span>
    }
    .into_any()
}
