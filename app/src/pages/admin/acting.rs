//! An act on the server from a button: one at a time, with the passkey where it is asked for, and what came of it.

use crate::{
    api::{ApiError, with_step_up},
    ui::toast,
};
use leptos::{prelude::*, task::spawn_local};
use std::{future::Future, pin::Pin};

type Coming<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// Runs `act` unless one is under way; its failure is told in a toast.
pub fn act<T: 'static>(busy: RwSignal<bool>, act: impl Fn() -> Coming<T> + 'static, done: impl FnOnce(T) + 'static) {
    act_or(busy, act, done, |error| toast::failed(&error));
}

/// The same where a failure has a place of its own.
pub fn act_or<T: 'static>(
    busy: RwSignal<bool>,
    act: impl Fn() -> Coming<T> + 'static,
    done: impl FnOnce(T) + 'static,
    failed: impl FnOnce(ApiError) + 'static,
) {
    if busy.try_get_untracked() != Some(false) {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        let answer = with_step_up(act).await;
        if busy.try_set(false).is_some() {
            // The page is gone.
            return;
        }
        match answer {
            Ok(answer) => done(answer),
            Err(error) => failed(error),
        }
    });
}
