//! The command palette: go to a page, find a family, act. And the list of keys.
//!
//! The rule: it offers what the person's duties allow, and decides nothing. A family is searched for on Enter alone, by the audited
//! search, and what was typed stays in the box. Recently chosen commands come first; they are remembered by the program and by
//! nothing else. Deliberately absent: search while typing, and commands that change records.

use super::{
    Dialog, keys,
    keys::is_composing,
    privacy, shell,
    shown::plain,
    theme::{other_lang, switch_theme},
};
use crate::{
    api, routes,
    text::{Lang, Text, common, t},
};
use contract::{
    Duty,
    wire::{families::FamilySearch, sign_in::Surface},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::cell::RefCell;

thread_local! {
    /// The words of the commands that were chosen, the last one first.
    static RECENT: RefCell<Vec<Text>> = const { RefCell::new(Vec::new()) };
}

/// What choosing an entry does.
#[derive(Clone)]
enum Act {
    Go(String),
    Do(fn()),
    Find,
}

/// One entry.
#[derive(Clone)]
struct Entry {
    words: String,
    /// What it is known by; nothing for a family.
    command: Option<Text>,
    hint: &'static str,
    act: Act,
}

/// The commands of the person, each with the initials by which it is typed.
fn commands() -> Vec<(Text, &'static str, Act)> {
    let Some(me) = crate::session::me_now() else { return Vec::new() };
    let mut all: Vec<(Text, &'static str, Act)> =
        shell::places(&me).into_iter().map(|place| (place.words, place.initials, Act::Go(place.href.to_owned()))).collect();
    if me.duties.contains(&Duty::KeepFamilies) {
        all.push((crate::text::staff::NEW_FAMILY, "xjjt", Act::Go("/families/new".to_owned())));
    }
    all.push((crate::text::tokens::TITLE, "cxlp", Act::Go("/tokens".to_owned())));
    all.extend([
        (common::ACCOUNT, "wddl", Act::Go("/account".to_owned())),
        (common::COVER, "zb", Act::Do(privacy::turn)),
        (common::SWITCH_THEME, "qhsq", Act::Do(switch_theme)),
        (common::SWITCH_LANG, "qhyy", Act::Do(other_lang)),
        (common::KEYS, "kjj", Act::Do(|| KEYS_OPEN.with(|open| open.set(true)))),
        (common::SIGN_OUT, "tc", Act::Do(shell::sign_out)),
    ]);
    // The last chosen one comes first.
    for words in RECENT.with_borrow(|recent| recent.iter().rev().copied().collect::<Vec<_>>()) {
        if let Some(at) = all.iter().position(|(other, ..)| *other == words) {
            let chosen = all.remove(at);
            all.insert(0, chosen);
        }
    }
    all
}

thread_local! {
    static KEYS_OPEN: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// The palette and the list of keys; once in a shell.
pub fn palette() -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    let input = NodeRef::<html::Input>::new();
    let text = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = RwSignal::new(None::<Vec<Entry>>);
    let said = RwSignal::new(None::<Text>);
    let opened = RwSignal::new(0_u32);
    let listed = move |_: Option<&Vec<Entry>>| {
        opened.track();
        if let Some(found) = found.get() {
            return found;
        }
        let typed = text.get().trim().to_lowercase();
        let fits = |(words, initials, _): &(Text, &'static str, Act)| {
            let named = |lang: Lang| words.in_lang(lang).to_lowercase().contains(&typed);
            typed.is_empty() || named(Lang::Zh) || named(Lang::En) || initials.starts_with(&typed)
        };
        let entry = |(words, initials, act)| Entry { words: t(words).to_owned(), command: Some(words), hint: initials, act };
        let mut all: Vec<Entry> = commands().into_iter().filter(fits).map(entry).collect();
        if !typed.is_empty() && crate::session::me_now().is_some_and(|me| me.surface == Surface::Staff) {
            let words = crate::text::fill(common::FIND_FAMILY, &[("text", text.get().trim())]);
            all.push(Entry { words, command: None, hint: "↵", act: Act::Find });
        }
        all
    };
    let entries = Memo::new_with_compare(listed, |_, _| true);
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let reset = move || {
        text.set(String::new());
        found.set(None);
        said.set(None);
        at.set(0);
    };
    let open = move || {
        let Some(dialog) = node.get_untracked() else { return };
        if !dialog.open() {
            reset();
            opened.update(|count| *count = count.wrapping_add(1));
            let _ = dialog.show_modal();
        }
    };
    let go = use_navigate();
    let choose = Callback::new(move |entry: Entry| {
        if let Some(command) = entry.command {
            RECENT.with_borrow_mut(|recent| {
                recent.retain(|other| *other != command);
                recent.insert(0, command);
            });
        }
        match entry.act {
            Act::Go(href) => {
                close();
                routes::open(&href, &go);
            }
            Act::Do(act) => {
                close();
                act();
            }
            Act::Find => {
                let search = FamilySearch::Name { text: text.get_untracked().trim().to_owned() };
                said.set(Some(common::LOADING));
                spawn_local(async move {
                    let answer = api::families::search(&search).await;
                    if at.is_disposed() {
                        return;
                    }
                    at.set(0);
                    match answer {
                        Ok(page) => {
                            let entry = |row: &contract::wire::families::FamilyRow| {
                                let names =
                                    row.students.iter().map(|student| plain(&student.name.to_text())).collect::<Vec<_>>().join("、");
                                Entry {
                                    words: names,
                                    command: None,
                                    hint: t(crate::text::Word::word(row.stage)),
                                    act: Act::Go(format!("/families/{}", row.id)),
                                }
                            };
                            said.set(Some(if page.items.is_empty() { crate::text::staff::NONE_FOUND } else { common::FIND_RECORDED }));
                            found.set(Some(page.items.iter().map(entry).collect()));
                        }
                        Err(error) => {
                            said.set(Some(error.fields().first().map_or_else(|| error.text(), |field| crate::text::Word::word(field.code))))
                        }
                    }
                });
            }
        }
    });
    let hear = window_event_listener(ev::keydown, move |event| {
        let command =
            (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key() && event.key().eq_ignore_ascii_case("k");
        if command && !is_composing(&event) {
            event.prevent_default();
            open();
        } else if event.key() == "?" && !is_typing(&event) {
            KEYS_OPEN.with(|open| open.set(true));
        }
    });
    let ask = window_event_listener(ev::Custom::<web_sys::Event>::new(OPEN), move |_| open());
    on_cleanup(move || {
        hear.remove();
        ask.remove();
    });
    let key = move |event: web_sys::KeyboardEvent| {
        if is_composing(&event) {
            return;
        }
        let count = entries.with_untracked(Vec::len);
        let to = match event.key().as_str() {
            "ArrowDown" if count > 0 => (at.get_untracked() + 1) % count,
            "ArrowUp" if count > 0 => (at.get_untracked() + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                if let Some(entry) = entries.with_untracked(|all| all.get(at.get_untracked()).cloned()) {
                    choose.run(entry);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(to);
        if let Some(option) = document().get_element_by_id(&format!("palette-{to}")) {
            option.scroll_into_view_with_bool(false);
        }
    };
    let option = move |(place, entry): (usize, Entry)| {
        let (words, hint) = (entry.words.clone(), entry.hint);
        view! {
            <li class="palette__item" id=format!("palette-{place}") role="option" aria-selected=move || (at.get() == place).to_string() on:click=move |_| choose.run(entry.clone())>
                <span>{words}</span><span class="palette__hint" aria-hidden="true">{hint}</span>
            </li>
        }
    };
    let keys_open = RwSignal::from(KEYS_OPEN.with(Clone::clone));
    let line = |(key, words): &'static (&str, Text)| view! { <div class="facts__row"><dt><kbd class="kbd">{*key}</kbd></dt><dd>{move || t(*words)}</dd></div> };
    view! {
        <dialog class="palette" node_ref=node aria-label=move || t(common::PALETTE) on:click=move |event| {
            // A press beside it closes it: there the dialog itself is what was pressed.
            if event.target() == event.current_target() {
                close();
            }
        }>
            <input
                class="palette__input"
                node_ref=input
                type="text"
                role="combobox"
                autofocus
                autocomplete="off"
                spellcheck="false"
                maxlength="100"
                aria-label=move || t(common::PALETTE)
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || format!("palette-{}", at.get())
                placeholder=move || t(common::PALETTE_HINT)
                prop:value=move || text.get()
                on:input:target=move |event| {
                    text.set(event.target().value());
                    found.set(None);
                    said.set(None);
                    at.set(0);
                }
                on:keydown=key
            />
            <p class="palette__group" role="status">{move || said.get().map(t)}</p>
            <ul class="palette__list" id="palette-list" role="listbox" aria-label=move || t(common::PALETTE)>
                {move || entries.get().into_iter().enumerate().map(option).collect_view()}
            </ul>
        </dialog>
        <Dialog open=keys_open id="keys" title=Signal::derive(|| t(common::KEYS).to_owned())>
            <div class="dialog__body"><dl class="facts">{move || keys::of_page().iter().chain(&EVERYWHERE).map(line).collect_view()}</dl></div>
        </Dialog>
    }
    .into_any()
}

/// The event that opens it, for the button in the top bar.
pub const OPEN: &str = "shendu:palette";

/// The keys of every page.
const EVERYWHERE: [keys::Key; 2] = [("Ctrl K  ⌘ K", common::PALETTE), ("?", common::KEYS)];

/// The button in the top bar.
pub fn button() -> AnyView {
    let open = |_| {
        if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(OPEN)) {
            let _ = window.dispatch_event(&event);
        }
    };
    view! {
        <button class="top__find" type="button" aria-label=move || t(common::PALETTE) aria-keyshortcuts="Control+K Meta+K" on:click=open>
            <span class="top__glass" aria-hidden="true"></span>
            <span class="top__wish">{move || t(common::PALETTE)}</span> <kbd class="kbd" aria-hidden="true">"⌘K"</kbd>
        </button>
    }
    .into_any()
}

fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| matches!(element.closest("input:not([type=checkbox]), textarea, select, dialog"), Ok(Some(_))))
        || is_composing(event)
}
