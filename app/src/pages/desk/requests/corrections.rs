//! What guardians say is wrong: those that wait, the oldest first, and those that are decided.
//!
//! The rule: both values stand there in the form in which the role sees them; nobody has to open one to decide. Deliberately
//! absent: deciding about several at once.

use super::{
    decide::{self, Deciding},
    item,
    pile::{Pile, Words},
};
use crate::{api, text::requests};
use contract::wire::corrections::{CorrectionQuery, CorrectionState};
use leptos::prelude::*;

/// What the list says of itself.
pub static WORDS: Words = Words {
    about: "corrections",
    states: &[
        (CorrectionState::Open.name(), requests::REQUESTS_OPEN),
        (CorrectionState::Accepted.name(), requests::REQUESTS_ACCEPTED),
        (CorrectionState::Declined.name(), requests::REQUESTS_DECLINED),
        (CorrectionState::Withdrawn.name(), requests::REQUESTS_WITHDRAWN),
    ],
    none: requests::NO_REQUESTS,
    none_line: requests::NO_REQUESTS_LINE,
    foot: requests::REQUESTS_FOOT,
};

/// Draws the page.
pub fn page() -> AnyView {
    let pile = Pile::new(&WORDS, |state, after| {
        let state = CorrectionState::ALL.iter().copied().find(|one| one.name() == state);
        async move { api::corrections::list(&CorrectionQuery { state, after }).await }
    });
    let deciding = Deciding::new(pile.page);
    view! { {pile.view(move |asked| item::item(asked, deciding))} {decide::dialog(deciding)} }.into_any()
}
