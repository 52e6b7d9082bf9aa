//! What the school keeps, entry by entry, with who sees it in which form.

use crate::{
    text::{Word, fill, list, portal, t},
    ui::ShownValue,
};
use contract::{
    Exposure, FieldKey, Reveal, Role, Shown,
    wire::portal::{Audience, AudienceRole, ChildCard},
};
use leptos::prelude::*;

type Entry = (FieldKey, Shown<String>);

/// About the child.
#[component]
pub fn Held(
    /// The child's card.
    card: ChildCard,
) -> impl IntoView {
    let student = &card.student;
    let entries = vec![
        (FieldKey::StudentName, student.name.to_text()),
        (FieldKey::StudentBirthDate, student.birth_date.to_text()),
        (FieldKey::StudentSchool, student.school.to_text()),
        (FieldKey::StudentAddress, student.address.to_text()),
        (FieldKey::StudentHealthNote, student.health_note.to_text()),
        (FieldKey::StudentIdCard, student.id_card.to_text()),
    ];
    let classes = student.classes.iter().map(|class| class.name.clone()).collect::<Vec<_>>().join(" · ");
    view! {
        <section class="card" aria-labelledby="held">
            <header class="card__head"><h2 id="held">{move || t(portal::HELD)}</h2></header>
            <div class="card__body stack">
                <p class="muted">{move || t(portal::HELD_LINE)}</p>
                <dl class="facts">
                    <Entries entries audience=card.audience />
                    {(!classes.is_empty()).then(|| view! {
                        <div class="facts__row"><dt>{move || t(portal::CLASSES)}</dt><dd>{classes}</dd></div>
                    })}
                </dl>
            </div>
        </section>
    }
}

/// About the guardian.
#[component]
pub fn Myself(
    /// The child's card.
    card: ChildCard,
) -> impl IntoView {
    let me = &card.me;
    let child = card.student.id;
    let relation = me.kinships.iter().find(|kinship| kinship.student == child).map(|kinship| kinship.relation);
    let entries = vec![
        (FieldKey::GuardianName, me.name.to_text()),
        (FieldKey::GuardianPhone, me.phone.to_text()),
        (FieldKey::GuardianSecondPhone, me.second_phone.to_text()),
        (FieldKey::GuardianWechat, me.wechat.to_text()),
        (FieldKey::GuardianEmail, me.email.to_text()),
        (FieldKey::GuardianAddress, me.address.to_text()),
        (FieldKey::GuardianEmployer, me.employer.to_text()),
        (FieldKey::GuardianIdCard, me.id_card.to_text()),
    ];
    view! {
        <section class="card" aria-labelledby="myself">
            <header class="card__head"><h2 id="myself">{move || t(portal::ME)}</h2></header>
            <div class="card__body stack">
                <p class="muted">{move || t(portal::HELD_LINE)}</p>
                <dl class="facts">
                    {relation.map(|relation| view! {
                        <div class="facts__row"><dt>{move || t(portal::RELATION)}</dt><dd>{move || t(relation.word())}</dd></div>
                    })}
                    <Entries entries audience=card.audience />
                </dl>
            </div>
        </section>
    }
}

#[component]
fn Entries(entries: Vec<Entry>, audience: Vec<Audience>) -> impl IntoView {
    entries
        .into_iter()
        .map(|(field, value)| {
            let roles = audience.iter().find(|one| one.field == field).map(|one| one.roles.clone()).unwrap_or_default();
            view! {
                <div class="facts__row">
                    <dt>{move || t(field.word())}</dt>
                    <dd>
                        <div>
                            <ShownValue value />
                            {move || who(&roles).into_iter().map(|line| view! { <p class="facts__note">{line}</p> }).collect_view()}
                        </div>
                    </dd>
                </div>
            }
        })
        .collect_view()
}

/// Who sees a field, in plain words, a line for each form. The guardian's own role goes without saying.
fn who(roles: &[AudienceRole]) -> Vec<String> {
    let staff = || roles.iter().filter(|one| one.role != Role::Guardian);
    let of = |wanted: &dyn Fn(&AudienceRole) -> bool| list(staff().filter(|one| wanted(one)).map(|one| one.role));
    let groups = [
        (portal::SEES_WHOLE, of(&|one| one.exposure == Exposure::Clear)),
        (portal::SEES_PART, of(&|one| one.exposure == Exposure::Masked)),
        (portal::OPENS, of(&|one| one.exposure != Exposure::Clear && one.reveal == Reveal::WithReason)),
        (portal::OPENS_APPROVED, of(&|one| one.exposure != Exposure::Clear && one.reveal == Reveal::WithApproval)),
    ];
    let said: Vec<String> =
        groups.into_iter().filter(|(_, roles)| !roles.is_empty()).map(|(text, roles)| fill(text, &[("roles", &roles)])).collect();
    if said.is_empty() { vec![t(portal::SEES_NOBODY).to_owned()] } else { said }
}
