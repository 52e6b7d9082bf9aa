//! The rules for fields as a document: a page for the printer, and the same as CSV and Markdown.
//!
//! The rule: everything is made of the matrix in force, in the language of the reader. Deliberately absent: anything written by hand.

use super::{grid::RECORDS, words};
use crate::{
    api,
    text::{Word, admin, common, fill, live, matrix, named, t},
    time,
    ui::{Button, Glyph, Icon, Loader, Note, PageHead, TableCard, Tone, download, loaded},
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
            let narrows = narrows(&document).then(|| view! { <Note tone=Tone::Info>{live(matrix::WHEN_LINE)}</Note> });
            view! { {narrows} {named::roles().map(|role| section(&document, role)).collect_view()} }
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
/// Whether some role counts in full at some hours or from some networks alone, so that it has to be said what that means.
fn narrows(document: &PolicyDocument) -> bool {
    document.conditions.iter().any(|one| !one.condition.is_always())
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

/// Which version it is, and what a condition comes to where there is one: the first lines of the CSV, and what stands around the table of
/// the other file.
fn said(document: &PolicyDocument) -> (String, Option<&'static str>) {
    let version = document.version.to_string();
    let of = fill(matrix::DOCUMENT_OF, &[("n", &version), ("since", &words::school_moment(document.since))]);
    (of, narrows(document).then(|| t(matrix::WHEN_LINE)))
}

/// With a byte order mark, since spreadsheet programs guess otherwise. All words are our own or the name of a role, which has neither
/// quotes nor a mark that begins a formula, so that nothing in them needs an escape but the comma.
fn csv(document: &PolicyDocument) -> String {
    let quoted = |cell: String| format!("\"{cell}\"");
    let line = |cells: [String; 7]| cells.map(quoted).join(",");
    let (of, narrowed) = said(document);
    let first = std::iter::once(of).chain(narrowed.map(str::to_owned)).map(quoted);
    let rows = first.chain(std::iter::once(heads()).chain(lines(document)).map(line)).collect::<Vec<_>>();
    format!("\u{feff}{}\r\n", rows.join("\r\n"))
}

fn markdown(document: &PolicyDocument) -> String {
    let (of, narrowed) = said(document);
    let made = fill(matrix::DOCUMENT_LINE, &[("n", &document.version.to_string())]);
    let title = format!("# {}\n\n{made}\n{of}\n", t(matrix::DOCUMENT));
    let line = |cells: [String; 7]| format!("| {} |", cells.join(" | "));
    let rule = "|---|---|---|---|---|---|---|".to_owned();
    let rows = [line(heads()), rule].into_iter().chain(lines(document).into_iter().map(line)).collect::<Vec<_>>();
    format!("{title}\n{}\n\n{}\n", rows.join("\n"), narrowed.unwrap_or_default())
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use contract::{
        CustomRole, Exposure,
        wire::policy::{PolicyCell, PolicyCondition, PolicyRole, PolicyScope},
    };
    use std::collections::BTreeSet;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    const OWN: Role = Role::Custom(CustomRole::TeacherA);
    const FORMS: [Exposure; 3] = [Exposure::Withheld, Exposure::Masked, Exposure::Clear];
    const OPENS: [Reveal; 3] = [Reveal::No, Reveal::WithApproval, Reveal::WithReason];

    fn all() -> impl Iterator<Item = (Role, FieldKey)> {
        let roles = Role::BUILT_IN.iter().copied().chain([OWN]);
        roles.flat_map(|role| FieldKey::ALL.iter().map(move |field| (role, *field)))
    }

    /// Every right in every combination, so that no two columns are mixed up; a role of the school's own, and a condition.
    fn document() -> PolicyDocument {
        let cell = |(at, (role, field)): (usize, (Role, FieldKey))| {
            let (exposure, reveal) = (FORMS[at % 3], OPENS[at / 3 % 3]);
            let cell = Cell { exposure, reveal, edit: at % 2 == 0, search: at % 5 == 0, export: at % 7 == 0 };
            PolicyCell { role, field, cell }
        };
        let roles = vec![PolicyRole { role: CustomRole::TeacherA, zh: "班主任".into(), en: "Homeroom".into() }];
        named::learn(PolicyRole::lines(&roles));
        let condition = Condition::new(None, vec!["203.0.113.0/24".parse().unwrap()]).unwrap();
        PolicyDocument {
            version: 7,
            since: "2026-03-04T00:30:00Z".parse::<DateTime<Utc>>().unwrap(),
            by: String::new(),
            cells: all().enumerate().map(cell).collect(),
            scopes: vec![PolicyScope { role: OWN, scope: RowScope::TeachesNow }],
            conditions: vec![PolicyCondition { role: Role::Finance, condition }],
            roles,
            may_edit: false,
        }
    }

    fn row(document: &PolicyDocument, role: Role, field: FieldKey) -> Vec<String> {
        let PolicyCell { cell, .. } = *document.cells.iter().find(|cell| cell.role == role && cell.field == field).unwrap();
        let scope = if role == OWN { RowScope::TeachesNow } else { RowScope::None };
        let when = if role == Role::Finance { "自网络 203.0.113.0/24" } else { "随时" };
        let may = [(cell.edit, admin::CAN_EDIT), (cell.search, admin::CAN_SEARCH), (cell.export, admin::CAN_EXPORT)];
        let may: Vec<&str> = may.into_iter().filter(|(so, _)| *so).map(|(_, word)| t(word)).collect();
        let opens = if cell.reveal == Reveal::No { "—" } else { t(cell.reveal.word()) };
        let may = if may.is_empty() { "—".to_owned() } else { may.join("、") };
        let name = if role == OWN { "班主任" } else { t(role.word()) };
        let full = format!("{} · {}", t(field.record().word()), t(field.word()));
        [name, t(scope.word()), when, &full, t(cell.exposure.word()), opens, &may].map(str::to_owned).to_vec()
    }

    fn agrees(document: &PolicyDocument, rows: &[Vec<String>]) {
        let want: BTreeSet<Vec<String>> = all().map(|(role, field)| row(document, role, field)).collect();
        assert_eq!(rows.len(), (Role::BUILT_IN.len() + 1) * FieldKey::ALL.len());
        assert_eq!(rows.iter().cloned().collect::<BTreeSet<_>>(), want);
    }

    #[wasm_bindgen_test]
    fn the_csv_says_its_version_and_every_cell_of_every_role() {
        let document = document();
        let text = csv(&document);
        let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap().trim_end().split("\r\n").collect();
        assert!(lines[0].contains("第 7 版") && lines[0].contains("2026-03-04 08:30"), "{}", lines[0]);
        assert!(lines[1].contains("至多看到遮罩"), "{}", lines[1]);
        let cells = |line: &&str| line.trim_matches('"').split("\",\"").map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cells(&lines[2]), heads());
        agrees(&document, &lines[3..].iter().map(cells).collect::<Vec<_>>());
        let free = PolicyDocument { conditions: Vec::new(), ..document };
        assert!(!csv(&free).contains("至多看到遮罩"));
    }

    #[wasm_bindgen_test]
    fn the_markdown_has_the_same_table_and_what_a_condition_comes_to() {
        let document = document();
        let text = markdown(&document);
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
        let cells = |line: &&str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        assert_eq!(cells(&rows[0]), heads());
        agrees(&document, &rows[1..].iter().map(cells).collect::<Vec<_>>());
        assert!(text.contains("2026-03-04 08:30") && text.trim_end().ends_with("不受影响。"), "{text}");
    }
}
