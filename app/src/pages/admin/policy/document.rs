//! The rules for fields as a document: a page for the printer, and the same as CSV and Markdown.
//!
//! The rule: everything is made of the matrix in force, in the language of the reader. Deliberately absent: anything written by hand.

use super::{grid::RECORDS, words};
use crate::{
    api,
    text::{Word, admin, common, fill, matrix, named, t},
    time,
    ui::{Button, Glyph, Icon, Loader, PageHead, TableCard, download, loaded},
};
use contract::{Cell, Condition, FieldKey, Reveal, Role, RowScope, wire::policy::PolicyDocument};
use leptos::prelude::*;

/// The page.
#[component]
pub fn DocumentPage() -> impl IntoView {
    let document = Loader::new(|| async { api::policy::policy().await });
    let line = Signal::derive(move || {
        document.get().map(|document| fill(matrix::DOCUMENT_LINE, &[("n", &document.version.to_string())])).unwrap_or_default()
    });
    let save = move |ending: &'static str, text: fn(&PolicyDocument) -> String| {
        move |()| {
            if let Some(document) = document.now() {
                download::hand_over_text(
                    &untrack(|| text(&document)),
                    &format!("field-rules-v{}-{}.{ending}", document.version, time::today()),
                );
            }
        }
    };
    view! {
        <PageHead title=Signal::derive(|| t(matrix::DOCUMENT).to_owned()) line crumbs=vec![("/admin/policy", admin::POLICY_TITLE)]>
            <Button on_click=save("csv", csv)>"CSV"</Button>
            <Button on_click=save("md", markdown)>"Markdown"</Button>
            <Button on_click=|()| {
                if let Some(window) = web_sys::window() {
                    let _ = window.print();
                }
            }>
                <Icon glyph=Glyph::Print /> {move || t(common::PRINT)}
            </Button>
        </PageHead>
        {loaded(document, |document: PolicyDocument| {
            named::roles().map(|role| section(&document, role)).collect_view()
        })}
    }
    .into_any()
}

fn cell(document: &PolicyDocument, role: Role, field: FieldKey) -> Cell {
    document.cells.iter().find(|cell| cell.role == role && cell.field == field).map(|cell| cell.cell).unwrap_or_default()
}
fn scope(document: &PolicyDocument, role: Role) -> RowScope {
    document.scopes.iter().find(|scope| scope.role == role).map(|scope| scope.scope).unwrap_or_default()
}
fn condition(document: &PolicyDocument, role: Role) -> Condition {
    document.conditions.iter().find(|one| one.role == role).map(|one| one.condition.clone()).unwrap_or_default()
}
/// What may be done beside seeing and opening; reactive.
fn further(cell: Cell) -> String {
    let all = [(cell.edit, admin::CAN_EDIT), (cell.search, admin::CAN_SEARCH), (cell.export, admin::CAN_EXPORT)];
    let may: Vec<&str> = all.into_iter().filter(|(may, _)| *may).map(|(_, word)| t(word)).collect();
    if may.is_empty() { "—".to_owned() } else { may.join(crate::text::comma()) }
}
/// How it is opened; reactive.
fn opening(cell: Cell) -> &'static str {
    if cell.reveal == Reveal::No { "—" } else { t(cell.reveal.word()) }
}

fn section(document: &PolicyDocument, role: Role) -> AnyView {
    let (reach, when) = (scope(document, role), condition(document, role));
    let fields = RECORDS.iter().flat_map(|record| FieldKey::of(*record)).map(|field| (field, cell(document, role, field)));
    let rows: Vec<AnyView> = fields
        .map(|(field, cell)| {
            view! {
                <tr>
                    <th scope="row">{move || words::full(field)}</th>
                    <td><span class=words::class(cell.exposure)>{move || t(cell.exposure.word())}</span></td>
                    <td>{move || opening(cell)}</td>
                    <td>{move || further(cell)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let heads = [admin::FIELD, matrix::FORM, matrix::OPENING, matrix::MAY];
    view! {
        <section class="rules">
            <h2>{move || t(role.word())}</h2>
            <TableCard
                label=Signal::derive(move || t(role.word()).to_owned())
                caption=Signal::derive(move || fill(matrix::REACH, &[("scope", t(reach.word())), ("when", &words::condition(&when))]))
                cards=false
            >
                <thead><tr>{heads.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </TableCard>
        </section>
    }
    .into_any()
}

/// The rows of both files: role, reach, condition, field, form, opening, further.
fn lines(document: &PolicyDocument) -> Vec<[String; 7]> {
    let all = named::roles().flat_map(|role| RECORDS.iter().flat_map(|record| FieldKey::of(*record)).map(move |field| (role, field)));
    all.map(|(role, field)| {
        let cell = cell(document, role, field);
        [
            t(role.word()).to_owned(),
            t(scope(document, role).word()).to_owned(),
            words::condition(&condition(document, role)),
            words::full(field),
            t(cell.exposure.word()).to_owned(),
            opening(cell).to_owned(),
            further(cell),
        ]
    })
    .collect()
}

fn heads() -> [String; 7] {
    [admin::ROLE, admin::SCOPE, matrix::WHEN, admin::FIELD, matrix::FORM, matrix::OPENING, matrix::MAY].map(|word| t(word).to_owned())
}

/// With a byte order mark, since spreadsheet programs guess otherwise. All words are our own or the name of a role, which has neither
/// quotes nor a mark that begins a formula, so that nothing in them needs an escape but the comma.
fn csv(document: &PolicyDocument) -> String {
    let line = |cells: [String; 7]| cells.map(|cell| format!("\"{cell}\"")).join(",");
    let rows = std::iter::once(heads()).chain(lines(document)).map(line).collect::<Vec<_>>();
    format!("\u{feff}{}\r\n", rows.join("\r\n"))
}

fn markdown(document: &PolicyDocument) -> String {
    let title = format!("# {}\n\n{}\n", t(matrix::DOCUMENT), fill(matrix::DOCUMENT_LINE, &[("n", &document.version.to_string())]));
    let line = |cells: [String; 7]| format!("| {} |", cells.join(" | "));
    let rule = "|---|---|---|---|---|---|---|".to_owned();
    let narrowed = if document.conditions.iter().all(|one| one.condition.is_always()) { "" } else { t(matrix::WHEN_LINE) };
    let rows = [line(heads()), rule].into_iter().chain(lines(document).into_iter().map(line)).collect::<Vec<_>>();
    format!("{title}\n{}\n\n{narrowed}\n", rows.join("\n"))
}
