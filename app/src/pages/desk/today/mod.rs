//! What waits for the viewer today: requests to decide, one's own requests, families to get in touch with.
//!
//! The rule: the page asks for what it shows, so that each look that is recorded is one that was shown; every number is of what
//! the viewer reaches. Deliberately absent: scores and comparisons between people.

mod decide;
mod done;
mod due;
mod emergency;
mod mine;
mod standing;

use crate::{
    api, session,
    text::{Word, common, desk, fill, list, t},
    time,
    ui::{
        Empty, EmptyKind, Failure, Loader, Note, PageHead, Skeleton, Tone,
        error_summary::focus_soon,
        shown::{Words, with_seal},
    },
};
use contract::{
    Duty, Role,
    wire::{
        approvals::{Approval, Approvals},
        sign_in::Surface,
        today::{FamilyBrief, StudentNamed, Today},
    },
};
use leptos::prelude::*;
use uuid::Uuid;

/// Draws the page.
#[component]
pub fn TodayPage() -> impl IntoView {
    let today = Loader::new(|| async { api::today::show().await });
    let approvals = Loader::new(|| async { api::approvals::list(None).await });
    // What cannot be asked for is not offered; the page stands without it.
    let emergencies = Loader::new(|| async { api::emergencies::list().await });
    let grants = Loader::new(api::grants::counts);
    // Drawn anew when another answer comes, not while one is awaited.
    let failure = move || {
        let reload = Callback::new(move |()| {
            today.reload();
            approvals.reload();
        });
        today.failure().or_else(|| approvals.failure()).map(|error| view! { <Failure error again=reload /> }.into_any())
    };
    let page = move || match (today.get(), approvals.get()) {
        // Whoever is signed in is no reason to draw it anew: a look changes how many are left, and would close what it opened.
        (Some(day), Some(asked)) => untrack(|| arranged(day, asked, today, approvals)),
        _ if today.failure().is_some() || approvals.failure().is_some() => ().into_any(),
        _ => view! { <Skeleton lines=6 /> }.into_any(),
    };
    // What had the focus may be gone with what was done.
    Effect::new(move |drawn: Option<bool>| {
        let there = today.get().is_some() && approvals.get().is_some();
        if drawn == Some(true) {
            set_timeout(keep_focus, std::time::Duration::ZERO);
        }
        there
    });
    view! {
        <PageHead
            title=Signal::derive(|| t(common::TODAY).to_owned())
            line=Signal::derive(|| time::long_day_of(time::now()))
        />
        {failure}
        {emergency::running(emergencies)}
        {standing::waiting(grants)}
        {standing::tokens()}
        {page}
        {standing::way(grants)}
        {emergency::way(emergencies)}
    }
    .into_any()
}

/// Takes the focus to the page where it is nowhere.
fn keep_focus() {
    let document = web_sys::window().and_then(|window| window.document());
    if document.and_then(|document| document.active_element()).is_none_or(|element| element.tag_name() == "BODY") {
        focus_soon("main".to_owned());
    }
}

fn arranged(today: Today, asked: Approvals, loader: Loader<Today>, approvals: Loader<Approvals>) -> AnyView {
    let staff = session::me_now().is_some_and(|me| me.surface == Surface::Staff);
    let told = narrowed(today.narrowed.clone());
    let late = standing::counted("findings", desk::FINDINGS, today.findings, ("/admin/audit", desk::FINDINGS_GO));
    let mine = mine::card(asked.mine, approvals);
    let to_decide = decide::card(asked.to_decide, approvals);
    let aside = mine.is_some() || to_decide.is_some();
    let main = if today.due.is_empty() { (!aside).then(|| nothing(staff, today.families == 0)) } else { Some(due::cards(today, loader)) };
    let class = if main.is_some() && aside { "columns waiting" } else { "waiting waiting--alone" };
    view! {
        {told}
        {late}
        <div class=class>
            {main.map(|main| view! { <div class="stack">{main}</div> })}
            {aside.then(|| view! { <div class="stack waiting__first">{to_decide} {mine}</div> })}
        </div>
    }
    .into_any()
}

/// Why whoever is signed in sees masks now.
fn narrowed(roles: Vec<Role>) -> Option<AnyView> {
    (!roles.is_empty()).then(|| {
        view! { <div class="waiting__told"><Note tone=Tone::Info>{move || fill(desk::NARROWED, &[("roles", &list(roles.iter().copied()))])}</Note></div> }.into_any()
    })
}

/// Nothing waits: a pause, or the beginning.
fn nothing(staff: bool, first: bool) -> AnyView {
    if staff && first {
        return begin();
    }
    let line = if staff { desk::NOTHING_LINE } else { desk::NOTHING_TO_DECIDE };
    view! {
        <Empty kind=EmptyKind::None title=desk::NOTHING line>
            <blockquote class="quote">
                <p lang="zh-CN">{move || t(desk::QUOTE)}</p>
                <footer>{move || t(desk::QUOTE_FROM)}</footer>
            </blockquote>
        </Empty>
    }
    .into_any()
}

/// The first use: how something comes to stand here.
fn begin() -> AnyView {
    let keeps = session::has_duty(Duty::KeepFamilies);
    let new = "/families/new";
    view! {
        <Empty kind=EmptyKind::First title=desk::FIRST line=if keeps { desk::FIRST_LINE } else { desk::FIRST_WAIT }>
            {keeps.then(|| view! {
                <ol class="waiting__steps">
                    {[desk::STEP_FAMILY, desk::STEP_NOTE, desk::STEP_DAY].map(|step| view! { <li>{move || t(step)}</li> }).collect_view()}
                </ol>
                <div class="row"><a class="button button--primary" href=new rel=crate::routes::rel(new)>{move || t(crate::text::staff::NEW_FAMILY)}</a></div>
            })}
        </Empty>
    }
    .into_any()
}

/// The names of a family's students, or of the one whom a record is of, as a link to its card.
pub fn names(family: &FamilyBrief, of: Option<Uuid>) -> AnyView {
    let href = format!("/families/{}", family.id);
    let external = crate::routes::rel(&href);
    let own = |student: &&StudentNamed| of.is_none_or(|id| id == student.id.0);
    let one = family.students.iter().any(|student| own(&student));
    let names = family.students.iter().filter(|student| !one || own(student)).enumerate().map(|(at, student)| {
        view! { {(at > 0).then_some(" · ")} <span class="nowrap">{with_seal(&student.name.to_text(), None, Words::Live)}</span> }
    });
    view! { <a class="waits__name" href=href rel=external>{names.collect_view()}</a> }.into_any()
}

/// The field of a request and whose: by name, or by the end of its number for whoever does not reach it.
fn asked_for(approval: &Approval) -> AnyView {
    let Approval { kind, record, field, family, .. } = approval.clone();
    match family {
        Some(family) => view! {
            {names(&family, Some(record))} " "
            <b>{move || fill(desk::FIELD_OF, &[("record", t(kind.word())), ("field", t(field.word()))])}</b>
        }
        .into_any(),
        None => {
            let number = record.simple().to_string();
            let number = number.get(24..).unwrap_or_default().to_owned();
            view! {
                <span class="waits__name">{move || fill(desk::RECORD, &[("n", &number), ("record", t(kind.word()))])}</span> " "
                <b>{move || t(field.word())}</b>
            }
            .into_any()
        }
    }
}
