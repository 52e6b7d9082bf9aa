//! Two roles side by side, what differs first, and a way to copy one's cells into the draft of the matrix.
//!
//! The rule: which two stands in the address. Deliberately absent: saving; that is the matrix' own page.

use super::words;
use crate::{
    api, session,
    text::{Word, admin, fill, live, matrix, named, t},
    ui::{Loader, PageHead, TableCard, loaded},
};
use contract::{
    Cell, Duty, FieldKey, Role,
    wire::policy::{PolicyCell, PolicyDocument},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    let document = Loader::new(|| async { api::policy::policy().await });
    let query = use_query_map();
    let chosen = move |name: &'static str, usual| {
        Memo::new(move |_| query.with(|query| query.get(name)).and_then(|name| name.parse::<Role>().ok()).unwrap_or(usual))
    };
    let (left, right) = (chosen("left", Role::Consultant), chosen("right", Role::Registrar));
    view! {
        <PageHead
            title=Signal::derive(|| t(matrix::COMPARE).to_owned())
            line=Signal::derive(|| t(matrix::COMPARE_LINE).to_owned())
            crumbs=vec![("/admin/policy", admin::POLICY_TITLE)]
        />
        <form class="filters" on:submit=|event| event.prevent_default()>
            {choice("left", matrix::LEFT, left, move |role| (role, right.get_untracked()))}
            {choice("right", matrix::RIGHT, right, move |role| (left.get_untracked(), role))}
        </form>
        {loaded(document, move |document: PolicyDocument| view! { {move || table(&document, left.get(), right.get())} })}
    }
    .into_any()
}

fn choice(id: &'static str, label: crate::text::Text, role: Memo<Role>, both: impl Fn(Role) -> (Role, Role) + 'static) -> AnyView {
    let go = use_navigate();
    view! {
        <div class="form__field">
            <label class="form__label" for=id>{move || t(label)}</label>
            <select
                class="input"
                id=id
                on:change:target=move |event| {
                    if let Ok(role) = event.target().value().parse() {
                        let (left, right) = both(role);
                        let path = format!("/admin/policy/roles?left={}&right={}", left.name(), right.name());
                        go(&path, NavigateOptions { replace: true, scroll: false, ..Default::default() });
                    }
                }
            >
                {named::roles().map(|one| view! {
                    <option value=one.name() selected=move || role.get() == one>{move || t(one.word())}</option>
                }).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn cell_of(cells: &[PolicyCell], role: Role, field: FieldKey) -> Cell {
    cells.iter().find(|cell| cell.role == role && cell.field == field).map(|cell| cell.cell).unwrap_or_default()
}

fn table(document: &PolicyDocument, left: Role, right: Role) -> AnyView {
    let mut rows: Vec<(FieldKey, Cell, Cell)> = FieldKey::ALL
        .iter()
        .map(|field| (*field, cell_of(&document.cells, left, *field), cell_of(&document.cells, right, *field)))
        .collect();
    rows.sort_by_key(|(_, left, right)| left == right);
    let differ = rows.iter().filter(|(_, left, right)| left != right).count().to_string();
    let copy = move |from: Role, to: Role| {
        let href = format!("/admin/policy?copy={}&to={}", from.name(), to.name());
        view! { <a class="button button--small" href=href rel="external">{move || fill(matrix::COPY, &[("from", t(from.word())), ("to", t(to.word()))])}</a> }
    };
    let may = session::has_duty(Duty::KeepPolicy) && left != right;
    let when = when_row(document, left, right);
    view! {
        <TableCard
            label=Signal::derive(|| t(matrix::COMPARE).to_owned())
            caption=Signal::derive(move || fill(matrix::DIFFER, &[("n", &differ)]))
            cards=false
        >
            <thead><tr>
                <th scope="col">{live(admin::FIELD)}</th>
                <th scope="col">{move || t(left.word())}</th>
                <th scope="col">{move || t(right.word())}</th>
            </tr></thead>
            <tbody>{when} {rows.into_iter().map(row).collect_view()}</tbody>
        </TableCard>
        {may.then(|| view! {
            <div class="row no-print">{copy(left, right)} {copy(right, left)} <span class="faint">{live(matrix::COPY_LINE)}</span></div>
        })}
    }
    .into_any()
}

/// When each of the two counts in full.
fn when_row(document: &PolicyDocument, left: Role, right: Role) -> AnyView {
    let of = |role| document.conditions.iter().find(|one| one.role == role).map(|one| one.condition.clone()).unwrap_or_default();
    let (left, right) = (of(left), of(right));
    let same = left == right;
    view! {
        <tr class=if same { "compare--same" } else { "compare--differs" }>
            <th scope="row">{live(matrix::WHEN)}</th>
            <td>{move || words::condition(&left)}</td>
            <td>{move || if same { t(matrix::SAME).to_owned() } else { words::condition(&right) }}</td>
        </tr>
    }
    .into_any()
}

fn row((field, left, right): (FieldKey, Cell, Cell)) -> AnyView {
    let same = left == right;
    let said = |cell: Cell| {
        view! {
            <span class=words::class(cell.exposure) aria-hidden="true">{move || t(cell.exposure.word())}</span>
            " " {move || words::all(cell)}
        }
    };
    view! {
        <tr class=if same { "compare--same" } else { "compare--differs" }>
            <th scope="row">{move || words::full(field)}</th>
            <td>{said(left)}</td>
            <td>{if same { view! { <span class="faint">{live(matrix::SAME)}</span> }.into_any() } else { said(right).into_any() }}</td>
        </tr>
    }
    .into_any()
}
