//! An invitation to the portal: made on a press, shown this once.
//!
//! The rule: the link lives in one signal and goes when its dialog is closed.

use crate::{
    api::{self, with_step_up},
    text::{common, fill, live, staff, t},
    time,
    ui::{Button, ButtonKind, Dialog, Qr, copy::copy, toast},
};
use contract::{ids::GuardianId, wire::sign_in::LinkMade};
use leptos::{prelude::*, task::spawn_local};

/// The button and the dialog.
#[component]
pub fn InviteButton(
    /// Who is invited.
    id: GuardianId,
) -> impl IntoView {
    let link = RwSignal::new(None::<LinkMade>);
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    Effect::new(move || {
        if !open.get() {
            link.set(None);
        }
    });
    let make = move || {
        busy.set(true);
        spawn_local(async move {
            let answer = with_step_up(|| api::guardians::invite(id)).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(made) => {
                    open.set(true);
                    link.set(Some(made));
                }
                Err(error) => toast::failed(&error),
            }
        });
    };
    view! {
        <Button kind=ButtonKind::Quiet class="button--small" busy on_click=move |()| make()>{live(staff::INVITE)}</Button>
        <Dialog open id=format!("invite-{id}") title=Signal::derive(|| t(staff::INVITE_TITLE).to_owned())>
            <div class="dialog__body stack">{move || link.get().map(shown)}</div>
            <footer class="dialog__foot">
                <Button on_click=move |()| open.set(false)>{live(common::CLOSE)}</Button>
                <Button kind=ButtonKind::Primary on_click=move |()| {
                    if let Some(made) = link.get_untracked() {
                        copy(made.url);
                    }
                }>{live(staff::COPY_LINK)}</Button>
            </footer>
        </Dialog>
    }
    .into_any()
}

fn shown(made: LinkMade) -> AnyView {
    let LinkMade { url, qr, expires_at, .. } = made;
    view! {
        <p>{live(staff::INVITE_LINE)}</p>
        <Qr svg=qr caption=Signal::derive(|| t(staff::INVITE_SCAN).to_owned()) />
        <input class="input" type="text" readonly aria-label=live(staff::INVITE_LINK) prop:value=url />
        <p class="faint">{move || fill(staff::INVITE_UNTIL, &[("at", &time::moment(expires_at))])}</p>
    }
    .into_any()
}
