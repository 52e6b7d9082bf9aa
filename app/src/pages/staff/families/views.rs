//! Saved views: a menu of them, what differs from the saved one, and the dialog that names, renames and removes.
//!
//! The rule: the address holds the whole filter and only names the view, so that a link keeps its meaning when the view is gone.
//! Views are asked for when somebody opens the menu or an address names one. Deliberately absent: running a view anywhere but as
//! a filter of this list.

use super::{filters::Wish, rows::USUAL};
use crate::{
    api::{self, ApiError},
    text::{Text, common, families as words, fill, t},
    ui::{Button, ButtonKind, CheckField, Dialog, ErrorSummary, FormErrors, Menu, TextField, toast},
};
use contract::{
    ids::ViewId,
    wire::views::{Column, Density, NewView, ViewCard, ViewChanges, ViewLook},
};
use leptos::{prelude::*, task::spawn_local};

/// The views as far as they are known, and how the list looks.
#[derive(Clone, Copy)]
pub struct Saved {
    views: RwSignal<Option<Vec<ViewCard>>>,
    may_share: RwSignal<bool>,
    asked: RwSignal<bool>,
    wish: Memo<Wish>,
    columns: RwSignal<Vec<Column>>,
    density: RwSignal<Density>,
}

/// What the dialog is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    New,
    Rename,
    Remove,
}

impl Saved {
    /// Asks for the views once the address names one, and takes over how it looks.
    pub fn new(wish: Memo<Wish>, columns: RwSignal<Vec<Column>>, density: RwSignal<Density>) -> Self {
        let saved =
            Self { views: RwSignal::new(None), may_share: RwSignal::new(false), asked: RwSignal::new(false), wish, columns, density };
        let named = Memo::new(move |_| wish.with(|wish| wish.view));
        Effect::new(move |before: Option<Option<ViewId>>| {
            let Some(id) = named.get() else {
                if before.flatten().is_some() {
                    saved.look_like(&USUAL, Density::Usual);
                }
                return None;
            };
            saved.ask();
            let views = saved.views.get()?;
            if before.flatten() != Some(id)
                && let Some(view) = views.iter().find(|view| view.id == id)
            {
                saved.look_like(&view.look.columns, view.look.density);
            }
            Some(id)
        });
        saved
    }
    /// Whether it is still to come how the list looks; reactive.
    pub fn is_coming(self) -> bool {
        self.wish.with(|wish| wish.view.is_some()) && self.views.with(Option::is_none)
    }
    fn look_like(self, columns: &[Column], density: Density) {
        if self.columns.with_untracked(|now| now.as_slice() != columns) {
            self.columns.set(columns.to_vec());
        }
        self.density.set(density);
    }
    fn ask(self) {
        if self.asked.get_untracked() {
            return;
        }
        self.asked.set(true);
        spawn_local(async move {
            let (views, may_share) = match api::views::all().await {
                Ok(all) => (all.views, all.may_share),
                Err(error) => {
                    let _ = self.asked.try_set(false);
                    toast::failed(&error);
                    (Vec::new(), false)
                }
            };
            let _ = self.may_share.try_set(may_share);
            let _ = self.views.try_set(Some(views));
        });
    }
    /// The view that the address names; reactive.
    fn present(self) -> Option<ViewCard> {
        let id = self.wish.with(|wish| wish.view)?;
        self.views.with(|views| views.as_ref()?.iter().find(|view| view.id == id).cloned())
    }
    /// How the list looks now; reactive.
    fn look(self) -> ViewLook {
        ViewLook { filter: self.wish.get().filter, columns: self.columns.get(), density: self.density.get() }
    }
    /// Puts a view in the place of the one with its id, or after the others.
    fn put(self, card: ViewCard) {
        self.views.update(|views| {
            let views = views.get_or_insert_default();
            match views.iter_mut().find(|view| view.id == card.id) {
                Some(view) => *view = card,
                None => views.push(card),
            }
        });
    }
}

