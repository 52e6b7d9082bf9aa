//! A new family: campus, stage, students, guardians.
//!
//! The rule: what was typed lives in the signals of this page and goes with it; errors stand at their paths. Deliberately
//! absent: drafts kept in the browser's storage, and a guess about which fields the viewer may write (the server says it).

use super::{
    draft::{Draft, DraftFields, path_label},
    school,
};
use crate::{
    api,
    text::{Text, Word, common, fill, staff, t},
    ui::{
        Button, ButtonKind, ErrorSummary, FormErrors, Glyph, Icon, LeaveGuard, PageHead, Segmented, SelectField,
        error_summary::focus_soon,
        kept::{each_kept, kept},
        loaded, toast,
    },
};
use contract::{
    RecordKind,
    error::ValueError,
    wire::{
        families::NewFamily,
        school::{SchoolFacts, Stage},
    },
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// The most people of a kind, as the server takes them.
const MOST: usize = 8;

/// The page.
#[component]
pub fn FamilyNewPage() -> impl IntoView {
    let school = school();
    view! {
        <PageHead
            title=Signal::derive(|| t(staff::NEW_FAMILY).to_owned())
            line=Signal::derive(|| t(staff::NEW_FAMILY_LINE).to_owned())
            crumbs=vec![("/families", common::FAMILIES)]
        />
        {loaded(school, |school| view! { <Form school /> })}
    }
    .into_any()
}

#[component]
fn Form(school: SchoolFacts) -> impl IntoView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let saved = RwSignal::new(false);
    let campus = RwSignal::new(school.campuses.first().map(|campus| campus.id.to_string()).unwrap_or_default());
    let stage = RwSignal::new(Stage::Lead.name().to_owned());
    let students = RwSignal::new(vec![Draft::new(RecordKind::Student, 0)]);
    let guardians = RwSignal::new(vec![Draft::new(RecordKind::Guardian, 0)]);
    let dirty = Memo::new(move |_| {
        let typed = |drafts: &Vec<Draft>| drafts.iter().any(|draft| !draft.is_blank());
        !saved.get() && (students.with(typed) || guardians.with(typed))
    });
    let go = use_navigate();
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        // A guardian about whom nothing was typed is none.
        guardians.update(|drafts| drafts.retain(|draft| !untrack(|| draft.is_blank())));
        let check = |drafts: &Vec<Draft>, kind: &str| {
            for (at, draft) in drafts.iter().enumerate() {
                draft.check(&format!("{kind}.{at}."), errors);
            }
        };
        students.with_untracked(|drafts| check(drafts, "students"));
        guardians.with_untracked(|drafts| check(drafts, "guardians"));
        let Ok(place) = campus.get_untracked().parse() else {
            errors.add("campus", ValueError::Required);
            return;
        };
        if !errors.is_empty() {
            return;
        }
        let family = NewFamily {
            campus: place,
            stage: stage.with_untracked(|name| Stage::ALL.iter().copied().find(|one| one.name() == name)).unwrap_or(Stage::Lead),
            students: students.with_untracked(|drafts| drafts.iter().map(Draft::student).collect()),
            guardians: guardians.with_untracked(|drafts| drafts.iter().map(Draft::guardian).collect()),
        };
        busy.set(true);
        let go = go.clone();
        spawn_local(async move {
            let answer = api::families::create(&family).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(made) => {
                    saved.set(true);
                    toast::done(staff::FAMILY_MADE);
                    go(&format!("/families/{}", made.id), leptos_router::NavigateOptions { replace: true, ..Default::default() });
                }
                Err(error) => errors.take(&error),
            }
        });
    };
    let many = school.campuses.len() > 1;
    let campuses: Vec<(String, String)> = school.campuses.into_iter().map(|campus| (campus.id.to_string(), campus.name)).collect();
    let campuses = Signal::stored(campuses);
    let stages = Signal::derive(|| Stage::ALL.iter().map(|one| (one.name().to_owned(), t(one.word()).to_owned())).collect::<Vec<_>>());
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <ErrorSummary errors label=|path: String| path_label(&path) />
            <p class="faint">{move || t(staff::REQUIRED_NOTE)}</p>
            <fieldset class="form__group">
                <legend>{move || t(staff::STANDING)}</legend>
                {many.then(|| view! { <SelectField id="campus" label=staff::CAMPUS value=campus options=campuses error=errors.at("campus") /> })}
                <Segmented id="stage" label=staff::STAGE value=stage options=stages error=errors.at("stage") />
            </fieldset>
            <People kind=RecordKind::Student drafts=students least=1 errors add=staff::ADD_STUDENT />
            <People kind=RecordKind::Guardian drafts=guardians least=0 errors add=staff::ADD_GUARDIAN />
            <p class="faint">{move || t(staff::INTAKE_NOTE)}</p>
            <div class="savebar">
                <span class="savebar__state" role="status">{move || dirty.get().then(|| t(common::UNSAVED))}</span>
                <a class="button button--quiet" href="/families" rel="external">{move || t(common::CANCEL)}</a>
                <Button kind=ButtonKind::Primary submit=true busy>{move || t(staff::TAKE_IN)}</Button>
            </div>
        </form>
        <LeaveGuard id="intake-leave" dirty />
    }
    .into_any()
}

