//! Pages before sign-in: sign-in, enrolment, recovery, invitation.
//!
//! The rule: a token is read from the address once and removed from it at once; an answer never tells whether an account
//! exists. Deliberately absent: passwords, which have a program of their own.

mod enrol;
mod guardian;
mod invitation;
mod new_passkey;
mod recover;
mod sign_in;
mod token;

pub use enrol::EnrolPage;
pub use guardian::GuardianSignInPage;
pub use invitation::InvitationPage;
pub use recover::RecoverPage;
pub use sign_in::SignInPage;

use crate::{
    passkey::{self, Support},
    text::{Text, gate, t},
    ui::{Empty, EmptyKind},
};
use leptos::prelude::*;

/// Why passkeys cannot be used here, in two texts; nothing when they can.
fn barrier() -> Option<(Text, Text)> {
    match passkey::support() {
        Support::Ready => None,
        Support::WeChat => Some((gate::WECHAT, gate::WECHAT_LINE)),
        Support::Missing => Some((gate::UNSUPPORTED, gate::UNSUPPORTED_LINE)),
    }
}

/// Tells what to do where passkeys cannot be used.
#[component]
fn Barrier(title: Text, line: Text) -> impl IntoView {
    view! { <p class="note" role="status"><b>{move || t(title)}</b><br />{move || t(line)}</p> }
}

/// A link that was used or has lapsed.
#[component]
fn LapsedLink(line: Text, sign_in: &'static str) -> impl IntoView {
    view! {
        <Empty kind=EmptyKind::None title=gate::LAPSED line>
            <div class="row"><a class="button" href=sign_in>{move || t(gate::SIGN_IN)}</a></div>
        </Empty>
    }
}

/// A refusal above a form.
#[component]
fn Refusal(error: RwSignal<Option<Text>>) -> impl IntoView {
    move || error.get().map(|text| view! { <p class="note note--error" role="alert">{t(text)}</p> })
}
