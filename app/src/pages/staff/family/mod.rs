//! One family: guardians, students, where it stands, and its thread of notes, changes and looks.
//!
//! The rule: a part is drawn anew exactly when its own record has changed, so that saving one form loses nothing of another.
//! Deliberately absent: a new card for everything whenever one part of it is news.

mod add;
mod conflict;
mod edit;
mod invite;
mod keep;
mod keyboard;
mod next;
mod notes;
mod person;
mod thread;

use super::record::Record;
use crate::{
    api,
    pages::not_found::NotFoundPage,
    session,
    text::{common, fill, live, staff, t, why},
    time,
    ui::{
        Button, ButtonKind, Failure, Loader, PageHead, ShownValue, Skeleton, StageTag,
        error_summary::focus,
        kept::{each_kept, kept},
        shown::plain,
    },
};
use add::AddPerson;
use contract::{Duty, RecordKind, ids::FamilyId, wire::families::FamilyCard};
use keep::Keep;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use notes::NoteForm;
use person::Person;
use thread::Thread;

/// The page.
#[component]
pub fn FamilyPage() -> impl IntoView {
    let params = use_params_map();
    // One page serves every family: another id in the address is another page.
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<FamilyId>().ok())));
    move || match id.get() {
        Some(id) => view! { <Card id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn Card(id: FamilyId) -> impl IntoView {
    let family = Loader::new(move || async move { api::families::card(id).await });
    let here = Memo::new(move |_| family.get().is_some());
    move || {
        if here.get() {
            page(id, family)
        } else if let Some(error) = family.failure() {
            view! { <Failure error again=move |()| family.reload() /> }.into_any()
        } else {
            view! { <Skeleton lines=10 /> }.into_any()
        }
    }
}

/// One part of the card; reactive to nothing else.
fn part<T: Clone + PartialEq + Send + Sync + 'static>(family: Loader<FamilyCard>, read: fn(&FamilyCard) -> T) -> Memo<Option<T>> {
    Memo::new(move |_| family.get().map(|family| read(&family)))
}

fn page(id: FamilyId, family: Loader<FamilyCard>) -> AnyView {
    let may_keep = part(family, |family| family.may_keep);
    let may_keep = Signal::derive(move || may_keep.get() == Some(true));
    let may_note = part(family, |family| family.may_note);
    let may_note = move || may_note.get() == Some(true);
    let names = part(family, |family| family.students.iter().map(|student| student.name.to_text()).collect::<Vec<_>>());
    let title = Signal::derive(move || names.get().unwrap_or_default().iter().map(plain).collect::<Vec<_>>().join("、"));
    let drawn = move || {
        let each = |(at, value)| view! { {(at > 0).then_some("、")} <ShownValue value /> };
        names.get().unwrap_or_default().into_iter().enumerate().map(each).collect_view()
    };
    // Drawn by a closure in the closure: a name may change while the page stays.
    let shown = move || drawn.into_any();
    let facts = part(family, |family| (family.campus.name.clone(), family.owner.clone(), family.created_at));
    let line = Signal::derive(move || {
        let Some((campus, owner, created)) = facts.get() else { return String::new() };
        let owner = owner.map_or_else(|| t(staff::NOBODY).to_owned(), |owner| owner.name);
        fill(staff::FAMILY_LINE, &[("campus", &campus), ("owner", &owner), ("day", &time::day_of(created))])
    });
    let thread = Thread::new(family);
    let looked = Callback::new(move |()| thread.news());
    let people = move |kind: RecordKind| {
        let records = Memo::new(move |_| family.get().map(|family| of_kind(family, kind)).unwrap_or_default());
        let draw = move |(at, record): (usize, Record)| {
            let key = format!("{at} {} {}", record.key(), record.version());
            kept(key, move || view! { <Person record at family may_keep on_opened=looked /> }.into_any())
        };
        each_kept(Box::new(move || records.get().into_iter().enumerate().map(draw).collect()))
    };
    let stage = part(family, |family| family.stage);
    keyboard::listen(id);
    let adding_student = RwSignal::new(false);
    let adding_guardian = RwSignal::new(false);
    view! {
        <PageHead title=title line=line shown=shown crumbs=vec![("/families", common::FAMILIES)]>
            {super::beside::links(id)}
            {session::has_duty(Duty::ReadPolicy).then(|| {
                let href = format!("/admin/policy/view-as?family={id}");
                let external = crate::routes::rel(&href);
                view! { <a class="button button--quiet" href=href rel=external>{live(why::SHORT)}</a> }
            })}
            {move || stage.get().map(|stage| view! { <StageTag stage /> })}
            {move || may_keep.get().then(|| view! {
                <Button on_click=move |()| adding_student.set(true)>{live(staff::ADD_STUDENT)}</Button>
                <Button on_click=move |()| adding_guardian.set(true)>{live(staff::ADD_GUARDIAN)}</Button>
            })}
            {move || may_note().then(|| view! {
                <Button kind=ButtonKind::Primary on_click=move |()| focus(notes::BODY)>{live(staff::WRITE_NOTE)}</Button>
            })}
        </PageHead>
        <div class="columns columns--thread">
            <div class="stack stack--loose">
                {people(RecordKind::Guardian)}
                {people(RecordKind::Student)}
            </div>
            <aside class="stack stack--loose">
                <Keep family may_keep />
                <section class="card" aria-labelledby="thread-title">
                    <header class="card__head"><h2 id="thread-title">{live(staff::THREAD)}</h2></header>
                    <div class="card__body stack log">
                        {move || may_note().then(|| view! { <NoteForm family /> })}
                        {thread::draw(thread)}
                    </div>
                </section>
            </aside>
        </div>
        <AddPerson kind=RecordKind::Student open=adding_student family />
        <AddPerson kind=RecordKind::Guardian open=adding_guardian family />
    }
    .into_any()
}

fn of_kind(family: FamilyCard, kind: RecordKind) -> Vec<Record> {
    match kind {
        RecordKind::Student => family.students.into_iter().map(|card| Record::Student(Box::new(card))).collect(),
        RecordKind::Guardian => family.guardians.into_iter().map(|card| Record::Guardian(Box::new(card))).collect(),
        RecordKind::Family | RecordKind::Note | RecordKind::Correction | RecordKind::Question | RecordKind::Staff => Vec::new(),
    }
}
