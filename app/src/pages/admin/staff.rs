//! The members of staff and their enrolment links.
//!
//! The rule: a link is shown once, in the dialog that made it, and is forgotten when the dialog closes. Deliberately absent:
//! passwords; nobody can set one for anybody.

use crate::{
    api::{self, with_step_up},
    text::{admin, common, fill, list, t},
    time,
    ui::{Button, ButtonKind, Dialog, Empty, EmptyKind, Loader, PageHead, Qr, ShownValue, TableCard, copy::copy, loaded, toast},
};
use contract::{
    ids::StaffId,
    wire::{Page, sign_in::LinkMade, staff::StaffCard},
};
use leptos::{prelude::*, task::spawn_local};

/// Draws the page.
#[component]
pub fn StaffPage() -> impl IntoView {
    let page = Loader::new(|| async { api::staff::list().await });
    let made = RwSignal::new(None::<(String, LinkMade)>);
    let open = RwSignal::new(false);
    let waiting = RwSignal::new(None::<StaffId>);
    Effect::new(move || {
        if !open.get() {
            made.set(None);
        }
    });
    let issue = Callback::new(move |(id, name): (StaffId, String)| {
        if waiting.get_untracked().is_some() {
            return;
        }
        waiting.set(Some(id));
        spawn_local(async move {
            let answer = with_step_up(|| api::staff::enrol(id)).await;
            let _ = waiting.try_set(None);
            match answer {
                Ok(link) => {
                    let _ = made.try_set(Some((name, link)));
                    let _ = open.try_set(true);
                }
                Err(error) => toast::failed(&error),
            }
        });
    });
    let line =
        Signal::derive(move || page.get().map(|page| fill(admin::STAFF_LINE, &[("n", &page.items.len().to_string())])).unwrap_or_default());
    let title = Signal::derive(move || {
        made.with(|made| made.as_ref().map(|(name, _)| fill(admin::LINK_TITLE, &[("name", name)]))).unwrap_or_default()
    });
    view! {
        <PageHead title=Signal::derive(|| t(admin::STAFF_TITLE).to_owned()) line />
        {loaded(page, move |staff: Page<StaffCard>| {
            if staff.items.is_empty() {
                return view! { <Empty kind=EmptyKind::First title=admin::STAFF_NONE /> }.into_any();
            }
            let roles = staff.shown_as;
            view! {
                <TableCard
                    label=Signal::derive(|| t(admin::STAFF_TITLE).to_owned())
                    caption=Signal::derive(move || fill(admin::STAFF_CAPTION, &[("roles", &list(roles.iter().copied()))]))
                >
                    <Head />
                    <tbody>{staff.items.into_iter().map(|card| view! { <Row card waiting issue /> }).collect_view()}</tbody>
                </TableCard>
            }
            .into_any()
        })}
        <Dialog open id="link" title>
            {move || made.get().map(|(_, link)| view! { <Link link open /> })}
        </Dialog>
    }
}

#[component]
fn Head() -> impl IntoView {
    use crate::text::Word;
    use contract::FieldKey;
    let words = [
        admin::NAME,
        admin::LOGIN,
        admin::ROLES,
        admin::CAMPUSES,
        admin::PASSKEYS,
        FieldKey::StaffPhone.word(),
        FieldKey::StaffEmail.word(),
    ];
    view! {
        <thead>
            <tr>
                {words.into_iter().map(|word| view! { <th scope="col">{move || t(word)}</th> }).collect_view()}
                <th scope="col"><span class="visually-hidden">{move || t(admin::ENROL)}</span></th>
            </tr>
        </thead>
    }
}

#[component]
fn Row(card: StaffCard, waiting: RwSignal<Option<StaffId>>, issue: Callback<(StaffId, String)>) -> impl IntoView {
    use crate::text::Word;
    use contract::FieldKey;
    let StaffCard { id, login, name, roles, campuses, active, passkeys, phone, email, .. } = card;
    let campuses = campuses.into_iter().map(|campus| campus.name).collect::<Vec<_>>().join(" · ");
    let called = name.clone();
    let spoken = name.clone();
    view! {
        <tr>
            <th scope="row" class="grid__title">{name}</th>
            <td data-label=move || t(admin::LOGIN)><code>{login}</code></td>
            <td data-label=move || t(admin::ROLES)>{move || list(roles.iter().copied())}</td>
            <td data-label=move || t(admin::CAMPUSES)>{campuses}</td>
            <td data-label=move || t(admin::PASSKEYS)>
                <span class=if passkeys == 0 { "tag tag--amber" } else { "num" }>{passkeys}</span>
            </td>
            <td data-label=move || t(FieldKey::StaffPhone.word())><ShownValue value=phone.to_text() /></td>
            <td data-label=move || t(FieldKey::StaffEmail.word())><ShownValue value=email.to_text() /></td>
            <td>
                {if active {
                    view! {
                        <button
                            class="button button--small nowrap"
                            type="button"
                            aria-label=move || fill(admin::ENROL_FOR, &[("name", &spoken)])
                            aria-busy=move || (waiting.get() == Some(id)).then_some("true")
                            on:click=move |_| issue.run((id, called.clone()))
                        >
                            {move || t(admin::ENROL)}
                        </button>
                    }.into_any()
                } else {
                    view! { <span class="tag tag--quiet">{move || t(admin::INACTIVE)}</span> }.into_any()
                }}
            </td>
        </tr>
    }
}

#[component]
fn Link(link: LinkMade, open: RwSignal<bool>) -> impl IntoView {
    let LinkMade { url, qr, expires_at, .. } = link;
    let minutes = ((expires_at - chrono::Utc::now()).num_seconds().max(0) + 59) / 60;
    let copied = url.clone();
    view! {
        <div class="dialog__body stack">
            <p>{move || t(admin::LINK_LINE)}</p>
            <Qr svg=qr caption=Signal::derive(|| t(admin::LINK_QR).to_owned()) />
            <div class="form__field">
                <label class="form__label" for="link-url">{move || t(admin::LINK)}</label>
                <input class="input" id="link-url" readonly autocomplete="off" spellcheck="false" value=url />
            </div>
            <p class="note" role="status">
                {move || fill(admin::LINK_EXPIRES, &[("n", &minutes.to_string()), ("at", &time::clock(expires_at))])}
            </p>
        </div>
        <footer class="dialog__foot">
            <Button on_click=move |()| open.set(false)>{move || t(common::CLOSE)}</Button>
            <Button kind=ButtonKind::Primary on_click=move |()| copy(copied.clone())>{move || t(admin::LINK_COPY)}</Button>
        </footer>
    }
}
