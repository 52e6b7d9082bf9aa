//! Sign-in by password and code, and setting them up in the shell of staff.

use super::{Needs, elsewhere, inside, outside, page};
use crate::{pages::password, ui::shell::shell};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};

/// Every page of this program.
pub fn pages() -> AnyView {
    view! {
        <FlatRoutes fallback=elsewhere>
            <Route path=path!("/sign-in/password") view=|| outside(password::sign_in) />
            <Route path=path!("/account/password") view=|| inside(shell, || page(Needs::Staff, password::set_up)) />
        </FlatRoutes>
    }
    .into_any()
}
