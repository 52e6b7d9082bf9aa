//! The families to get in touch with, by how urgent it is.

use crate::{
    routes::rel,
    text::{Text, Word, desk, t},
    time,
    ui::shown::{Words, with_seal},
};
use chrono::NaiveDate;
use contract::wire::families::FamilyRow;
use leptos::prelude::*;
use std::cmp::Ordering;

/// A section for each kind of urgency that there is.
pub fn sections(mut rows: Vec<FamilyRow>) -> AnyView {
    let today = time::today();
    rows.sort_by_key(|row| row.next_contact);
    let of = |order: Ordering| -> Vec<FamilyRow> {
        rows.iter().filter(|row| row.next_contact.is_some_and(|day| day.cmp(&today) == order)).cloned().collect()
    };
    let sections = [
        ("overdue", desk::OVERDUE, of(Ordering::Less)),
        ("due", desk::DUE_TODAY, of(Ordering::Equal)),
        ("soon", desk::SOON, of(Ordering::Greater)),
    ];
    sections.into_iter().filter(|(_, _, rows)| !rows.is_empty()).map(|(id, title, rows)| section(id, title, rows)).collect_view().into_any()
}

fn section(id: &'static str, title: Text, rows: Vec<FamilyRow>) -> AnyView {
    let count = rows.len();
    view! {
        <section class="card waits" aria-labelledby=id>
            <header class="card__head"><h2 id=id>{move || t(title)}</h2><span class="faint">{count}</span></header>
            <ul class="waits__list">{rows.into_iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn item(row: FamilyRow) -> AnyView {
    let FamilyRow { id, stage, campus, owner, students, next_contact, .. } = row;
    let href = format!("/families/{id}");
    let external = rel(&href);
    let names = students.iter().enumerate().map(|(at, student)| {
        view! { {(at > 0).then_some(" · ")} <span class="nowrap">{with_seal(&student.name.to_text(), None, Words::Live)}</span> }
    });
    view! {
        <li class="waits__item">
            <div class="waits__what">
                <a class="waits__name" href=href rel=external>{names.collect_view()}</a>
                <p class="waits__facts">
                    <span class=format!("stage stage--{}", stage.name())>{move || t(stage.word())}</span>
                    <span>{campus.name}</span>
                    {owner.map(|owner| view! { <span>{owner.name}</span> })}
                </p>
            </div>
            {next_contact.map(day)}
        </li>
    }
    .into_any()
}

fn day(day: NaiveDate) -> AnyView {
    view! { <time class="waits__day" datetime=day.to_string()>{move || time::day(day)}</time> }.into_any()
}