/// The menu, what differs, and the dialog.
pub fn bar(saved: Saved, narrow: Callback<Wish>) -> AnyView {
    let asking = RwSignal::new(None::<Asking>);
    let present = Memo::new(move |_| saved.present());
    let usual = move || saved.columns.with(|columns| columns.as_slice() == USUAL) && saved.density.get() == Density::Usual;
    let differs = Memo::new(move |_| match present.get() {
        Some(view) => view.look != saved.look(),
        None => saved.wish.with(|wish| wish.is_any()) || !usual(),
    });
    let name = move || present.with(|view| view.as_ref().map_or_else(|| t(words::EVERYTHING).to_owned(), |view| view.name.clone()));
    let go = move |view: &ViewCard| narrow.run(Wish { filter: view.look.filter.clone(), view: Some(view.id) });
    let item = move |view: ViewCard| {
        let (id, name, shared) = (view.id, view.name.clone(), view.shared);
        let here = move || present.with(|present| present.as_ref().is_some_and(|present| present.id == id)).to_string();
        view! {
            <button class="menu__item" type="button" role="menuitemradio" aria-checked=here on:click=move |_| go(&view)>
                <span>{name} {shared.then(|| view! { " " <small class="tag">{move || t(words::SHARED)}</small> })}</span>
            </button>
        }
    };
    let restore = move |_| {
        if let Some(view) = present.get_untracked() {
            saved.look_like(&view.look.columns, view.look.density);
            go(&view);
        }
    };
    let save = move |_| {
        let Some(view) = present.get_untracked() else { return };
        let changes = ViewChanges { look: Some(untrack(|| saved.look())), ..ViewChanges::default() };
        spawn_local(async move {
            match api::views::change(view.id, &changes).await {
                Ok(card) => {
                    saved.put(card);
                    toast::done(words::VIEW_SAVED);
                }
                Err(error) => toast::failed(&error),
            }
        });
    };
    let own = Memo::new(move |_| present.with(|view| view.as_ref().is_some_and(|view| view.own)));
    let small = move |words: Text, press: Callback<()>| {
        view! { <button class="button button--quiet button--small" type="button" on:click=move |_| press.run(())>{move || t(words)}</button> }.into_any()
    };
    let ask = move |what: Asking| Callback::new(move |()| asking.set(Some(what)));
    let state = move || {
        differs.get().then(|| {
            let named = present.with(Option::is_some);
            view! {
                {named.then(|| view! { <span class="tag tag--amber">{move || t(words::CHANGED)}</span> })}
                {(named && own.get()).then(|| small(common::SAVE, Callback::new(save)))}
                {small(if named { words::SAVE_AS } else { words::NEW_VIEW }, ask(Asking::New))}
                {named.then(|| small(words::RESTORE, Callback::new(restore)))}
            }
        })
    };
    let manage = move || {
        own.get().then(|| {
            let entry = |words: Text, what: Asking, class: &'static str| {
                view! { <button class=class type="button" role="menuitem" on:click=move |_| asking.set(Some(what))>{move || t(words)}</button> }
            };
            view! {
                <hr class="menu__rule" />
                {entry(words::RENAME, Asking::Rename, "menu__item")}
                {entry(words::REMOVE_VIEW, Asking::Remove, "menu__item menu__item--danger")}
            }
        })
    };
    view! {
        <button class="button button--quiet" type="button" popovertarget="views" aria-haspopup="menu" on:click=move |_| saved.ask()>
            {move || t(words::VIEWS)} <b>{name}</b> " ▾"
        </button>
        <Menu id="views">
            <button class="menu__item" type="button" role="menuitemradio" aria-checked=move || present.with(Option::is_none).to_string() on:click=move |_| narrow.run(Wish::default())>
                {move || t(words::EVERYTHING)}
            </button>
            {move || saved.views.get().unwrap_or_default().into_iter().map(item).collect_view()}
            {manage}
        </Menu>
        {state}
        {dialog(saved, asking, present, narrow)}
    }
    .into_any()
}

fn dialog(saved: Saved, asking: RwSignal<Option<Asking>>, present: Memo<Option<ViewCard>>, narrow: Callback<Wish>) -> AnyView {
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let shared = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let errors = FormErrors::new();
    Effect::new(move || {
        if let Some(what) = asking.get() {
            // Whether it may be shared comes with them.
            saved.ask();
            let view = present.get_untracked().filter(|_| what != Asking::New);
            name.set(view.as_ref().map(|view| view.name.clone()).unwrap_or_default());
            shared.set(view.is_some_and(|view| view.shared));
            errors.clear();
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            asking.set(None);
        }
    });
    let done = move |outcome: Result<Option<ViewCard>, ApiError>, removed: bool| {
        if busy.try_set(false).is_some() {
            return;
        }
        match outcome {
            Ok(card) => {
                toast::done(if removed { words::VIEW_REMOVED } else { words::VIEW_SAVED });
                open.set(false);
                if let Some(card) = card {
                    let wish = Wish { filter: saved.wish.get_untracked().filter, view: Some(card.id) };
                    saved.put(card);
                    narrow.run(wish);
                } else if let Some(gone) = present.get_untracked() {
                    saved.views.update(|views| views.iter_mut().for_each(|views| views.retain(|view| view.id != gone.id)));
                    narrow.run(Wish { filter: gone.look.filter, view: None });
                }
            }
            Err(error) => errors.take(&error),
        }
    };
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (Some(what), false) = (asking.get_untracked(), busy.get_untracked()) else { return };
        let (name, shared) = (name.get_untracked(), shared.get_untracked());
        let (look, id) = (untrack(|| saved.look()), present.get_untracked().map(|view| view.id));
        busy.set(true);
        errors.clear();
        spawn_local(async move {
            let outcome = match (what, id) {
                (Asking::Rename, Some(id)) => {
                    let changes = ViewChanges { name: Some(name), shared: Some(shared), look: None };
                    api::views::change(id, &changes).await.map(Some)
                }
                (Asking::Remove, Some(id)) => api::views::remove(id).await.map(|_| None),
                _ => api::views::keep(&NewView { name, shared, look }).await.map(Some),
            };
            done(outcome, what == Asking::Remove);
        });
    };
    let title = Signal::derive(move || match asking.get() {
        Some(Asking::Remove) => {
            let name = present.with(|view| view.as_ref().map(|view| view.name.clone())).unwrap_or_default();
            fill(words::REMOVE_SURE, &[("name", &name)])
        }
        Some(Asking::Rename) => t(words::RENAME).to_owned(),
        _ => t(words::NEW_VIEW).to_owned(),
    });
    let removing = move || asking.get() == Some(Asking::Remove);
    let fields = move || {
        if removing() {
            let shared = present.with(|view| view.as_ref().is_some_and(|view| view.shared));
            return view! { <p>{t(if shared { words::REMOVE_SHARED } else { words::REMOVE_LINE })}</p> }.into_any();
        }
        view! {
            <TextField id="name" label=words::NAME value=name hint=words::NAME_HINT error=errors.at("name") />
            {move || saved.may_share.get().then(|| view! { <CheckField id="shared" label=words::SHARE value=shared /> })}
        }
        .into_any()
    };
    view! {
        <Dialog open id="view" title>
            <form on:submit=send>
                <div class="dialog__body"><ErrorSummary errors label=|_: String| t(words::NAME).to_owned() /> {fields}</div>
                <div class="dialog__foot">
                    <Button on_click=move |()| open.set(false)>{move || t(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy>{move || t(if removing() { words::REMOVE_VIEW } else { common::SAVE })}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
