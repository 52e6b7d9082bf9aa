//! Standing grants: what waits to be decided, one's own, asking for one, and those in force.
//!
//! The rule: every act answers with the lists as they now are, which are drawn anew. Deliberately absent: a grant for several people,
//! and what was looked at under one, which the trail and the ledgers of the families tell.

mod ask;
mod decide;
mod item;

use crate::{
    api, session,
    text::{grants, t},
    ui::{Empty, EmptyKind, Loader, PageHead, loaded, waits},
};
use contract::{Duty, wire::grants::Grants};
use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn GrantsPage() -> impl IntoView {
    let list = Loader::new(api::grants::list);
    view! {
        <PageHead
            title=Signal::derive(|| t(grants::TITLE).to_owned())
            line=Signal::derive(|| t(grants::LINE).to_owned())
            crumbs=vec![("/today", crate::text::common::TODAY)]
        />
        {loaded(list, move |now| arranged(now, list))}
    }
    .into_any()
}

fn arranged(now: Grants, list: Loader<Grants>) -> AnyView {
    let Grants { may_ask, mine, to_decide, standing } = now;
    if may_ask.is_empty() && mine.is_empty() && to_decide.is_empty() && standing.is_empty() {
        let approves = session::me_now().is_some_and(|me| me.duties.contains(&Duty::Approve));
        let line = if approves { grants::NONE_DECIDE } else { grants::NONE_ASK };
        return view! { <Empty kind=EmptyKind::First title=grants::NONE line /> }.into_any();
    }
    let revoking = decide::Asking::new();
    let refusing = decide::Asking::new();
    let to_decide = to_decide.into_iter().map(|grant| decide::item(grant, refusing, list)).collect();
    let mine = mine.into_iter().map(|grant| item::own(grant, list)).collect();
    let standing = standing.into_iter().map(|grant| item::others(grant, revoking)).collect();
    view! {
        <div class="stack grants">
            {waits("decide", grants::TO_DECIDE, to_decide)}
            {waits("mine", grants::MINE, mine)}
            {(!may_ask.is_empty()).then(|| ask::form(may_ask, list))}
            {waits("standing", grants::STANDING, standing)}
        </div>
        {decide::refusal(refusing, list)}
        {decide::revocation(revoking, list)}
    }
    .into_any()
}
