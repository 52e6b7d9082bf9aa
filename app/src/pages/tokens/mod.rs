//! Tokens for programs: what waits to be decided, one's own, those of others, and asking for one.
//!
//! The rule: a secret is in one dialog, once, and forgotten with it; it is in no list, no storage and no address. Deliberately absent:
//! what was read by one, which the trail and the ledgers of the families tell.

mod ask;
mod item;
mod secret;

use crate::{
    api, session,
    text::{live, t, tokens},
    ui::{Button, ButtonKind, Empty, EmptyKind, Loader, PageHead, loaded, waits},
};
use contract::{
    Duty,
    wire::tokens::{TOKENS, Token, TokenState, Tokens},
};
use leptos::prelude::*;

/// Draws the page.
#[component]
pub fn TokensPage() -> impl IntoView {
    let list = Loader::new(api::tokens::list);
    let asking = RwSignal::new(false);
    let may_ask = move || list.get().is_some_and(|now| !now.roles.is_empty() && running(&now) < TOKENS);
    view! {
        <PageHead title=Signal::derive(|| t(tokens::TITLE).to_owned()) line=Signal::derive(|| t(tokens::LINE).to_owned())>
            {move || may_ask().then(|| view! { <Button kind=ButtonKind::Primary on_click=move |()| asking.set(true)>{live(tokens::ASK)}</Button> })}
        </PageHead>
        {loaded(list, move |now| arranged(now, list))}
        {ask::dialog(asking, list)}
    }
    .into_any()
}

/// How many of one's own wait or live.
fn running(now: &Tokens) -> usize {
    now.items.iter().filter(|one| one.own && one.may_end).count()
}

fn arranged(now: Tokens, list: Loader<Tokens>) -> AnyView {
    let full = running(&now) >= TOKENS;
    let Tokens { items, roles } = now;
    if items.is_empty() {
        let ends_any = session::me_now().is_some_and(|me| me.duties.iter().any(|duty| matches!(duty, Duty::Approve | Duty::KeepStaff)));
        let (kind, line) = match (roles.is_empty(), ends_any) {
            (false, _) => (EmptyKind::First, tokens::NONE_ASK),
            (true, true) => (EmptyKind::First, tokens::NONE_DECIDE),
            (true, false) => (EmptyKind::Denied, tokens::NONE_MAY),
        };
        return view! { <Empty kind title=tokens::NONE line /> }.into_any();
    }
    let (to_decide, rest): (Vec<Token>, Vec<Token>) = items.into_iter().partition(|one| one.may_decide);
    let (mine, others): (Vec<Token>, Vec<Token>) = rest.into_iter().partition(|one| one.own);
    let secret = secret::Made::new();
    let ending = item::Ending::new();
    let items = |tokens: Vec<Token>| tokens.into_iter().map(|token| item::item(token, secret, ending, list)).collect::<Vec<_>>();
    view! {
        <div class="stack grants">
            {waits("decide", tokens::TO_DECIDE, items(to_decide))}
            {waits("mine", tokens::MINE, items(mine))}
            {full.then(|| view! { <p class="faint">{live(tokens::FULL)}</p> })}
            {waits("others", tokens::OTHERS, items(others))}
        </div>
        {secret::dialog(secret, list)}
        {item::question(ending, list)}
    }
    .into_any()
}

/// Whether nothing can become of it any more.
const fn is_over(state: TokenState) -> bool {
    matches!(state, TokenState::Refused | TokenState::Ended | TokenState::Lapsed)
}
