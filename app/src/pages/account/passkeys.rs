//! Passkeys of one's own: names, another one, fewer.
//!
//! The rule: the last passkey of a member of staff stays; the server refuses it too.

use super::{is_asked, renew};
use crate::{
    api::{self, ApiError, with_step_up},
    passkey::{self, Support},
    text::{Text, account, common, fill, gate, t, t_now},
    time,
    ui::{Banner, Button, ButtonKind, Dialog, Loader, TextField, Tone, toast},
};
use contract::wire::{
    account::{Account, PasskeyCard},
    sign_in::CeremonyFinish,
};
use leptos::{prelude::*, task::spawn_local};

/// The dialogs of this part.
#[derive(Clone, Copy)]
struct Dialogs {
    which: RwSignal<Option<PasskeyCard>>,
    name: RwSignal<String>,
    missing: RwSignal<Option<Text>>,
    busy: RwSignal<bool>,
    renaming: RwSignal<bool>,
    removing: RwSignal<bool>,
    adding: RwSignal<bool>,
}

impl Dialogs {
    /// The name that was typed; says so when there is none.
    fn named(self) -> Option<String> {
        let name = self.name.get_untracked().trim().to_owned();
        self.missing.set(name.is_empty().then_some(gate::NEEDED));
        (!name.is_empty()).then_some(name)
    }
    /// What an answer means: fresh data and a closed dialog, or a word why not.
    fn end(self, open: RwSignal<bool>, access: Loader<Account>, answer: Result<Account, ApiError>, done: Text) {
        let _ = self.busy.try_set(false);
        match answer {
            Ok(fresh) => {
                let _ = open.try_set(false);
                renew(access, fresh);
                toast::done(done);
            }
            Err(error) => toast::failed(&error),
        }
    }
}

/// The passkeys.
#[component]
pub fn Passkeys(
    /// One's own access.
    access: Loader<Account>,
    /// A guardian may do without, unless the school asks for one.
    guardian: bool,
) -> impl IntoView {
    let dialogs = Dialogs {
        which: RwSignal::new(None),
        name: RwSignal::new(String::new()),
        missing: RwSignal::new(None),
        busy: RwSignal::new(false),
        renaming: RwSignal::new(false),
        removing: RwSignal::new(false),
        adding: RwSignal::new(false),
    };
    let cards = Memo::new(move |_| access.get().map(|access| access.passkeys).unwrap_or_default());
    let count = Memo::new(move |_| cards.with(Vec::len));
    let asked = !guardian || is_asked();
    let nag = move || match count.get() {
        0 if asked => Some(account::NONE_LEFT),
        1 if !guardian => Some(account::FEW),
        _ => None,
    };
    let add = Callback::new(move |()| {
        dialogs.missing.set(None);
        dialogs.name.set(t_now(gate::THIS_DEVICE).to_owned());
        dialogs.adding.set(true);
    });
    view! {
        {move || nag().map(|words| view! { <Banner tone=Tone::Caution><p>{move || t(words)}</p></Banner> })}
        <section class="card" aria-labelledby="passkeys">
            <header class="card__head">
                <h2 id="passkeys">{move || t(account::PASSKEYS)}</h2>
                {(!guardian).then(|| view! {
                    <span class="faint end">{move || t(account::LOGIN)} " " <code>{move || access.get().map(|access| access.login)}</code></span>
                })}
            </header>
            <div class="card__body">
                {move || {
                    let last = count.get() == 1 && !guardian;
                    if count.get() == 0 {
                        view! { <p class="muted">{move || t(account::NO_PASSKEYS)}</p> }.into_any()
                    } else {
                        view! {
                            <ul class="facts">
                                {cards.get().into_iter().map(|card| view! { <One card last dialogs /> }).collect_view()}
                            </ul>
                        }.into_any()
                    }
                }}
            </div>
            <footer class="card__foot">
                {match passkey::support() {
                    Support::Ready => view! { <Button on_click=add>{move || t(account::ADD)}</Button> }.into_any(),
                    Support::WeChat => view! { <p class="note">{move || t(gate::WECHAT_LINE)}</p> }.into_any(),
                    Support::Missing => view! { <p class="note">{move || t(gate::UNSUPPORTED_LINE)}</p> }.into_any(),
                }}
            </footer>
        </section>
        <AddDialog access dialogs />
        <RenameDialog access dialogs />
        <RemoveDialog access dialogs />
    }
}

