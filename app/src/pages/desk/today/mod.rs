//! What waits for the viewer today: the families to get in touch with, the overdue ones first.
//!
//! The rule: the page asks for what it shows, so that each look that is recorded is one that was shown. Deliberately absent:
//! scores and comparisons between people.

mod due;

use crate::{
    api,
    text::{common, desk, t},
    time,
    ui::{Empty, EmptyKind, Loader, PageHead, loaded},
};
use chrono::TimeDelta;
use contract::wire::{
    Page,
    families::{FamilyQuery, FamilyRow},
};
use leptos::prelude::*;

/// How far ahead the page looks, in days.
const AHEAD: i64 = 7;

/// Draws the page.
#[component]
pub fn TodayPage() -> impl IntoView {
    let families = Loader::new(|| async {
        let due = time::today().checked_add_signed(TimeDelta::days(AHEAD));
        api::families::list(&FamilyQuery { due, limit: Some(100), ..FamilyQuery::default() }).await
    });
    view! {
        <PageHead
            title=Signal::derive(|| t(common::TODAY).to_owned())
            line=Signal::derive(|| time::long_day_of(chrono::Utc::now()))
        />
        {loaded(families, |page: Page<FamilyRow>| {
            if page.items.is_empty() {
                return view! { <Empty kind=EmptyKind::None title=desk::NOTHING line=desk::NOTHING_LINE /> }.into_any();
            }
            due::sections(page.items)
        })}
    }
    .into_any()
}
