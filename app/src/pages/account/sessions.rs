//! Where one is signed in, and ending it.

use super::renew;
use crate::{
    api,
    text::{self, account, common, fill, live, t},
    time,
    ui::{Loader, TableCard, shell, toast},
};
use contract::{
    ids::SessionId,
    wire::account::{Account, SessionCard},
};
use js_sys::{Array, Intl, Object, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

/// The sessions.
#[component]
pub fn Sessions(
    /// One's own access.
    access: Loader<Account>,
) -> impl IntoView {
    let cards = Memo::new(move |_| access.get().map(|access| access.sessions).unwrap_or_default());
    // What waits for an answer: one session, or all the others.
    let waiting = RwSignal::new(None::<Option<SessionId>>);
    let end = Callback::new(move |id: Option<SessionId>| {
        if waiting.get_untracked().is_some() {
            return;
        }
        waiting.set(Some(id));
        spawn_local(async move {
            let answer = api::account::session_end(id).await;
            let _ = waiting.try_set(None);
            match answer {
                Ok(fresh) => {
                    renew(access, fresh);
                    toast::done(if id.is_some() { account::ENDED } else { account::OTHERS_ENDED });
                }
                Err(error) => toast::failed(&error),
            }
        });
    });
    view! {
        <TableCard
            label=Signal::derive(|| t(account::SESSIONS).to_owned())
            caption=Signal::derive(|| format!("{} · {}", t(account::SESSIONS), t(account::SESSIONS_LINE)))
        >
            <thead>
                <tr>
                    {[account::DEVICE, account::SINCE, account::SEEN]
                        .into_iter()
                        .map(|word| view! { <th scope="col">{move || t(word)}</th> })
                        .collect_view()}
                    <th scope="col"><span class="visually-hidden">{live(account::END)}</span></th>
                </tr>
            </thead>
            <tbody>{move || cards.get().into_iter().map(|card| view! { <One card waiting end /> }).collect_view()}</tbody>
        </TableCard>
        {move || cards.with(|cards| cards.len() > 1).then(|| view! {
            <div class="row">
                <button
                    class="button"
                    type="button"
                    aria-busy=move || (waiting.get() == Some(None)).then_some("true")
                    on:click=move |_| end.run(None)
                >
                    {live(account::END_OTHERS)}
                </button>
            </div>
        })}
    }
}

/// A country or region as the browser calls it; its code where it has no name for it.
fn country_name(code: &str) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &JsValue::from_str("type"), &JsValue::from_str("region"));
    let names = Intl::DisplayNames::new(&Array::of1(&JsValue::from_str(text::lang().tag())), &options);
    names.of(code).map_or_else(|| code.to_owned(), String::from)
}

#[component]
fn One(card: SessionCard, waiting: RwSignal<Option<Option<SessionId>>>, end: Callback<Option<SessionId>>) -> impl IntoView {
    let SessionCard { id, device, created_at, seen_at, current, country } = card;
    let name = Signal::derive(move || if device.is_empty() { t(account::UNKNOWN_DEVICE).to_owned() } else { device.clone() });
    view! {
        <tr>
            <th scope="row" class="grid__title">
                {move || name.get()}
                {country.map(|code| view! { " " <span class="faint">{move || country_name(&code)}</span> })}
                {current.then(|| view! { " " <span class="tag tag--jade">{live(account::THIS)}</span> })}
            </th>
            <td data-label=live(account::SINCE)><time datetime=time::machine(created_at)>{move || time::moment(created_at)}</time></td>
            <td data-label=live(account::SEEN)><time datetime=time::machine(seen_at)>{move || time::moment(seen_at)}</time></td>
            <td>
                {if current {
                    view! {
                        <button class="button button--small" type="button" on:click=|_| shell::sign_out()>{live(common::SIGN_OUT)}</button>
                    }.into_any()
                } else {
                    view! {
                        <button
                            class="button button--small"
                            type="button"
                            aria-label=move || fill(account::END_NAMED, &[("device", &name.get())])
                            aria-busy=move || (waiting.get() == Some(Some(id))).then_some("true")
                            on:click=move |_| end.run(Some(id))
                        >
                            {live(account::END)}
                        </button>
                    }.into_any()
                }}
            </td>
        </tr>
    }
}