#[component]
fn One(card: PasskeyCard, last: bool, dialogs: Dialogs) -> impl IntoView {
    let PasskeyCard { name, created_at, used_at, synced, .. } = card.clone();
    let to_rename = card.clone();
    let (called, spoken) = (name.clone(), name.clone());
    view! {
        <li class="row">
            <div class="stack stack--tight">
                <b>{name}</b>
                <p class="faint">
                    {move || fill(account::CREATED, &[("at", &time::day_of(created_at))])} " · "
                    {move || match used_at {
                        Some(at) => fill(account::USED, &[("at", &time::moment(at))]),
                        None => t(account::NEVER_USED).to_owned(),
                    }}
                    " · " {move || t(if synced { account::SYNCED } else { account::BOUND })}
                </p>
            </div>
            <div class="row end">
                <button
                    class="button button--small button--quiet"
                    type="button"
                    aria-label=move || fill(account::RENAME_NAMED, &[("name", &called)])
                    on:click=move |_| {
                        dialogs.missing.set(None);
                        dialogs.name.set(to_rename.name.clone());
                        dialogs.which.set(Some(to_rename.clone()));
                        dialogs.renaming.set(true);
                    }
                >
                    {move || t(account::RENAME)}
                </button>
                {if last {
                    view! { <span class="faint">{move || t(account::LAST)}</span> }.into_any()
                } else {
                    view! {
                        <button
                            class="button button--small button--quiet"
                            type="button"
                            aria-label=move || fill(account::REMOVE_NAMED, &[("name", &spoken)])
                            on:click=move |_| {
                                dialogs.which.set(Some(card.clone()));
                                dialogs.removing.set(true);
                            }
                        >
                            {move || t(account::REMOVE)}
                        </button>
                    }.into_any()
                }}
            </div>
        </li>
    }
}

#[component]
fn AddDialog(access: Loader<Account>, dialogs: Dialogs) -> impl IntoView {
    let open = dialogs.adding;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(name) = dialogs.named() else { return };
        if dialogs.busy.get_untracked() {
            return;
        }
        dialogs.busy.set(true);
        spawn_local(async move {
            let answer = make(name).await;
            dialogs.end(open, access, answer, account::ADDED);
        });
    };
    view! {
        <Dialog open id="passkey-add" title=Signal::derive(|| t(account::ADD).to_owned())>
            <form class="form" on:submit=submit>
                <div class="dialog__body stack">
                    <p>{move || t(account::ADD_LINE)}</p>
                    <TextField
                        id="passkey-new-name"
                        label=gate::PASSKEY_NAME
                        hint=gate::PASSKEY_NAME_HINT
                        value=dialogs.name
                        error=dialogs.missing
                        max=60
                        autofocus=true
                    />
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| open.set(false)>{move || t(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=dialogs.busy>{move || t(gate::CREATE)}</Button>
                </footer>
            </form>
        </Dialog>
    }
}

async fn make(name: String) -> Result<Account, ApiError> {
    let begun = with_step_up(api::account::passkey_begin).await?;
    let credential = passkey::create(&begun.options).await.map_err(ApiError::Passkey)?;
    api::account::passkey_finish(&CeremonyFinish { ceremony: begun.ceremony, credential, name }).await
}

#[component]
fn RenameDialog(access: Loader<Account>, dialogs: Dialogs) -> impl IntoView {
    let open = dialogs.renaming;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(name) = dialogs.named() else { return };
        let Some(card) = dialogs.which.get_untracked() else { return };
        if dialogs.busy.get_untracked() {
            return;
        }
        dialogs.busy.set(true);
        spawn_local(async move {
            let answer = api::account::passkey_rename(card.id, name).await;
            dialogs.end(open, access, answer, account::RENAMED);
        });
    };
    view! {
        <Dialog open id="passkey-rename" title=Signal::derive(|| t(account::RENAME).to_owned())>
            <form class="form" on:submit=submit>
                <div class="dialog__body">
                    <TextField
                        id="passkey-name"
                        label=gate::PASSKEY_NAME
                        hint=gate::PASSKEY_NAME_HINT
                        value=dialogs.name
                        error=dialogs.missing
                        max=60
                        autofocus=true
                    />
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| open.set(false)>{move || t(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=dialogs.busy>{move || t(common::SAVE)}</Button>
                </footer>
            </form>
        </Dialog>
    }
}

#[component]
fn RemoveDialog(access: Loader<Account>, dialogs: Dialogs) -> impl IntoView {
    let open = dialogs.removing;
    let title =
        Signal::derive(move || dialogs.which.get().map(|card| fill(account::REMOVE_NAMED, &[("name", &card.name)])).unwrap_or_default());
    let remove = Callback::new(move |()| {
        let Some(card) = dialogs.which.get_untracked() else { return };
        dialogs.busy.set(true);
        spawn_local(async move {
            let answer = with_step_up(|| api::account::passkey_remove(card.id)).await;
            dialogs.end(open, access, answer, account::REMOVED);
        });
    });
    view! {
        <Dialog open id="passkey-remove" title class="dialog--danger">
            <div class="dialog__body"><p>{move || t(account::REMOVE_LINE)}</p></div>
            <footer class="dialog__foot">
                <button class="button" type="button" autofocus=true on:click=move |_| open.set(false)>{move || t(common::CANCEL)}</button>
                <Button kind=ButtonKind::Danger busy=dialogs.busy on_click=remove>{move || t(account::REMOVE)}</Button>
            </footer>
        </Dialog>
    }
}
