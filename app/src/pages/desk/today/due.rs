//! The families to get in touch with and whom to call, by how urgent it is, the viewer's own first.

use super::{done::Done, names};
use crate::{
    routes::rel,
    session,
    text::{Text, desk, fill, staff, t},
    time,
    ui::{
        Loader, RevealTarget, Sealed, StageTag,
        shown::{Words, with_seal},
    },
};
use chrono::NaiveDate;
use contract::{
    FieldKey,
    wire::{
        guardians::GuardianBrief,
        today::{Due, FamilyBrief, Today},
    },
};
use leptos::prelude::*;
use std::cmp::Ordering;

/// A card for each kind of urgency that there is, and the dialog in which one is done.
pub fn cards(today: Today, loader: Loader<Today>) -> AnyView {
    let Today { day, due, counts, .. } = today;
    let doing = RwSignal::new(None::<FamilyBrief>);
    let of = |order: Ordering| -> Vec<Due> {
        due.iter().filter(|due| due.family.next_contact.is_some_and(|on| on.cmp(&day) == order)).cloned().collect()
    };
    let cards = [
        ("overdue", desk::OVERDUE, of(Ordering::Less), counts.overdue),
        ("due", desk::DUE_TODAY, of(Ordering::Equal), counts.today),
        ("soon", desk::SOON, of(Ordering::Greater), counts.soon),
    ];
    let cards = cards.into_iter().filter(|(.., count)| *count > 0);
    view! {
        {cards.map(|(id, title, families, count)| card(id, title, families, count, day, doing)).collect_view()}
        <Done doing day loader />
    }
    .into_any()
}

fn card(id: &'static str, title: Text, families: Vec<Due>, count: u64, day: NaiveDate, doing: RwSignal<Option<FamilyBrief>>) -> AnyView {
    let more = count.saturating_sub(u64::try_from(families.len()).unwrap_or_default());
    let list = "/families?when=next.overdue.today";
    view! {
        <section class="card" aria-labelledby=id>
            <header class="card__head">
                <h2 id=id>{move || t(title)}</h2>
                <span class="waits__count">{move || fill(desk::COUNT, &[("n", &count.to_string())])}</span>
            </header>
            <ul class="waits">{families.into_iter().map(|family| item(family, day, doing)).collect_view()}</ul>
            {(more > 0).then(|| view! {
                <footer class="card__foot">
                    <a href=list rel=rel(list)>{move || fill(desk::MORE, &[("n", &more.to_string())])}</a>
                </footer>
            })}
        </section>
    }
    .into_any()
}

fn item(Due { family, guardian, may_note }: Due, today: NaiveDate, doing: RwSignal<Option<FamilyBrief>>) -> AnyView {
    let on = family.next_contact.unwrap_or(today);
    let late = today.signed_duration_since(on).num_days();
    let own = family.owner.as_ref().is_some_and(|owner| Some(owner.id.0) == session::me_now().map(|me| me.id));
    let owner = family.owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default();
    let whose = move || if own { t(desk::OWN).to_owned() } else { owner.clone() };
    let tone = if late > 0 { "tag tag--amber" } else { "waits__day" };
    let campus = family.campus.name.clone();
    let stage = family.stage;
    let students = names(&family, None);
    let words = move || match late {
        0 => String::new(),
        late if late > 0 => fill(desk::DAYS_LATE, &[("n", &late.to_string())]),
        _ => time::near_day(on),
    };
    view! {
        <li class="waits__item">
            <div class="waits__what">
                <p>{students}</p>
                <p class="waits__facts">
                    <StageTag stage />
                    <span>{campus}</span>
                    <span>{whose}</span>
                </p>
            </div>
            {guardian.map(call)}
            <div class="waits__end">
            {(late != 0).then(|| view! { <time class=tone datetime=on.to_string()>{words}</time> })}
            {may_note.then(|| view! {
                <button class="button button--small" type="button" on:click=move |_| doing.set(Some(family.clone()))>{move || t(staff::WRITE_NOTE)}</button>
            })}
            </div>
        </li>
    }
    .into_any()
}

/// Whom to call: the number opens where it stands, so that a morning of calls needs no other page.
fn call(guardian: GuardianBrief) -> AnyView {
    let GuardianBrief { id, name, phone, can } = guardian;
    view! {
        <p class="waits__call">
            <span class="nowrap">{with_seal(&name.to_text(), None, Words::Live)}</span>
            <Sealed target=RevealTarget::Guardian(id) field=FieldKey::GuardianPhone value=phone.to_text() can />
        </p>
    }
    .into_any()
}
