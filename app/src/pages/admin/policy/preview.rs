//! What a role would see of an invented record, and what the unsaved changes change.
//!
//! The rule: masks come from the contract, the same functions as on the server. The samples are of nobody: the number cannot
//! ring, and the identity number is the example of the standard (GB 11643).

use super::{draft::Draft, grid::RECORDS, words};
use crate::{
    text::{Word, admin, live, matrix, t},
    ui::{Note, SelectField, Tone, shown},
};
use contract::{Exposure, FieldKey, Role, RowScope};
use leptos::prelude::*;

/// An invented value for each field.
const fn sample(field: FieldKey) -> &'static str {
    match field {
        FieldKey::StudentName => "欧阳修远",
        FieldKey::StudentBirthDate => "2016-05-12",
        FieldKey::StudentSchool => "海淀区明德小学",
        FieldKey::StudentAddress | FieldKey::GuardianAddress => "北京市海淀区学院路100号2号楼301室",
        FieldKey::StudentHealthNote => "花生过敏",
        FieldKey::GuardianName => "欧阳明",
        FieldKey::GuardianPhone | FieldKey::StaffPhone => "10012345678",
        FieldKey::GuardianSecondPhone => "10087654321",
        FieldKey::GuardianWechat => "mingde_2016",
        FieldKey::GuardianEmail => "ouyang.ming@example.com",
        FieldKey::StudentIdCard | FieldKey::GuardianIdCard => "11010519491231002X",
        FieldKey::GuardianEmployer => "明德图书有限公司",
        FieldKey::NoteBody => "与欧阳明通话，改约周六试听，回电 10012345678。",
        FieldKey::CorrectionWords => "上个月换了号，旧号 10012345678 不要再打。",
        FieldKey::CorrectionAnswer => "已照您说的改好。",
        FieldKey::QuestionWords => "没有约过课，为什么看我的号码？请回 10012345678。",
        FieldKey::QuestionAnswer => "查过了，是误点，已提醒本人。",
        FieldKey::StaffEmail => "teacher.li@example.com",
    }
}

fn seen(draft: Draft, role: Role, field: FieldKey) -> AnyView {
    let cell = draft.cell((role, field));
    let form = match cell.exposure {
        Exposure::Clear => view! { <span class="field field--clear">{sample(field)}</span> }.into_any(),
        Exposure::Masked => view! {
            <span class="field field--masked"><span class="field__text">{shown::masked_stars(&field.preview(sample(field)))}</span></span>
        }
        .into_any(),
        Exposure::Withheld => view! {
            <span class="field field--withheld"><span class="visually-hidden">{t(Exposure::Withheld.word())}</span></span>
        }
        .into_any(),
    };
    view! {
        {form}
        {words::tag(cell.reveal).map(|tag| view! { " " <small class="cell__tag">{t(tag)}</small> })}
    }
    .into_any()
}

/// The sample as a role would see it.
#[component]
pub fn Preview(
    /// The matrix and its changes.
    draft: Draft,
) -> impl IntoView {
    let chosen = RwSignal::new(Role::Consultant.name().to_owned());
    // The preview follows the column that is being worked on, and can still be turned to another role.
    Effect::new(move || chosen.set(draft.at.get().0.name().to_owned()));
    let role = Memo::new(move |_| chosen.with(|name| name.parse::<Role>().unwrap_or(Role::Consultant)));
    let roles = Signal::derive(move || {
        draft.there().into_iter().map(|role| (role.name().to_owned(), t(role.word()).to_owned())).collect::<Vec<_>>()
    });
    view! {
        <section class="card" aria-labelledby="preview">
            <header class="card__head"><h2 id="preview">{live(admin::PREVIEW)}</h2></header>
            <div class="card__body stack">
                <SelectField id="preview-role" label=admin::ROLE value=chosen options=roles />
                {move || (draft.scope(role.get()) == RowScope::None).then(|| view! {
                    <Note tone=Tone::Info>{live(admin::PREVIEW_NONE)}</Note>
                })}
                {RECORDS.into_iter().map(|record| view! {
                    <h3 class="faint">{move || t(record.word())}</h3>
                    <dl class="facts">
                        {FieldKey::of(record).map(|field| view! {
                            <div class="facts__row">
                                <dt>{move || t(field.word())}</dt>
                                <dd>{move || seen(draft, role.get(), field)}</dd>
                            </div>
                        }).collect_view()}
                    </dl>
                }).collect_view()}
            </div>
            <footer class="card__foot"><p class="faint">{live(admin::PREVIEW_LINE)}</p></footer>
        </section>
    }
}

/// What the unsaved changes change, in words.
#[component]
pub fn Differences(
    /// The matrix and its changes.
    draft: Draft,
) -> impl IntoView {
    let lines = move || {
        let cells = draft.changed_cells().into_iter().map(|((role, field), before, after)| {
            (format!("{} · {}", t(role.word()), words::full(field)), words::all(before), words::all(after))
        });
        let scopes = draft.changed_scopes().into_iter().map(|(role, before, after)| {
            (format!("{} · {}", t(role.word()), t(admin::SCOPE)), t(before.word()).to_owned(), t(after.word()).to_owned())
        });
        let conditions = draft.changed_conditions().into_iter().map(|(role, before, after)| {
            (format!("{} · {}", t(role.word()), t(matrix::WHEN)), words::condition(&before), words::condition(&after))
        });
        let roles = draft.changed_roles().into_iter().map(|(before, after)| {
            (format!("{} · {}", t(after.role.base().word()), t(matrix::ROLE_NAME)), words::name(&before), words::name(&after))
        });
        roles.chain(cells).chain(scopes).chain(conditions).collect::<Vec<_>>()
    };
    view! {
        <section class="card" aria-labelledby="differences">
            <header class="card__head"><h2 id="differences">{live(admin::DIFF)}</h2></header>
            <div class="card__body">
                {move || {
                    let lines = lines();
                    if lines.is_empty() {
                        view! { <p class="muted">{t(admin::DIFF_NONE)}</p> }.into_any()
                    } else {
                        view! {
                            <ul class="stack stack--tight">
                                {lines.into_iter().map(|(what, before, after)| view! {
                                    <li><b>{what}</b><br /><del class="diff__del">{before}</del> " → " <ins class="diff__ins">{after}</ins></li>
                                }).collect_view()}
                            </ul>
                        }.into_any()
                    }
                }}
            </div>
        </section>
    }
}
