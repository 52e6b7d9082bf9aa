//! Who is signed in, as the server said it last.
//!
//! The rule: only the server decides; this is a copy for drawing menus and guarding pages. The signals live as long as the
//! program, so that they may be read and written after any await. Deliberately absent: tokens (the cookie is `HttpOnly`).

use crate::{
    api::{self, ApiError},
    text::named,
};
use contract::{
    Duty, Program,
    wire::sign_in::{Me, Surface},
};
use leptos::prelude::*;
use std::sync::LazyLock;

/// How far the first question to the server has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not answered yet.
    Asking,
    /// Answered.
    Known,
    /// The server was not reached.
    Unreached,
    /// The person signed out here, and the server has not heard of it.
    Unheard,
}

/// How the last session of this tab ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It did not.
    None,
    /// It lapsed or was taken away.
    ByItself,
    /// By signing out.
    BySelf,
}

/// The query parameters of the sign-in page, which is another program: where to go on, and that a session ended by itself.
const NEXT: &str = "next";
const ENDED: &str = "ended";

static ME: LazyLock<ArcRwSignal<Option<Me>>> = LazyLock::new(|| ArcRwSignal::new(None));
static PHASE: LazyLock<ArcRwSignal<Phase>> = LazyLock::new(|| ArcRwSignal::new(Phase::Asking));
static END: LazyLock<ArcRwSignal<End>> = LazyLock::new(|| ArcRwSignal::new(End::None));

/// Whoever comes next finds nothing in the storage of the tab.
fn left() {
    if let Some(storage) = tab_storage() {
        let _ = storage.clear();
    }
    ME.set(None);
}

/// Who is signed in; reactive.
pub fn me() -> Option<Me> {
    ME.get()
}
/// The same without tracking, for event handlers.
pub fn me_now() -> Option<Me> {
    ME.get_untracked()
}
/// The surface of the person; reactive, and quiet while it stays the same.
pub fn surface() -> Option<Surface> {
    ME.with(|me| me.as_ref().map(|me| me.surface))
}
/// Whether the person has the duty; reactive.
pub fn has_duty(duty: Duty) -> bool {
    ME.with(|me| me.as_ref().is_some_and(|me| me.duties.contains(&duty)))
}
/// How far the first question has come; reactive.
pub fn phase() -> Phase {
    PHASE.get()
}
/// Whether a session ended by itself, so that the sign-in page can say so.
pub fn has_ended() -> bool {
    parameter(ENDED).is_some()
}
/// The sign-in page of those whose page this is, which leads back to the present page unless the person meant to go.
pub fn way_in() -> String {
    let here = web_sys::window().map(|window| window.location());
    let here = here.and_then(|here| Some(here.pathname().ok()? + &here.search().ok()?)).filter(|here| here != "/");
    let of_guardians = here.as_ref().is_some_and(|here| here.starts_with("/portal"));
    let sign_in = if of_guardians { "/portal/sign-in" } else { "/sign-in" };
    match here {
        Some(here) if END.get_untracked() != End::BySelf => {
            let ended = if END.get_untracked() == End::ByItself { format!("&{ENDED}=1") } else { String::new() };
            format!("{sign_in}?{NEXT}={}{ended}", String::from(js_sys::encode_uri_component(&here)))
        }
        _ => sign_in.to_owned(),
    }
}
fn parameter(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(name)
}
/// The page that the address of the sign-in page leads back to, when the person's surface can have it.
pub fn next() -> Option<String> {
    let next = parameter(NEXT)?;
    let mine = next.starts_with("/portal") == (me_now()?.surface == Surface::Portal) && Program::of_path(&next) != Program::Entry;
    (mine && is_own_path(&next)).then_some(next)
}
/// Whether a path stays on this site: a link may be made by anybody (CWE-601), and browsers read `/\\` and `//` as a host.
fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|character| character.is_ascii_alphanumeric() || "/-_.?=&%".contains(character))
}
/// The first page of a surface.
pub fn home(me: &Me) -> &'static str {
    match me.surface {
        Surface::Staff => "/today",
        Surface::Admin if me.duties.contains(&Duty::ReadPolicy) => "/admin/policy",
        Surface::Admin if me.duties.contains(&Duty::KeepStaff) => "/admin/staff",
        Surface::Admin => "/admin/trail",
        Surface::Portal => "/portal",
    }
}

/// Asks the server who is signed in.
pub async fn ask() {
    PHASE.set(Phase::Asking);
    match api::sign_in::me().await {
        Ok(Some(me)) => enter(me),
        Ok(None) => {
            ended();
            PHASE.set(Phase::Known);
        }
        Err(_) => PHASE.set(Phase::Unreached),
    }
}
/// Somebody has signed in, or the server said anew who they are.
pub fn enter(me: Me) {
    END.set(End::None);
    named::learn(me.named.clone());
    ME.set(Some(me));
    PHASE.set(Phase::Known);
}
/// The server no longer knows the session.
pub fn ended() {
    if me_now().is_some() {
        END.set(End::ByItself);
        left();
    }
}
/// What one program of the tab hands on to the next; emptied when the session ends. It never holds a personal value.
pub fn tab_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}
/// How many deliberate looks are left today, as an answer said it.
pub fn set_reveals_left(left: u32) {
    ME.update(|me| {
        if let Some(me) = me {
            me.reveals_left = left;
        }
    });
}
/// Signs out. The copy goes even when the server is not reached: the person wants to be gone from this screen.
pub async fn sign_out() {
    let answer = api::sign_in::sign_out().await;
    END.set(End::BySelf);
    PHASE.set(if answer == Err(ApiError::Offline) { Phase::Unheard } else { Phase::Known });
    left();
}