/// The drafts of one kind, one group each.
#[component]
fn People(kind: RecordKind, drafts: RwSignal<Vec<Draft>>, least: usize, errors: FormErrors, add: Text) -> impl IntoView {
    let steps = if kind == RecordKind::Student { "students" } else { "guardians" };
    // What is typed must go with the page, also where the draft was begun by a press.
    let owner = Owner::current();
    let another = move |()| {
        let serial = drafts.with_untracked(|drafts| drafts.iter().map(|draft| draft.serial).max().map_or(0, |last| last.saturating_add(1)));
        let Some(owner) = &owner else { return };
        let draft = owner.with(|| Draft::new(kind, serial));
        let at = drafts.with_untracked(Vec::len);
        drafts.update(|drafts| drafts.push(draft));
        focus_soon(format!("{steps}.{at}.name"));
    };
    let remove = move |serial: u32| {
        // The paths of the others move.
        errors.clear();
        drafts.update(|drafts| {
            if let Some(draft) = drafts.iter().find(|draft| draft.serial == serial) {
                draft.clear();
            }
            drafts.retain(|draft| draft.serial != serial);
        });
    };
    let count = Memo::new(move |_| drafts.with(Vec::len));
    let group = move |(at, draft): (usize, Draft)| {
        let serial = draft.serial;
        view! {
            <fieldset class="form__group">
                <legend>{move || format!("{} {}", t(kind.word()), at.saturating_add(1))}</legend>
                <DraftFields draft prefix=format!("{steps}.{at}.") errors />
                {move || (count.get() > least).then(|| {
                    let number = at.saturating_add(1).to_string();
                    view! {
                        <div class="row">
                            <button
                                class="button button--quiet button--small"
                                type="button"
                                aria-label=move || fill(staff::REMOVE_PERSON, &[("who", t(kind.word())), ("n", &number)])
                                on:click=move |_| remove(serial)
                            >{move || t(staff::REMOVE)}</button>
                        </div>
                    }
                })}
            </fieldset>
        }
    };
    let draw = move |(at, draft): (usize, Draft)| kept(format!("{at} {}", draft.serial), move || group((at, draft)).into_any());
    view! {
        {each_kept(Box::new(move || drafts.get().into_iter().enumerate().map(draw).collect()))}
        <div class="row">
            <Button disabled=Signal::derive(move || count.get() >= MOST) on_click=another><Icon glyph=Glyph::Plus /> {move || t(add)}</Button>
        </div>
    }
    .into_any()
}
