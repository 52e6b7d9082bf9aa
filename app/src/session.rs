//! Who is signed in, as the server said it last.
//!
//! The rule: only the server decides; this is a copy for drawing menus and guarding pages. The signals live as long as the
//! program, so that they may be read and written after any await. Deliberately absent: tokens (the cookie is `HttpOnly`).

use crate::api::{self, ApiError};
use contract::{
    Duty,
    error::ErrorCode,
    wire::sign_in::{Me, Surface},
};
use leptos::prelude::*;
use std::sync::LazyLock;
use uuid::Uuid;

/// How far the first question to the server has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not answered yet.
    Asking,
    /// Answered.
    Known,
    /// The server was not reached.
    Unreached,
}

static ME: LazyLock<ArcRwSignal<Option<Me>>> = LazyLock::new(|| ArcRwSignal::new(None));
static PHASE: LazyLock<ArcRwSignal<Phase>> = LazyLock::new(|| ArcRwSignal::new(Phase::Asking));
static ENDED: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));
static NEXT: LazyLock<ArcRwSignal<Option<(Uuid, String)>>> = LazyLock::new(|| ArcRwSignal::new(None));

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
/// Whether a session ended by itself, so that the sign-in page can say so; reactive.
pub fn has_ended() -> bool {
    ENDED.get()
}
/// The page on which the session ended, once, and only for the person who was there.
pub fn take_next() -> Option<String> {
    let (whose, path) = NEXT.get_untracked()?;
    NEXT.set(None);
    me_now().is_some_and(|me| me.id == whose).then_some(path)
}
/// The first page of a surface.
pub fn home(me: &Me) -> &'static str {
    match me.surface {
        Surface::Staff => "/families",
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
        Ok(me) => enter(me),
        Err(ApiError::Problem(problem)) if problem.code == ErrorCode::NotSignedIn => PHASE.set(Phase::Known),
        Err(_) => PHASE.set(Phase::Unreached),
    }
}
/// Somebody has signed in, or the server said anew who they are.
pub fn enter(me: Me) {
    ENDED.set(false);
    ME.set(Some(me));
    PHASE.set(Phase::Known);
}
/// The server no longer knows the session.
pub fn ended() {
    if let Some(me) = ME.get_untracked() {
        NEXT.set(web_sys::window().and_then(|window| window.location().pathname().ok()).map(|path| (me.id, path)));
        ENDED.set(true);
        ME.set(None);
    }
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
    NEXT.set(None);
    ENDED.set(false);
    ME.set(None);
    if answer.is_err_and(|error| error == ApiError::Offline) {
        crate::ui::toast::error(crate::text::common::SIGN_OUT_OFFLINE);
    }
}
